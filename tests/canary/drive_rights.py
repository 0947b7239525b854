"""Taking one's data along: a copy with all that is one's own goes to its owner, nowhere else."""

import asyncio

from tests.canary.stage import Stage

DATA, COPY = "/settings/data", "/settings/data/copy"
TRIES, PAUSE = 600, 0.1


async def take_a_copy(stage: Stage) -> None:
    """Ann orders a copy of everything and fetches it; others find nothing at its address."""
    ann = stage.browsers["ann"]
    current = f"{stage.markers['password'].word} by the river"
    await ann.submit(DATA, at=DATA, current=current)
    for _ in range(TRIES):
        status, copy = await ann.fetch(COPY)
        if status == 200:
            break
        await asyncio.sleep(PAUSE)
    else:
        raise AssertionError("the copy was never made")
    assert copy.startswith(b"PK")
    await ann.get(DATA)
    for name in ("bea", "cyd"):
        status, _ = await stage.browsers[name].fetch(COPY)
        assert status == 404

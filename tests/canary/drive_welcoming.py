"""How a private group receives people: its welcome thread, a thread of every week, greeters, and an
hour in which people answer together.
"""

import re

from tests.canary.stage import Stage

SESSION = re.compile(r"/reply-sessions/(\d+)")


async def receive(stage: Stage, handle: str, group: str) -> None:
    """Ann sets all of it up; bea greets and comes to answer."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    place = f"/groups/{handle}"
    words = {
        "title": stage.word("title of a welcome thread"),
        "text": "A hello is enough.",
        "closing": stage.word("last words of a welcome thread"),
    }
    await ann.submit(f"{place}/welcome", at=f"{place}/welcome", act="on", every="week", **words)
    await ann.get(f"{place}/welcome")
    weekly = {
        "title": stage.word("title of a weekly thread"),
        "text": stage.word("text of a weekly thread"),
        "weekday": "0",
        "hour": "3",
        "offset": "0",
    }
    added = await ann.submit(f"{place}/weekly/new", at=f"{place}/weekly/new", **weekly)
    [number] = re.findall(rf"{place}/weekly/(\d+)", added.text)
    await ann.get(f"{place}/weekly/{number}")
    stage.private_ids.add(number)
    rota = f"{place}/greeters"
    await bea.submit(rota, at=rota, act="greet", weekday="2", hour="1", to_hour="2", offset="0")
    await bea.get("/welcome")
    await answer_together(stage, group)


async def answer_together(stage: Stage, group: str) -> None:
    """Ann calls bea and whoever else is in the private group, for now; it is ended at once."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    new = "/reply-sessions/new"
    called = await ann.submit(
        new,
        at=new,
        group=group,
        act="now",
        minutes="60",
        invitation=stage.word("line that invites to answer"),
    )
    [number] = set(SESSION.findall(called.path))
    path = f"/reply-sessions/{number}"
    stage.private_ids.add(number)
    await bea.submit(path, at=path, act="come")
    await bea.get("/reply-sessions")
    await bea.submit(path, at=path, act="next")
    await ann.submit(path, at=path, act="end", closing=stage.word("last words of a session"))
    await bea.get(path)

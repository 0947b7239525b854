"""Stories in a private group: a draft that stays one, one that is told, gathered and changed, and
one that is taken back.
"""

import re

from tests.canary.stage import Stage

READ = re.compile(r'href="/stories/(\d+)"')
NEW = "/stories/new"


async def tell(stage: Stage, handle: str, group: str) -> None:
    """Bea tells hers; ann, who keeps the group, gathers it."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    draft = await bea.submit(
        NEW, at=NEW, group=group, title=stage.word("title of a draft of a story"), text="Not yet."
    )
    await bea.get(draft.path)
    written = await bea.submit(
        NEW,
        at=NEW,
        group=group,
        title=stage.word("title of a story"),
        text=stage.word("text of a story"),
        others=stage.word("what helped in a story"),
    )
    path = written.path.partition("?")[0]
    await bea.submit(path, at=path, act="offer")
    told = await bea.submit(path, at=path, act="consent", agrees="yes")
    [number] = set(READ.findall(told.text))
    stage.private_ids.add(path.rpartition("/")[2])
    stage.private_posts.add(number)
    keep = f"/groups/{handle}/stories"
    begun = await ann.submit(
        keep, at=keep, act="gather", title=stage.word("title of a collection of stories"), about=""
    )
    edit = begun.path.partition("?")[0]
    collection = edit.removesuffix("/edit")
    stage.private_ids.add(collection.rpartition("/")[2])
    why = stage.word("why a story is in a collection")
    await ann.submit(edit, at=edit, act="put-in", story=number, why=why)
    for page in (collection, f"/stories/{number}", "/stories", "/stories/mine"):
        await bea.get(page)

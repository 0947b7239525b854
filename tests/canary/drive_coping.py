"""Cards that only their writer or a private group may read: drafted, published, tried, kept at
hand, collected, and asked to be changed."""

import re

from tests.canary.stage import Stage
from tests.node.web.visitor import Page

CARD = {
    "what": "A cup of tea, made slowly.",
    "when_it_helps": "At four in the morning.",
    "effort": "little",
    "cost": "free",
    "basis": "own",
    "licence": "cc-by",
}


async def keep_what_helps(stage: Stage, number: str) -> None:
    """Bea writes, ann tries, keeps and checks; `number` is the private group's."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    words = {
        "title": stage.word("title of a draft of a card"),
        "steps": stage.word("step of a draft of a card"),
    }
    draft = _path(await bea.submit("/coping/new", at="/coping/new", **(CARD | words)), "drafts/")
    for path in ("/coping/drafts", draft, f"{draft}/edit", f"{draft}/publish"):
        await bea.get(path)
    await bea.submit(draft, at=draft, act="toolkit")
    card = await publish(stage, number)
    await try_it(stage, card)
    await collect(stage, card, number)
    reason = stage.word("what should change in a card")
    check = f"{card}/check"
    await ann.submit(check, at=check, verdict="ask-change", reason=reason)
    for path in (card, f"{card}/edit", "/coping", "/coping/waiting", "/news"):
        await bea.get(path)
        await ann.get(path)


async def publish(stage: Stage, number: str) -> str:
    """A card of bea's in the private group, which touches medicine."""
    bea, step = stage.browsers["bea"], stage.word("step of a card in a private group")
    words = {"title": "Tea", "steps": step, "medical": "yes"}
    draft = _path(await bea.submit("/coping/new", at="/coping/new", **(CARD | words)), "drafts/")
    page = await bea.submit(f"{draft}/publish", at=f"{draft}/publish", group=number)
    card = _path(page)
    post = card.rpartition("/")[2]
    stage.private_posts.add(post)
    stage.private_ids |= {post, draft.rpartition("/")[2]}
    await bea.get(f"/threads/{post}")
    return card


async def try_it(stage: Stage, card: str) -> None:
    """Ann keeps it at hand, with notes to herself."""
    ann = stage.browsers["ann"]
    await ann.submit(f"{card}/save", at=card)
    found = await ann.get("/toolkit")
    [item] = set(re.findall(r'href="(/toolkit/\d+)"', found.text))
    note = stage.word("note in a toolkit")
    await ann.submit(item, at=item, act="note", note=note, hard="yes")
    stage.private_ids.add(item.rpartition("/")[2])
    tell = f"{card}/tell"
    told = {"act": "say", "helped": "yes", "note": stage.word("note about a card")}
    await ann.submit(tell, at=tell, **told)
    for path in ("/toolkit", item, tell):
        await ann.get(path)


async def collect(stage: Stage, card: str, number: str) -> None:
    """Ann puts it among others."""
    ann, new = stage.browsers["ann"], "/coping/collections/new"
    title = stage.word("title of a collection of cards")
    made = _path(await ann.submit(new, at=new, title=title, group=number), "collections/")
    collection = made.rpartition("/")[2]
    await ann.submit(f"{card}/collect", at=card, collection=collection)
    stage.private_ids.add(collection)
    for path in (made, "/coping/collections", f"{made}/edit"):
        await ann.get(path)


def _path(page: Page, part: str = "") -> str:
    """Where a form led to."""
    found = re.match(rf"/coping/{part}\d+", page.path)
    assert found is not None, page.path
    return found[0]

"""Telling the staff, what they decide and why, appeals, and asking which names belong together."""

import re

from tests.canary.browser import Browser
from tests.canary.stage import Stage

CASE = re.compile(r"/moderation/reports/(\d+)")
LINK = re.compile(r"/moderation/links/(\d+)")


async def report(stage: Stage, thread: str) -> None:
    """Bea tells the staff of a reply of eve's in the private group; ann takes it away."""
    eve, bea, ann = (stage.browsers[name] for name in ("eve", "bea", "ann"))
    text = stage.word("reported reply in a private group")
    made = await eve.call("POST", f"/api/kith/v1/posts/{thread}/replies", {"text": text})
    stage.private_posts.add(made["id"])
    path = f"/report/post/{made['id']}"
    words = stage.word("words of a report")
    await bea.submit(path, at=path, reason="harassment", words=words)
    await bea.get("/reports")
    case = await take_on(ann)
    await ann.submit(
        f"{case}/decide",
        at=case,
        outcome="remove-post",
        statement=stage.word("statement to an author"),
        note=stage.word("note of the staff"),
    )
    for page in ("/moderation", "/moderation/log", case):
        await ann.get(page)
    await eve.get("/decisions")
    await bea.get("/reports")


async def take_on(ann: Browser) -> str:
    """The next report, taken on and looked at; its address."""
    page = await ann.submit("/moderation/next", at="/moderation")
    found = CASE.search(page.path + page.text)
    assert found is not None, page.text
    case = f"/moderation/reports/{found[1]}"
    await ann.submit(f"{case}/open", at=case)
    return case


async def reveal(stage: Stage) -> None:
    """Bea becomes safety lead and asks who is behind a name; ann is the second person."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    roles, links = "/moderation/roles", "/moderation/links"
    current = f"{stage.markers['password'].word} by the river"
    await ann.submit(roles, at=roles, handle="bea", role="safety_lead", current=current)
    reason = stage.word("reason to reveal who is behind a name")
    await bea.submit(links, at=links, handle="eve", statement=reason)
    page = await ann.get(links)
    found = LINK.search(page.text)
    assert found is not None, page.text
    await ann.submit(f"{links}/{found[1]}/answer", at=links, act="confirm")
    await bea.submit(f"{links}/{found[1]}/look", at=links)
    await ann.get("/moderation/log")


async def appeal(stage: Stage) -> None:
    """Eve is suspended and asks for another look."""
    ann, eve, place = stage.browsers["ann"], stage.browsers["eve"], "/moderation/suspended"
    why = stage.word("reason of a suspension")
    await ann.submit(place, at=place, handle="@eve", scope="account", statement=why)
    await ann.get(place)
    words = stage.word("words of an appeal")
    fields = {"name": "eve-signs-in", "password": "willows along the river", "words": words}
    await eve.submit("/appeal", at="/appeal", **fields)
    await eve.submit("/appeal", at="/appeal", **(fields | {"words": ""}))
    await take_on(ann)

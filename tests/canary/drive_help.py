"""Somebody worries, the team looks and writes a letter, a plan is kept: none of it for others."""

import re

from tests.canary.stage import Stage

_CASE = re.compile(r"/moderation/risk/(\d+)")
_QUEUE = "/moderation/risk"


async def look_after(stage: Stage, thread: str) -> None:
    """Bea worries about a reply of eve's in the private group; ann looks, hands over, writes."""
    eve, bea, ann = (stage.browsers[name] for name in ("eve", "bea", "ann"))
    text = {"text": "I do not know how to go on"}
    made = await eve.call("POST", f"/api/kith/v1/posts/{thread}/replies", text)
    stage.private_posts.add(made["id"])
    path = f"/worried/{made['id']}"
    await bea.submit(path, at=path, words=stage.word("words of a worry"))
    page = await ann.submit(f"{_QUEUE}/next", at=_QUEUE)
    found = _CASE.search(page.path)
    assert found is not None, page.text
    case = found[0]
    await ann.submit(f"{case}/open", at=case)
    await ann.submit(f"{case}/hand-over", note=stage.word("note for the next of the team"))
    await ann.submit(f"{case}/claim", at=case)
    await ann.submit(f"{case}/open")
    letter = stage.word("letter of a moderator")
    await ann.submit(f"{case}/settle", outcome="answered", reply=letter)
    for browser, pages in ((ann, (_QUEUE, "/moderation/log", "/news")), (eve, ("/news",))):
        for one in pages:
            await browser.get(one)
    await eve.get("/help/for-you")
    await bea.submit("/plan/change", at="/plan/change", signs=stage.word("line of a plan"))
    await bea.get("/plan")
    await bea.get("/help/steps")
    stage.private_ids.add(found[1])

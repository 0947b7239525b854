"""Somebody worries, the team looks and writes a letter, a plan is kept: none of it for others."""

import re

from tests.canary.browser import Browser
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
    note = stage.word("note for the next of the team")
    await _work(ann, case, "hand-over", note=note)
    await ann.submit(f"{case}/claim", at=case)
    letter = stage.word("letter of a moderator")
    await _work(ann, case, "settle", outcome="answered", reply=letter)
    for browser, pages in ((ann, (_QUEUE, "/moderation/log", "/news")), (eve, ("/news",))):
        for one in pages:
            await browser.get(one)
    await eve.get("/help/for-you")
    await bea.submit("/plan/change", at="/plan/change", signs=stage.word("line of a plan"))
    await bea.get("/plan")
    await bea.get("/plan/file")
    await bea.get("/help/steps")
    stage.private_ids.add(found[1])


async def _work(ann: Browser, case: str, act: str, **fields: str) -> None:
    """Look at what was written, and do something about it from that page."""
    shown = await ann.submit(f"{case}/open", at=case)
    form = shown.form(f"{case}/{act}")
    done = await ann.post(f"{case}/{act}", form.fields | fields)
    assert done.status < 400, done.text

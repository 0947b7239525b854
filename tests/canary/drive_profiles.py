"""What ann writes outside groups, for those who follow her and for herself: bea follows her, and so
do people elsewhere, who get what is for everybody and nothing else.
"""

import re

from tests.canary.browser import Browser
from tests.canary.stage import Stage

NOTE = re.compile(r'href="/notes/([0-9]+)"')


async def befriend(stage: Stage, one: Browser, name: str) -> None:
    """Somebody follows ann, who lets them."""
    ann, handle = stage.browsers["ann"], f"@ann@{stage.home.authority}"
    page = await one.submit("/people/look-up", "/followers", who=handle)
    path = page.path.partition("?")[0]
    await one.submit(f"{path}/follow", path)
    await stage.rest()
    asking = (await ann.get("/followers")).form("/followers", "act")
    await ann.submit("/followers", "/followers", act="accept", person=asking.fields["person"])
    await stage.rest()


async def write(stage: Stage) -> None:
    """All kinds of posts, with answers, reactions, a change, and a look round by who may read."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    for name, browser in stage.browsers.items():
        if name == "bea" or name.startswith("of_"):
            await befriend(stage, browser, name)
    await publish(ann, "public", text="Good morning to everybody.")
    few = await publish(
        ann,
        "followers",
        text=stage.word("text for followers"),
        content_warning=stage.word("warning for followers"),
    )
    own = await publish(ann, "self", text=stage.word("note to oneself"))
    answer = stage.word("answer for followers")
    page = await bea.submit(f"/notes/{few}/reply", f"/notes/{few}", text=answer)
    reply = re.findall(r'id="post-([0-9]+)"', page.text)[-1]
    await bea.submit(f"/notes/{few}/react", f"/notes/{few}", kind="strength")
    edited = stage.word("edited text for followers")
    await ann.submit(f"/notes/{reply}/reply", f"/notes/{reply}", text="Thank you.")
    await ann.submit(f"/notes/{few}/edit", f"/notes/{few}/edit", text=edited)
    for browser in (ann, bea):
        for path in (f"/notes/{few}", "/personas/ann", "/news"):
            assert (await browser.get(path)).status == 200
    assert (await ann.get(f"/notes/{own}")).status == 200
    stage.private_posts |= {few, own, reply}
    await stage.rest()


async def publish(author: Browser, audience: str, **words: str) -> str:
    """Write a post for an audience; its id."""
    page = await author.submit("/notes/new", "/notes/new", audience=audience, **words)
    found = NOTE.search(page.text)
    assert found is not None, page.path
    return found[1]

"""Having several names: another persona, one for a single thread; a block; leaving for good."""

import asyncio

from tests.canary.drive_messages import NEW
from tests.canary.stage import Mover, Stage

PERSONAS, MAKE = "/settings/personas", "/settings/personas/new"
FAY = Mover("fay", "fay-signs-in")
"""Who writes in private, and then leaves."""
TRIES, PAUSE = 300, 0.1


async def have_two_names(stage: Stage, public: str) -> None:
    """Ann, whose sign-in name is searched for, speaks in public as Linden, and is Ann again."""
    ann = stage.browsers["ann"]
    await ann.submit(MAKE, at=MAKE, handle="linden", display_name="Linden")
    await ann.submit(f"/groups/{public}/join", at=f"/groups/{public}/join")
    new = f"/groups/{public}/new"
    await ann.submit(new, at=new, title="Linden speaks", text="Of trees")
    await ann.get(f"/groups/{public}")
    await ann.submit(PERSONAS, at=PERSONAS, persona="ann")


async def speak_without_a_name(stage: Stage, private: str) -> None:
    """Eve begins a thread in a private group under a name that is made for it."""
    ann, eve = stage.browsers["ann"], stage.browsers["eve"]
    settings, place = f"/groups/{private}/settings", f"/groups/{private}/anonymous"
    await ann.submit(settings, at=settings, allows_anonymous="yes")
    title = stage.word("title of an anonymous thread")
    text = stage.word("text of an anonymous thread")
    begun = await eve.submit(place, at=place, title=title, text=text)
    for who in (eve, ann):
        await who.get(begun.path.partition("?")[0])
        await who.get(f"/groups/{private}")
    stage.private_posts.add(begun.path.partition("?")[0].rpartition("/")[2])


async def block_and_lift(stage: Stage) -> None:
    """Bea wants nothing to do with cyd, for a while."""
    bea = stage.browsers["bea"]
    await bea.submit("/personas/cyd/block", at="/personas/cyd/block")
    for path in ("/settings/blocks", "/personas/cyd"):
        await bea.get(path)
        await stage.browsers["cyd"].get("/personas/bea")
    page = await bea.get("/settings/blocks")
    person = page.text.partition('name="person" value="')[2].partition('"')[0]
    await bea.submit("/settings/blocks/lift", at="/settings/blocks", person=person)


async def leave_for_good(stage: Stage) -> None:
    """Fay keeps a draft, and then has everything of hers erased."""
    fay = stage.browsers["fay"]
    words = stage.word("draft of somebody who left")
    await fay.submit(NEW, at=NEW, to="@bea", text=words, act="draft")
    await fay.get(NEW)
    await fay.submit("/settings/leave", at="/settings/leave", when="now", current=FAY.password)
    for _ in range(TRIES):
        status, _ = await stage.browsers["bea"].fetch("/personas/fay")
        if status == 404:
            return
        await asyncio.sleep(PAUSE)
    raise AssertionError("fay is still there")

"""Eve goes through the training and listens; bea asks to be heard; they talk, and part."""

import asyncio
import re

from tests.canary.browser import Browser
from tests.canary.stage import Stage

SESSION = re.compile(r"/listening/(\d+)")
WORD = re.compile(r'id="message-(\d+)"')
ASK, OFFER, COURSE = "/listening/ask", "/listening/offer", "/training"
TRIES = 200


async def be_heard(stage: Stage) -> None:
    """All of it; nobody else finds the session."""
    bea, eve = stage.browsers["bea"], stage.browsers["eve"]
    await learn(stage, eve)
    await eve.submit(OFFER, at=OFFER, **{"topic-sleep": "yes", "is_on": "yes"})
    await eve.submit(f"{OFFER}/now", at="/listening", act="on")
    words = stage.word("words of who asks to be heard")
    asked = await bea.submit(ASK, at=ASK, **{"topic-sleep": "yes", "words": words})
    found = SESSION.match(asked.path)
    assert found is not None, asked.path
    place = found[0]
    await until(eve, place, "Somebody would like to be heard")
    await eve.submit(f"{place}/act", at=place, act="accept")
    await bea.submit(f"{place}/act", at=place, act="begin")
    await talk(stage, place)
    stage.private_ids.add(found[1])


async def learn(stage: Stage, who: Browser) -> None:
    """All units, one of them with words of one's own, and a badge."""
    page = await who.get(COURSE)
    units = re.findall(r'href="(/training/[a-z-]+)"', page.text)
    for number, unit in enumerate(dict.fromkeys(units)):
        reply = "I am here." if number else stage.word("reply for practice")
        await who.submit(unit, at=unit, reply=reply, act="try")
        await who.submit(unit, at=unit, act="done")
    topic = f"{COURSE}/topics/sleep"
    await who.submit(topic, at=topic, act="earn")


async def until(who: Browser, place: str, words: str) -> None:
    """The node does its work in a moment."""
    for _ in range(TRIES):
        if words in (await who.get(place)).text:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{place} never says {words!r}")


async def talk(stage: Stage, place: str) -> None:
    """Words of both, a pause for care, an end, and what it was like."""
    bea, eve = stage.browsers["bea"], stage.browsers["eve"]
    async with eve.listening(f"{place}/events"):
        await bea.submit(place, at=place, text=stage.word("words to who listens"))
    await eve.submit(place, at=place, text=stage.word("words of who listens"))
    page = await bea.get(place)
    stage.private_ids.update(WORD.findall(page.text))
    await bea.submit(f"{place}/act", at=place, act="pause")
    await bea.submit(f"{place}/act", at=place, act="go-on")
    await eve.get(f"{place}/moderator")
    await bea.submit(f"{place}/act", at=place, act="end")
    await bea.post(
        f"{place}/act",
        (await bea.get(place)).form(f"{place}/act", "felt").fields | {"felt": "yes"},
    )
    await eve.submit(f"{place}/act", at=place, act="hard")
    for who in (bea, eve):
        for path in ("/listening", place, "/news"):
            await who.get(path)

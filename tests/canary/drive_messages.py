"""Private messages: asking first, a conversation of two and one of three, drafts, edits, search."""

import re

from tests.canary.browser import Browser
from tests.canary.drive_media import telling
from tests.canary.stage import Stage

REQUEST = re.compile(r"/messages/requests/(\d+)")
CONVERSATION = re.compile(r"/messages/(\d+)")
MESSAGE = re.compile(r'id="message-(\d+)"')
PICTURE = re.compile(r"/media/([\w-]+(?:\.\w+)?)")
NEW, REQUESTS, CHOICES = "/messages/new", "/messages/requests", "/messages/settings"


async def get_to_know(stage: Stage) -> str:
    """Ann asks bea and eve whether she may write to them; her conversation with bea."""
    ann, bea, eve = (stage.browsers[name] for name in ("ann", "bea", "eve"))
    notes = {"bea": stage.word("note of a request"), "eve": stage.word("note of another request")}
    places = []
    for handle, who in (("bea", bea), ("eve", eve)):
        await who.submit(CHOICES, at=CHOICES, who="anyone", shows_read="yes", keep="30")
        await ann.submit(NEW, at=f"{NEW}?to={handle}", to=handle, text=notes[handle], act="ask")
        page = await who.get(REQUESTS)
        [number] = REQUEST.findall(page.text)
        path = f"{REQUESTS}/{number}"
        accepted = await who.submit(path, at=REQUESTS, act="accept")
        places.append(_place(accepted.path))
        stage.private_ids.add(number)
    await ann.get(REQUESTS)
    return places[0]


async def converse(stage: Stage, place: str) -> None:
    """Ann and bea write to each other, change their words and take some back; the node is killed
    while a draft is waiting."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    async with bea.listening(f"{place}/events"):
        await ann.submit(place, at=place, text=stage.word("message"), act="send")
    await bea.submit(place, at=place, text="Words to be changed", act="send")
    await bea.get(place)
    await ann.submit(place, at=place, text=stage.word("draft"), act="draft")
    await stage.home.kill()
    await stage.home.start()
    page = await ann.get(place)
    first, second = MESSAGE.findall(page.text)[-2:]
    edit = f"{place}/{second}/edit"
    await bea.submit(edit, at=edit, text=stage.word("edited message"))
    await ann.get(place)
    await show_a_picture(stage, place)
    await bea.submit(place, at=place, text=stage.word("message that is taken back"), act="send")
    gone = MESSAGE.findall((await ann.get(place)).text)[-1]
    await bea.submit(f"{place}/{gone}/delete", at=f"{place}/{gone}/delete", act="all")
    words = stage.markers["message"].word
    await bea.submit("/messages/search", at="/messages/search", words=words)
    await _look_round(ann, place)
    stage.private_pairs |= {(place.rpartition("/")[2], one) for one in (first, second, gone)}


async def show_a_picture(stage: Stage, place: str) -> None:
    """Ann sends a picture and says what it shows; bea looks at it."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    body = telling(stage.word("words inside another picture"))
    words = {"text": "See what grew", "alt": stage.word("words about a picture"), "act": "send"}
    await ann.upload(place, at=place, field="image", body=body, **words)
    [name] = set(PICTURE.findall((await bea.get(place)).text))
    status, _ = await bea.fetch(f"/media/{name}")
    assert status == 200
    stage.private_ids.add(name)


async def converse_as_three(stage: Stage) -> None:
    """A conversation with a title."""
    ann, eve = stage.browsers["ann"], stage.browsers["eve"]
    title, text = stage.word("title of a conversation"), stage.word("message to two people")
    sent = await ann.submit(NEW, at=NEW, to="@bea, @eve", title=title, text=text, act="send")
    place = _place(sent.path)
    await ann.submit(
        NEW, at=NEW, to="@bea", text=stage.word("draft of a first message"), act="draft"
    )
    await ann.get(NEW)
    await _look_round(eve, place)
    await eve.get(f"{place}/people")
    [number] = MESSAGE.findall((await eve.get(place)).text)
    stage.private_pairs.add((place.rpartition("/")[2], number))


async def _look_round(who: Browser, place: str) -> None:
    for path in ("/messages", place, CHOICES, "/news", REQUESTS):
        await who.get(path)


def _place(path: str) -> str:
    """The address of the conversation that a page shows."""
    found = CONVERSATION.match(path)
    assert found is not None, path
    return found[0]

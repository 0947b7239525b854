"""Pictures and polls on pages: chosen, described, published, seen and voted on without scripts."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from node.config import Config
from tests.newcomers import NO_NEWCOMERS
from tests.node.media.photos import opened, png
from tests.node.media.sending import send_files
from tests.node.web.house import WebHouse, open_web_house
from tests.node.web.visitor import Page, Visitor


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[WebHouse]:
    config = Config(node_name="Harbour", data=tmp_path, **NO_NEWCOMERS)
    async with open_web_house(database_url, config=config) as made:
        yield made


async def sent(
    visitor: Visitor, path: str, page: str, fields: dict[str, str], *pictures: bytes
) -> Page:
    """A form with pictures, as its page sends it; the page that it leads to."""
    form = await visitor.get(page)
    token = re.search(r'name="csrf" value="([^"]+)"', form.text)
    assert token is not None
    files = [(f"image-{number}", body) for number, body in enumerate(pictures, 1)]
    return await send_files(visitor, path, {"csrf": token[1]} | fields, files)


async def test_a_thread_with_pictures_and_a_poll(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    assert tom.persona is not None
    group = await house.group("night", mara, "local")
    tom_is = tom.persona
    await house.db.write(lambda uow: house.rooms.groups.join(uow, group.actor.id, tom_is))
    fields = {
        "title": "Look",
        "text": "Here.",
        "alt-1": "My garden & more",
        "option-1": "Tea",
        "option-3": "Water",
        "poll-days": "3",
    }
    page = "/groups/night/new"
    published = await sent(mara, page, page, fields, png(), png())
    assert published.status == 200
    thread = await tom.get(published.path.partition("?")[0])
    assert 'alt="My garden &amp; more"' in thread.text
    assert "This picture has no description." in thread.text
    address = re.search(r'src="(/media/posts/[a-z2-7]{26}/small.webp)"', thread.text)
    assert address is not None
    async with tom.client.get(address[1]) as answer:
        assert opened(await answer.read()).size == (120, 80)
    poll = re.search(r'action="(/polls/\d+/votes)"', thread.text)
    assert poll is not None
    assert "0 %" in thread.text
    seen = await tom.send(poll[1], choice="1")
    assert "100 %" in seen.text
    assert "Your vote" in seen.text
    again = await tom.send(poll[1], choice="0")
    assert again.status == 403
    number = re.search(r'href="/posts/(\d+)/reply"', thread.text)
    assert number is not None
    for reader, page in ((tom, "reply"), (mara, "reply"), (mara, "moderate")):
        shown = (await reader.get(f"/posts/{number[1]}/{page}")).text
        assert 'alt="My garden &amp; more"' in shown
        assert "Water" in shown


async def test_a_refused_form_keeps_its_pictures(house: WebHouse) -> None:
    mara = await house.member("mara")
    await house.group("night", mara, "local")
    page = "/groups/night/new"
    refused = await sent(mara, page, page, {"title": "", "text": "Here."}, png())
    assert refused.status == 422
    kept = re.search(r'name="media" value="(\d+)"', refused.text)
    assert kept is not None
    fields = {"title": "Look", "text": "Here.", "media": kept[1]}
    published = await sent(mara, page, page, fields)
    assert "/media/posts/" in published.text
    odd = await sent(mara, page, page, {"title": "Look", "text": "Here."}, b"no picture")
    assert odd.status == 422
    assert "JPEG, PNG and WebP" in odd.text


async def test_a_note_and_the_page_of_its_author_show_both_and_take_votes(house: WebHouse) -> None:
    mara, tom, kit = [await house.member(name) for name in ("mara", "tom", "kit")]
    fields = {"text": "Here.", "alt-1": "My garden", "option-1": "Tea", "option-2": "Water"}
    published = await sent(
        mara, "/notes/new", "/notes/new", fields | {"audience": "public"}, png(), png()
    )
    note = re.search(r'href="(/notes/\d+)"', published.text)
    assert note is not None
    for page in ("/personas/mara", note[1]):
        for reader in (mara, tom, house.visitor()):
            shown = (await reader.get(page)).text
            assert 'alt="My garden"' in shown
            assert "This picture has no description." in shown
            assert "Water" in shown
            assert ('action="/polls/' in shown) == (reader is tom), "neither visitors nor oneself"
    answering = (await tom.get(f"{note[1]}/reply")).text
    assert 'alt="My garden"' in answering
    assert "/votes" not in answering
    for page, voter in (("/personas/mara", tom), (note[1], kit)):
        poll = re.search(r'action="(/polls/\d+/votes)"', (await voter.get(page)).text)
        assert poll is not None
        voted = await voter.send(poll[1], choice="1")
        assert voted.path.partition("?")[0] == note[1]
        assert "Your vote" in voted.text
        assert "Your vote" in (await voter.get("/personas/mara")).text

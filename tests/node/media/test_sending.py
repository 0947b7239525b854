"""PRV-24: pictures in private messages, from the form to those who may see them, and away again."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from node.config import Config
from tests.newcomers import NO_NEWCOMERS
from tests.node.media.photos import CANARY, NO_PICTURES, jpeg, opened, png, telling_jpeg
from tests.node.media.sending import send_files
from tests.node.messages.talk import Talk
from tests.node.web.house import open_web_house
from tests.node.web.visitor import Page, Visitor

ALT = "A grey cat asleep on a radiator"


@pytest.fixture
async def talk(database_url: str, tmp_path: Path) -> AsyncIterator[Talk]:
    config = Config(node_name="Harbour", data=tmp_path, **NO_NEWCOMERS)
    async with open_web_house(database_url, config=config) as house:
        yield await Talk.begin(house)


@pytest.fixture
async def one_talk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Talk]:
    config = Config(node_name="Harbour", data=tmp_path, picture_bytes=65_536, **NO_NEWCOMERS)
    async with open_web_house(sqlite_url, config=config) as house:
        yield await Talk.begin(house)


async def say(
    who: Visitor, number: int, files: list[bytes], text: str = "Look", **fields: str
) -> Page:
    """Send the form of a conversation with pictures."""
    given = {"csrf": await who.token(), "text": text, "act": "send", **fields}
    sent = [("image", body) for body in files]
    return await send_files(who, f"/messages/{number}", given, sent)


def names(page: Page | str) -> list[str]:
    """The pictures that a page shows."""
    text = page if isinstance(page, str) else page.text
    return re.findall(r'<img src="/media/([a-z2-7]{26})/small"', text)


async def status(who: Visitor, path: str, **headers: str) -> int:
    async with who.client.get(path, headers=headers) as answer:
        await answer.read()
        return answer.status


async def test_prv_24_a_picture_reaches_those_in_the_conversation_alone(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Hello")
    page = await say(talk.ash, number, [telling_jpeg()], alt=ALT)
    assert page.status == 200, page.text
    [name] = names(await talk.page(talk.birch, number))
    assert f'alt="{ALT}"' in await talk.page(talk.birch, number)
    for who in (talk.ash, talk.birch):
        async with who.client.get(f"/media/{name}") as answer:
            body = await answer.read()
            assert (answer.status, answer.headers["Content-Type"]) == (200, "image/webp")
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; sand")
            assert answer.headers["Content-Disposition"] == 'inline; filename="picture.webp"'
            assert "Accept-Ranges" not in answer.headers
            assert opened(body).size == (120, 80)
            assert CANARY not in body
        assert await status(who, f"/media/{name}/small") == 200
    for who in (talk.cedar, talk.dale, talk.house.visitor()):
        for path in (f"/media/{name}", f"/media/{name}/small"):
            assert await status(who, path) == 404
            assert await status(who, path, Range="bytes=0-9") == 404


async def test_prv_24_a_range_is_not_answered(one_talk: Talk) -> None:
    number = await one_talk.opened(one_talk.ash, "birch", "Hello")
    [name] = names(await say(one_talk.ash, number, [png()], alt=ALT))
    path = f"/media/{name}"
    async with one_talk.birch.client.get(path, headers={"Range": "bytes=0-9"}) as answer:
        assert (answer.status, len(await answer.read()) > 10) == (200, True)
        etag = answer.headers.get("ETag", "none")
    assert await status(one_talk.birch, path, **{"If-None-Match": etag}) == 200


async def test_prv_24_after_deletion_it_is_not_there(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Hello")
    [name] = names(await say(talk.ash, number, [png()], alt=ALT))
    shown = await talk.page(talk.ash, number)
    message = max(int(one) for one in re.findall(r'id="message-(\d+)"', shown))
    at = f"/messages/{number}/{message}/delete"
    await talk.act(talk.birch, at, act="me")
    assert await status(talk.birch, f"/media/{name}") == 404
    assert await status(talk.ash, f"/media/{name}") == 200
    await talk.act(talk.ash, at, act="all")
    assert await status(talk.ash, f"/media/{name}") == 404
    talk.house.clock.advance(hours=2)
    assert await talk.house.rooms.pictures.sweep() == 1
    assert not list((talk.house.rooms.config.data / "media").rglob("*.*"))


async def test_prv_24_it_goes_with_the_last_copy_of_its_message(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Hello")
    [name] = names(await say(talk.ash, number, [png()], alt=ALT))
    for who in (talk.ash, talk.birch):
        await talk.act(who, f"/messages/{number}/remove")
    assert await status(talk.ash, f"/media/{name}") == 404
    known = await talk.house.db.read(lambda uow: uow.attachments.known([name]))
    assert known == set()


async def test_prv_24_who_left_sees_nothing_that_comes_later(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch cedar", "Hello", "Three of us")
    [before] = names(await say(talk.ash, number, [png()], alt=ALT))
    await talk.act(talk.cedar, f"/messages/{number}/leave")
    after = names(await say(talk.ash, number, [jpeg()], alt=ALT))[-1]
    assert await status(talk.cedar, f"/media/{after}") == 404
    assert await status(talk.birch, f"/media/{after}") == 200
    await talk.act(talk.cedar, f"/messages/{number}/remove")
    assert await status(talk.cedar, f"/media/{before}") == 404


async def test_prv_24_who_blocked_takes_the_pictures_away(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Hello")
    [name] = names(await say(talk.ash, number, [png()], alt=ALT))
    ash, birch = talk.ash.persona, talk.birch.persona
    assert ash is not None
    assert birch is not None
    await talk.house.db.write(lambda uow: talk.house.rooms.safety.block(uow, ash, birch.id))
    assert await status(talk.birch, f"/media/{name}") == 404
    assert names(await talk.page(talk.birch, number)) == []
    assert await status(talk.ash, f"/media/{name}") == 200


async def test_a_picture_alone_is_a_message(one_talk: Talk) -> None:
    number = await one_talk.opened(one_talk.ash, "birch", "Hello")
    await say(one_talk.ash, number, [png()], text="", plain="yes")
    assert len(names(await one_talk.page(one_talk.birch, number))) == 1
    assert "A picture" in (await one_talk.birch.get("/messages")).text


async def test_without_words_it_waits_and_nothing_is_sent(one_talk: Talk) -> None:
    number = await one_talk.opened(one_talk.ash, "birch", "Hello")
    page = await say(one_talk.ash, number, [png()], text="See my cat")
    assert page.status == 422
    assert "Describe the picture for those who cannot see it, or say" in page.text
    assert "See my cat" in page.text
    [name] = names(page)
    assert names(await one_talk.page(one_talk.birch, number)) == []
    assert await status(one_talk.birch, f"/media/{name}") == 404
    page = await say(one_talk.ash, number, [], text="See my cat", **{f"alt-{name}": ALT})
    assert names(page) == [name]
    assert f'alt="{ALT}"' in await one_talk.page(one_talk.birch, number)


async def test_pictures_are_added_one_by_one_and_taken_out(one_talk: Talk) -> None:
    number = await one_talk.opened(one_talk.ash, "birch", "Hello")
    page = await say(one_talk.ash, number, [png()], "Half a tho", act="picture", alt="One")
    assert (page.status, "Half a tho" in page.text) == (200, True)
    [first] = names(page)
    page = await say(one_talk.ash, number, [jpeg()], "Half a tho", act="picture", alt="Two")
    second = names(page)[-1]
    assert ">\nOne</textarea>" in page.text
    page = await say(one_talk.ash, number, [], "Half a tho", act=f"drop-{first}")
    assert names(page) == [second]
    assert await status(one_talk.ash, f"/media/{first}") == 404
    page = await say(one_talk.ash, number, [], "A thought")
    assert names(await one_talk.page(one_talk.birch, number)) == [second]
    assert 'alt="Two"' in page.text


async def test_dos_07_a_description_of_a_megabyte_is_refused(one_talk: Talk) -> None:
    number = await one_talk.opened(one_talk.ash, "birch", "Hello")
    page = await say(one_talk.ash, number, [png()], alt="x" * 1_000_000)
    assert page.status == 413
    page = await say(one_talk.ash, number, [png()], alt="x" * 1501)
    assert page.status == 422
    assert names(await one_talk.page(one_talk.birch, number)) == []


async def test_more_than_a_message_holds_is_refused(one_talk: Talk) -> None:
    number = await one_talk.opened(one_talk.ash, "birch", "Hello")
    for _ in range(2):
        await say(one_talk.ash, number, [png(), png()], act="picture")
    page = await say(one_talk.ash, number, [png()], act="picture")
    assert (page.status, "more pictures than" in page.text) == (422, True)
    assert (await say(one_talk.ash, number, [png()] * 5)).status == 413


@pytest.mark.parametrize("kind", ["svg", "html", "gif-js", "tiff"])
async def test_xss_07_nothing_else_is_sent(one_talk: Talk, kind: str) -> None:
    number = await one_talk.opened(one_talk.ash, "birch", "Hello")
    page = await say(one_talk.ash, number, [NO_PICTURES[kind]], alt=ALT, text="Kept words")
    assert (page.status, "Kept words" in page.text) == (422, True)
    page = await say(one_talk.ash, number, [b"x" * 70_000], alt=ALT)
    assert (page.status, "too large" in page.text) == (422, True)
    assert names(await one_talk.page(one_talk.birch, number)) == []


async def test_nobody_keeps_pictures_where_they_may_not_write(one_talk: Talk) -> None:
    number = await one_talk.opened(one_talk.ash, "birch", "Hello")
    for who in (one_talk.cedar, one_talk.dale):
        assert (await say(who, number, [png()], alt=ALT)).status == 404
    assert (await say(one_talk.ash, number + 999, [png()], alt=ALT)).status == 404
    assert not list((one_talk.house.rooms.config.data / "media").rglob("*.*"))


async def test_the_words_about_a_picture_are_escaped_and_sealed(
    one_talk: Talk, tmp_path: Path
) -> None:
    number = await one_talk.opened(one_talk.ash, "birch", "Hello")
    await say(one_talk.ash, number, [png()], alt='"><script>CANARY-ALT</script>')
    text = await one_talk.page(one_talk.birch, number)
    assert 'alt="&#34;&gt;&lt;script&gt;CANARY-ALT&lt;/script&gt;"' in text
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"CANARY-ALT" not in path.read_bytes()


async def test_a_newcomer_sends_words_and_no_pictures_yet(sqlite_url: str, tmp_path: Path) -> None:
    async with open_web_house(
        sqlite_url, config=Config(data=tmp_path, newcomer_messages=True)
    ) as house:
        talk = await Talk.begin(house)
        number = await talk.opened(talk.ash, "birch", "Hello")
        page = await say(talk.ash, number, [png()], alt=ALT, text="Kept words")
        assert (page.status, "Kept words" in page.text) == (403, True)
        assert not (tmp_path / "media").exists()
        fields = {"csrf": await talk.ash.token()}
        page = await send_files(talk.ash, "/settings/picture", fields, [("image", png())])
        assert page.status == 403
        assert not (tmp_path / "media").exists()
        assert (await say(talk.ash, number, [], text="Only words")).status == 200

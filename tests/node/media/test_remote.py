"""PRV-20: pictures of other nodes come through this one, anew, bounded, and for readers alone."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from node.config import Config
from node.errors import NotFound
from node.media.remote import RemotePictures
from node.media.rules import RemoteMedia
from node.rooms import Rooms
from storage.actors import Actor
from storage.post_media import PostMedia
from storage.unit_of_work import UnitOfWork
from tests.newcomers import NO_NEWCOMERS
from tests.node.media.photos import CANARY, opened, png, telling_jpeg
from tests.node.web.house import WebHouse, open_web_house

MIB = 1024 * 1024
GONE = "https://far.example/gone.jpg"


class Far:
    """Another node's pictures, and what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.body: bytes = telling_jpeg()

    async def fetch(self, url: str) -> bytes | None:
        self.asked.append(url)
        await asyncio.sleep(0)
        return None if url == GONE else self.body


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[WebHouse]:
    config = Config(node_name="Harbour", data=tmp_path, **NO_NEWCOMERS)
    async with open_web_house(database_url, config=config) as made:
        yield made


def everybody(_uow: UnitOfWork, post_id: int, _reader: Actor | None) -> bool:
    return post_id != 0


def nobody(_uow: UnitOfWork, _post_id: int, _reader: Actor | None) -> bool:
    return False


async def known(house: WebHouse, *urls: str) -> list[PostMedia]:
    """Pictures that another node said it has, at a post."""
    mara = await house.member("mara")
    assert mara.persona is not None
    me = mara.persona
    group = (await house.group("night", mara)).actor.id
    rooms: Rooms = house.rooms
    draft = house.thread_draft("Look")
    post = await house.db.write(lambda uow: rooms.groups.post_thread(uow, group, me, draft))
    found = [RemoteMedia(url=url, alt="A hill") for url in urls]
    await house.db.write(lambda uow: rooms.attaching.pictures.receive(uow, post.id, me.id, found))
    return (await house.db.read(lambda uow: uow.post_media.of_posts([post.id])))[post.id]


async def test_prv_20_a_picture_is_asked_for_once_and_made_anew(house: WebHouse) -> None:
    far = Far()
    remote: RemotePictures = house.rooms.uploads.remote(far.fetch, MIB)
    [media] = await known(house, "https://far.example/hill.jpg")
    both = await asyncio.gather(
        remote.show(media.name, "large", None, everybody),
        remote.show(media.name, "small", None, everybody),
    )
    for shown, is_open in both:
        assert is_open
        assert opened(shown.body).format == "WEBP"
        assert CANARY not in shown.body
    await remote.show(media.name, "large", None, everybody)
    assert far.asked == ["https://far.example/hill.jpg"]
    with pytest.raises(NotFound):
        await remote.show(media.name, "large", None, nobody)
    with pytest.raises(NotFound):  # ours has another door, and theirs too
        await house.rooms.uploads.show(media.name, "large", None, everybody)


async def test_what_cannot_be_had_is_let_be_for_a_while(house: WebHouse) -> None:
    far = Far()
    remote = house.rooms.uploads.remote(far.fetch, MIB)
    gone, odd = await known(house, GONE, "https://far.example/page.html")
    far.body = b"<html>"
    for media in (gone, odd, gone, odd):
        with pytest.raises(NotFound):
            await remote.show(media.name, "large", None, everybody)
    assert len(far.asked) == 2
    house.clock.advance(minutes=11)
    far.body = png()
    await remote.show(odd.name, "large", None, everybody)


async def test_dos_copies_have_a_bound(house: WebHouse) -> None:
    far = Far()
    far.body = png()
    remote = house.rooms.uploads.remote(far.fetch, MIB)
    first, second = await known(house, "https://far.example/1.png", "https://far.example/2.png")
    await remote.show(first.name, "large", None, everybody)
    room = await house.db.read(lambda uow: uow.post_media.size_of_copies())
    remote = house.rooms.uploads.remote(far.fetch, room)
    house.clock.advance(minutes=1)
    await remote.show(second.name, "large", None, everybody)
    size = await house.db.read(lambda uow: uow.post_media.size_of_copies())
    assert size == room
    house.clock.advance(minutes=1)
    await remote.show(first.name, "large", None, everybody)
    assert far.asked.count("https://far.example/1.png") == 2

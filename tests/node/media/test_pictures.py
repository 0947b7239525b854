"""PRV-24: pictures of messages are kept sealed, shown to those who may see them, and swept up."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from node.config import Config
from node.errors import Invalid, NotFound
from node.housekeeping import Housekeeping
from node.media.service import Words
from storage.actors import Actor
from storage.attachments import Attachment
from storage.conversations import Conversation
from storage.messages import Message
from storage.seals import Holder
from storage.unit_of_work import UnitOfWork
from tests.node.media.photos import jpeg, opened, png, telling_jpeg
from tests.node.web.house import WebHouse, open_web_house

TALK = 4_000


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[WebHouse]:
    config = Config(node_name="Harbour", data=tmp_path)
    async with open_web_house(database_url, config=config) as made:
        yield made


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "media").rglob("*") if path.is_file()]


async def somebody(house: WebHouse) -> Actor:
    """Mara, who is in two conversations and wrote two messages."""
    mara, now = await house.account("mara"), house.clock.now()

    def begin(uow: UnitOfWork) -> None:
        for number in (TALK, TALK + 1):
            talk = Conversation(
                id=number, kind="group", title=None, created_by=mara.id, created_at=now
            )
            uow.conversations.add(talk, None)
        for number in (77, 78):
            words = Message(
                id=number,
                conversation_id=TALK,
                author_id=mara.id,
                source="Look",
                content="<p>Look</p>",
                created_at=now,
            )
            uow.messages.add(words, {mara.id: 0})

    await house.db.write(begin)
    return mara


async def kept(house: WebHouse, owner: int, data: bytes = b"") -> Attachment:
    return await house.rooms.pictures.keep(owner, TALK, data or png())


def give(
    house: WebHouse, owner: int, talk: int, words: list[Words], uow: UnitOfWork
) -> list[Attachment]:
    return house.rooms.pictures.media.give(uow, owner, talk, 77, words)


async def test_a_picture_comes_back_as_it_was_kept(house: WebHouse, tmp_path: Path) -> None:
    mara = await somebody(house)
    picture = await kept(house, mara.id, jpeg(1000, 500))
    pictures = house.rooms.pictures
    large = await pictures.show(picture.name, "large", mara)
    small = await pictures.show(picture.name, "small", mara)
    assert (large.type, opened(large.body).size) == ("image/webp", (1000, 500))
    assert opened(small.body).size == (640, 320)
    assert len(files(tmp_path)) == 2
    assert picture.size == len(large.body) + len(small.body)


async def test_nothing_on_disk_can_be_looked_at(house: WebHouse, tmp_path: Path) -> None:
    mara = await somebody(house)
    picture = await kept(house, mara.id, telling_jpeg())
    shown = await house.rooms.pictures.show(picture.name, "large", mara)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"WEBP" not in content
            assert shown.body[20:60] not in content
            assert b"CANARY" not in content


async def test_prv_24_a_picture_that_waits_is_its_owners_alone(house: WebHouse) -> None:
    mara, tom = await somebody(house), await house.account("tom")
    picture = await kept(house, mara.id)
    for reader in (tom,):
        with pytest.raises(NotFound):
            await house.rooms.pictures.show(picture.name, "large", reader)


async def test_prv_24_sealed_bytes_open_only_in_their_own_place(
    house: WebHouse, tmp_path: Path
) -> None:
    """Somebody who can write to the disk cannot make a picture of one talk show in another."""
    mara = await somebody(house)
    first, second = await kept(house, mara.id), await kept(house, mara.id, jpeg())
    folder = tmp_path / "media"
    source = folder / first.name[:2] / f"{first.name}.large"
    (folder / second.name[:2] / f"{second.name}.large").write_bytes(source.read_bytes())
    with pytest.raises(Exception, match="was changed"):
        await house.rooms.pictures.show(second.name, "large", mara)


async def test_prv_24_rows_without_files_and_erased_keys_are_not_there(
    house: WebHouse, tmp_path: Path
) -> None:
    mara = await somebody(house)
    first, second = await kept(house, mara.id), await kept(house, mara.id)
    (tmp_path / "media" / first.name[:2] / f"{first.name}.large").unlink()
    await house.db.write(lambda uow: uow.seals.destroy(Holder("conversation", TALK)))
    for picture in (first, second):
        with pytest.raises(NotFound):
            await house.rooms.pictures.show(picture.name, "large", mara)


async def test_words_for_a_picture_go_with_it_into_a_message(house: WebHouse) -> None:
    mara, media = await somebody(house), house.rooms.pictures.media
    first, second = await kept(house, mara.id), await kept(house, mara.id)
    words = [Words(second.name, " Two  cats\n", False), Words(first.name, "", True)]
    await house.db.write(lambda uow: media.give(uow, mara.id, TALK, 77, words))
    found = await house.db.read(lambda uow: uow.attachments.of_messages([77, 78]))
    assert [(one.name, one.alt) for one in found[77]] == [
        (second.name, "Two cats"),
        (first.name, ""),
    ]
    assert await house.db.read(lambda uow: uow.attachments.waiting(mara.id, TALK)) == []


async def test_a_picture_needs_words_or_a_choice_to_need_none(house: WebHouse) -> None:
    mara = await somebody(house)
    picture = await kept(house, mara.id)
    for alt in ("", "  ", "x" * 1501, "x" * 1_000_000):
        words = [Words(picture.name, alt, False)]
        with pytest.raises(Invalid) as refused:
            await house.db.write(partial(give, house, mara.id, TALK, words))
        assert refused.value.field == f"alt-{picture.name}"
    assert len(await house.db.read(lambda uow: uow.attachments.waiting(mara.id, TALK))) == 1


async def test_nobody_sends_a_picture_of_somebody_else_or_twice(house: WebHouse) -> None:
    mara, tom, media = (
        await somebody(house),
        await house.account("tom"),
        house.rooms.pictures.media,
    )
    picture = await kept(house, mara.id)
    words = [Words(picture.name, "A cat", False)]
    for owner, talk in ((tom.id, TALK), (mara.id, TALK + 1)):
        with pytest.raises(NotFound):
            await house.db.write(partial(give, house, owner, talk, words))
    await house.db.write(lambda uow: media.give(uow, mara.id, TALK, 77, words))
    with pytest.raises(NotFound):
        await house.db.write(lambda uow: media.give(uow, mara.id, TALK, 78, words))


async def test_a_message_holds_so_many_pictures(house: WebHouse) -> None:
    mara = await somebody(house)
    for _ in range(4):
        await kept(house, mara.id)
    with pytest.raises(Invalid):
        await kept(house, mara.id)


async def test_what_was_never_sent_goes_after_a_day(house: WebHouse, tmp_path: Path) -> None:
    mara, rooms = await somebody(house), house.rooms
    sent, left = await kept(house, mara.id), await kept(house, mara.id)
    words = [Words(sent.name, "A cat", False)]
    await house.db.write(lambda uow: rooms.pictures.media.give(uow, mara.id, TALK, 77, words))
    keeper = Housekeeping(house.db, rooms.config, house.clock.now, sweep=rooms.pictures.sweep)
    house.clock.advance(hours=23)
    await keeper.run_once()
    assert len(files(tmp_path)) == 4
    house.clock.advance(hours=2)
    await keeper.run_once()
    assert {path.name.partition(".")[0] for path in files(tmp_path)} == {sent.name}
    assert left.name not in str(files(tmp_path))


async def test_files_that_no_row_knows_are_swept_but_not_at_once(
    house: WebHouse, tmp_path: Path
) -> None:
    mara, pictures = await somebody(house), house.rooms.pictures
    picture = await kept(house, mara.id)
    await house.db.write(lambda uow: uow.attachments.drop(picture.id))
    assert (await pictures.sweep(), len(files(tmp_path))) == (0, 2)
    house.clock.advance(hours=2)
    assert (await pictures.sweep(), len(files(tmp_path))) == (1, 0)

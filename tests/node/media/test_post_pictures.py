"""PRV-24: pictures of posts are kept sealed, given to one post, shown to who may read it, and
swept up when no post came."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from node.config import Config
from node.errors import Invalid, NotFound, Refused
from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.place import place_of
from node.housekeeping import Housekeeping
from storage.actors import Actor
from storage.post_media import PostMedia
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.newcomers import NO_NEWCOMERS
from tests.node.media.photos import CANARY, jpeg, opened, png, telling_jpeg
from tests.node.web.house import WebHouse, open_web_house


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[WebHouse]:
    config = Config(node_name="Harbour", data=tmp_path, **NO_NEWCOMERS)
    async with open_web_house(database_url, config=config) as made:
        yield made


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "media").rglob("*") if path.is_file()]


def may_read(uow: UnitOfWork, post_id: int, reader: Actor | None) -> bool:
    try:
        return reader is not None and place_of(uow, post_id, reader) is not None
    except NotFound:
        return False


async def thread(house: WebHouse, group: int, author: Actor, *media: int) -> Post:
    draft = ThreadDraft(title="Look", text="", media_ids=media)
    return await house.db.write(
        lambda uow: house.rooms.groups.post_thread(uow, group, author, draft)
    )


async def of_post(house: WebHouse, post: Post) -> list[PostMedia]:
    found = await house.db.read(lambda uow: uow.post_media.of_posts([post.id]))
    return found.get(post.id, [])


async def test_prv_24_a_picture_is_sealed_bare_and_given_to_one_post(
    house: WebHouse, tmp_path: Path
) -> None:
    mara = await house.member("mara")
    assert mara.persona is not None
    group = (await house.group("night", mara, "private")).actor.id
    kept = await house.rooms.uploads.keep(mara.persona, telling_jpeg(), "My garden", (0.5, -0.5))
    assert (kept.width, kept.height, kept.alt) == (120, 80, "My garden")
    assert kept.blurhash is not None
    assert len(kept.blurhash) == 4 + 2 * 12
    for path in files(tmp_path):
        assert CANARY not in path.read_bytes()
        assert b"WEBP" not in path.read_bytes()
    post = await thread(house, group, mara.persona, kept.id)
    [media] = await of_post(house, post)
    assert (media.id, media.alt, media.focus_x, media.kept_until) == (
        kept.id,
        "My garden",
        0.5,
        None,
    )
    shown, is_open = await house.rooms.uploads.show(media.name, "large", mara.persona, may_read)
    assert opened(shown.body).size == (120, 80)
    assert CANARY not in shown.body
    assert not is_open
    with pytest.raises(Invalid):  # it is part of a post now
        await thread(house, group, mara.persona, kept.id)


async def test_prv_24_nobody_else_uses_or_sees_it(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    assert mara.persona is not None
    assert tom.persona is not None
    me = mara.persona
    group = (await house.group("night", mara, "private")).actor.id
    other = (await house.group("day", tom, "private")).actor.id
    kept = await house.rooms.uploads.keep(mara.persona, jpeg())
    with pytest.raises(Invalid):
        await thread(house, other, tom.persona, kept.id)
    post = await thread(house, group, mara.persona, kept.id)
    show = house.rooms.uploads.show
    for reader in (tom.persona, None):
        with pytest.raises(NotFound):
            await show(kept.name, "large", reader, may_read)
    with pytest.raises(NotFound):
        await show("a" * 26, "large", mara.persona, may_read)
    await house.db.write(lambda uow: house.rooms.groups.delete(uow, post.id, me))
    with pytest.raises(NotFound):
        await show(kept.name, "large", mara.persona, may_read)


async def test_a_change_keeps_drops_and_adds(house: WebHouse, tmp_path: Path) -> None:
    mara = await house.member("mara")
    assert mara.persona is not None
    me = mara.persona
    group = (await house.group("night", mara)).actor.id
    one, two, three = [await house.rooms.uploads.keep(me, png()) for _ in range(3)]
    post = await thread(house, group, me, one.id, two.id)

    async def edit(media: tuple[int, ...] | None) -> list[int]:
        draft = ThreadDraft(title="Look", text="Words", media_ids=media)
        await house.db.write(lambda uow: house.rooms.groups.edit(uow, post.id, me, draft))
        return [media.id for media in await of_post(house, post)]

    assert await edit(None) == [one.id, two.id]
    assert await edit((three.id, one.id)) == [three.id, one.id]
    with pytest.raises(Invalid):
        await edit((two.id,))
    assert await edit(()) == []
    house.clock.advance(hours=2)
    assert await house.rooms.pictures.sweep() == 3
    assert files(tmp_path) == []


async def test_what_nobody_posted_is_forgotten_after_a_day(house: WebHouse, tmp_path: Path) -> None:
    mara = await house.account("mara")
    uploads, pictures = house.rooms.uploads, house.rooms.attaching.pictures
    await uploads.keep(mara, png())
    planned = await uploads.keep(mara, png())
    await house.db.write(lambda uow: pictures.hold(uow, mara, [planned.id], timedelta(days=3)))
    keeper = Housekeeping(
        house.db, house.rooms.config, house.clock.now, sweep=house.rooms.pictures.sweep
    )
    house.clock.advance(hours=23)
    await keeper.run_once()
    assert len(files(tmp_path)) == 4
    house.clock.advance(hours=2)
    await keeper.run_once()
    assert len(files(tmp_path)) == 2
    house.clock.advance(hours=72)
    await keeper.run_once()
    assert files(tmp_path) == []


async def test_limits_say_what_would_be_accepted(house: WebHouse) -> None:
    mara = await house.member("mara")
    assert mara.persona is not None
    me, pictures = mara.persona, house.rooms.attaching.pictures
    group = (await house.group("night", mara)).actor.id
    ids = [(await house.rooms.uploads.keep(me, png())).id for _ in range(5)]
    with pytest.raises(Invalid, match="4 fit"):
        await thread(house, group, me, *ids)
    post = await thread(house, group, me, *ids[:4])
    with pytest.raises(Invalid, match="Write something"):
        await house.db.write(
            lambda uow: house.rooms.groups.reply(uow, post.id, me, ReplyDraft(text=""))
        )
    pictures.limits = replace(pictures.limits, waiting=1)
    with pytest.raises(Refused, match="wait to be posted"):
        await house.rooms.uploads.keep(me, png())
    pictures.limits = replace(pictures.limits, waiting=9)
    with pytest.raises(Invalid, match="JPEG, PNG and WebP"):
        await house.rooms.uploads.keep(me, b"GIF89a, or so it says")

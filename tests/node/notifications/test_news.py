"""News reaches whom it concerns, and shows only what may still be seen."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest

from node.groups.belonging import Visibility
from node.groups.membership import new_membership
from node.notifications.service import PAGE_LENGTH
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.notifications import Kind
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse, open_web_house
from tests.node.web.visitor import Visitor


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[WebHouse]:
    async with open_web_house(database_url) as opened:
        yield opened


def persona(visitor: Visitor) -> Actor:
    assert visitor.persona is not None
    return visitor.persona


async def talk(
    house: WebHouse, visibility: Visibility = "public"
) -> tuple[Visitor, Visitor, GroupWithActor, int]:
    """Ann has a thread in a group of hers, and ben answered it; the id of the thread."""
    ann, ben = await house.member("ann"), await house.member("ben")
    group = await house.group("grief", ann, visibility)
    row = new_membership(group.actor.id, persona(ben).id, house.clock.now())
    await house.db.write(lambda uow: uow.memberships.put(row))
    post = await house.db.write(
        lambda uow: house.rooms.groups.post_thread(
            uow, group.actor.id, persona(ann), house.thread_draft("First winter")
        )
    )
    await ben.send(f"/posts/{post.id}/reply", text="I was there too.")
    return ann, ben, group, post.id


async def news(visitor: Visitor) -> str:
    return (await visitor.get("/news")).text


def link(text: str) -> str:
    """The first post that a page of news leads to."""
    return "/posts/" + text.partition("/posts/")[2].partition('"')[0]


@pytest.mark.parametrize("visibility", ["public", "private"])
async def test_who_is_answered_is_told_and_nobody_else(
    house: WebHouse, visibility: Visibility
) -> None:
    ann, ben, _, _ = await talk(house, visibility)
    assert "Ben answered you" in await news(ann)
    assert "Ben answered you" in (await ann.get("/")).text
    assert "answered you" not in await news(ben)
    assert "I was there too." in (await ann.get(link(await news(ann)))).text


async def test_a_reaction_is_told_once_and_ones_own_never(house: WebHouse) -> None:
    ann, ben, _, thread_id = await talk(house)
    for kind in ("me-too", "strength"):
        await ben.send(f"/posts/{thread_id}/react", kind=kind)
        await ann.send(f"/posts/{thread_id}/react", kind=kind)
    assert (await news(ann)).count("Ben reacted") == 1
    assert "Ann reacted" not in await news(ann)


async def test_the_end_of_a_poll_is_told_its_author_and_who_voted(house: WebHouse) -> None:
    ann, ben, group, thread_id = await talk(house)

    def tell(uow: UnitOfWork) -> None:
        for to in (ann, ben):
            house.rooms.notifying.tell(
                uow, "poll", persona(to), persona(ann), group_id=group.actor.id, post_id=thread_id
            )

    await house.db.write(tell)
    assert "Your poll has ended" in await news(ann)
    assert "A poll of Ann has ended" in await news(ben)


async def test_what_was_seen_is_new_no_more(house: WebHouse) -> None:
    ann, _, _, _ = await talk(house)
    up_to = (await news(ann)).partition('name="up_to" value="')[2].partition('"')[0]
    await ann.send("/news/read", up_to=up_to)
    text = await news(ann)
    assert "Ben answered you" in text
    assert "New</span>" not in text
    assert "Ben answered you" not in (await ann.get("/")).text


async def test_nothing_is_told_across_a_block(house: WebHouse) -> None:
    ann, ben, _, thread_id = await talk(house)
    one, other, safety = persona(ann), persona(ben).id, house.rooms.safety
    await house.db.write(lambda uow: safety.block(uow, one, other))
    assert "Ben" not in await news(ann)
    await house.db.write(lambda uow: safety.lift(uow, one, other))
    assert "Ben answered you" in await news(ann)
    await house.db.write(lambda uow: safety.block(uow, one, other))
    notifying = house.rooms.notifying
    await house.db.write(
        lambda uow: notifying.tell(uow, "reaction", one, persona(ben), post_id=thread_id)
    )
    await house.db.write(lambda uow: safety.lift(uow, one, other))
    assert "Ben reacted" not in await news(ann)


async def test_news_of_what_was_deleted_is_not_shown(house: WebHouse) -> None:
    ann, ben, _, _ = await talk(house)
    await ben.send(f"{link(await news(ann))}/delete")
    assert "Ben answered you" not in await news(ann)
    assert "Nothing new" in await news(ann)


async def test_who_left_a_private_group_hears_of_it_no_more(house: WebHouse) -> None:
    ann, _, group, _ = await talk(house, "private")
    pair = (group.actor.id, persona(ann).id)
    await house.db.write(lambda uow: uow.memberships.remove(*pair))
    assert "Ben answered you" not in await news(ann)


async def test_old_news_is_paged_and_let_go(house: WebHouse) -> None:
    ann, ben, _, _ = await talk(house)
    one, other = persona(ann), persona(ben)
    for _ in range(PAGE_LENGTH):
        await house.db.write(
            lambda uow: house.rooms.notifying.tell(uow, "message-request", one, other)
        )
    first = await news(ann)
    assert first.count("would like to write") == PAGE_LENGTH
    before = first.partition("/news?before=")[2].partition('"')[0]
    assert "Ben answered you" in (await ann.get(f"/news?before={before}")).text
    later = house.clock.advance(hours=91 * 24)
    assert await house.db.write(lambda uow: uow.notifications.prune(later, 10)) == 10


async def test_every_kind_of_news_says_what_it_is(house: WebHouse) -> None:
    ann, ben, _, post = await talk(house)
    tell = house.rooms.notifying.tell
    said: dict[Kind, str] = {
        "mention": "Ben named you in a post",
        "share": "Ben shared your post",
        "follow": "Ben follows you",
        "follow-request": "Ben would like to follow you",
        "follow-accepted": "You follow Ben now",
        "poll": "A poll of Ben has ended",
        "message-request": "Ben would like to write to you",
    }
    for kind in said:
        about = post if kind in ("mention", "share", "poll") else None
        await house.db.write(partial(_told, tell, kind, persona(ann), persona(ben), about))
    page = await news(ann)
    for words in said.values():
        assert page.count(words) == 1, words


def _told(
    tell: Any, kind: Kind, to: Actor, by: Actor, post_id: int | None, uow: UnitOfWork
) -> None:
    tell(uow, kind, to, by, post_id=post_id)

"""Pictures, polls and votes in a copy: own words and own choices, nobody else's."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from node.config import Config
from node.groups.drafts import PollDraft, ThreadDraft
from node.groups.membership import new_membership
from storage.actors import Actor
from storage.posts import Post
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.newcomers import NO_NEWCOMERS
from tests.node.media.photos import png
from tests.node.rights.test_copies import copy_of, work
from tests.node.rights.test_leaving_pages import ask
from tests.node.web.house import WebHouse, open_web_house
from tests.node.web.visitor import Visitor

OPTIONS = ("Tea", "Coffee", "Cold water")


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[WebHouse]:
    config = Config(node_name="Harbour", data=tmp_path, **NO_NEWCOMERS)
    async with open_web_house(database_url, config=config) as made:
        yield made


async def asked(house: WebHouse, mara: Visitor) -> tuple[Post, Post]:
    """Two threads of Mara in a private group: one with pictures, one with a poll."""
    group = (await house.group("night", mara, "private")).actor.id
    who = persona_of(mara)
    seen = await house.rooms.uploads.keep(who, png(), "My garden in the rain")
    bare = await house.rooms.uploads.keep(who, png())
    closes = house.clock.now() + timedelta(hours=1)
    poll = PollDraft(options=OPTIONS, multiple=True, closes_at=closes)
    drafts = (
        ThreadDraft(title="Look", text="", media_ids=(seen.id, bare.id)),
        ThreadDraft(title="What warms you?", text="Tell us.", poll=poll),
    )

    def post(uow: UnitOfWork) -> list[Post]:
        return [house.rooms.groups.post_thread(uow, group, who, draft) for draft in drafts]

    first, second = await house.db.write(post)
    return first, second


async def vote(house: WebHouse, who: Visitor, thread: Post, *choices: int) -> None:
    persona = persona_of(who)

    def cast(uow: UnitOfWork) -> None:
        uow.memberships.put(new_membership(thread.group_id, persona.id, house.clock.now()))
        poll = uow.polls.of_posts([thread.id])[thread.id]
        house.rooms.voting.vote(uow, poll.id, persona, choices)

    await house.db.write(cast)


def persona_of(visitor: Visitor) -> Actor:
    assert visitor.persona is not None
    return visitor.persona


async def test_a_copy_has_the_words_of_my_pictures_and_my_polls(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    _, thread = await asked(house, mara)
    await vote(house, tom, thread, 2)
    document, page = await copy_of(house, mara)
    pictures, poll = document["personas"][0]["posts"]
    assert pictures["pictures"] == ["My garden in the rain", "image/webp"]
    assert pictures["poll"] is None
    assert poll["pictures"] == []
    assert poll["poll"]["options"] == list(OPTIONS)
    assert poll["poll"]["several"]
    assert poll["poll"]["ends"] == "2026-11-23T13:00:00+00:00"
    assert "votes" not in document["personas"][0]
    assert "My garden in the rain" in page
    assert "tom" not in str(document["personas"]), "nobody learns who voted"


async def test_a_copy_has_what_i_chose_and_no_other_option(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    _, thread = await asked(house, mara)
    await vote(house, tom, thread, 2, 0)
    document, page = await copy_of(house, tom)
    [one] = document["personas"][0]["votes"]
    assert (one["object"], one["choices"]) == (thread.uri, ["Tea", "Cold water"])
    assert one["published"]
    assert "Coffee" not in str(document) + page


async def test_options_of_a_post_that_is_gone_are_not_in_it(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    _, thread = await asked(house, mara)
    await vote(house, tom, thread, 2)
    mend = house.rooms.groups
    await house.db.write(lambda uow: mend.remove(uow, thread.id, persona_of(mara), "not here"))
    document, page = await copy_of(house, tom)
    [one] = document["personas"][0]["votes"]
    assert (one["object"], one["choices"]) == (thread.uri, [])
    assert "Cold water" not in str(document) + page


async def test_prv_21_who_leaves_takes_pictures_polls_and_votes_along(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    _, thread = await asked(house, mara)
    await vote(house, tom, thread, 0)
    await ask(tom, "now")
    await work(house)
    assert await rows(house, "poll_ballots") == 0
    assert (await rows(house, "polls"), await rows(house, "post_media")) == (1, 2)
    await ask(mara, "now")
    await work(house)
    assert (await rows(house, "polls"), await rows(house, "post_media")) == (0, 0)


async def rows(house: WebHouse, table: str) -> int:
    return await house.db.read(
        lambda uow: len(uow.connection.execute(metadata.tables[table].select()).all())
    )

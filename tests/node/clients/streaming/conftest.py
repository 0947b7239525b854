"""A community whose people listen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from node.groups.membership import new_membership
from node.profiles.drafts import ProfileDraft
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.streaming.listening import Ear


@dataclass
class Heard:
    """What happens to a community, and what one of its people hears."""

    house: ClientHouse
    community: Community
    group: GroupWithActor
    ann: Client
    ben: Client
    cleo: Client

    async def write(self, act: Callable[[UnitOfWork], Any]) -> Any:
        return await self.house.rooms.db.write(act)

    async def post(self, who: Client, text: str, audience: Any = "public", **more: Any) -> Post:
        """A post outside groups."""
        draft = ProfileDraft(text=text, audience=audience, **more)
        post: Post = await self.write(
            lambda uow: self.house.rooms.profiles.post(uow, who.persona, draft)
        )
        return post

    async def follow(self, who: Client, whom: Client) -> None:
        profiles = self.house.rooms.profiles

        def follow(uow: UnitOfWork) -> None:
            profiles.follow(uow, who.persona, whom.persona.id)
            profiles.accept(uow, whom.persona, who.persona.id)

        await self.write(follow)

    async def until_quiet(self, one: Ear, who: Client) -> list[Any]:
        """All that was told until now: a last thing, of which everybody hears, ends it."""
        number = who.persona.id
        await self.write(lambda uow: uow.events.note("filters", number, number))
        heard = []
        while (said := await one.hear())["event"] != "filters_changed":
            heard.append(said)
        return heard


async def settled(house: ClientHouse, visibility: Any = "public") -> Heard:
    ann, ben, cleo = [await house.person(name) for name in ("ann", "ben", "cleo")]
    group = await house.group("nightowls", ann, visibility)
    community = Community(house)
    heard = Heard(house, community, group, ann, ben, cleo)
    member = member_of(group.actor.id, ben.persona.id, house.clock.now())
    await heard.write(lambda uow: uow.memberships.put(member))
    return heard


def member_of(group_id: int, actor_id: int, now: Any) -> Any:
    return new_membership(group_id, actor_id, now)


@pytest.fixture
async def heard(house: ClientHouse) -> Heard:
    """Ann moderates a public group, Ben is in it, Cleo is not."""
    return await settled(house)


@pytest.fixture
async def quiet(house: ClientHouse) -> Heard:
    """The same with a private group."""
    return await settled(house, "private")


@pytest.fixture
async def one_heard(one_house: ClientHouse) -> Heard:
    """The same with a public group, on SQLite alone."""
    return await settled(one_house)

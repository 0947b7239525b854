"""The demo's two communities, moved into nodes that run inside the test."""

from typing import Any

from node.accounts.passwords import Cost, Hasher
from node.accounts.service import Newcomer
from node.demo.client import Api
from node.demo.communities import PASSWORD, Community, Person, SeedGroup
from node.demo.processes import NodeProcess
from node.demo.seed import Settled, talk
from storage.accounts import Role
from storage.actors import Actor
from tests.clock import Clock
from tests.world import House, next_keys

CHEAP = Cost(memory=64, passes=1, lanes=1)
"""Signing in by the form costs a real hash later on; making twelve accounts need not."""


class UnhurriedApi(Api):
    """People who take their time, so that what they write is of different ages."""

    def __init__(self, house: House, handle: str, clock: Clock) -> None:
        super().__init__(house.http, house.origin, house.tokens[handle])
        self._clock = clock

    async def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        self._clock.advance(minutes=11)
        return await super().post(path, body)


async def move_in(house: House, community: Community, clock: Clock) -> Settled:
    """Makes the community's accounts, groups and tokens, and lets people talk. Everybody signs in
    with handle and PASSWORD."""
    hasher = Hasher(CHEAP)
    password_hash = hasher.hash_now(PASSWORD)
    hasher.close()
    actors = {one.handle: await arrive(house, one, password_hash) for one in community.people}
    groups = {one.handle: await _found(house, one, actors) for one in community.groups}
    settled = Settled(
        community,
        NodeProcess(community.key, community.name, house.node.config.data, _port(house)),
        {handle: UnhurriedApi(house, handle, clock) for handle in actors},
        Api(house.http, house.origin),
        groups,
    )
    await talk(settled, lambda _: None)
    return settled


async def arrive(house: House, person: Person, password_hash: str) -> Actor:
    """Somebody with an account, a persona and a token."""
    rooms = house.node.rooms
    newcomer = Newcomer(
        name=person.handle, handle=person.handle, display_name=person.name, agrees=True
    )
    role: Role = "administrator" if person.administrator else "member"
    _, actor = await rooms.db.write(
        lambda uow: rooms.accounts.sign_up(uow, newcomer, password_hash, next_keys(), role=role)
    )
    issued = await rooms.db.write(lambda uow: rooms.tokens.issue(uow, person.handle, "test"))
    house.tokens[person.handle] = issued.secret
    return actor


async def _found(house: House, group: SeedGroup, actors: dict[str, Actor]) -> str:
    rooms = house.node.rooms
    made = await rooms.db.write(
        lambda uow: rooms.groups.create(
            uow,
            handle=group.handle,
            name=group.name,
            visibility=group.visibility,
            founder=actors[group.founder],
            keys=next_keys(),
            summary=group.summary,
            guidelines=group.guidelines,
        )
    )
    return str(made.actor.id)


def _port(house: House) -> int:
    return int(house.authority.rpartition(":")[2])

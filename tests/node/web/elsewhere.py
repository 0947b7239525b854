"""People and groups of other nodes, as they lie in our database once we have met them."""

from storage.actors import Actor
from storage.groups import Group, GroupWithActor
from tests.node.web.house import WebHouse

NODE = "https://other.example"


async def remote_person(house: WebHouse, handle: str, name: str) -> Actor:
    """A person of other.example."""
    actor = _actor(house, "Person", f"{NODE}/u/{handle}", handle, name)
    await house.db.write(lambda uow: uow.actors.add(actor))
    return actor


async def remote_group(house: WebHouse, handle: str, name: str) -> GroupWithActor:
    """A public group of other.example."""
    actor = _actor(house, "Group", f"{NODE}/c/{handle}", handle, name)
    group = Group(
        actor_id=actor.id,
        visibility="public",
        is_local=False,
        guidelines="",
        reply_policy="anyone",
        posting_policy="members",
        created_at=house.clock.now(),
    )
    await house.db.write(lambda uow: uow.actors.add(actor))
    await house.db.write(lambda uow: uow.groups.add(group))
    return GroupWithActor(group=group, actor=actor)


def _actor(house: WebHouse, kind: str, uri: str, handle: str, name: str) -> Actor:
    return Actor(
        id=house.rooms.new_id(),
        uri=uri,
        type=kind,
        handle=handle,
        authority="other.example",
        name=name,
        summary="",
        inbox=f"{uri}/inbox",
        shared_inbox=f"{NODE}/inbox",
        is_local=False,
        created_at=house.clock.now(),
    )

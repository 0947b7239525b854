"""What people do in this room, in the words of tests."""

from dataclasses import dataclass

from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.membership import new_membership
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor

WELCOME = {
    "act": "on",
    "title": "Say hello",
    "text": "A hello is enough.",
    "closing": "Thank you; a fresh one is open.",
    "every": "week",
    "language": "en",
}
WEEKLY = {
    "act": "save",
    "title": "Small wins",
    "text": "Nothing is too small.",
    "weekday": "4",
    "hour": "17",
    "offset": "60",
    "reply_wanted": "celebrate",
    "language": "en",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A group that mara moderates, with tom and ines in it."""

    house: WebHouse
    group: GroupWithActor
    mara: Visitor
    tom: Visitor
    ines: Visitor


async def scene(house: WebHouse, visibility: str = "local") -> Scene:
    mara, tom, ines = [await house.member(name) for name in ("mara", "tom", "ines")]
    group = await house.group("night", mara, visibility)  # type: ignore[arg-type]
    for who in (tom, ines):
        await joins(house, group, who)
    return Scene(house=house, group=group, mara=mara, tom=tom, ines=ines)


async def joins(house: WebHouse, group: GroupWithActor, who: Visitor) -> None:
    now = house.clock.now()
    await house.db.write(
        lambda uow: uow.memberships.put(new_membership(group.actor.id, persona(who).id, now))
    )


def persona(who: Visitor) -> Actor:
    assert who.persona is not None
    return who.persona


async def thread(at: Scene, who: Visitor, title: str) -> Post:
    return await at.house.db.write(
        lambda uow: at.house.rooms.groups.post_thread(
            uow, at.group.actor.id, persona(who), ThreadDraft(title=title, text="Some words.")
        )
    )


async def reply(at: Scene, who: Visitor, post_id: int) -> Post:
    return await at.house.db.write(
        lambda uow: at.house.rooms.groups.reply(
            uow, post_id, persona(who), ReplyDraft(text="I read you.")
        )
    )


async def threads(at: Scene) -> list[PostView]:
    """All that stand in the group, the pinned ones first."""

    def read(uow: UnitOfWork) -> list[PostView]:
        number = at.group.actor.id
        return uow.posts.pinned(number) + uow.posts.threads(number, 50)

    return await at.house.db.read(read)


async def turn(house: WebHouse) -> int:
    """Let the worker do all that is due; how much it was."""
    done = 0
    for one in house.rooms.welcoming.turns:
        while more := await house.db.write(one):
            done += more
    return done

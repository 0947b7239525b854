"""The policy of safety. Zita has blocked the outsider: to them she and her words never were."""

from typing import Any

from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.membership import new_membership
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import EVERYONE, SIGN_IN, Fill, Thing, route
from tests.node.policy.rooms.groups import AGREES, NAMES, REPLY, WORDS
from tests.node.policy.world import World

SEEN = {
    "moderators": frozenset({"moderator", "administrator"}),
    "readers": EVERYONE - {"outsider"},
}


async def zita(world: World) -> Fill:
    """A person who wants nothing to do with the outsider."""
    house, outsider = world.house, world.persona("outsider")
    persona = await house.persona("zita")
    await world.write(lambda uow: house.node.rooms.safety.block(uow, persona, outsider.id))
    return {"handle": persona.handle}


async def words(world: World, *, is_reply: bool) -> Fill:
    """Her thread in the public group, or her reply in the thread of somebody else."""
    groups = world.house.node.rooms.groups

    def write(uow: UnitOfWork) -> int:
        author = uow.actors.local_by_handle("zita")
        group = uow.groups.by_handle(NAMES["public"], world.house.authority)
        assert author is not None
        assert group is not None
        uow.memberships.put(new_membership(group.actor.id, author.id, world.clock.now()))
        who = world.persona("author") if is_reply else author
        thread = groups.post_thread(uow, group.actor.id, who, ThreadDraft(title="Tea", text="Yes."))
        if not is_reply:
            return thread.id
        return groups.reply(uow, thread.id, author, ReplyDraft(text="With milk.")).id

    return {"id": str(await world.write(write))}


async def her_thread(world: World) -> Fill:
    return await words(world, is_reply=False)


async def her_reply(world: World) -> Fill:
    return await words(world, is_reply=True)


THINGS = [
    Thing("zita", zita, SEEN),
    Thing("her thread_of_zita", her_thread, SEEN),
    Thing("her words_of_zita", her_thread, SEEN),
    Thing("her answering words_of_zita", her_reply, SEEN),
]

_ASK: Any = {"others": 404, "anonymous": SIGN_IN}
_WRITE: Any = {"others": 404, "anonymous": 401}
_POST = "/api/kith/v1/posts/{id}"

ROUTES = [
    route("GET /settings/blocks", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/blocks/lift", send={"person": "1"}, signed_in=303, anonymous=401),
    route("GET /settings/filters", signed_in=200, anonymous=SIGN_IN),
    route(
        "POST /settings/filters",
        send={"words": "bridge", "becomes": "warn", "span": "week"},
        signed_in=303,
        anonymous=401,
    ),
    route("POST /settings/filters/drop", send={"filter": "1"}, signed_in=404, anonymous=401),
    route("POST /settings/filters/read-again", send={"person": "1"}, signed_in=303, anonymous=401),
    route(
        "GET /personas/{handle}/read-less", "zita", signed_in=200, outsider=404, anonymous=SIGN_IN
    ),
    route(
        "POST /personas/{handle}/read-less",
        "zita",
        send={"span": "week"},
        signed_in=303,
        outsider=404,
        anonymous=401,
    ),
    # The public documents for other nodes are the same for whoever asks for them.
    route("GET /personas/{handle}", "zita", readers=200, others=404, knows=("outsider",)),
    route("GET /personas/{handle}/block", "zita", signed_in=200, outsider=404, anonymous=SIGN_IN),
    route("POST /personas/{handle}/block", "zita", signed_in=303, outsider=404, anonymous=401),
    route("POST /personas/{handle}/vouch", "zita", administrator=303, signed_in=404, anonymous=401),
    route("GET /threads/{id}", "her thread_of_zita", readers=200, others=404),
    route("GET /posts/{id}", "words_of_zita", readers=303, others=404, knows=("outsider",)),
    route("GET /posts/{id}/reply", "words_of_zita", readers=200, **_ASK),
    route("POST /posts/{id}/reply", "words_of_zita", send=REPLY | AGREES, readers=303, **_WRITE),
    route("GET /posts/{id}/edit", "words_of_zita", readers=403, **_ASK),
    route("POST /posts/{id}/edit", "words_of_zita", send=WORDS, readers=403, **_WRITE),
    route("GET /posts/{id}/delete", "words_of_zita", readers=403, **_ASK),
    route("POST /posts/{id}/delete", "words_of_zita", readers=403, **_WRITE),
    route("POST /posts/{id}/react", "words_of_zita", send={"kind": "proud"}, readers=303, **_WRITE),
    route("GET /posts/{id}/moderate", "words_of_zita", moderators=200, readers=403, **_ASK),
    route("GET /api/kith/v1/threads/{id}", "her thread_of_zita", readers=200, others=404),
    route(f"PATCH {_POST}", "words_of_zita", send=REPLY, readers=403, **_WRITE),
    route(f"DELETE {_POST}", "words_of_zita", readers=403, **_WRITE),
    route(f"POST {_POST}/replies", "words_of_zita", send=REPLY, readers=201, **_WRITE),
    route(f"PUT {_POST}/reaction", "words_of_zita", send={"kind": "proud"}, readers=204, **_WRITE),
    route(f"DELETE {_POST}/reaction", "words_of_zita", readers=204, **_WRITE),
]

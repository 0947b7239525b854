"""The policy of life outside groups. The member follows the author, the pending one has asked to;
zita has blocked the outsider.
"""

from functools import partial

from node.profiles.drafts import ProfileDraft
from storage.actors import Actor
from storage.post_record import Audience
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import ACTIVITY, EVERYONE, SIGN_IN, Fill, Thing, route
from tests.node.policy.rooms.safety import SEEN
from tests.node.policy.world import World


async def note(audience: Audience, world: World) -> Fill:
    """A post of the author, whom the member follows."""
    profiles, author = world.house.node.rooms.profiles, world.persona("author")
    member, asking = world.persona("member"), world.persona("pending")

    def write(uow: UnitOfWork) -> int:
        if profiles.follow(uow, member, author.id).state == "pending":
            profiles.accept(uow, author, member.id)
        profiles.follow(uow, asking, author.id)
        return profiles.post(uow, author, ProfileDraft(text="Tea?", audience=audience)).id

    return {"id": str(await world.write(write))}


async def note_of_zita(world: World) -> Fill:
    """For everybody, but for the outsider."""
    profiles = world.house.node.rooms.profiles

    def write(uow: UnitOfWork) -> int:
        zita: Actor | None = uow.actors.local_by_handle("zita")
        assert zita is not None
        return profiles.post(uow, zita, ProfileDraft(text="Tea?", audience="public")).id

    return {"id": str(await world.write(write))}


FOLLOWERS = frozenset({"author", "member"})
THINGS = [
    Thing("public note", partial(note, "public"), {"readers": EVERYONE}),
    Thing("unlisted note", partial(note, "unlisted"), {"readers": EVERYONE}),
    Thing(
        "followers' note", partial(note, "followers"), {"readers": frozenset({"author", "member"})}
    ),
    Thing("own note", partial(note, "self"), {"readers": frozenset({"author"})}),
    Thing("hidden note_of_zita", note_of_zita, {"readers": SEEN["readers"]}),
]

_WORDS = {"text": "Yes, please."}
_NEW = {"text": "Tea?", "audience": "followers"}
_FEW = ("followers' note", "own note")

ROUTES = [
    route("GET /notes/new", signed_in=200, anonymous=SIGN_IN),
    route("POST /notes/new", send=_NEW, signed_in=303, anonymous=401),
    route("GET /notes/{id}", "note", readers=200, others=404),
    route("GET /notes/{id}", "note_of_zita", readers=200, others=404),
    route("GET /notes/{id}/reply", "note", anonymous=SIGN_IN, readers=200, others=404),
    route("POST /notes/{id}/reply", "note", send=_WORDS, anonymous=401, readers=303, others=404),
    route("GET /notes/{id}/edit", "note", anonymous=SIGN_IN, author=200, readers=403, others=404),
    route(
        "POST /notes/{id}/edit",
        "note",
        send=_WORDS,
        anonymous=401,
        author=303,
        readers=403,
        others=404,
    ),
    route("GET /notes/{id}/delete", "note", anonymous=SIGN_IN, author=200, readers=403, others=404),
    route("POST /notes/{id}/delete", "note", anonymous=401, author=303, readers=403, others=404),
    route(
        "POST /notes/{id}/react",
        "note",
        send={"kind": "proud"},
        anonymous=401,
        readers=303,
        others=404,
    ),
    route("POST /notes/{id}/share", "public note", anonymous=401, readers=303, others=404),
    *(
        route("POST /notes/{id}/share", thing, anonymous=401, readers=403, others=404)
        for thing in ("unlisted note", *_FEW)
    ),
    route("GET /posts/{id}", "note", readers=303, others=404),
    *(
        route(f"GET /posts/{{id}}{end}", thing, accept=ACTIVITY, others=status)
        for end in ("", "/replies", "/context")
        for thing, status in (
            ("public note", 200),
            ("unlisted note", 200),
            *((few, 404) for few in _FEW),
        )
    ),
    route("POST /personas/{handle}/follow", "persona", author=403, signed_in=303, anonymous=401),
    route("POST /personas/{handle}/follow", "zita", signed_in=303, outsider=404, anonymous=401),
    route("POST /personas/{handle}/unfollow", "persona", signed_in=303, anonymous=401),
    route("POST /personas/{handle}/unfollow", "zita", signed_in=303, outsider=404, anonymous=401),
    route("POST /people/look-up", send={"who": "author_"}, signed_in=303, anonymous=401),
    route("GET /followers", signed_in=200, anonymous=SIGN_IN),
    route("POST /followers", send={"act": "accept", "person": "1"}, signed_in=404, anonymous=401),
    route("POST /followers/asking", signed_in=303, anonymous=401),
]

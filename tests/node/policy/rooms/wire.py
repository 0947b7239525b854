"""The policy of the ActivityPub edge. What is asked for as a document is for everybody or for
nobody: who is signed in, and which node asks, makes no difference.
"""

from typing import Any

from storage import tables
from storage.unit_of_work import UnitOfWork
from tests import lemmy
from tests.node.policy.language import ACTIVITY, EVERYONE, PAGE, Fill, Route, Thing, route
from tests.node.policy.world import World


async def activity(world: World) -> Fill:
    """The public group's announcement of the author's thread."""

    def find(uow: UnitOfWork) -> int:
        rows = uow.connection.execute(
            tables.activities.select().where(tables.activities.c.type == "Announce")
        )
        return int(rows.mappings().all()[0]["id"])

    return {"id": str(await world.read(find))}


THINGS = [Thing("public activity", activity, {"readers": EVERYONE})]


BOTH = (ACTIVITY, PAGE)


def document(
    path: str,
    of: str = "nothing",
    accepts: tuple[str, ...] = BOTH,
    query: str = "",
    **cells: Any,
) -> list[Route]:
    """What is served as a document, to whoever wants it in which form."""
    return [route(f"GET {path}", of, accept=one, query=query, **cells) for one in accepts]


def of_public(path: str, what: str, accepts: tuple[str, ...] = BOTH) -> list[Route]:
    """A document about something: there for the public ones, and for no others whoever asks."""
    hidden = [
        line
        for kind in ("local", "private")
        for line in document(path, f"{kind} {what}", accepts, others=404)
    ]
    return [*document(path, f"public {what}", accepts, others=200), *hidden]


ROUTES = [
    *document("/personas/{handle}", "persona", others=200),
    route("GET /groups/{handle}", "group", readers=200, others=404),
    *of_public("/groups/{handle}", "group", (ACTIVITY,)),
    route("GET /posts/{id}", "thread", readers=303, others=404),
    *of_public("/posts/{id}", "thread", (ACTIVITY,)),
    *document("/personas/{handle}/outbox", "persona", others=200),
    *document("/personas/{handle}/followers", "persona", others=200),
    *document("/personas/{handle}/following", "persona", others=200),
    *document("/personas/{handle}/liked", "persona", others=200),
    *(
        line
        for end in ("outbox", "followers", "moderators", "featured")
        for line in of_public(f"/groups/{{handle}}/{end}", "group")
    ),
    *of_public("/posts/{id}/replies", "thread"),
    *of_public("/posts/{id}/context", "thread"),
    *of_public("/posts/{id}/likes", "thread"),
    *of_public("/posts/{id}/shares", "thread"),
    *document("/activities/{id}", "activity", others=200),
    *document("/.well-known/nodeinfo", others=200),
    *document("/nodeinfo/2.1", others=200),
    *document("/nodeinfo/2.0", others=200),
    *document("/.well-known/host-meta", others=200),
    *document("/actor", others=200),
    *document("/actor/outbox", others=200),
]


ROUTES += [
    line
    for what, status in (("public group", 200), ("local group", 404), ("private group", 404))
    for name in ("acct:{handle}@{authority}", "{origin}/groups/{handle}")
    for line in document(
        "/.well-known/webfinger", what, (PAGE,), query=f"?resource={name}", others=status
    )
]

_INBOXES = {
    "/inbox": "nothing",
    "/actor/inbox": "nothing",
    "/personas/{handle}/inbox": "persona",
    "/groups/{handle}/inbox": "group",
}


def asks_to_join(world: World, _fill: Fill) -> dict[str, Any]:
    """An activity like any other: inboxes keep it first and look at it later."""
    return lemmy.follow(world.zoe, f"{world.house.origin}/groups/lounge_7")


ROUTES += [
    line
    for path, of in _INBOXES.items()
    for line in (
        route(f"GET {path}", of, others=405),
        route(
            f"POST {path}",
            of,
            accept=ACTIVITY,
            send=asks_to_join,
            remote=202,
            signed_in=403,
            anonymous=401,
        ),
    )
]

"""The policy of moderation: everybody may report what they see; the rest is for the staff."""

from functools import partial
from typing import Any

from node.moderation.reporting import ReportDraft
from node.viewer import Viewer
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import SIGN_IN, Fill, Thing, route
from tests.node.policy.rooms.accounts import wrong_name
from tests.node.policy.world import Here, World

STAFF = frozenset({"administrator"})
NOBODY: frozenset[str] = frozenset()


async def report(subject: Here, world: World) -> Fill:
    """The outsider's report of somebody."""
    reporter = world.people["outsider"]
    viewer = Viewer(account=reporter.account, persona=reporter.persona, via="session")
    reporting = world.house.node.rooms.moderation.reporting
    draft = ReportDraft(reason="spam", words="secret words")

    def send(uow: UnitOfWork) -> int:
        return reporting.report_persona(uow, viewer, world.persona(subject), draft).id

    return {"id": str(await world.write(send))}


async def message(_world: World) -> Fill:
    """One that nobody here received."""
    return {"id": "7000001"}


THINGS = [
    Thing("of a member report", partial(report, "member"), {"readers": STAFF}),
    Thing("of an administrator report", partial(report, "administrator"), {"readers": NOBODY}),
    Thing("unknown letter", message, {"readers": NOBODY}),
]

_WORDS: Any = {"reason": "spam", "words": "x"}
_ROOMS: Any = {"administrators": 200, "signed_in": 404, "anonymous": SIGN_IN}
_CLOSED: Any = {"signed_in": 404, "anonymous": SIGN_IN}
_WRITES: Any = {"signed_in": 404, "anonymous": 401}

ROUTES = [
    route("GET /reports", signed_in=200, anonymous=SIGN_IN),
    route("GET /decisions", signed_in=200, anonymous=SIGN_IN),
    route("GET /appeal", others=200),
    route("POST /appeal", send=wrong_name, others=422),
    route("GET /report/message/{id}", "unknown letter", signed_in=404, anonymous=SIGN_IN),
    route("POST /report/message/{id}", "unknown letter", send=_WORDS, **_WRITES),
    route("GET /moderation", **_ROOMS),
    route("GET /moderation/suspended", **_ROOMS),
    route("GET /moderation/log", **_ROOMS),
    route("GET /moderation/links", **_ROOMS),
    route("GET /moderation/roles", **_ROOMS),
    route("POST /moderation/next", administrators=303, **_WRITES),
    route("POST /moderation/suspended", send={"handle": "?"}, administrators=422, **_WRITES),
    route(
        "POST /moderation/suspended/restore", send={"persona": "1"}, administrators=404, **_WRITES
    ),
    route("POST /moderation/roles", send={"role": "?"}, administrators=422, **_WRITES),
    # Only a safety lead asks, whom the room's own tests know.
    route("POST /moderation/links", send={"handle": "?"}, **_WRITES),
    *(
        line
        for of, path in (("thread", "post/{id}"), ("good persona", "persona/{handle}"))
        for line in (
            # Nobody reports themselves.
            route(
                f"GET /report/{path}",
                of,
                author=404,
                readers=200,
                signed_in=404,
                anonymous=SIGN_IN,
                knows=("author",),
            ),
            route(
                f"POST /report/{path}",
                of,
                send=_WORDS,
                author=404,
                readers=303,
                signed_in=404,
                anonymous=401,
                knows=("author",),
            ),
        )
    ),
    route(
        "GET /groups/{handle}/reports",
        "group",
        moderator=200,
        signed_in=404,
        anonymous=SIGN_IN,
        knows=("member", "author", "administrator"),
    ),
    route("GET /moderation/reports/{id}", "of a member report", **_ROOMS),
    route("GET /moderation/reports/{id}", "of an administrator report", **_CLOSED),
    *(
        line
        for act in ("claim", "open", "decide")
        for line in (
            route(
                f"POST /moderation/reports/{{id}}/{act}",
                "of a member report",
                administrators=303 if act == "claim" else 403,
                **_WRITES,
            ),
            route(
                f"POST /moderation/reports/{{id}}/{act}", "of an administrator report", **_WRITES
            ),
        )
    ),
    *(
        route(f"POST /moderation/links/{{id}}/{act}", "unknown letter", **_WRITES)
        for act in ("answer", "look")
    ),
]

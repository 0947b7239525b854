"""The language of the policy table: routes, the things they show, and what each role gets.

    route("GET /groups/{handle}", "group", readers=200, others=404)

says that a group's page answers 200 to whoever may read the group and 404 to everybody else. The
name "group" stands for three things, a public, a local and a private group; each says which roles
belong to its circles (`readers`, `members`, ...). The cell of a role comes before the cell of a
circle, a narrow circle before a wide one, `others` last. Suspended people and other nodes get what
visitors get unless they have a cell of their own.

An outcome is a status; SIGN_IN is the way to the sign-in page, and a plain 303 never leads there.
Bodies in `send` are sent as a form to pages and as JSON to the API. What a write answers when it is
allowed is tried on a world that is put back afterwards; where that takes more than one request,
name the test that does it (`elsewhere`) and leave the status 0.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from tests.node.policy.world import World

Role = Literal[
    "anonymous",
    "outsider",
    "member",
    "author",
    "pending",
    "blocked",
    "ex_member",
    "suspended",
    "moderator",
    "administrator",
    "remote",
]
ROLES: Final[tuple[Role, ...]] = (
    "anonymous",
    "outsider",
    "member",
    "author",
    "pending",
    "blocked",
    "ex_member",
    "suspended",
    "moderator",
    "administrator",
    "remote",
)
SIGNED_IN: Final[frozenset[str]] = frozenset(ROLES) - {"anonymous", "suspended", "remote"}
EVERYONE: Final[frozenset[str]] = frozenset(ROLES)
LIKE_VISITORS: Final = frozenset({"suspended", "remote"})

SIGN_IN: Final = -303
"""303 to the sign-in page."""
ELSEWHERE: Final = 0
"""Allowed; the test that the declaration names in `elsewhere` shows what comes of it."""

Circles = Mapping[str, frozenset[str]]
Fill = Mapping[str, str]
Builder = Callable[[World], Awaitable[Fill]]


@dataclass(frozen=True)
class Thing:
    """Something that a path names. `build` puts it into the world and answers what to write in the
    places of the path; `circles` go from narrow to wide."""

    name: str
    build: Builder
    circles: Circles

    def shows_to(self, role: str) -> bool:
        """Whether a role may know that it is there."""
        stands_for = "anonymous" if role in LIKE_VISITORS else role
        return stands_for in self.circles.get("readers", EVERYONE)

    def circles_of(self, role: str) -> list[str]:
        """The circles that a role belongs to, narrow ones first."""
        common = {"administrators": frozenset({"administrator"}), "signed_in": SIGNED_IN}
        return [name for name, roles in {**self.circles, **common}.items() if role in roles]


@dataclass(frozen=True)
class Route:
    """One line of the table."""

    method: str
    path: str
    of: str
    cells: Mapping[str, int]
    accept: str
    send: Any = None
    query: str = ""
    elsewhere: str = ""
    knows: frozenset[str] = frozenset()
    """Roles with something of their own there, which may be told apart from what never was."""

    @property
    def name(self) -> tuple[str, str]:
        return self.method, self.path

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    def outcome(self, thing: Thing, role: Role) -> int:
        """What the table says that a role gets."""
        return self.cells[self.decided_by(thing, role)]

    def decided_by(self, thing: Thing, role: Role) -> str:
        """The cell that says it."""
        stands_for = "anonymous" if role in LIKE_VISITORS else role
        for name in (role, stands_for, *thing.circles_of(stands_for), "others"):
            if name in self.cells:
                return name
        raise AssertionError(f"{self.method} {self.path} says nothing of {role} ({thing.name})")


PAGE: Final = "text/html,application/xhtml+xml,*/*;q=0.8"
JSON: Final = "application/json"
ACTIVITY: Final = "application/activity+json"


def route(
    line: str,
    of: str = "nothing",
    /,
    *,
    accept: str = "",
    send: Any = None,
    query: str = "",
    elsewhere: str = "",
    knows: tuple[Role, ...] = (),
    **cells: int,
) -> Route:
    """`line` is such as "GET /groups/{handle}"; `of` is a thing or a family of things."""
    method, _, path = line.partition(" ")
    is_api = path.startswith("/api/")
    if is_api:
        # A token that opens nothing is told so, wherever it knocks.
        cells = {"suspended": 401, **cells}
    accept = accept or (JSON if is_api else PAGE)
    return Route(method, path, of, cells, accept, send, query, elsewhere, frozenset(knows))


def families(things: list[Thing]) -> dict[str, list[Thing]]:
    """Every name that a route may use: each thing's own, and its last word for all of that kind."""
    found: dict[str, list[Thing]] = {}
    for thing in things:
        found.setdefault(thing.name, []).append(thing)
        kind = thing.name.rpartition(" ")[2]
        if kind != thing.name:
            found.setdefault(kind, []).append(thing)
    return found

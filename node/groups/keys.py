"""Where the pages of groups find their use cases in the application."""

from collections.abc import Awaitable, Callable

from node.groups.service import Groups
from node.ports import NewId, NewKeys
from node.web.keys import AppKey
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

LookUp = Callable[[str], Awaitable[int]]
"""A handle such as "!group@host" to the id of the group's actor, fetched from its node if we do not
know it yet. Raises Refused or NotFound with a sentence."""

Waits = Callable[[UnitOfWork, Actor, int], bool]
"""Whether anybody waits for an answer of this reader, in the group with this id, or for 0 in any of
the reader's own. Asked of a room above this one."""

GROUPS = AppKey("groups", Groups)
LOOKUP = AppKey[LookUp]("look-up")
NEW_KEYS = AppKey[NewKeys]("new-keys")
WAITS = AppKey[Waits]("waits")
NEW_ID = AppKey[NewId]("new-id")

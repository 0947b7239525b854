"""Where the pages of groups find their use cases in the application."""

from collections.abc import Awaitable, Callable

from node.groups.service import Groups
from node.ports import NewId, NewKeys
from node.web.keys import AppKey

LookUp = Callable[[str], Awaitable[int]]
"""A handle such as "!group@host" to the id of the group's actor, fetched from its node if we do not
know it yet. Raises Refused or NotFound with a sentence."""

GROUPS = AppKey("groups", Groups)
LOOKUP = AppKey[LookUp]("look-up")
NEW_KEYS = AppKey[NewKeys]("new-keys")
NEW_ID = AppKey[NewId]("new-id")

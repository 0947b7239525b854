"""Handles: the public names of personas and groups, one namespace for both.

A name that is both a person and a group would make WebFinger ambiguous (compatibility rule 8), so a
handle is given once.
"""

import re

from node.errors import Invalid
from node.i18n import N_

_SHAPE = re.compile(r"[a-z0-9_]{2,30}")

RESERVED = frozenset(
    {"about", "actor", "admin", "administrator", "administrators", "api", "help", "inbox", "kith"}
    | {"mod", "moderator", "moderators", "new", "node", "official", "outbox", "root", "security"}
    | {"settings", "staff", "support", "system", "webmaster"}
)
"""Names that would let a member pass for the people who run the node."""


def check_handle(text: str) -> str:
    """The handle in its one spelling. Raises Invalid that says what would be accepted."""
    handle = text.strip().lower()
    if not _SHAPE.fullmatch(handle):
        raise Invalid("handle", N_("A handle has 2 to 30 letters a to z, digits or underscores."))
    if handle in RESERVED:
        raise Invalid("handle", N_("This handle is reserved. Choose another one."))
    return handle

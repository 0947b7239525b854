"""Names of actors: what may stand before the @ (ORG-28)."""

import unicodedata
from typing import Any
from urllib.parse import unquote

from activitypub.addressing import authority
from activitypub.errors import WireError

MAX_USERNAME = 128
_NEVER = frozenset("@/\\:?#[]<>\"'`%&;,|(){}")
# Control, format (zero width, direction), surrogate, private, unassigned, and every space.
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})


def is_safe_username(name: str) -> bool:
    """Whether a name can be shown as `@name@host` without pretending to be another."""
    return (
        0 < len(name) <= MAX_USERNAME
        and not _NEVER.intersection(name)
        and not any(unicodedata.category(letter) in _UNSAFE_CATEGORIES for letter in name)
    )


def username(document: dict[str, Any], actor_id: str) -> str:
    """`preferredUsername`; if there is none, the last segment of the id, or its host.

    Raises WireError "bad-username" for a name with @, spaces, control or invisible characters.
    """
    name = document.get("preferredUsername")
    if name is None:
        name = unquote(actor_id.rstrip("/").rpartition("/")[2]).removeprefix("@")
        return name if is_safe_username(name) else authority(actor_id).partition(":")[0]
    if not isinstance(name, str) or not is_safe_username(name):
        raise WireError("bad-username", "the name of an actor has characters that we do not accept")
    return name

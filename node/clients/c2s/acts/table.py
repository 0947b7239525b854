"""Which act serves which activity, and which scope of a token it needs."""

from collections.abc import Callable
from typing import Final

from node.clients.c2s.acts import bonds, feeling, keeping, undoing, writing
from node.clients.c2s.acts.desk import Desk, Doer, Done
from node.clients.c2s.submission import Submission
from storage.unit_of_work import UnitOfWork

Act = Callable[[Desk, UnitOfWork, Doer, Submission], Done]

ACTS: Final[dict[str, Act]] = {
    "Create": writing.create,
    "Update": writing.update,
    "Delete": writing.delete,
    "Follow": bonds.follow,
    "Accept": bonds.accept,
    "Reject": bonds.reject,
    "Block": bonds.block,
    "Like": feeling.like,
    "EmojiReact": feeling.like,
    "Announce": feeling.announce,
    "Add": keeping.add,
    "Remove": keeping.remove,
    "Lock": keeping.lock,
    "Flag": keeping.flag,
    "Undo": undoing.undo,
}
SCOPES: Final = {
    "Create": "write:statuses",
    "Update": "write:statuses",
    "Delete": "write:statuses",
    "Follow": "write:follows",
    "Accept": "write:follows",
    "Reject": "write:follows",
    "Block": "write:blocks",
    "Like": "write:favourites",
    "EmojiReact": "write:favourites",
    "Announce": "write:statuses",
    "Add": "write:lists",
    "Remove": "write:lists",
    "Lock": "write:statuses",
    "Flag": "write:reports",
    "Undo": "write",
}
"""In the words of the Mastodon API; `write` and `activitypub:write:all` cover them all. An Undo
that names the type of what it takes back needs what that needed."""

"""Update of one's own persona: the name that shows, what it says of itself, who may follow."""

from typing import Final

from activitypub.content import clean_html, plain_text
from node.clients.c2s.acts.desk import Desk, Doer
from node.clients.c2s.composing import TYPED
from node.clients.c2s.submission import Json, words
from node.errors import Invalid
from storage.unit_of_work import UnitOfWork

CHANGEABLE: Final = (
    "name",
    "nameMap",
    "summary",
    "summaryMap",
    "source",
    "manuallyApprovesFollowers",
)


def update_actor(desk: Desk, uow: UnitOfWork, doer: Doer, change: Json) -> None:
    """Change what is named; null takes it away. Whatever else was sent must be as it is: programs
    send the whole actor back. Raises Invalid where nothing can be changed."""
    if not any(name in change for name in CHANGEABLE):
        raise Invalid("object", f"Of an actor these can change: {', '.join(CHANGEABLE)}")
    who, introducing = doer.persona, desk.rooms.introducing
    name = (words(change, "name") or "") if _names(change, "name") else None
    introducing.describe(uow, who, display_name=name, note=_note(change))
    if isinstance(change.get("manuallyApprovesFollowers"), bool):
        desk.rooms.profiles.set_locked(uow, who, locked=change["manuallyApprovesFollowers"])
    introducing.announce(uow, who.id)


def _names(change: Json, name: str) -> bool:
    return name in change or f"{name}Map" in change


def _note(change: Json) -> str | None:
    source = change.get("source")
    if isinstance(source, dict) and source.get("mediaType", TYPED[0]) in TYPED:
        return words(source, "content") or ""
    if _names(change, "summary"):
        return plain_text(clean_html(words(change, "summary") or ""))
    return None

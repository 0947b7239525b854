"""Collections that a persona keeps for itself: made, renamed, dropped, filled. Whatever one is
addressed to, only its owner is shown it.
"""

from typing import Final

from node.clients.c2s.acts.desk import COLLECTIONS, Desk, Doer, Done, number_below
from node.clients.c2s.submission import MANY, Submission, ids_of, type_of, words
from node.errors import Invalid, NotFound, Refused
from storage.client_collections import ClientCollection, CollectionItem
from storage.unit_of_work import UnitOfWork

NAME_MOST: Final = 200
MOST: Final = 200
"""Collections of one persona."""
ITEMS_MOST: Final = 5_000
"""Ids in one collection."""


def create(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """A new one, empty or with some ids. Raises Invalid, Refused."""
    inner, who = sent.inner, doer.persona
    if uow.client_collections.count(who.id) >= MOST:
        raise Refused(f"You have {MOST} collections; delete one first")
    kind = type_of(inner, "object.type")
    one = ClientCollection(
        id=desk.rooms.new_id(),
        owner_id=who.id,
        name=_name(words(inner, "name") or words(inner, "summary")),
        ordered=kind == "OrderedCollection",
        created_at=desk.rooms.now(),
    )
    uow.client_collections.add(one)
    for uri in reversed(ids_of(inner.get("orderedItems") or inner.get("items"), "items")):
        uow.client_collections.put(one.id, CollectionItem(desk.rooms.new_id(), uri))
    return Done(type="Create", object_uri=f"{desk.origin}{COLLECTIONS}{one.id}")


def update(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> None:
    """Another name. Raises Invalid, NotFound."""
    one = own(desk, uow, doer, sent.object_id)
    name = _name(words(sent.inner, "name") or words(sent.inner, "summary"))
    uow.client_collections.rename(one.id, one.owner_id, name, desk.rooms.now())


def delete(desk: Desk, uow: UnitOfWork, doer: Doer, uri: str) -> None:
    """Raises NotFound."""
    one = own(desk, uow, doer, uri)
    uow.client_collections.drop(one.id, one.owner_id)


def put(desk: Desk, uow: UnitOfWork, doer: Doer, target: str, uris: tuple[str, ...]) -> None:
    """Add ids. What they name is not looked at: whoever reads it later asks for it anew. Raises
    NotFound, Refused."""
    one = own(desk, uow, doer, target)
    if uow.client_collections.total(one.id) + len(uris) > ITEMS_MOST:
        raise Refused(f"A collection holds up to {ITEMS_MOST} ids")
    for uri in uris[:MANY]:
        uow.client_collections.put(one.id, CollectionItem(desk.rooms.new_id(), uri))


def take(desk: Desk, uow: UnitOfWork, doer: Doer, target: str, uris: tuple[str, ...]) -> None:
    """Take ids out; where one is not in, nothing changes. Raises NotFound."""
    one = own(desk, uow, doer, target)
    for uri in uris:
        uow.client_collections.take(one.id, uri)


def own(desk: Desk, uow: UnitOfWork, doer: Doer, uri: str) -> ClientCollection:
    """Raises NotFound."""
    number = number_below(uri, desk.origin, COLLECTIONS)
    one = uow.client_collections.get(number or 0, doer.persona.id)
    if one is None:
        raise NotFound
    return one


def _name(text: str | None) -> str:
    name = " ".join((text or "").split())
    if not name:
        raise Invalid("name", "Give the collection a name")
    if len(name) > NAME_MOST:
        raise Invalid("name", f"The name of a collection fits {NAME_MOST} characters")
    return name

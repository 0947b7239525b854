"""The last word of a persona to the nodes that know it: a Delete of itself."""

from collections.abc import Sequence

from activitypub.render import render_activity
from activitypub.vocabulary import PUBLIC, Delete
from federation.outbox import Outbox
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


class PersonaFarewell:
    """Says it through the outbox, in the caller's transaction."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox

    def __call__(
        self, uow: UnitOfWork, persona: Actor, inboxes: Sequence[tuple[str, str]], /
    ) -> None:
        """Ask each of these nodes to forget the persona and all that it ever said."""
        _, uri = self._outbox.new_activity_uri()
        delete = Delete(id=uri, actor=persona.uri, to=(PUBLIC,), object=persona.uri)
        self._outbox.publish(
            uow,
            actor=persona,
            document=render_activity(delete),
            inboxes=inboxes,
            root=persona.uri,
            object_uri=persona.uri,
        )

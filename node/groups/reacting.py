"""Supportive reactions: one for each persona and post; choosing another replaces it."""

from dataclasses import replace

from node.errors import Invalid
from node.groups.announcer import Received
from node.groups.place import Place, insist, insist_in_touch, place_of
from node.groups.rules import federated, may_react
from node.groups.tools import Tools
from node.i18n import N_
from storage.actors import Actor
from storage.reactions import Reaction
from storage.unit_of_work import UnitOfWork

KINDS = ("hear-you", "me-too", "strength", "thank-you", "proud")


class Reacting(Tools):
    """A tap that says "I hear you"."""

    def react(
        self,
        uow: UnitOfWork,
        post_id: int,
        persona: Actor,
        kind: str,
        received: Received | None = None,
    ) -> None:
        """React to a post; the same reaction twice changes nothing."""
        if kind not in KINDS:
            raise Invalid("kind", N_("Choose one of the reactions shown below the post."))
        place = place_of(uow, post_id, persona)
        insist_in_touch(uow, place, persona)
        if received is None or received.via is None:
            insist(may_react(place.group.group, place.view.post, persona, place.membership))
        before, at = uow.reactions.get(post_id, persona.id), self.time_of(received)
        if before is not None and received is not None and at < before.created_at:
            return
        if before is None or before.kind != kind:
            self._put(uow, place, persona, kind, before, received)
        elif received is not None:  # what undoes the earlier one does not undo this one
            uow.reactions.put(replace(before, uri=received.uri, created_at=at))

    def _put(
        self,
        uow: UnitOfWork,
        place: Place,
        persona: Actor,
        kind: str,
        before: Reaction | None,
        received: Received | None,
    ) -> None:
        public = federated(place.group)
        if before is not None and public is not None and received is None:
            self.announcer.unreacted(uow, public, place.view, persona, before, None)
        reaction = Reaction(
            id=self.new_id(),
            post_id=place.view.post.id,
            actor_id=persona.id,
            kind=kind,
            uri=received.uri if received else None,
            created_at=self.time_of(received),
        )
        if public is not None:
            uri = self.announcer.reacted(uow, public, place.view, persona, kind, received)
            reaction = replace(reaction, uri=uri or None)
        uow.reactions.put(reaction)
        here = {"group_id": place.group.actor.id, "post_id": place.view.post.id}
        self.notifying.tell(uow, "reaction", place.view.author, persona, **here)

    def unreact(
        self,
        uow: UnitOfWork,
        post_id: int,
        persona: Actor,
        received: Received | None = None,
    ) -> None:
        """Take a reaction back; where there is none, nothing changes."""
        place = place_of(uow, post_id, persona)
        reaction = uow.reactions.get(post_id, persona.id)
        if reaction is None:
            return
        uow.reactions.remove(post_id, persona.id)
        public = federated(place.group)
        if public is not None:
            self.announcer.unreacted(uow, public, place.view, persona, reaction, received)

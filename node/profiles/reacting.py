"""Reactions to posts outside groups: one for each person and post; another one replaces it."""

from dataclasses import replace

from node.errors import Invalid, NotFound
from node.groups.announcer import Received
from node.groups.place import insist
from node.groups.reacting import KINDS
from node.i18n import N_
from node.profiles.place import hidden_from, standing_of
from node.profiles.rules import federated_post, may_react
from node.profiles.tools import Tools
from node.visibility import may_see_post
from storage.actors import Actor
from storage.reactions import Reaction
from storage.unit_of_work import UnitOfWork


class Reacting(Tools):
    """A tap that says "I hear you"."""

    def react(
        self,
        uow: UnitOfWork,
        post_id: int,
        who: Actor,
        kind: str,
        received: Received | None = None,
    ) -> None:
        """React to a post; the same reaction twice changes nothing. Raises Invalid, Refused,
        NotFound."""
        if kind not in KINDS:
            raise Invalid("kind", N_("Choose one of the reactions shown below the post."))
        view = standing_of(uow, post_id, who).view
        if not may_see_post(view.post, hidden_from(uow, who)):
            raise NotFound
        insist(may_react(view.post, who))
        before, at = uow.reactions.get(post_id, who.id), self.time_of(received)
        if before is not None and received is not None and at < before.created_at:
            return
        if before is not None and before.kind == kind:
            if received is not None:  # what undoes the earlier one does not undo this one
                uow.reactions.put(replace(before, uri=received.uri, created_at=at))
            return
        public = federated_post(view)
        uri = received.uri if received else None
        if public is not None and received is None:
            if before is not None:
                self.announcer.unreacted(uow, public, who, before)
            uri = self.announcer.reacted(uow, public, who, kind) or None
        reaction = Reaction(
            id=self.new_id(), post_id=post_id, actor_id=who.id, kind=kind, uri=uri, created_at=at
        )
        uow.reactions.put(reaction)
        self.notifying.tell(uow, "reaction", view.author, who, post_id=post_id)

    def unreact(
        self, uow: UnitOfWork, post_id: int, who: Actor, received: Received | None = None
    ) -> None:
        """Take a reaction back; where there is none, nothing changes. Raises NotFound."""
        view = standing_of(uow, post_id, who).view
        reaction = uow.reactions.get(post_id, who.id)
        if reaction is None:
            return
        uow.reactions.remove(post_id, who.id)
        public = federated_post(view)
        if public is not None and received is None:
            self.announcer.unreacted(uow, public, who, reaction)

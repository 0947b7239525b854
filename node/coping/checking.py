"""Cards that touch medicine, checked by the moderators of their group. That a card was not checked
yet is said beside it and keeps nobody from reading it."""

from typing import Final

from node.coping.cards import KIND
from node.coping.rules import Event, next_state
from node.coping.tools import Shown, Tools, shown_of
from node.errors import Invalid, Refused
from node.groups.place import insist_moderator, is_steward
from node.i18n import N_
from node.visibility import is_moderator
from storage.actors import Actor
from storage.card_checks import CardCheck, CheckState
from storage.unit_of_work import UnitOfWork

REASON_MOST: Final = 500
LOOKED_AT: Final = 1000
"""The newest cards of one's groups among which those that wait are looked for."""
VERDICTS: Final[dict[str, tuple[Event, CheckState, str]]] = {
    "ask": ("ask", "asked", "ask-card-check"),
    "check": ("check", "checked", "check-card"),
    "ask-change": ("ask-change", "needs-change", "ask-card-change"),
}
"""From what a moderator says to what happens, how the card stands then, and the act in the log."""


class Checking(Tools):
    """Use cases of moderators."""

    def may_check(self, uow: UnitOfWork, shown: Shown, persona: Actor) -> bool:
        """Whether a persona moderates the group of a card, or runs the node that the group is on.
        Nobody checks a card of their own."""
        if shown.post.author_id == persona.id:
            return False
        membership = uow.memberships.get(shown.group.actor.id, persona.id)
        return is_moderator(membership) or is_steward(uow, shown.group, persona)

    def find(
        self, uow: UnitOfWork, moderator: Actor, post_id: int, verdict: str, reason: str
    ) -> None:
        """Say what a moderator found; the group's log keeps it, and the author is told. Raises
        Invalid, Refused, NotFound."""
        shown = self.shown(uow, post_id, moderator)
        insist_moderator(uow, shown.group, moderator, None)
        if shown.post.author_id == moderator.id:
            sentence = N_("This card is yours. Another moderator looks at it.")
            raise Refused(sentence, "own-card")
        if verdict not in VERDICTS:
            raise Invalid("verdict", N_("Choose what you found."))
        reason = " ".join(reason.split())[:REASON_MOST]
        event, state, act = VERDICTS[verdict]
        if event == "ask-change" and not reason:
            raise Invalid("reason", N_("Say kindly what should change, and why."))
        if next_state(shown.state, event) is None:
            raise Refused(N_("That is said of this card already."), "no-change")
        check = CardCheck(
            post_id=post_id,
            state=state,
            by_id=moderator.id,
            reason=reason or None,
            changed_at=self.now(),
        )
        uow.card_checks.put(check, shown.group.actor.id)
        self.groups.log(uow, shown.group, moderator, act, post_id=post_id, reason=reason or None)
        if shown.author.is_local and event != "ask":
            self.notifying.tell_of_room(uow, f"coping-{event}", shown.author, moderator, post_id)

    def waiting(self, uow: UnitOfWork, moderator: Actor) -> list[Shown]:
        """Cards that wait for a moderator in the groups that a persona moderates, oldest first."""
        groups = {
            one.actor.id: one
            for one in uow.memberships.groups_of(moderator.id)
            if one.role == "moderator" and one.state == "accepted"
        }
        views = uow.articles.in_groups(KIND, groups.keys(), LOOKED_AT)
        checks = uow.card_checks.of([view.post.id for view in views])
        found = [
            shown_of(view, view.article, groups[view.post.group_id], checks.get(view.post.id))
            for view in reversed(views)
            if view.article is not None
        ]
        return [one for one in found if one.state == "needs-check"]

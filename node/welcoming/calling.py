"""Calling a reply session, for a group or for the whole node, and which ones there are."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from node.errors import Invalid, Refused
from node.groups.place import group_for
from node.i18n import N_
from node.viewer import STAFF
from node.welcoming.rules import SESSION_MINUTES, phase
from node.welcoming.tools import Tools
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.reply_sessions import ReplySession, SessionState, SessionWords
from storage.unit_of_work import UnitOfWork

LISTED_MOST = 50
SHOWN_AFTER = timedelta(days=1)
INVITATION_MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """As typed; `group_id` None is the whole node."""

    group_id: int | None
    starts_at: datetime
    minutes: int
    invitation: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A session in the list."""

    session: ReplySession
    state: SessionState
    group: GroupWithActor | None
    comes: bool


class Calling(Tools):
    """Use cases of whoever calls."""

    def groups_to_call_for(self, uow: UnitOfWork, who: Actor) -> list[Actor]:
        """The groups of this node for which somebody can call a session: moderators and greeters
        can."""
        greets = {slot.group_id for slot in uow.greeters.of_persona(who.id)}
        return [
            one.actor
            for one in uow.memberships.groups_of(who.id)
            if one.state == "accepted"
            and one.actor.is_local
            and (one.role == "moderator" or one.actor.id in greets)
        ]

    def can_call_for_all(self, uow: UnitOfWork, who: Actor) -> bool:
        """Staff of the node, and whoever looks after a group or greets in one."""
        account_id = uow.accounts.account_of(who.id)
        account = uow.accounts.get(account_id) if account_id is not None else None
        # Under another name staff are ordinary members.
        is_staff = account is not None and account.role in STAFF
        if account is not None and is_staff and uow.personas.first(account.id) == who.id:
            return True
        return bool(self.groups_to_call_for(uow, who))

    def call(self, uow: UnitOfWork, who: Actor, draft: SessionDraft) -> ReplySession:
        """Call a session; the caller comes. Raises Invalid, Refused, NotFound."""
        self._insist_may_call(uow, who, draft.group_id)
        if draft.minutes not in SESSION_MINUTES:
            raise Invalid("minutes", N_("Choose how long it lasts."))
        if len(draft.invitation) > INVITATION_MOST:
            raise Invalid("invitation", N_("The invitation fits 300 characters."))
        made = ReplySession(
            id=self.new_id(),
            group_id=draft.group_id,
            caller_id=who.id,
            state="planned",
            starts_at=draft.starts_at,
            ends_at=draft.starts_at + timedelta(minutes=draft.minutes),
            words=SessionWords(invitation=draft.invitation.strip()),
        )
        uow.reply_sessions.put(made)
        uow.reply_sessions.come(made.id, who.id)
        return made

    def listed(self, uow: UnitOfWork, who: Actor) -> list[Listed]:
        """Sessions to come, running, and of the last day, for those who may come to them."""
        now, hidden = self.now(), uow.blocks.hides(who.id)
        coming = uow.reply_sessions.coming(who.id)
        found = uow.reply_sessions.listed(who.id, now - SHOWN_AFTER, LISTED_MOST)
        groups: dict[int, GroupWithActor | None] = {}
        for one in found:
            if one.group_id is not None and one.group_id not in groups:
                groups[one.group_id] = uow.groups.get(one.group_id)
        return [
            Listed(one, phase(one, now), groups.get(one.group_id or 0), one.id in coming)
            for one in found
            if one.caller_id not in hidden
        ]

    def _insist_may_call(self, uow: UnitOfWork, who: Actor, group_id: int | None) -> None:
        if group_id is None:
            if not self.can_call_for_all(uow, who):
                raise Refused(
                    N_("Put yourself on the rota of a group first; then you can call a session."),
                    "not-a-helper",
                )
            return
        group_for(uow, group_id, who)
        if group_id not in {one.id for one in self.groups_to_call_for(uow, who)}:
            raise Refused(N_("Moderators and greeters of a group call its sessions."), "no-helper")

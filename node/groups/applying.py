"""Asking to be let in: a few answers for the moderators, and their decision.

Who waits sees that it asked, and nothing else of a private group. A decision bears no name.
"""

from dataclasses import dataclass

from node.errors import Invalid, NotFound, Refused
from node.groups.inviting import Inviting
from node.groups.membership import new_membership
from node.groups.place import NOTHING, group_for, insist, insist_moderator
from node.groups.rules import Allowed, is_asked_first, may_join
from node.i18n import N_
from node.visibility import is_member, may_see_application, may_see_own_application
from storage.actors import Actor
from storage.applications import Application, ApplicationState, ReadApplication, Words
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork

ANSWER_LIMIT = 2_000
QUESTION_LIMIT = 300
REPLY_LIMIT = 500
MOST_QUESTIONS = 5
LISTED = 200


class Applying(Inviting):
    """Applications to groups of this node."""

    def apply(
        self, uow: UnitOfWork, group_id: int, persona: Actor, answers: tuple[str, ...]
    ) -> Application:
        """Ask to be let into a local group. Asking twice changes nothing. Raises Invalid, Refused,
        NotFound."""
        group = group_for(uow, group_id, persona)
        membership = uow.memberships.get(group_id, persona.id)
        banned = uow.group_bans.holds(group_id, persona.id)
        insist(may_join(group.group, persona, membership, banned=banned))
        if not is_asked_first(group.group) or is_member(membership):
            raise Refused(N_("You can join this group without asking."), "not-asked")
        return self._ask(uow, group, persona, answers)

    def apply_by_link(
        self, uow: UnitOfWork, code: str, persona: Actor, answers: tuple[str, ...]
    ) -> Application:
        """Ask to be let in by an invitation, which this uses up once. Raises Invalid, NotFound."""
        group = self._behind(uow, code, persona)
        current = uow.applications.get(group.actor.id, persona.id)
        if current is not None and current.state == "pending":
            return current
        if not is_asked_first(group.group):
            raise NotFound
        application = self._ask(uow, group, persona, answers)
        self.use_up(uow, code)
        return application

    def withdraw(self, uow: UnitOfWork, application_id: int, persona: Actor) -> None:
        """Take a request back; nothing of it is kept. Raises NotFound."""
        application = uow.applications.by_id(application_id)
        if application is None or not may_see_own_application(application, persona):
            raise NotFound
        uow.applications.remove(application_id)

    def own_applications(self, uow: UnitOfWork, persona: Actor) -> list[ReadApplication]:
        """What a persona asked for and how it went, newest first."""
        found = uow.applications.of_actor(persona.id, LISTED)
        return [one for one in found if may_see_own_application(one.application, persona)]

    def waiting(self, uow: UnitOfWork, group_id: int, by: Actor) -> list[ReadApplication]:
        """The applications that wait, for moderators, oldest first. Raises NotFound, Refused."""
        group = self._kept_by(uow, group_id, by)
        membership = uow.memberships.get(group.actor.id, by.id)
        found = uow.applications.pending(group_id, LISTED)
        return [one for one in found if may_see_application(one.application, by, membership)]

    def let_in(self, uow: UnitOfWork, application_id: int, by: Actor, reply: str = "") -> None:
        """Make the applicant a member. Raises NotFound, and Refused when somebody decided already
        or the applicant cannot come in any more."""
        group, read = self._waiting_one(uow, application_id, by)
        who = read.applicant
        current = uow.memberships.get(group.actor.id, who.id)
        banned = uow.group_bans.holds(group.actor.id, who.id)
        insist(may_join(group.group, who, current, invited=True, banned=banned))
        self._decide(uow, group, read, by, "accepted", reply)
        if not is_member(current):
            uow.memberships.put(new_membership(group.actor.id, who.id, self.now()))

    def decline(self, uow: UnitOfWork, application_id: int, by: Actor, reply: str = "") -> None:
        """Not now. The applicant reads the sentence, if there is one, and not who wrote it."""
        group, read = self._waiting_one(uow, application_id, by)
        self._decide(uow, group, read, by, "declined", reply)

    def _ask(
        self, uow: UnitOfWork, group: GroupWithActor, persona: Actor, answers: tuple[str, ...]
    ) -> Application:
        current = uow.applications.get(group.actor.id, persona.id)
        if current is not None and current.state == "pending":
            return current
        questions = uow.applications.questions(group.actor.id)
        application = Application(
            id=self.new_id(),
            group_id=group.actor.id,
            actor_id=persona.id,
            state="pending",
            created_at=self.now(),
        )
        name = group.actor.name or group.actor.handle
        words = Words(shown_as=name, answers=_answered(questions, answers))
        uow.applications.put(application, words)
        return application

    def _waiting_one(
        self, uow: UnitOfWork, application_id: int, by: Actor
    ) -> tuple[GroupWithActor, ReadApplication]:
        application = uow.applications.by_id(application_id)
        group = group_for(uow, application.group_id if application else NOTHING, by)
        insist_moderator(uow, group, by, None)
        membership = uow.memberships.get(group.actor.id, by.id)
        if application is None or not may_see_application(application, by, membership):
            raise NotFound
        read = uow.applications.read(application_id)
        if read is None:
            raise NotFound
        return group, read

    def _decide(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        read: ReadApplication,
        by: Actor,
        state: ApplicationState,
        reply: str,
    ) -> None:
        reply = " ".join(reply.split())
        if len(reply) > REPLY_LIMIT:
            raise Invalid("reply", N_("The sentence fits 500 characters."))
        if not uow.applications.decide(read.application, state, reply, self.now()):
            raise NotFound
        act = "let-in" if state == "accepted" else "decline"
        self.log(uow, group, by, act, target_actor_id=read.applicant.id)


@dataclass(frozen=True, slots=True)
class Door:
    """What stands open to one reader of a group that it does not belong to."""

    may_join: bool
    asks: bool
    has_asked: bool


def door_for(uow: UnitOfWork, group: GroupWithActor, reader: Actor | None) -> Door:
    """Whether `reader` may join a group that it reads, is asked first, and waits for an answer."""
    asks = is_asked_first(group.group)
    if reader is None:
        return Door(False, asks, False)
    membership = uow.memberships.get(group.actor.id, reader.id)
    if is_member(membership):
        return Door(True, asks, False)
    banned = uow.group_bans.holds(group.actor.id, reader.id)
    may = may_join(group.group, reader, membership, banned=banned) == Allowed()
    asked = uow.applications.get(group.actor.id, reader.id) if asks else None
    return Door(may, asks, asked is not None and asked.state == "pending")


def checked_questions(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Up to five questions, empty ones left out. Raises Invalid."""
    questions = tuple(text for text in (" ".join(line.split()) for line in lines) if text)
    if len(questions) > MOST_QUESTIONS:
        raise Invalid("questions", N_("Five questions are the most."))
    if any(len(text) > QUESTION_LIMIT for text in questions):
        raise Invalid("questions", N_("A question fits 300 characters."))
    return questions


def _answered(questions: tuple[str, ...], answers: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    given = [text.replace("\x00", "").strip() for text in answers[: len(questions)]]
    given += [""] * (len(questions) - len(given))
    for number, text in enumerate(given):
        if not text:
            raise Invalid(
                f"answer-{number}", N_("Answer in a few words; there is no wrong answer.")
            )
        if len(text) > ANSWER_LIMIT:
            raise Invalid(f"answer-{number}", N_("An answer fits 2,000 characters."))
    return tuple(zip(questions, given, strict=True))

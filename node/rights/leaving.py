"""Leaving: asking for it, changing one's mind, and reading what came of it.

    asked --(grace is over)--> erasing --(nothing is left)--> done --(long enough)--> forgotten
      `--(changed their mind)--> forgotten

What erasing does is in `erasing.py`, and the worker that goes on with it in `work.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from node.accounts.secret import digest, new_secret
from node.errors import NotFound, Refused
from node.ports import Clock, NewId
from node.rights import rules
from node.rights.rules import Obstacle, RightsLimits
from storage.accounts import Account
from storage.deletions import Deletion, PeerReceipt
from storage.jobs import Job
from storage.memberships import JoinedGroup
from storage.unit_of_work import UnitOfWork

ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Asked:
    """An end that was asked for. The code is shown once, and opens the receipts afterwards."""

    deletion: Deletion
    code: str


@dataclass(frozen=True, slots=True)
class Receipts:
    """How far a deletion is, and what each node that was asked has answered."""

    deletion: Deletion
    peers: list[PeerReceipt]

    @property
    def confirmed(self) -> int:
        """Nodes that acknowledged all that they were asked."""
        return sum(one.confirmed == one.asked for one in self.peers)

    @property
    def refused(self) -> int:
        """Nodes that refused any of it."""
        return sum(one.refused > 0 for one in self.peers)

    @property
    def open(self) -> int:
        """Nodes that have not answered everything yet."""
        return len(self.peers) - self.confirmed - self.refused


class Leaving:
    """Use cases of the end of an account."""

    def __init__(self, now: Clock, new_id: NewId, limits: RightsLimits) -> None:
        self._now = now
        self._new_id = new_id
        self.limits = limits

    def obstacles(self, uow: UnitOfWork, account: Account) -> list[Obstacle]:
        """What is to be handed over before."""
        found = rules.role_obstacles(account, uow.accounts.staff())
        for persona_id in uow.accounts.personas_of(account.id):
            for joined in uow.memberships.groups_of(persona_id):
                if joined.actor.is_local and self._keeps(uow, joined, persona_id):
                    found.append(Obstacle("group", joined.actor))
        return found

    @staticmethod
    def _keeps(uow: UnitOfWork, joined: JoinedGroup, persona_id: int) -> bool:
        """Whether a group that lives would be left without whom it needs."""
        if joined.group.archived_at is not None or uow.memberships.count(joined.actor.id) < 2:
            return False
        if joined.group.host_id == persona_id:
            return True
        keepers = uow.memberships.moderators(joined.actor.id, 2)
        return joined.role != "member" and [one.id for one in keepers] == [persona_id]

    def ask(self, uow: UnitOfWork, account: Account, *, at_once: bool) -> Asked:
        """The account ends after the grace period, or now. It stands still from here on, and
        programs are signed out. Raises Refused when something is to be handed over first, or it
        is ending already."""
        if uow.deletions.of_account(account.id) is not None:
            raise Refused("This account is ending already.", "leaving")
        for obstacle in self.obstacles(uow, account):
            raise Refused(rules.SENTENCES[obstacle.kind], "hand-over")
        now, code = self._now(), new_secret()
        due = now if at_once else now + self.limits.grace
        deletion = Deletion(
            id=self._new_id(),
            account_id=account.id,
            code_hash=digest(code),
            asked_at=now,
            due_at=due,
        )
        uow.deletions.add(deletion)
        for persona_id in uow.accounts.personas_of(account.id):
            uow.tokens.revoke_all(persona_id, now)
        self._order(uow, deletion, due)
        return Asked(deletion, code)

    def change_mind(self, uow: UnitOfWork, account: Account) -> None:
        """The account stays. Raises NotFound when it is not to end, or has begun to."""
        deletion = uow.deletions.of_account(account.id)
        if deletion is None or not uow.deletions.cancel(deletion):
            raise NotFound

    def pending(self, uow: UnitOfWork, account: Account) -> Deletion | None:
        """The end that this account waits for."""
        return uow.deletions.of_account(account.id)

    def receipts(self, uow: UnitOfWork, code: str) -> Receipts:
        """By the code alone: there is no account any more. Raises NotFound."""
        deletion = uow.deletions.by_code(digest(code))
        if deletion is None or _is_over(deletion, self._now()):
            raise NotFound
        return Receipts(deletion, uow.deletions.receipts(deletion.id))

    def _order(self, uow: UnitOfWork, deletion: Deletion, due: datetime) -> None:
        uow.jobs.add(
            Job(
                id=self._new_id(),
                kind=ERASE,
                target=str(deletion.id),
                next_attempt_at=due,
                created_at=self._now(),
            )
        )
        uow.wake("jobs")


def _is_over(deletion: Deletion, now: datetime) -> bool:
    return deletion.expires_at is not None and deletion.expires_at <= now

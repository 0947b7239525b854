"""The ledger of consents: giving one, taking it back, and what stands.

It belongs to the account and nobody else ever sees it. Taking part is agreed to once for the
account; copies on other nodes are agreed to for each group, by the persona that writes there, and
once for what apps write in the name of a persona.
"""

from dataclasses import dataclass
from datetime import datetime

from node.consents import APPS, HEALTH_DATA, PURPOSES, STORY
from node.errors import NotFound
from node.ports import Clock, NewId
from node.scopes import can_write
from storage.accounts import Account
from storage.actors import Actor
from storage.consents import Act, Consent
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act of the ledger, with the names of whom and what it is about."""

    consent: Consent
    persona: Actor | None
    group: Actor | None
    stands: bool

    @property
    def words(self) -> tuple[str, ...]:
        """What was agreed to, as it was shown then."""
        purpose = PURPOSES.get(self.consent.purpose)
        return purpose.texts.get(self.consent.version, ()) if purpose else ()


class Ledger:
    """Use cases of consents."""

    def __init__(self, now: Clock, new_id: NewId) -> None:
        self._now = now
        self._new_id = new_id

    def entries(self, uow: UnitOfWork, account_id: int) -> list[Entry]:
        """Everything the account ever agreed to or took back, the newest first."""
        acts = uow.consents.of_account(account_id)
        named = {one.persona_id for one in acts} | {one.group_id for one in acts}
        actors = uow.actors.get_many([number for number in named if number is not None])
        last = {_about(one): one.id for one in acts}
        return [
            Entry(
                consent=one,
                persona=actors.get(one.persona_id or 0),
                group=actors.get(one.group_id or 0),
                stands=one.act == "given" and last[_about(one)] == one.id,
            )
            for one in reversed(acts)
        ]

    def take_part(self, uow: UnitOfWork, account: Account) -> None:
        """Agree to the words of today. Twice changes nothing."""
        version = PURPOSES[HEALTH_DATA].version
        if account.agreed == version:
            return
        self._add(uow, account.id, HEALTH_DATA, "given")
        uow.accounts.set_agreed(account.id, version)

    def stop_taking_part(self, uow: UnitOfWork, account: Account) -> None:
        """Take that back: the account stands still from now on, and programs are signed out. What
        was written stays until its owner has it deleted."""
        if account.agreed is None:
            return
        self._add(uow, account.id, HEALTH_DATA, "withdrawn")
        uow.accounts.set_agreed(account.id, None)
        for persona_id in uow.accounts.personas_of(account.id):
            uow.tokens.revoke_all(persona_id, self._now())

    def asks_for_apps(self, uow: UnitOfWork, persona: Actor) -> bool:
        """Whether the persona has yet to agree before an app writes in its name."""
        last = uow.consents.last_anywhere(persona.id, APPS)
        return last is None or last.act == "withdrawn" or last.version != PURPOSES[APPS].version

    def agree_for_apps(self, uow: UnitOfWork, account: Account, persona: Actor) -> None:
        """Agree, as this persona, to copies of what apps write. Twice changes nothing."""
        if self.asks_for_apps(uow, persona):
            self._add(uow, account.id, APPS, "given", persona)

    def stop_sharing(self, uow: UnitOfWork, account: Account, consent_id: int) -> str:
        """Take the consent with this id back; which purpose it was for. Raises NotFound unless it
        is the account's and stands. A story is taken back where it is told."""
        for entry in self.entries(uow, account.id):
            if entry.consent.thing_id is not None:
                continue
            if entry.consent.id == consent_id and entry.stands and entry.persona:
                given = entry.consent
                self._add(
                    uow, account.id, given.purpose, "withdrawn", entry.persona, given.group_id
                )
                if given.purpose == APPS:
                    self._sign_writers_out(uow, entry.persona)
                return given.purpose
        raise NotFound

    def agree_to_story(
        self,
        uow: UnitOfWork,
        account: Account,
        persona_id: int,
        group_id: int,
        story_id: int,
        *,
        given: bool,
    ) -> None:
        """Write down that this story may be told in this group, or no longer."""
        uow.consents.add(
            Consent(
                id=self._new_id(),
                account_id=account.id,
                purpose=STORY,
                version=PURPOSES[STORY].version,
                act="given" if given else "withdrawn",
                persona_id=persona_id,
                group_id=group_id,
                thing_id=story_id,
                created_at=self._now(),
            )
        )

    def _sign_writers_out(self, uow: UnitOfWork, persona: Actor) -> None:
        """Programs that can only read may stay."""
        now = self._now()
        for grant in uow.app_grants.of_personas([persona.id]):
            if can_write(grant.scopes.split()):
                uow.app_grants.end(grant.id, now)
        for token in uow.tokens.standing_of([persona.id]):
            if can_write(token.scopes.split()):
                uow.tokens.revoke(token.id, now)

    def _add(
        self,
        uow: UnitOfWork,
        account_id: int,
        purpose: str,
        act: Act,
        persona: Actor | None = None,
        group_id: int | None = None,
    ) -> datetime:
        now = self._now()
        uow.consents.add(
            Consent(
                id=self._new_id(),
                account_id=account_id,
                purpose=purpose,
                version=PURPOSES[purpose].version,
                act=act,
                persona_id=persona.id if persona else None,
                group_id=group_id,
                created_at=now,
            )
        )
        return now


def _about(consent: Consent) -> tuple[str, int | None, int | None, int | None]:
    """What a consent is for: the last word about that is what stands."""
    return consent.purpose, consent.persona_id, consent.group_id, consent.thing_id

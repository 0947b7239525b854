"""Sessions: who holds which token, how long, and how to end it.

The token stays in the person's browser; what is kept is its SHA-256. A session lives 14 days
unused and 90 days at most, and a new sign-in always gets a new token (WEB-06).
"""

import secrets
from dataclasses import dataclass, replace

from node.accounts import rules
from node.accounts.holder import holder_of
from node.accounts.secret import digest, new_secret
from node.errors import NotFound, Refused
from node.i18n import N_
from node.messages.news import count_news
from node.ports import Clock
from node.viewer import Caller, Viewer
from storage.accounts import Account
from storage.actors import Actor
from storage.sessions import Session
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A new session and its token, which only the person's browser keeps."""

    token: str
    session: Session


def session_name(session: Session) -> str:
    """A name for a session in forms: enough to tell it apart, useless to sign in with."""
    return session.token_hash.hex()[:16]


def _as_it_acts(uow: UnitOfWork, account: Account, persona: Actor) -> Account:
    """The account with its role only where it acts as its first persona. As another one it is an
    ordinary member, or what only staff can do would show that both are the same person."""
    if account.role == "member" or uow.personas.first(account.id) == persona.id:
        return account
    return replace(account, role="member")


def _new_form_token() -> str:
    return secrets.token_urlsafe(24)


class Sessions:
    """Use cases of sessions, and who a token stands for."""

    def __init__(self, now: Clock) -> None:
        self._now = now

    def open(
        self,
        uow: UnitOfWork,
        account_id: int,
        label: str,
        replaces: str | None = None,
        persona_id: int | None = None,
    ) -> OpenedSession:
        """A fresh session of the persona, or else of the account's oldest one that is free:
        whoever signs in knows as whom, whatever was done before or elsewhere. The token that the
        browser came with, `replaces`, ends (WEB-06). Raises Refused for a suspended account."""
        account = uow.accounts.get(account_id)
        personas = uow.personas.of_account(account_id)
        if account is None or not personas:
            raise NotFound
        free = [one.id for one in personas if one.suspended_at is None]
        if account.suspended_at is not None or not free:
            raise Refused(N_("This account is suspended."), "suspended")
        acts_as = persona_id if persona_id in free else free[0]
        if replaces:
            uow.sessions.delete(digest(replaces))
        token = new_secret()
        now = self._now()
        session = Session(
            token_hash=digest(token),
            account_id=account_id,
            persona_id=acts_as,
            csrf_token=_new_form_token(),
            created_at=now,
            last_seen_at=now,
            expires_at=now + rules.ABSOLUTE,
            label=label,
        )
        uow.sessions.add(session)
        return OpenedSession(token, session)

    def by_session(self, uow: UnitOfWork, token: str) -> Viewer | None:
        """Who holds this session token, while the session lives and the account may use it."""
        session = uow.sessions.get(digest(token))
        if session is None or not rules.is_alive(session, self._now()):
            return None
        account = uow.accounts.get(session.account_id)
        persona = uow.actors.get(session.persona_id)
        if account is None or persona is None:
            return None
        if account.suspended_at is not None or persona.suspended_at is not None:
            return None
        return Viewer(
            account=_as_it_acts(uow, account, persona),
            persona=persona,
            via="session",
            session=session,
            new_messages=count_news(uow, persona),
        )

    def act_as(self, uow: UnitOfWork, viewer: Viewer, handle: str) -> Actor:
        """Go on as another persona of one's own in this browser. Forms that are open elsewhere for
        the one before stop counting, so that nothing is sent under the wrong name. Raises NotFound
        alike for a handle that nobody has and for one that is somebody else's."""
        for persona in uow.personas.of_account(viewer.account.id):
            if persona.handle == handle and viewer.session is not None:
                if persona.suspended_at is not None:
                    raise Refused(N_("This persona is suspended."), "suspended")
                token = viewer.session.token_hash
                uow.sessions.act_as(token, persona.id, _new_form_token())
                return persona
        raise NotFound

    def is_stale(self, viewer: Viewer) -> bool:
        """Whether `touch` is due: at most once an hour."""
        return viewer.session is not None and rules.is_stale(viewer.session, self._now())

    def touch(self, uow: UnitOfWork, viewer: Viewer) -> None:
        """Remember that the session was used just now."""
        if viewer.session is not None:
            uow.sessions.touch(viewer.session.token_hash, self._now())

    def close(self, uow: UnitOfWork, token: str) -> None:
        uow.sessions.delete(digest(token))

    def of_account(self, uow: UnitOfWork, account_id: int) -> list[Session]:
        """Where the account is signed in, the session used last first."""
        now = self._now()
        alive = [one for one in uow.sessions.of_account(account_id) if rules.is_alive(one, now)]
        return sorted(alive, key=lambda one: one.last_seen_at, reverse=True)

    def revoke(self, uow: UnitOfWork, account_id: int, name: str) -> None:
        """End the session with this `session_name`. Raises NotFound unless it is the account's."""
        for session in uow.sessions.of_account(account_id):
            if session_name(session) == name:
                uow.sessions.delete(session.token_hash)
                return
        raise NotFound

    def revoke_others(self, uow: UnitOfWork, viewer: Viewer) -> None:
        """End all sessions but the one that asks, and sign all programs out."""
        self.sign_programs_out(uow, viewer.account.id)
        for session in uow.sessions.of_account(viewer.account.id):
            if viewer.session is None or session.token_hash != viewer.session.token_hash:
                uow.sessions.delete(session.token_hash)

    def end_all(self, uow: UnitOfWork, account_id: int) -> None:
        """End every session of the account, and sign all programs out."""
        uow.sessions.delete_all(account_id)
        self.sign_programs_out(uow, account_id)

    def sign_programs_out(self, uow: UnitOfWork, account_id: int) -> None:
        """No program acts as a persona of the account any more."""
        for persona_id in uow.accounts.personas_of(account_id):
            uow.tokens.revoke_all(persona_id, self._now())

    def forget_expired(self, uow: UnitOfWork) -> None:
        uow.sessions.delete_expired(self._now())

    def caller_of(self, uow: UnitOfWork, token: str) -> Caller | None:
        """What an access token stands for, as client apps present it: a persona, or the app."""
        access, now = uow.tokens.by_hash(digest(token)), self._now()
        if access is None or access.revoked_at is not None:
            return None
        if access.expires_at is not None and access.expires_at <= now:
            return None
        holder = None
        if access.persona_id is not None:
            holder = holder_of(uow, access.persona_id)
            if holder is None:
                return None
        return Caller(
            account=_as_it_acts(uow, holder.account, holder.persona) if holder else None,
            persona=holder.persona if holder else None,
            scopes=frozenset(access.scopes.split()),
            token_id=access.id,
            app_id=access.app_id,
            is_stale=access.used_at is None or now - access.used_at >= rules.TOKEN_STALE,
        )

    def note_use(self, uow: UnitOfWork, caller: Caller) -> None:
        """Remember that a token was used; due at most once a day (`Caller.is_stale`)."""
        uow.tokens.note_use(caller.token_id, self._now())

"""The life of codes and tokens as a machine: whatever order people, apps and thieves come in, a
token opens something exactly while its family lives, it is the newest of it, and its time runs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any, ClassVar, TypeVar

from hypothesis import settings
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import sampled_from
from sqlalchemy import Engine, create_engine

from node.accounts.sessions import Sessions
from node.clients.oauth.granting import Granting, Issued
from node.clients.oauth.problems import OAuthProblem
from storage.accounts import Account
from storage.actors import Actor
from storage.client_apps import ClientApp
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.node.clients.oauth.flow import CALLBACK, CHALLENGE, VERIFIER
from tests.storage.rows import an_actor

T = TypeVar("T")
START = Clock().now()
APPS = {
    name: ClientApp(
        id=number,
        client_id=name,
        secret_hash=None,
        kind="registered",
        name=name,
        website=None,
        redirect_uris=CALLBACK,
        scopes="read write",
        grant_types=types,
        created_at=START,
    )
    for number, name, types in (
        (1, "renews", "authorization_code refresh_token"),
        (2, "lasts", "authorization_code"),
    )
}
APP = sampled_from(sorted(APPS))
RARELY = sampled_from((False, False, False, True))
REFUSED: MultipleResults[str] = multiple()


@dataclass
class Family:
    """What one consent gave."""

    app: str
    access: str
    refresh: str
    access_until: datetime | None
    refresh_until: datetime
    alive: bool = True
    refreshed: set[str] = field(default_factory=set)


@dataclass
class Code:
    """A code, and what came of it."""

    app: str
    until: datetime
    family: Family | None = None


class Life(RuleBasedStateMachine):
    """The model beside the real thing, on a real database."""

    engine: ClassVar[Engine]
    codes = Bundle("codes")
    tokens = Bundle("tokens")

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.uow = UnitOfWork(self.connection)
        self.clock, ids = Clock(), count(1000)
        self.granting = Granting(self.clock.now, lambda: next(ids))
        self.sessions = Sessions(self.clock.now)
        self.known: dict[str, Code] = {}
        self.all_codes: dict[str, str] = {}
        self.families: list[Family] = []
        self.accesses: dict[str, Family] = {}
        self.persona = self.write(_settle)

    def teardown(self) -> None:
        self.connection.rollback()
        self.connection.close()

    def write(self, act: Callable[[UnitOfWork], T]) -> T:
        return act(self.uow)

    @rule(target=codes, app=APP)
    def consent(self, app: str) -> str:
        code = self.write(
            lambda uow: self.granting.code(
                uow,
                APPS[app],
                self.persona,
                scopes=("read",),
                redirect_uri=CALLBACK,
                challenge=CHALLENGE,
            )
        )
        self.known[code] = Code(app, self._in(minutes=5))
        self.all_codes[code] = app
        return code

    @rule(target=tokens, code=codes, other=RARELY, guesses=RARELY)
    def redeem(self, code: str, other: bool, guesses: bool) -> str | MultipleResults[str]:
        app, knows = self._app(self.all_codes[code], other), not guesses
        said = self.write(
            lambda uow: self.granting.redeem(
                uow,
                APPS[app],
                code,
                redirect_uri=CALLBACK,
                verifier=VERIFIER if knows else VERIFIER[:-1] + "x",
            )
        )
        known = self.known.get(code)
        if known is None or known.app != app:
            return self._refused(said)
        if known.family is not None:
            known.family.alive = False
            return self._refused(said)
        if known.until <= self.clock.now() or not knows:
            return self._refused(said)
        assert isinstance(said, Issued)
        family = Family(app, "", "", None, self._in())
        known.family = family
        self.families.append(family)
        return self._given(family, said)

    @rule(target=tokens, token=tokens, other=RARELY)
    def refresh(self, token: str, other: bool) -> str | MultipleResults[str]:
        app = self._app(self._of(token).app, other)
        said = self.write(lambda uow: self.granting.refresh(uow, APPS[app], token, None))
        family = self._of(token)
        if family.app != app or not family.alive:
            return self._refused(said)
        if token in family.refreshed:
            family.alive = False
            return self._refused(said)
        if family.refresh_until <= self.clock.now():
            return self._refused(said)
        assert isinstance(said, Issued)
        family.refreshed.add(token)
        return self._given(family, said)

    @rule(token=tokens, app=APP)
    def revoke(self, token: str, app: str) -> None:
        said = self.write(lambda uow: self.granting.revoke(uow, APPS[app], token))
        family = self._of(token)
        if not family.alive:
            return
        assert (said is None) == (family.app == app)
        if said is None:
            family.alive = False

    @precondition(lambda self: self.accesses)
    @rule(access=sampled_from(range(20)), app=APP)
    def revoke_an_access_token(self, access: int, app: str) -> None:
        secret = list(self.accesses)[access % len(self.accesses)]
        family = self.accesses[secret]
        said = self.write(lambda uow: self.granting.revoke(uow, APPS[app], secret))
        assert (said is None) == (family.app == app)
        if said is None:
            family.alive = False

    @precondition(lambda self: self.families)
    @rule(minutes=sampled_from((1, 1, 5, 121, 60 * 24 * 181)), closes=RARELY)
    def wait(self, minutes: int, closes: bool) -> None:
        """Time runs; sometimes the person closes every door at once."""
        self.clock.advance(minutes=minutes)
        if not closes:
            return
        self.write(lambda uow: self.sessions.sign_programs_out(uow, 1))
        self.known.clear()
        for family in self.families:
            family.alive = False

    @invariant()
    def opens_what_it_should(self) -> None:
        now = self.clock.now()
        for secret, family in self.accesses.items():
            until = family.access_until
            is_open = family.alive and family.access == secret and (until is None or now < until)
            caller = self.write(lambda uow, one=secret: self.sessions.caller_of(uow, one))  # type: ignore[misc]
            assert (caller is not None) == is_open

    def _given(self, family: Family, said: Issued) -> str:
        assert said.refresh is not None
        family.access, family.refresh = said.access, said.refresh
        family.access_until = self._in(minutes=120) if family.app == "renews" else None
        family.refresh_until = self._in(minutes=60 * 24 * 180)
        self.accesses[said.access] = family
        return said.refresh

    def _of(self, refresh: str) -> Family:
        [family] = [one for one in self.families if refresh in {one.refresh} | one.refreshed]
        return family

    @staticmethod
    def _app(name: str, other: bool) -> str:
        return next(one for one in APPS if (one != name) == other)

    @staticmethod
    def _refused(said: Any) -> MultipleResults[str]:
        assert isinstance(said, OAuthProblem)
        assert said.code == "invalid_grant"
        return REFUSED

    def _in(self, minutes: int = 0) -> datetime:
        return Clock(self.clock.now()).advance(minutes=minutes)


def _settle(uow: UnitOfWork) -> Actor:
    account = Account(
        id=1,
        email=None,
        name="rowan-private",
        password_hash="-",
        role="member",
        created_at=START,
        suspended_at=None,
        agreed="2026-11",
    )
    persona = replace(an_actor(1), is_local=True)
    uow.accounts.add(account)
    uow.actors.add(persona)
    uow.accounts.add_persona(persona.id, account.id, START)
    for app in APPS.values():
        uow.client_apps.add(app)
    return persona


def test_web_08_tokens_open_what_they_should_and_no_longer(sqlite_url: str) -> None:
    Life.engine = create_engine(sqlite_url)
    run_state_machine_as_test(
        Life, settings=settings(max_examples=60, stateful_step_count=30, deadline=None)
    )
    Life.engine.dispose()

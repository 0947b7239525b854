"""The life of a signal and of the post that waits because of it, as a machine: in whatever order
people change words, worry, look, hand over, let it go or decide, and however time passes, the
signal goes only where the table leads, and the post leaves only by a person's word, and once.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from hypothesis.stateful import invariant, rule
from hypothesis.strategies import sampled_from

from node.accounts.service import Newcomer
from node.errors import KithError
from node.groups.drafts import ThreadDraft
from node.safety.risk_rules import TRANSITIONS, SignalEvent, holds
from node.worries.service import Settling
from storage.accounts import Account, Role
from storage.actors import Actor
from storage.risk_signals import RiskSignal
from tests.node.goals.living import Ground, on_a_fresh_database, run
from tests.node.web.house import keys

CALM, RISKY = "It rained all day", "I want to die"
TEAM = ("lea", "cy")


class Life(Ground):
    """Ann's post; Lea and Cy are of the team."""

    def __init__(self) -> None:
        super().__init__()
        self.members = {name: self._signed_up(name) for name in ("dora", *TEAM)}
        author = self.members["dora"][1]
        made = self.rooms.groups.create(
            self.uow,
            handle="grief",
            name="Grief",
            visibility="public",
            founder=author,
            keys=keys(),
        )
        draft = ThreadDraft(title="Tonight", text=RISKY)
        self.post = self.rooms.groups.post_thread(self.uow, made.actor.id, author, draft).id
        self.may_leave = False
        self.left: str | None = None

    def _signed_up(self, name: str) -> tuple[Account, Actor]:
        newcomer = Newcomer(name=f"{name}-private", handle=name, display_name=name, agrees=True)
        role: Role = "moderator" if name in TEAM else "member"
        return self.rooms.accounts.sign_up(self.uow, newcomer, "-", keys(), role=role)

    @property
    def signal(self) -> RiskSignal | None:
        return self.uow.risk_signals.unsettled(self.post)

    @rule(text=sampled_from((CALM, RISKY)))
    def change_the_words(self, text: str) -> None:
        draft = ThreadDraft(title="Tonight", text=text)
        self.rooms.groups.edit(self.uow, self.post, self.members["dora"][1], draft)
        self.may_leave &= self.signal is None

    @rule()
    def worry(self) -> None:
        post = self.uow.posts.get(self.post)
        assert post is not None
        self.rooms.risk.worry(self.uow, post, self.people["bea"], "")
        self.may_leave &= self.signal is None

    @rule(who=sampled_from(TEAM), act=sampled_from(("claim", "let-go", "hand-over", "settle")))
    def work(self, who: str, act: SignalEvent) -> None:
        signal, (account, persona) = self.signal, self.members[who]
        if signal is None:
            return
        now, worries = self.clock.now(), self.rooms.worries
        mine = holds(signal, account.id, now)
        taken = signal.state == "claimed" and not mine and (signal.claimed_until or now) > now
        state = signal.state if mine or taken else "open"
        how = Settling(outcome="answered", reply="", goes=None)
        acts = {
            "claim": partial(worries.claim, self.uow, account, signal.id),
            "let-go": partial(worries.let_go, self.uow, account, signal.id),
            "hand-over": partial(worries.hand_over, self.uow, account, signal.id, "Look at it"),
            "settle": partial(worries.settle, self.uow, account, persona, signal.id, how),
        }
        expected = None if taken or (act != "claim" and not mine) else TRANSITIONS[state, act]
        try:
            acts[act]()
        except KithError:
            assert expected is None
            return
        after = self.signal
        assert (after.state if after is not None else "settled") == expected

    @rule()
    def let_it_travel(self) -> None:
        if self.signal is None and self.uow.delivery_holds.get(self.post) is not None:
            self.rooms.risk.holding.happen(self.uow, self.post, "clear")
            self.may_leave = True

    @rule(minutes=sampled_from((1, 20, 50_000)))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)
        self.uow.risk_signals.prune(self.clock.now() - timedelta(days=30), 10)
        self.rooms.sending.let_go_due(self.uow)

    @invariant()
    def it_leaves_by_a_persons_word_and_once(self) -> None:
        post = self.uow.posts.get(self.post)
        assert post is not None
        if post.create_uri is not None and self.left is None:
            assert self.may_leave
            self.left = post.create_uri
        assert post.create_uri == self.left


@pytest.fixture
async def machine(sqlite_url: str) -> AsyncIterator[type[Life]]:
    """The machine on a fresh database."""
    async with on_a_fresh_database(Life, sqlite_url) as ready:
        yield ready


async def test_life_of_a_signal_and_of_the_post_that_waits(machine: type[Life]) -> None:
    run(machine)

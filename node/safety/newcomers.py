"""Newcomers: the facts about an account, and the limits that rest on them.

Other rooms ask here before they keep what somebody wrote; `newcomer_rules.py` decides.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from node.errors import Refused
from node.i18n import N_
from node.ports import Clock
from node.safety import newcomer_rules as rules
from node.safety.newcomer_rules import Facts, NewcomerLimits
from node.viewer import STAFF
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

PAUSED: Final = N_(
    "Several members reported what you wrote. The staff looks at it first; then you can write "
    "again. You can still read, get help, and leave."
)
READING: Final = timedelta(seconds=15)
"""A thread counts as read when the one before it was opened so long ago."""


class Newcomers:
    """Use cases of those who are new, and of those who know them."""

    def __init__(self, now: Clock, limits: NewcomerLimits) -> None:
        self._now = now
        self.limits = limits

    def facts(self, uow: UnitOfWork, persona: Actor) -> Facts | None:
        """What is known of the account behind a persona; None for somebody of another node."""
        standing = uow.newcomers.standing(persona.id) if persona.is_local else None
        if standing is None:
            return None
        facts = Facts(
            age=self._now() - standing.since,
            threads_read=standing.threads_read,
            vouched=standing.vouched,
            is_staff=standing.role in STAFF,
        )
        if not rules.is_first_day(facts, self.limits):
            return facts
        threads, replies = uow.newcomers.written(standing.account_id, standing.since)
        return replace(facts, threads=threads, replies=replies)

    def is_newcomer(self, uow: UnitOfWork, persona: Actor) -> bool:
        """Whether the limits hold for a persona."""
        return rules.is_newcomer(self.facts(uow, persona), self.limits)

    def check_post(self, uow: UnitOfWork, author: Actor, html: str, *, is_thread: bool) -> None:
        """Before a thread or a reply is kept. Raises Refused, and Invalid for its links; Refused,
        too, for somebody whose writing waits until the staff has looked at what was reported."""
        if author.is_local and uow.quorum.is_paused(author.id):
            raise Refused(PAUSED, "paused")
        facts = self.facts(uow, author)
        (rules.insist_thread if is_thread else rules.insist_reply)(facts, self.limits)
        rules.insist_links(rules.links_in(html), facts, self.limits)

    def check_links(self, uow: UnitOfWork, author: Actor, html: str) -> None:
        """Before other words take the place of a post. Raises Invalid."""
        rules.insist_links(rules.links_in(html), self.facts(uow, author), self.limits)

    def may_send_links(self, uow: UnitOfWork, author: Actor, count: int) -> bool:
        """Whether a private message of theirs may hold so many links."""
        return rules.may_send_links(count, self.facts(uow, author), self.limits)

    def may_send_images(self, uow: UnitOfWork, author: Actor) -> bool:
        """Whether they may add images."""
        return rules.may_send_images(self.facts(uow, author), self.limits)

    def may_write_first(self, uow: UnitOfWork, author: Actor) -> bool:
        """Whether they may write to people who have not written to them."""
        if uow.quorum.is_paused(author.id):
            return False
        return rules.may_write_first(self.facts(uow, author), self.limits)

    def counts_reading(self, uow: UnitOfWork, reader: Actor) -> bool:
        """Whether a thread that `reader` opens is to be counted."""
        return rules.counts_reading(self.facts(uow, reader), self.limits)

    def read_thread(self, uow: UnitOfWork, reader: Actor) -> None:
        """One more thread was read; which one is not kept."""
        account_id = uow.accounts.account_of(reader.id)
        if account_id is not None:
            uow.newcomers.count_read(account_id, self._now(), READING)

    def vouch(self, uow: UnitOfWork, persona: Actor, by: Actor | None) -> None:
        """End the limits for the account behind a persona. `by` is one of the staff (the caller
        has seen to it), None for whoever runs the machine. Nothing shows under other personas."""
        uow.newcomers.vouch(persona.id, by.id if by else None, self._now())

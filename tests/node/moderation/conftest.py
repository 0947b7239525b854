"""What tests of moderation share: a node with staff, members, a group, and messages of a kind."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Any

import pytest

from node.groups.membership import new_membership
from node.moderation.evidence import Received
from node.moderation.limits import Limits
from node.moderation.outbound import FlagOutbound
from node.moderation.quorum_rules import QuorumLimits
from node.moderation.service import open_moderation
from storage.accounts import Role
from storage.audit import AuditEntry
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse, open_web_house
from tests.node.web.visitor import Page, Visitor


@dataclass
class Letters:
    """Messages by reader, for tests of reports alone."""

    kept: dict[int, list[Received]] = field(default_factory=dict)

    def received(self, _uow: UnitOfWork, message_id: int, reader_id: int) -> list[Received]:
        mine = self.kept.get(reader_id, [])
        chosen = [one for one in mine if one.id == message_id]
        return [one for one in mine if one.author_id == chosen[0].author_id] if chosen else []


@dataclass
class Ward:
    """A house with the people of the tests in it."""

    house: WebHouse
    letters: Letters

    async def member(self, handle: str, role: Role = "member") -> Visitor:
        return await self.house.member(handle, role)

    async def thread(self, founder: Visitor, author: Visitor, visibility: Any = "public") -> int:
        """A thread of `author` in a group that `founder` moderates."""
        group = await self.house.group("sleep", founder, visibility)
        assert author.persona is not None
        draft = self.house.thread_draft("Awake again")
        persona = author.persona

        def begin(uow: UnitOfWork) -> int:
            uow.memberships.put(new_membership(group.actor.id, persona.id, self.house.clock.now()))
            return self.house.rooms.groups.post_thread(uow, group.actor.id, persona, draft).id

        return await self.house.db.write(begin)

    async def log(self) -> list[AuditEntry]:
        return await self.house.db.read(lambda uow: uow.audit.walk(0, 1000))

    def sent(self, author: Visitor, reader: Visitor, text: str) -> int:
        """A message from one to the other; its id."""
        assert author.persona is not None
        assert reader.persona is not None
        number = self.house.rooms.new_id()
        letter = Received(
            id=number, author_id=author.persona.id, sent_at=self.house.clock.now(), text=text
        )
        self.letters.kept.setdefault(reader.persona.id, []).append(letter)
        return number


async def report_post(reporter: Visitor, post_id: int, **more: str) -> Page:
    """Fill in the form and send it."""
    at = f"/report/post/{post_id}"
    return await reporter.submit(at, at=at, reason="harassment", **more)


async def act(visitor: Visitor, path: str, **fields: str) -> Page:
    """Send a form without looking for it on a page first."""
    return await visitor.post(path, {"csrf": await visitor.token(), **fields})


@pytest.fixture
async def ward(database_url: str) -> AsyncIterator[Ward]:
    """On a fresh database of each kind in turn."""
    letters = Letters()
    async with open_web_house(
        database_url, change=lambda rooms: with_letters(rooms, letters)
    ) as house:
        yield Ward(house, letters)


def with_letters(rooms: Any, letters: Letters, limits: Limits | None = None) -> Any:
    """The rooms with messages that a test made up."""
    moderation = open_moderation(
        rooms.now,
        rooms.new_id,
        rooms.groups,
        rooms.profiles,
        letters,
        limits or Limits(reports_a_day=3, quorum=QuorumLimits(zone=UTC)),
        FlagOutbound(rooms.outbox, rooms.config.origin),
    )
    return replace(rooms, moderation=moderation)

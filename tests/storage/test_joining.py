"""Invitations, applications, bans and lists of members, on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.applications import Application, Words
from storage.database import Database
from storage.invitations import Invitation
from storage.seals import Holder
from storage.tables import applications, group_questions, invitations
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import (
    NOW,
    a_membership,
    a_reply,
    a_thread,
    an_account,
    an_actor,
    found_group,
)

GROUP, ASH, BAY, CEDAR = 10, 1, 2, 3
LATER = NOW + timedelta(days=7)


@pytest.fixture
async def db(database: Database) -> Database:
    """A private group, and three personas, two of them of one account."""

    def seed(uow: UnitOfWork) -> None:
        found_group(uow, GROUP, visibility="private", join_policy="approval")
        for number in (ASH, BAY, CEDAR):
            uow.actors.add(an_actor(number))
        for number, account in ((100, [ASH, BAY]), (200, [CEDAR])):
            uow.accounts.add(an_account(number))
            for persona in account:
                uow.accounts.add_persona(persona, number, NOW)

    await database.write(seed)
    return database


def an_invitation(id: int = 50, **other: object) -> Invitation:
    fields = {
        "id": id,
        "group_id": GROUP,
        "max_uses": 1,
        "uses": 0,
        "created_by": ASH,
        "created_at": NOW,
        "expires_at": LATER,
        "note": "for the choir",
    }
    return Invitation(**fields | other)  # type: ignore[arg-type]


def an_application(id: int, actor_id: int = BAY) -> Application:
    return Application(id=id, group_id=GROUP, actor_id=actor_id, state="pending", created_at=NOW)


async def test_an_invitation_lets_in_as_many_as_it_says_however_many_come_at_once(
    db: Database,
) -> None:
    await db.write(lambda uow: uow.invitations.add(an_invitation(max_uses=3), b"code"))
    came = await asyncio.gather(
        *(db.write(lambda uow: uow.invitations.spend(b"code", NOW)) for _ in range(12))
    )
    assert sorted(came) == [False] * 9 + [True] * 3
    [kept] = await db.read(lambda uow: uow.invitations.of_group(GROUP, 10))
    assert (kept.uses, kept.note, kept.is_open(NOW)) == (3, "for the choir", False)


@pytest.mark.parametrize("code", [b"code", b"other"])
async def test_an_invitation_ends(db: Database, code: bytes) -> None:
    """By its time, and by a moderator's word; and a wrong code never began."""
    await db.write(lambda uow: uow.invitations.add(an_invitation(max_uses=9), b"code"))
    known = code == b"code"
    assert await db.write(lambda uow: uow.invitations.spend(code, NOW)) is known
    assert not await db.write(lambda uow: uow.invitations.spend(code, LATER))
    assert await db.read(lambda uow: uow.invitations.find(code, LATER)) is None
    assert not await db.write(lambda uow: uow.invitations.revoke(11, 50, NOW))
    assert await db.write(lambda uow: uow.invitations.revoke(GROUP, 50, NOW))
    assert not await db.write(lambda uow: uow.invitations.revoke(GROUP, 50, NOW))
    assert not await db.write(lambda uow: uow.invitations.spend(code, NOW))
    assert await db.write(lambda uow: uow.invitations.prune(LATER, 9)) == 0
    assert await db.write(lambda uow: uow.invitations.prune(LATER + timedelta(1), 9)) == 1


async def test_what_is_asked_and_answered_is_sealed(db: Database) -> None:
    words = Words("Circle", (("What brings you here?", "My mother died."),))

    def write(uow: UnitOfWork) -> list[bytes]:
        uow.invitations.add(an_invitation(), b"code")
        uow.applications.ask(GROUP, ("What brings you here?",))
        uow.applications.put(an_application(60), words)
        uow.applications.decide(an_application(60), "declined", "Come back in spring.", NOW)
        rows = [
            *uow.connection.execute(select(applications.c.words, applications.c.reply)).one(),
            *uow.connection.execute(select(group_questions.c.questions)).one(),
            *uow.connection.execute(select(invitations.c.note)).one(),
        ]
        return [bytes(one) for one in rows]

    for column in await db.write(write):
        assert not any(word in column for word in (b"mother", b"spring", b"brings", b"choir"))
    assert await db.read(lambda uow: uow.applications.questions(GROUP)) == (
        "What brings you here?",
    )
    [read] = await db.read(lambda uow: uow.applications.of_actor(BAY, 9))
    assert (read.words, read.reply) == (words, "Come back in spring.")

    def erase(uow: UnitOfWork) -> None:
        uow.seals.destroy(Holder("persona", BAY))

    await db.write(erase)
    [read] = await db.read(lambda uow: uow.applications.of_actor(BAY, 9))
    assert (read.words, read.reply) == (None, None)


async def test_an_application_is_decided_once_and_its_words_go_in_time(db: Database) -> None:
    await db.write(lambda uow: uow.applications.put(an_application(60), Words("Circle")))
    [waiting] = await db.read(lambda uow: uow.applications.pending(GROUP, 9))
    assert waiting.applicant.id == BAY
    one = waiting.application
    assert await db.write(lambda uow: uow.applications.decide(one, "accepted", "", NOW))
    assert not await db.write(lambda uow: uow.applications.decide(one, "declined", "", NOW))
    assert await db.read(lambda uow: uow.applications.pending(GROUP, 9)) == []
    assert await db.write(lambda uow: uow.applications.erase_words(NOW, 9)) == 0
    assert await db.write(lambda uow: uow.applications.erase_words(LATER, 9)) == 1
    assert await db.write(lambda uow: uow.applications.erase_words(LATER, 9)) == 0
    read = await db.read(lambda uow: uow.applications.read(60))
    assert read is not None
    assert read.words is None
    await db.write(lambda uow: uow.applications.put(an_application(61), Words("Circle")))
    again = await db.read(lambda uow: uow.applications.get(GROUP, BAY))
    assert again == an_application(61)


async def test_a_ban_holds_for_all_of_an_account_and_names_one(db: Database) -> None:
    await db.write(lambda uow: uow.group_bans.add(GROUP, ASH, 100, NOW))
    held = await db.read(
        lambda uow: [uow.group_bans.holds(GROUP, one) for one in (ASH, BAY, CEDAR)]
    )
    assert held == [True, True, False]
    assert not await db.read(lambda uow: uow.group_bans.holds(11, ASH))
    named = await db.read(lambda uow: uow.group_bans.named(GROUP, 9))
    assert [one.id for one in named] == [ASH]
    assert not await db.write(lambda uow: uow.group_bans.remove(GROUP, BAY))
    assert await db.write(lambda uow: uow.group_bans.remove(GROUP, ASH))
    assert not await db.read(lambda uow: uow.group_bans.holds(GROUP, BAY))


async def test_members_of_this_node_are_listed_by_handle(db: Database) -> None:
    def seed(uow: UnitOfWork) -> None:
        uow.actors.add(an_actor(4, host="far.example"))
        for number in (ASH, BAY, CEDAR, 4):
            uow.memberships.put(a_membership(GROUP, number))
        uow.memberships.put(a_membership(GROUP, CEDAR, state="pending"))
        uow.members.set_unlisted(GROUP, BAY, True)

    await db.write(seed)

    def listed(uow: UnitOfWork) -> list[tuple[int, bool]]:
        found = uow.members.list(GROUP, 9)
        return [(one.actor.id, one.membership.unlisted) for one in found]

    assert await db.read(listed) == [(ASH, False), (BAY, True)]
    rest = await db.read(lambda uow: uow.members.list(GROUP, 9, ("actor1", ASH)))
    assert [one.actor.id for one in rest] == [BAY]
    assert await db.read(lambda uow: uow.members.get(GROUP, CEDAR)) is None
    assert await db.write(lambda uow: uow.members.drop_remote(GROUP)) == 1
    assert await db.read(lambda uow: uow.members.get(GROUP, 4)) is None


async def test_who_left_can_take_the_name_along(db: Database) -> None:
    thread = a_thread(30, GROUP, ASH)

    def seed(uow: UnitOfWork) -> None:
        uow.posts.add(thread)
        uow.posts.add(a_reply(31, thread, BAY))
        uow.posts.add(replace(a_reply(32, thread, ASH), deleted_at=NOW))

    await db.write(seed)
    found = await db.read(lambda uow: uow.posts_of_groups.of_member(GROUP, ASH, 9))
    assert found == [30]
    assert await db.write(lambda uow: uow.posts_of_groups.hide_author(GROUP, ASH)) == 2
    views = await db.read(lambda uow: uow.posts.thread(30))
    assert [view.author.handle for view in views] == ["former-member", "Actor2", "former-member"]
    assert [view.post.content for view in views[:2]] == ["<p>Hello</p>"] * 2
    shown = await db.read(lambda uow: uow.posts.view(30))
    assert shown is not None
    assert shown.author.id == 0

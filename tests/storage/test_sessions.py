"""Signed-in browsers and tokens of client programs, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database, UnitOfWork
from storage.errors import AlreadyThere
from storage.sessions import Session
from storage.tokens import AccessToken
from tests.storage.rows import NOW, an_account, an_actor

LATER = NOW + timedelta(hours=1)


def settle(uow: UnitOfWork) -> None:
    for number in (1, 2):
        uow.accounts.add(an_account(number))
        uow.actors.add(an_actor(number))


def a_session(token_hash: bytes, account_id: int = 1) -> Session:
    return Session(
        token_hash=token_hash,
        account_id=account_id,
        persona_id=account_id,
        csrf_token="c",
        created_at=NOW,
        last_seen_at=NOW,
        expires_at=LATER,
        label="Firefox on Linux",
    )


async def test_a_session_is_found_used_and_ended(database: Database) -> None:
    def run(uow: UnitOfWork) -> None:
        settle(uow)
        for token in (b"a", b"b"):
            uow.sessions.add(a_session(token))
        uow.sessions.touch(b"b", LATER)
        used = replace(a_session(b"b"), last_seen_at=LATER)
        assert uow.sessions.get(b"b") == used
        assert uow.sessions.get(b"c") is None
        assert uow.sessions.of_account(1) == [used, a_session(b"a")]
        assert uow.sessions.of_account(1, limit=1) == [used]
        uow.sessions.delete(b"b")
        assert uow.sessions.of_account(1) == [a_session(b"a")]

    await database.write(run)


async def test_signing_out_everywhere_ends_the_sessions_of_one_account(database: Database) -> None:
    def run(uow: UnitOfWork) -> None:
        settle(uow)
        for token, account in ((b"a", 1), (b"b", 1), (b"c", 2)):
            uow.sessions.add(a_session(token, account))
        assert uow.sessions.delete_all(1) == 2
        assert uow.sessions.of_account(1) == []
        assert uow.sessions.get(b"c") is not None

    await database.write(run)


async def test_expired_sessions_are_swept_out(database: Database) -> None:
    def run(uow: UnitOfWork) -> None:
        settle(uow)
        uow.sessions.add(a_session(b"a"))
        uow.sessions.add(replace(a_session(b"b"), expires_at=LATER + timedelta(seconds=1)))
        assert uow.sessions.delete_expired(LATER) == 1
        assert uow.sessions.get(b"a") is None
        assert uow.sessions.get(b"b") is not None

    await database.write(run)


async def test_a_token_opens_until_it_is_revoked(database: Database) -> None:
    tokens = [
        AccessToken(
            id=number,
            token_hash=bytes([number]),
            persona_id=1,
            scopes="read write",
            label="app",
            created_at=NOW,
        )
        for number in (1, 2)
    ]

    def run(uow: UnitOfWork) -> None:
        settle(uow)
        for token in tokens:
            uow.tokens.add(token)
        assert uow.tokens.by_hash(b"\x01") == tokens[0]
        assert uow.tokens.by_hash(b"\x03") is None
        assert uow.tokens.revoke(1, LATER)
        assert not uow.tokens.revoke(1, LATER)
        revoked = replace(tokens[0], revoked_at=LATER)
        assert uow.tokens.by_hash(b"\x01") == revoked
        assert uow.tokens.of_persona(1) == [tokens[1], revoked]
        assert uow.tokens.of_persona(2) == []

    await database.write(run)
    with pytest.raises(AlreadyThere):
        await database.write(lambda uow: uow.tokens.add(replace(tokens[0], id=3)))

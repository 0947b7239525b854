"""Client apps, what was granted to them, and when it is forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.app_grants import AppGrant, GrantCode, RefreshToken
from storage.client_apps import ClientApp
from storage.database import Database
from storage.errors import AlreadyThere
from storage.tokens import AccessToken
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW, an_actor

LATER, MUCH_LATER = NOW + timedelta(days=1), NOW + timedelta(days=100)
APP = ClientApp(
    id=1,
    client_id="pine",
    secret_hash=b"s",
    kind="app",
    name="Pine",
    website=None,
    redirect_uris="https://pine.example/cb\npine:/cb",
    scopes="read",
    grant_types="authorization_code",
    created_at=NOW,
)


def fill(uow: UnitOfWork) -> None:
    """Two apps, one of which acts for somebody."""
    uow.actors.add(an_actor(5))
    uow.client_apps.add(APP)
    uow.client_apps.add(replace(APP, id=2, client_id="larch", secret_hash=None))
    uow.app_grants.add(AppGrant(id=7, app_id=1, persona_id=5, scopes="read", created_at=NOW))
    uow.app_grants.add_code(
        GrantCode(
            code_hash=b"c",
            app_id=1,
            persona_id=5,
            scopes="read",
            redirect_uri="pine:/cb",
            challenge=None,
            created_at=NOW,
            expires_at=LATER,
        )
    )
    uow.app_grants.spend_code(b"c", 7)
    uow.app_grants.add_refresh(
        RefreshToken(token_hash=b"r", grant_id=7, persona_id=5, created_at=NOW, expires_at=LATER)
    )
    uow.tokens.add(
        AccessToken(
            id=9,
            token_hash=b"t",
            persona_id=5,
            scopes="read",
            label="Pine",
            created_at=NOW,
            app_id=1,
            grant_id=7,
        )
    )


async def test_apps_are_found_as_they_were_kept(database: Database) -> None:
    await database.write(fill)
    found = await database.read(lambda uow: uow.client_apps.by_client_id("pine"))
    assert found == APP
    assert found.redirects == ("https://pine.example/cb", "pine:/cb")
    assert not found.is_public
    assert await database.read(lambda uow: uow.client_apps.by_client_id("fir")) is None
    with pytest.raises(AlreadyThere):
        await database.write(lambda uow: uow.client_apps.add(replace(APP, id=3)))
    told = replace(APP, name="Fir", fetched_at=LATER)
    await database.write(lambda uow: uow.client_apps.redescribe(told))
    assert await database.read(lambda uow: uow.client_apps.get(1)) == told


async def test_the_end_of_a_grant_is_the_end_of_all_that_came_of_it(database: Database) -> None:
    await database.write(fill)

    def end(uow: UnitOfWork) -> None:
        assert [one.id for one in uow.app_grants.of_personas([5])] == [7]
        uow.app_grants.end(7, LATER)
        assert uow.app_grants.of_personas([5]) == []
        token = uow.tokens.get(9)
        assert token is not None
        assert token.revoked_at == LATER
        assert uow.app_grants.refresh(b"r") is None
        code = uow.app_grants.code(b"c")
        assert code is not None
        assert code.grant_id == 7, "a code that comes again is still known"

    await database.write(end)


async def test_a_persona_can_be_rid_of_all_programs(database: Database) -> None:
    await database.write(fill)

    def end(uow: UnitOfWork) -> None:
        assert uow.tokens.revoke_all(5, LATER) == 1
        grant = uow.app_grants.get(7)
        assert grant is not None
        assert grant.ended_at == LATER
        assert uow.app_grants.code(b"c") is None
        assert uow.app_grants.refresh(b"r") is None

    await database.write(end)


async def test_what_is_over_is_forgotten(database: Database) -> None:
    await database.write(fill)

    def forget(uow: UnitOfWork) -> None:
        assert uow.client_apps.prune_unused(LATER, 10) == 1, "the one that nobody lets in"
        assert uow.app_grants.prune(MUCH_LATER, 10) == 0
        assert uow.app_grants.prune_refresh(NOW, 10) == 0
        assert uow.app_grants.prune_codes(NOW, 10) == 0
        assert uow.app_grants.prune_refresh(MUCH_LATER, 10) == 1
        uow.app_grants.end(7, LATER)
        assert uow.app_grants.prune(LATER, 10) == 0
        assert uow.app_grants.prune(MUCH_LATER, 10) == 1
        assert uow.tokens.get(9) is None
        assert uow.app_grants.code(b"c") is None
        assert uow.client_apps.prune_unused(LATER, 10) == 1

    await database.write(forget)


async def test_tokens_that_ended_by_themselves_are_forgotten(database: Database) -> None:
    await database.write(fill)

    def forget(uow: UnitOfWork) -> None:
        old = AccessToken(
            id=10,
            token_hash=b"u",
            persona_id=None,
            scopes="read",
            label="Pine",
            created_at=NOW,
            app_id=1,
            expires_at=LATER,
        )
        uow.tokens.add(old)
        assert uow.tokens.prune_revoked(LATER, 10) == 0
        assert uow.tokens.prune_revoked(MUCH_LATER, 10) == 1
        assert uow.tokens.get(9) is not None

    await database.write(forget)

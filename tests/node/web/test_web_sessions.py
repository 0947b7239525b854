"""WEB-06: a session is a fresh secret at every sign-in, ends on the server, and is not for ever."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest
from multidict import CIMultiDictProxy

from node.accounts.secret import digest
from node.config import Config
from node.consents import HEALTH_DATA, PURPOSES
from storage.accounts import Account
from storage.sessions import Session
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import PASSWORD, WebHouse, open_web_house
from tests.node.web.visitor import Visitor

COOKIE = "kith-8420"


@pytest.fixture
async def tls_house(sqlite_url: str) -> AsyncIterator[WebHouse]:
    """A node that people reach over https."""
    config = Config(node_name="Harbour", origin="https://kith.example")
    async with open_web_house(sqlite_url, config=config) as opened:
        yield opened


async def session_of(house: WebHouse, visitor: Visitor) -> Session | None:
    token = visitor.cookie(COOKIE)
    assert token is not None
    return await house.db.read(lambda uow: uow.sessions.get(digest(token)))


async def is_in(visitor: Visitor) -> bool:
    return (await visitor.get("/settings")).path == "/settings"


async def test_web_06_a_preset_cookie_is_replaced_at_sign_in(house: WebHouse) -> None:
    await house.account("tom")
    visitor = house.visitor()
    visitor.plant(COOKIE, "preset-by-somebody")
    await visitor.sign_in("tom-private", PASSWORD)
    first = visitor.cookie(COOKIE)
    assert first not in (None, "preset-by-somebody")
    assert await is_in(visitor)


async def test_web_06_signing_in_again_ends_the_session_before(house: WebHouse) -> None:
    tom = await house.member("tom")
    first = tom.cookie(COOKIE)
    assert first is not None
    token = await tom.token()
    fields = {"csrf": token, "name": "tom-private", "password": PASSWORD}
    await tom.post("/sign-in", fields)
    assert tom.cookie(COOKIE) != first
    thief = house.visitor()
    thief.plant(COOKIE, first)
    assert not await is_in(thief)
    assert await is_in(tom)


async def test_web_06_a_signed_out_session_opens_nothing(house: WebHouse) -> None:
    tom = await house.member("tom")
    kept = tom.cookie(COOKIE)
    assert kept is not None
    page = await tom.submit("/sign-out", at="/")
    assert page.path == "/?note=signed-out"
    assert tom.cookie(COOKIE) in (None, "")
    tom.plant(COOKIE, kept)
    assert not await is_in(tom)


async def test_only_the_hash_of_the_token_is_kept(house: WebHouse) -> None:
    tom = await house.member("tom")
    token, session = tom.cookie(COOKIE), await session_of(house, tom)
    assert token is not None
    assert session is not None
    assert len(token) >= 43
    assert token.encode() not in session.token_hash
    assert session.token_hash == digest(token)


async def test_web_06_a_session_ends_after_14_idle_days(house: WebHouse) -> None:
    tom, ines = await house.member("tom"), await house.member("ines")
    house.clock.advance(hours=13 * 24)
    assert await is_in(tom)
    house.clock.advance(hours=25)
    assert await is_in(tom)
    assert not await is_in(ines)


async def test_web_06_a_session_ends_after_90_days_however_busy(house: WebHouse) -> None:
    tom = await house.member("tom")
    for _ in range(8):
        house.clock.advance(hours=11 * 24)
        assert await is_in(tom)
    house.clock.advance(hours=3 * 24)
    assert not await is_in(tom)


async def test_use_is_written_down_once_an_hour_at_most(house: WebHouse) -> None:
    tom = await house.member("tom")
    begun = house.clock.now()
    house.clock.advance(minutes=59)
    await tom.get("/")
    session = await session_of(house, tom)
    assert session is not None
    assert session.last_seen_at == begun
    house.clock.advance(minutes=2)
    await tom.get("/")
    session = await session_of(house, tom)
    assert session is not None
    assert session.last_seen_at == begun + timedelta(minutes=61)


async def test_web_09_a_suspended_account_is_out_at_once(house: WebHouse) -> None:
    """One account beside another that differs only in `suspended_at`."""
    for handle, suspended_at in (("tom", None), ("ines", house.clock.now())):
        persona = await house.account(handle)
        password_hash = house.hasher.hash_now(PASSWORD)
        account = Account(
            id=house.rooms.new_id(),
            email=None,
            name=f"{handle}-second",
            password_hash=password_hash,
            role="member",
            created_at=house.clock.now(),
            suspended_at=suspended_at,
            agreed=PURPOSES[HEALTH_DATA].version,
        )
        session = Session(
            token_hash=digest(f"secret of {handle}"),
            account_id=account.id,
            persona_id=persona.id,
            csrf_token="",
            created_at=house.clock.now(),
            last_seen_at=house.clock.now(),
            expires_at=house.clock.now() + timedelta(days=1),
            label="",
        )
        await house.db.write(partial(_add, account, session))
        visitor = house.visitor()
        visitor.plant(COOKIE, f"secret of {handle}")
        assert await is_in(visitor) == (suspended_at is None)


def _add(account: Account, session: Session, uow: UnitOfWork) -> None:
    uow.accounts.add(account)
    uow.sessions.add(session)


def attributes(headers: CIMultiDictProxy[str], name: str) -> set[str]:
    lines = headers.getall("Set-Cookie")
    [line] = [line for line in lines if line.startswith(f"{name}=")]
    return {part.strip().partition("=")[0].lower() for part in line.split(";")[1:]} | {
        part.strip().lower() for part in line.split(";")[1:]
    }


async def test_web_06_the_cookie_over_https_belongs_to_this_host_alone(tls_house: WebHouse) -> None:
    await tls_house.account("tom")
    visitor = tls_house.visitor()
    page = await visitor.get("/sign-in")
    form_cookie = attributes(page.headers, "__Host-kith-form")
    assert {"secure", "httponly", "path=/", "samesite=lax"} <= form_cookie
    [line] = page.headers.getall("Set-Cookie")
    fields = page.form("/sign-in").fields | {"name": "tom-private", "password": PASSWORD}
    page = await visitor.post("/sign-in", fields, {"Cookie": line.split(";")[0]}, follow=False)
    assert page.status == 303
    session_cookie = attributes(page.headers, "__Host-kith")
    assert {"secure", "httponly", "path=/", "samesite=lax", "max-age=7776000"} <= session_cookie
    assert "domain" not in session_cookie | form_cookie


async def test_two_nodes_on_one_machine_do_not_sign_each_other_out(house: WebHouse) -> None:
    tom = await house.member("tom")
    assert tom.cookie("kith-8420")
    assert not tom.cookie("kith")

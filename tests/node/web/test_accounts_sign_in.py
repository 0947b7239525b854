"""Signing in: the right password, and everything that is not it answered alike (WEB-02, WEB-07)."""

import re
from time import perf_counter

import pytest

from node.accounts.passwords import ARGON2, Hasher
from tests.node.web.house import PASSWORD, WebHouse
from tests.node.web.visitor import Page


def without_secrets(page: Page, name: str) -> str:
    """The page but for the token and the name that was typed."""
    text = re.sub(r'name="csrf" value="[^"]*"', "", page.text)
    return text.replace(f'value="{name}"', "")


async def test_the_right_password_comes_in(any_house: WebHouse) -> None:
    await any_house.account("tom")
    visitor = any_house.visitor()
    page = await visitor.sign_in("Tom-Private", PASSWORD)
    assert (page.status, page.path) == (200, "/?note=signed-in")
    assert "Hello, Tom" in page.text


async def test_web_02_a_wrong_password_and_an_unknown_name_are_answered_alike(
    house: WebHouse,
) -> None:
    await house.account("tom")
    first, second = house.visitor(), house.visitor()
    wrong = await first.sign_in("tom-private", "not the password")
    unknown = await second.sign_in("nobody-private", "not the password")
    assert (wrong.status, unknown.status) == (422, 422)
    assert "The sign-in name or the password is not right." in wrong.text
    assert without_secrets(wrong, "tom-private") == without_secrets(unknown, "nobody-private")
    assert wrong.headers.keys() == unknown.headers.keys()


async def test_web_02_an_unknown_name_costs_a_hash_too() -> None:
    hasher = Hasher(ARGON2)
    kept = hasher.hash_now(PASSWORD)
    await hasher.verify(None, "warm up")
    times: dict[bool, float] = {}
    for known in (True, False) * 2:
        begin = perf_counter()
        assert not await hasher.verify(kept if known else None, "not the password")
        times[known] = min(times.get(known, 9.0), perf_counter() - begin)
    hasher.close()
    assert times[False] > times[True] / 3


async def test_the_name_is_kept_and_the_password_is_not(house: WebHouse) -> None:
    visitor = house.visitor()
    page = await visitor.sign_in("tom-private", "not the password")
    form = page.form("/sign-in")
    assert form.fields["name"] == "tom-private"
    assert form.fields["password"] == ""
    assert 'role="alert"' in page.text


async def test_many_tries_are_told_to_wait(house: WebHouse) -> None:
    await house.account("tom")
    visitor = house.visitor()
    for _ in range(3):
        assert (await visitor.sign_in("tom-private", "not the password")).status == 422
    page = await visitor.sign_in("tom-private", PASSWORD)
    assert page.status == 429
    assert page.headers["Retry-After"] == "1"
    assert "Wait a little" in page.text
    house.clock.advance(seconds=1)
    assert (await visitor.sign_in("tom-private", PASSWORD)).path == "/?note=signed-in"


async def test_a_dated_hash_is_renewed_at_sign_in(house: WebHouse) -> None:
    await house.account("tom")
    dated = Hasher(ARGON2)
    kept = dated.hash_now(PASSWORD)
    dated.close()
    account = await house.db.read(lambda uow: uow.accounts.by_name("tom-private"))
    assert account is not None
    await house.db.write(lambda uow: uow.accounts.set_password(account.id, kept))
    await house.visitor().sign_in("tom-private", PASSWORD)
    renewed = await house.db.read(lambda uow: uow.accounts.by_name("tom-private"))
    assert renewed is not None
    assert renewed.password_hash != kept
    assert not house.hasher.is_dated(renewed.password_hash)
    await house.visitor().sign_in("tom-private", PASSWORD)
    same = await house.db.read(lambda uow: uow.accounts.by_name("tom-private"))
    assert same == renewed


async def test_web_07_a_page_that_needs_an_account_is_shown_after_signing_in(
    house: WebHouse,
) -> None:
    await house.account("tom")
    visitor = house.visitor()
    page = await visitor.get("/settings")
    assert page.path == "/sign-in?next=/settings"
    page = await visitor.submit("/sign-in", name="tom-private", password=PASSWORD)
    assert page.path == "/settings?note=signed-in"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/%2Fevil.example",
        "/%5Cevil.example",
        "/%09/evil.example",
        "/%252Fevil.example",
        "https:evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/web/%2Fevil.example",
        "/a//evil.example",
        "\t//evil.example",
        "/\n/evil.example",
        "evil.example",
        "@evil.example",
        "/" + "a" * 4000,
    ],
)
async def test_web_07_other_places_are_not(house: WebHouse, target: str) -> None:
    await house.account("tom")
    visitor = house.visitor()
    await visitor.get("/sign-in")
    assert visitor.page is not None
    fields = visitor.page.form("/sign-in").fields
    fields |= {"name": "tom-private", "password": PASSWORD, "next": target}
    page = await visitor.post("/sign-in", fields, follow=False)
    assert (page.status, page.headers["Location"]) == (303, "/?note=signed-in")
    page = await visitor.get("/sign-in?next=/groups")
    assert page.path == "/groups"


async def test_whoever_is_signed_in_needs_no_form(house: WebHouse) -> None:
    tom = await house.member("tom")
    assert (await tom.get("/sign-in")).path == "/"
    assert (await tom.get("/sign-up")).path == "/"

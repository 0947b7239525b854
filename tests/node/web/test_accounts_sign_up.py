"""Making an account: what is kept, what stays private, what a form cannot smuggle in (WEB-12)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from node.config import Config
from tests.node.web.house import PASSWORD, WebHouse, open_web_house
from tests.node.web.visitor import Page, Visitor

FIELDS = {
    "name": "night-reader",
    "handle": "Anna_B",
    "display_name": " Anna  B ",
    "password": PASSWORD,
    "agrees": "yes",
}


async def fill_in(visitor: Visitor, **fields: str) -> Page:
    return await visitor.submit("/sign-up", at="/sign-up", **(FIELDS | fields))


async def test_a_newcomer_is_signed_in_and_has_a_persona(any_house: WebHouse) -> None:
    visitor = any_house.visitor()
    page = await fill_in(visitor)
    assert (page.status, page.path) == (200, "/?note=welcome")
    account = await any_house.db.read(lambda uow: uow.accounts.by_name("night-reader"))
    persona = await any_house.db.read(lambda uow: uow.actors.local_by_handle("anna_b"))
    assert account is not None
    assert persona is not None
    assert (account.role, account.email) == ("member", None)
    assert account.password_hash.startswith("$argon2id$")
    assert (persona.uri, persona.name) == ("http://localhost:8420/personas/anna_b", "Anna B")
    assert persona.type == "Person"
    keys = await any_house.db.read(lambda uow: uow.keys.of_actor(persona.id))
    assert {key.key_id for key in keys} == {f"{persona.uri}#main-key", f"{persona.uri}#ed25519-key"}


async def test_the_sign_in_name_shows_nowhere(house: WebHouse) -> None:
    visitor, other = house.visitor(), await house.member("mara")
    await fill_in(visitor)
    for path in ("/", "/settings", "/groups", "/personas/anna_b"):
        assert "night-reader" not in (await visitor.get(path)).text
        assert "night-reader" not in (await other.get(path)).text
    assert "Anna B" in (await other.get("/personas/anna_b")).text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "two words", "Choose a sign-in name"),
        ("handle", "Ümlaut", "A handle has 2 to 30 letters"),
        ("handle", "admin", "This handle is reserved"),
        ("display_name", "  ", "Give a name to show"),
        ("password", "too short", "Use at least 10 characters"),
        ("password", "password123", "easily guessed"),
        ("password", "anna_banna_b", "easily guessed"),
        ("agrees", "", "Tick the box if you agree"),
    ],
)
async def test_a_wrong_field_is_named_and_nothing_typed_is_lost(
    house: WebHouse, field: str, value: str, sentence: str
) -> None:
    visitor = house.visitor()
    page = await fill_in(visitor, **{field: value})
    assert page.status == 422
    assert sentence in page.text
    assert f'<a href="#field-{field}">' in page.text
    assert f'id="error-{field}"' in page.text
    kept = page.form("/sign-up").fields
    expected = FIELDS | {field: value, "password": ""}
    assert {name: kept.get(name, "") for name in expected} == expected
    assert (await fill_in(visitor)).path == "/?note=welcome"


async def test_all_that_is_wrong_is_said_at_once(house: WebHouse) -> None:
    page = await fill_in(house.visitor(), name="", handle="", display_name="", password="")
    assert page.text.count('<a href="#field-') == 4


async def test_names_are_given_once(house: WebHouse) -> None:
    await house.account("tom")
    await house.group("sleep", await house.member("mara"))
    taken = await fill_in(house.visitor(), name="TOM-private")
    assert "This sign-in name cannot be had" in taken.text
    for handle in ("Tom", "sleep"):
        page = await fill_in(house.visitor(), handle=handle)
        assert (page.status, "This handle is taken" in page.text) == (422, True)


async def test_of_two_who_want_one_handle_at_the_same_time_one_gets_it(
    any_house: WebHouse,
) -> None:
    visitors = [any_house.visitor() for _ in range(4)]
    pages = await asyncio.gather(
        *(fill_in(visitor, name=f"name-{n}") for n, visitor in enumerate(visitors))
    )
    assert sorted(page.status for page in pages) == [200, 422, 422, 422]


async def test_web_12_more_fields_than_asked_for_count_for_nothing(house: WebHouse) -> None:
    visitor = house.visitor()
    smuggled = {"role": "administrator", "id": "1", "approved": "1", "is_local": "", "email": "x"}
    page = await fill_in(visitor, **smuggled)
    assert page.status == 200
    account = await house.db.read(lambda uow: uow.accounts.by_name("night-reader"))
    assert account is not None
    assert (account.role, account.email) == ("member", None)
    assert account.id > 1
    assert (await visitor.get("/groups/new")).status == 403


async def test_a_network_makes_accounts_only_so_fast(house: WebHouse) -> None:
    visitor = house.visitor()
    await visitor.get("/sign-up")
    assert visitor.page is not None
    fields = visitor.page.form("/sign-up").fields
    statuses = {(await visitor.post("/sign-up", fields)).status for _ in range(60)}
    assert statuses == {422}
    assert (await visitor.post("/sign-up", fields)).status == 429


async def test_a_closed_node_says_so_and_makes_no_account(sqlite_url: str) -> None:
    config = replace(Config(node_name="Harbour"), open_signup=False)
    async with open_web_house(sqlite_url, config=config) as house:
        visitor = house.visitor()
        page = await visitor.get("/sign-up")
        assert "the people who run it make the accounts" in page.text
        assert 'action="/sign-up"' not in page.text
        page = await visitor.post("/sign-up", FIELDS | {"csrf": await visitor.token()})
        assert page.status == 403
        assert await house.db.read(lambda uow: uow.accounts.count()) == 0
        assert "/sign-up" not in (await visitor.get("/")).text


@pytest.fixture
async def new_node(sqlite_url: str) -> AsyncIterator[tuple[WebHouse, str]]:
    """A node without accounts, and the path of its one-time link."""
    async with open_web_house(sqlite_url) as house:
        link = await house.db.write(house.rooms.accounts.first_administrator_link)
        assert link is not None
        assert link.startswith("http://localhost:8420/first-administrator?token=")
        yield house, link.removeprefix("http://localhost:8420")


async def test_the_one_time_link_makes_the_administrator_once(
    new_node: tuple[WebHouse, str],
) -> None:
    house, link = new_node
    visitor, other = house.visitor(), house.visitor()
    await visitor.get(link)
    assert (await other.get(link)).status == 200, "looking does not use it up"
    page = await visitor.submit("/first-administrator", **FIELDS)
    assert page.path == "/?note=welcome"
    account = await house.db.read(lambda uow: uow.accounts.by_name("night-reader"))
    assert account is not None
    assert account.role == "administrator"
    assert (await visitor.get("/groups/new")).status == 200
    late = FIELDS | {"name": "second", "handle": "second"}
    assert (await other.submit("/first-administrator", **late)).status == 404
    assert (await other.get(link)).status == 404
    assert await house.db.write(house.rooms.accounts.first_administrator_link) is None


async def test_members_who_came_first_do_not_use_the_link_up(
    new_node: tuple[WebHouse, str],
) -> None:
    house, link = new_node
    await house.account("tom")
    visitor = house.visitor()
    page = await visitor.submit("/first-administrator", at=link, **FIELDS)
    assert page.path == "/?note=welcome"
    assert (await visitor.get("/groups/new")).status == 200


async def test_of_two_links_the_one_used_first_counts(new_node: tuple[WebHouse, str]) -> None:
    """A node that was started twice has printed two."""
    house, link = new_node
    second = await house.db.write(house.rooms.accounts.first_administrator_link)
    assert second is not None
    await house.visitor().submit("/first-administrator", at=link, **FIELDS)
    page = await house.visitor().get(second.removeprefix("http://localhost:8420"))
    assert page.status == 404


async def test_of_two_who_use_one_link_at_the_same_time_one_gets_in(any_house: WebHouse) -> None:
    link = await any_house.db.write(any_house.rooms.accounts.first_administrator_link)
    assert link is not None
    visitors = [any_house.visitor() for _ in range(4)]
    for visitor in visitors:
        await visitor.get(link.removeprefix("http://localhost:8420"))
    pages = await asyncio.gather(
        *(
            visitor.submit(
                "/first-administrator", **(FIELDS | {"name": f"n{n}", "handle": f"h{n}"})
            )
            for n, visitor in enumerate(visitors)
        )
    )
    assert sorted(page.status for page in pages) == [200, 404, 404, 404]
    assert await any_house.db.read(lambda uow: uow.accounts.count()) == 1


async def test_the_one_time_link_is_kept_after_a_mistake(new_node: tuple[WebHouse, str]) -> None:
    house, link = new_node
    visitor = house.visitor()
    page = await visitor.submit("/first-administrator", at=link, **(FIELDS | {"password": "short"}))
    assert page.status == 422
    page = await visitor.submit("/first-administrator", password=PASSWORD)
    assert page.path == "/?note=welcome"


async def test_the_one_time_link_ends_after_three_days(new_node: tuple[WebHouse, str]) -> None:
    house, link = new_node
    house.clock.advance(hours=71)
    assert (await house.visitor().get(link)).status == 200
    house.clock.advance(hours=1)
    assert (await house.visitor().get(link)).status == 404


async def test_a_guessed_link_is_nothing(new_node: tuple[WebHouse, str]) -> None:
    house, _ = new_node
    for token in ("", "guess", "x" * 500):
        page = await house.visitor().get(f"/first-administrator?token={token}")
        assert page.status == 404

"""WEB-01: nothing changes unless a page of this site asked for it."""

from collections.abc import Mapping

import pytest

from node.visibility import is_member
from storage.memberships import Membership
from tests.node.web.house import PASSWORD, WebHouse
from tests.node.web.visitor import Visitor


async def membership(house: WebHouse, visitor: Visitor) -> Membership | None:
    persona = visitor.persona
    assert persona is not None
    group = await house.db.read(
        lambda uow: uow.groups.by_handle("sleep", house.rooms.config.authority)
    )
    assert group is not None
    return await house.db.read(lambda uow: uow.memberships.get(group.actor.id, persona.id))


async def test_web_01_our_own_form_works(house: WebHouse) -> None:
    await house.group("sleep", await house.member("mara"))
    tom = await house.member("tom")
    page = await tom.submit("/groups/sleep/join", at="/groups/sleep")
    assert page.status == 200
    assert is_member(await membership(house, tom))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8420.evil.example"},
        {"Origin": "http://localhost:84200"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://localhost:8420", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    ],
)
async def test_web_01_another_site_changes_nothing_even_with_the_token(
    house: WebHouse, headers: Mapping[str, str]
) -> None:
    await house.group("sleep", await house.member("mara"))
    tom = await house.member("tom")
    fields = {"csrf": await tom.token()}
    page = await tom.post("/groups/sleep/join", fields, headers)
    assert page.status == 403
    assert await membership(house, tom) is None


async def test_web_01_saying_nothing_of_where_one_comes_from_is_not_enough(house: WebHouse) -> None:
    await house.group("sleep", await house.member("mara"))
    tom = await house.member("tom")
    token = await tom.token()
    async with tom.client.post("/groups/sleep/join", data={"csrf": token}) as answer:
        assert answer.status == 403
    assert await membership(house, tom) is None


async def test_web_01_a_missing_or_foreign_token_changes_nothing(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    await house.group("sleep", mara)
    for fields in ({}, {"csrf": ""}, {"csrf": "guess"}, {"csrf": await mara.token()}):
        page = await tom.post("/groups/sleep/join", fields)
        assert page.status == 403
    assert await membership(house, tom) is None


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data"])
async def test_web_01_a_token_in_another_kind_of_body_is_none(house: WebHouse, kind: str) -> None:
    await house.group("sleep", await house.member("mara"))
    tom = await house.member("tom")
    token = await tom.token()
    headers = {"Content-Type": kind, "Origin": tom.origin, "Sec-Fetch-Site": "same-origin"}
    body = f'{{"csrf": "{token}", "x": "csrf={token}"}}'
    async with tom.client.post("/groups/sleep/join", data=body, headers=headers) as answer:
        assert answer.status == 403
    assert await membership(house, tom) is None


async def test_web_01_reading_changes_nothing(house: WebHouse) -> None:
    await house.group("sleep", await house.member("mara"))
    tom = await house.member("tom")
    token = await tom.token()
    for path in ("/groups/sleep/join", "/groups/sleep/leave", "/sign-out", "/groups/look-up"):
        page = await tom.get(f"{path}?csrf={token}")
        assert page.status in (200, 404, 405)  # the first two are forms
    assert await membership(house, tom) is None
    assert (await tom.get("/settings")).path == "/settings"


async def test_web_01_signing_in_needs_the_form_of_this_browser(house: WebHouse) -> None:
    await house.account("tom")
    fields = {"name": "tom-private", "password": PASSWORD}
    stranger, other = house.visitor(), house.visitor()
    assert (await stranger.post("/sign-in", fields)).status == 403
    token = await other.token()
    assert (await stranger.post("/sign-in", fields | {"csrf": token})).status == 403
    page = await other.post("/sign-in", fields | {"csrf": token}, {"Origin": "null"})
    assert page.status == 403
    assert (await other.post("/sign-in", fields | {"csrf": token})).path == "/?note=signed-in"


async def test_a_bearer_token_opens_no_page_and_no_form(house: WebHouse) -> None:
    """Pages know no scopes; a token that may only read must not write through them."""
    await house.group("sleep", await house.member("mara"))
    tom = await house.member("tom")
    issued = await house.db.write(
        lambda uow: house.rooms.tokens.issue(uow, "tom", "test", ("read",))
    )
    program = house.visitor()
    headers = {"Authorization": f"Bearer {issued.secret}"}
    assert (await program.get("/settings", headers)).path.startswith("/sign-in")
    fields = {"csrf": await program.token()}
    assert (await program.post("/groups/sleep/join", fields, headers)).status == 401
    assert (await tom.get("/settings", headers)).path.startswith("/sign-in")
    assert await membership(house, tom) is None

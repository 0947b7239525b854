"""Settings: the name others see, the password, where one is signed in; tokens; persona pages."""

import pytest

from node.errors import Invalid, NotFound
from tests.node.web.house import PASSWORD, WebHouse

NEW = "seven geese over the lake"


async def test_a_new_name_shows_at_once(house: WebHouse) -> None:
    tom = await house.member("tom")
    page = await tom.submit("/settings/persona", at="/settings", display_name=" Tom  of Kent ")
    assert (page.path, "Saved." in page.text) == ("/settings?note=saved", True)
    assert "<h1>Tom of Kent</h1>" in (await house.visitor().get("/personas/tom")).text


async def test_a_name_of_nothing_is_refused(house: WebHouse) -> None:
    tom = await house.member("tom")
    page = await tom.submit("/settings/persona", at="/settings", display_name=" ")
    assert page.status == 422
    assert 'href="#field-display_name"' in page.text


async def test_the_password_changes_with_the_current_one_and_ends_other_sessions(
    house: WebHouse,
) -> None:
    tom, elsewhere = await house.member("tom"), house.visitor()
    await elsewhere.sign_in("tom-private", PASSWORD)
    before = tom.cookie("kith-8420")
    page = await tom.submit("/settings/password", at="/settings", current=PASSWORD, password=NEW)
    assert page.path == "/settings?note=password"
    assert tom.cookie("kith-8420") != before
    assert (await tom.get("/settings")).path == "/settings"
    assert (await elsewhere.get("/settings")).path == "/sign-in?next=/settings"
    assert (await elsewhere.sign_in("tom-private", PASSWORD)).status == 422
    assert (await elsewhere.sign_in("tom-private", NEW)).path == "/?note=signed-in"


@pytest.mark.parametrize(
    ("current", "password", "field"),
    [("not mine", NEW, "current"), (PASSWORD, "short", "password"), ("", NEW, "current")],
)
async def test_the_password_stays_without_the_current_one_or_a_good_new_one(
    house: WebHouse, current: str, password: str, field: str
) -> None:
    tom = await house.member("tom")
    page = await tom.submit(
        "/settings/password", at="/settings", current=current, password=password
    )
    assert (page.status, f'id="error-{field}"' in page.text) == (422, True)
    assert PASSWORD not in page.text
    assert (await house.visitor().sign_in("tom-private", PASSWORD)).path == "/?note=signed-in"


async def test_the_current_password_cannot_be_guessed_from_a_borrowed_browser(
    house: WebHouse,
) -> None:
    tom = await house.member("tom")
    fields = {"csrf": await tom.token(), "password": NEW}
    for number in range(3):
        page = await tom.post("/settings/password", fields | {"current": f"guess {number}"})
        assert page.status == 422
    assert (await tom.post("/settings/password", fields | {"current": "g"})).status == 429


async def test_one_place_is_signed_out(house: WebHouse) -> None:
    tom, elsewhere, ines = (
        await house.member("tom"),
        house.visitor(),
        await house.member("ines"),
    )
    await elsewhere.sign_in("tom-private", PASSWORD)
    page = await tom.get("/settings")
    assert page.text.count('name="session"') == 1
    name = page.text.split('name="session" value="')[1].split('"')[0]
    foreign = await ines.post(
        "/settings/sessions/end", {"csrf": await ines.token(), "session": name}
    )
    assert foreign.status == 404
    assert (await elsewhere.get("/settings")).path == "/settings"
    page = await tom.post("/settings/sessions/end", {"csrf": await tom.token(), "session": name})
    assert page.path == "/settings?note=session-ended"
    assert (await elsewhere.get("/settings")).path == "/sign-in?next=/settings"
    assert (await tom.get("/settings")).path == "/settings"


async def test_all_other_places_are_signed_out(house: WebHouse) -> None:
    tom, others = await house.member("tom"), [house.visitor() for _ in range(3)]
    for other in others:
        await other.sign_in("tom-private", PASSWORD)
    await tom.submit("/settings/sessions/end-others", at="/settings")
    for other in others:
        assert (await other.get("/settings")).path == "/sign-in?next=/settings"
    assert (await tom.get("/settings")).path == "/settings"


async def test_settings_are_for_people_who_are_signed_in(house: WebHouse) -> None:
    visitor = house.visitor()
    token = await visitor.token()
    for path in ("persona", "password", "sessions/end", "sessions/end-others"):
        page = await visitor.post(f"/settings/{path}", {"csrf": token, "session": "x"})
        assert (page.status, "Please sign in first." in page.text) == (401, True)


async def test_a_persona_page_shows_public_threads_alone(house: WebHouse) -> None:
    mara = await house.member("mara", "administrator")
    for handle, visibility in (("sleep", "public"), ("kitchen", "local"), ("circle", "private")):
        await house.group(handle, mara, visibility)  # type: ignore[arg-type]
        await mara.submit(
            f"/groups/{handle}/new",
            at=f"/groups/{handle}/new",
            title=f"In {handle}",
            text="words",
        )
    for reader in (mara, house.visitor()):
        page = await reader.get("/personas/mara")
        assert "In sleep" in page.text
        assert "In kitchen" not in page.text
        assert "In circle" not in page.text


@pytest.mark.parametrize(
    "handle",
    [
        "nobody",
        "sleep",
        "tom@elsewhere.example",
        "tom@",
        "@tom",
        "tom%00",
        "a%2Fb",
        "x" * 300,
        "%20",
    ],
)
async def test_who_is_not_there_is_not_found(house: WebHouse, handle: str) -> None:
    await house.account("tom")
    await house.group("sleep", await house.member("mara"))
    assert (await house.visitor().get(f"/personas/{handle}")).status == 404
    for same in ("tom", "TOM", "tom@localhost:8420"):
        assert (await house.visitor().get(f"/personas/{same}")).status == 200


async def test_a_token_is_one_personas_and_can_be_taken_back(house: WebHouse) -> None:
    tom = await house.account("tom")
    await house.group("sleep", await house.member("mara"))
    tokens, sessions = house.rooms.tokens, house.rooms.sessions
    issued = await house.db.write(lambda uow: tokens.issue(uow, " TOM ", "phone", ("read",)))
    caller = await house.db.read(lambda uow: sessions.caller_of(uow, issued.secret))
    assert caller is not None
    assert caller.persona == tom
    assert caller.scopes == {"read"}
    assert caller.account is not None
    assert caller.account.role == "member"
    assert await house.db.read(lambda uow: sessions.caller_of(uow, issued.secret + "x")) is None
    await house.db.write(lambda uow: tokens.revoke(uow, issued.token.id))
    assert await house.db.read(lambda uow: sessions.caller_of(uow, issued.secret)) is None
    for handle in ("sleep", "nobody"):
        with pytest.raises(NotFound):
            await house.db.write(lambda uow, h=handle: tokens.issue(uow, h, "phone"))  # type: ignore[misc]
    with pytest.raises(Invalid):
        await house.db.write(lambda uow: tokens.issue(uow, "tom", "phone", ("everything",)))

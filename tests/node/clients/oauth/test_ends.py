"""Every way in which a person closes a door ends what programs may do, at once: tokens, the ways
to new ones, and codes on their way. Each test shows that it was open before."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.node.clients.oauth.flow import (
    PKCE,
    VERIFIER,
    answered,
    code_for,
    new_client,
    sent_to,
    tokens_for,
)
from tests.node.web.house import PASSWORD, WebHouse
from tests.node.web.visitor import Visitor

NEW = "another walk by the quiet river"
End = Callable[[WebHouse, Visitor], Awaitable[object]]


def account_of(uow: UnitOfWork, persona: Actor | None) -> Any:
    assert persona is not None
    account = uow.accounts.get(uow.accounts.account_of(persona.id) or 0)
    assert account is not None
    return account


async def change_password(_house: WebHouse, who: Visitor) -> object:
    return await who.submit("/settings/password", at="/settings", current=PASSWORD, password=NEW)


async def sign_out_everywhere(_house: WebHouse, who: Visitor) -> object:
    return await who.send("/settings/sessions/end-others")


async def sign_out_all_apps(_house: WebHouse, who: Visitor) -> object:
    return await who.send("/settings/apps/end-all")


async def stop_taking_part(_house: WebHouse, who: Visitor) -> object:
    return await who.submit("/settings/consents/stop", at="/settings/consents")


async def take_back_copies(house: WebHouse, who: Visitor) -> object:
    page = await who.get("/settings/consents")
    assert "Copies of what apps write" in page.text
    number = page.text.partition('name="consent" value="')[2].partition('"')[0]
    page = await who.send("/settings/consents/stop-sharing", consent=number)
    assert "signed out" in page.text
    return page


async def be_suspended(house: WebHouse, who: Visitor) -> object:
    persona = who.persona
    assert persona is not None
    suspend = house.rooms.moderation.suspending.suspend
    return await house.db.write(lambda uow: suspend(uow, None, persona, "account", "For a while."))


async def have_the_persona_suspended(house: WebHouse, who: Visitor) -> object:
    persona = who.persona
    assert persona is not None
    suspend = house.rooms.moderation.suspending.suspend
    return await house.db.write(lambda uow: suspend(uow, None, persona, "persona", "For a while."))


async def leave(house: WebHouse, who: Visitor) -> object:
    return await house.db.write(
        lambda uow: house.rooms.rights.leaving.ask(uow, account_of(uow, who.persona), at_once=False)
    )


ENDS: dict[str, End] = {
    "the password changes": change_password,
    "signing out everywhere": sign_out_everywhere,
    "signing out all apps": sign_out_all_apps,
    "no longer taking part": stop_taking_part,
    "taking back copies": take_back_copies,
    "a suspension of the account": be_suspended,
    "a suspension of the persona": have_the_persona_suspended,
    "leaving": leave,
}


@pytest.mark.parametrize("why", ENDS)
async def test_programs_are_out_at_once(one_house: WebHouse, why: str) -> None:
    rowan, app = await one_house.member("rowan"), await new_client(one_house)
    other = await one_house.member("hazel")
    kept = await tokens_for(other, app, scope="read write")
    given = await tokens_for(rowan, app, scope="read write")
    code = await code_for(rowan, app, **PKCE)
    assert await app.opens(given["access_token"])
    await ENDS[why](one_house, rowan)
    assert not await app.opens(given["access_token"])
    assert (await app.refresh(given["refresh_token"])).body["error"] == "invalid_grant"
    late = await app.redeem(code, code_verifier=VERIFIER)
    if why != "taking back copies":  # that code was for reading alone
        assert late.body["error"] == "invalid_grant"
    assert await app.opens(kept["access_token"]), "nobody else is touched"


async def test_a_retired_persona_takes_its_programs_along(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_client(one_house)
    await rowan.get("/settings/personas/new")
    await rowan.submit("/settings/personas/new", handle="wren", name="Wren")
    as_wren = await tokens_for(rowan, app)
    await rowan.submit("/settings/personas", at="/settings/personas", persona="rowan")
    as_rowan = await tokens_for(rowan, app)
    path = "/settings/personas/wren"
    await rowan.submit(f"{path}/retire", at=path, posts="keep", sure="yes")
    assert not await app.opens(as_wren["access_token"])
    assert (await app.refresh(as_wren["refresh_token"])).status == 400
    assert await app.opens(as_rowan["access_token"])


async def test_a_list_shows_who_acts_and_ends_one(house: WebHouse) -> None:
    rowan, hazel = await house.member("rowan"), await house.member("hazel")
    app = await new_client(house, client_name="Larch", client_uri="https://larch.example/")
    first, second = await tokens_for(rowan, app), await tokens_for(rowan, app)
    issued = await house.db.write(lambda uow: house.rooms.tokens.issue(uow, "rowan", "by hand"))
    page = await rowan.get("/settings/apps")
    assert page.text.count("<h2>Larch</h2>") == 2
    assert "<h2>by hand</h2>" in page.text
    assert "Acts as Rowan" in page.text
    keys = [part.partition('"')[0] for part in page.text.split('name="app" value="')[1:]]
    assert len(keys) == 3
    for key in (*keys, "grant-x", "token-1"):
        refused = await hazel.send("/settings/apps/end", app=key)
        assert refused.status == 404
    assert "No app acts for you" in (await hazel.get("/settings/apps")).text
    for key in keys:
        assert (await rowan.send("/settings/apps/end", app=key)).status == 200
    for token in (first["access_token"], second["access_token"], issued.secret):
        assert not await app.opens(token)
    assert "No app acts for you" in (await rowan.get("/settings/apps")).text


async def test_who_agreed_once_is_not_asked_again(house: WebHouse) -> None:
    """Copies of what apps write: asked of each persona, only where an app wants to write."""
    rowan, app = await house.member("rowan"), await new_client(house)
    reads = await rowan.get(app.question(scope="read", **PKCE))
    assert "Copies of what apps write" not in reads.text
    page = await rowan.get(app.question(scope="read write", **PKCE))
    assert "Copies of what apps write" in page.text
    refused = await answered(rowan, page, federate="")
    assert refused.status == 422
    assert "Tick the box if you agree" in refused.text
    page = await rowan.get(app.question(scope="read write", **PKCE))
    assert "code" in sent_to(await answered(rowan, page))[1]
    page = await rowan.get(app.question(scope="read write", **PKCE))
    assert "Copies of what apps write" not in page.text
    assert "code" in sent_to(await answered(rowan, page, federate=""))[1]


async def test_web_09_a_role_that_is_taken_back_is_gone_from_tokens_at_once(
    one_house: WebHouse,
) -> None:
    """And so is everybody who is suspended: whoever calls is looked at each time."""
    rowan, app = await one_house.member("rowan", "moderator"), await new_client(one_house)
    secret = (await tokens_for(rowan, app, scope="read"))["access_token"]
    sessions = one_house.rooms.sessions

    async def role() -> str | None:
        caller = await one_house.db.read(lambda uow: sessions.caller_of(uow, secret))
        return caller.account.role if caller and caller.account else None

    assert await role() == "moderator"
    await one_house.db.write(
        lambda uow: uow.accounts.set_role(account_of(uow, rowan.persona).id, "member")
    )
    assert await role() == "member"
    now = one_house.clock.now()
    await one_house.db.write(
        lambda uow: uow.accounts.suspend(account_of(uow, rowan.persona).id, now)
    )
    assert await role() is None
    assert not await app.opens(secret)


async def test_web_07_signing_out_leads_nowhere_else(one_house: WebHouse) -> None:
    for path in ("//evil.example", "/\\evil.example", "/%2Fevil.example", "https:evil", "/%09/e"):
        rowan = one_house.visitor()
        token = await rowan.token()
        page = await rowan.post("/sign-out", {"csrf": token, "next": path}, follow=False)
        assert page.headers["Location"] == "/?note=signed-out", path

"""The authorization code, from the app's question to its token and the end of it."""

from tests.node.clients.oauth.flow import (
    CALLBACK,
    OOB,
    PKCE,
    VERIFIER,
    answered,
    code_for,
    new_app,
    new_client,
    sent_to,
    tokens_for,
)
from tests.node.web.house import PASSWORD, WebHouse
from tests.node.web.visitor import Page, Visitor


async def test_a_person_lets_an_app_act_as_one_persona(house: WebHouse) -> None:
    rowan = await house.member("rowan")
    app = await new_app(house)
    page = await rowan.get(app.question(scope="read write"))
    assert page.status == 200
    assert "Let Pine act for you?" in page.text
    assert "app.example" in page.text
    place, values = sent_to(await answered(rowan, page))
    assert place == CALLBACK
    assert values["state"] == "a state"
    assert values["iss"] == house.rooms.config.origin
    said = await app.redeem(values["code"])
    assert said.status == 200, said
    assert said.headers["Cache-Control"] == "no-store"
    assert said.headers["Access-Control-Allow-Origin"] == "*"
    assert rowan.persona
    assert said.body["token_type"] == "Bearer"
    assert said.body["scope"] == "read write"
    assert said.body["created_at"] == int(house.clock.now().timestamp())
    assert said.body["activitypub_actor_id"] == rowan.persona.uri
    assert "expires_in" not in said.body
    assert await app.opens(said.body["access_token"])


async def test_a_visitor_signs_in_first_and_comes_back(one_house: WebHouse) -> None:
    await one_house.account("rowan")
    app, rowan = await new_app(one_house), one_house.visitor()
    page = await rowan.get(app.question())
    assert page.path.startswith("/sign-in?next=")
    page = await rowan.submit("/sign-in", name="rowan-private", password=PASSWORD)
    assert page.status == 200
    assert "Let Pine act for you?" in page.text
    _, values = sent_to(await answered(rowan, page))
    assert values["state"] == "a state"
    assert (await app.redeem(values["code"])).status == 200


async def test_who_says_no_sends_the_app_away(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    page = await rowan.get(app.question())
    place, values = sent_to(await answered(rowan, page, decision="deny"))
    assert place == CALLBACK
    assert values["error"] == "access_denied"
    assert values["state"] == "a state"
    assert "code" not in values


async def test_a_code_can_be_taken_to_the_app_by_hand(one_house: WebHouse) -> None:
    rowan = await one_house.member("rowan")
    app = await new_app(one_house, redirect_uris=OOB)
    page = await rowan.get(app.question(redirect_uri=OOB).replace("?", "/?"))
    shown = await answered(rowan, page)
    assert shown.status == 200
    code = shown.text.partition('<input id="code"')[2].partition('value="')[2].partition('"')[0]
    assert (await app.redeem(code, redirect_uri=OOB)).status == 200
    refused = await rowan.get(app.question(redirect_uri=OOB, scope="admin:write"))
    assert refused.status == 400


async def test_web_08_a_code_that_comes_twice_ends_what_it_gave(house: WebHouse) -> None:
    rowan, app = await house.member("rowan"), await new_app(house)
    code = await code_for(rowan, app)
    first = await app.redeem(code)
    assert await app.opens(first.body["access_token"])
    again = await app.redeem(code)
    assert (again.status, again.body["error"]) == (400, "invalid_grant")
    assert not await app.opens(first.body["access_token"])
    assert (await app.refresh(first.body["refresh_token"])).status == 400


async def test_web_08_a_code_is_of_one_client_one_address_and_a_few_minutes(
    one_house: WebHouse,
) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    other = await new_app(one_house)
    code = await code_for(rowan, app)
    for refused in (
        await other.redeem(code),
        await app.redeem(code, redirect_uri=f"{CALLBACK}/more"),
        await app.redeem(code, redirect_uri=None),
        await app.redeem(code + "x"),
        await app.redeem(code, client_secret="wrong"),
        await app.redeem(code, client_secret=None),
    ):
        assert refused.status in (400, 401)
        assert refused.body["error"] in ("invalid_grant", "invalid_client")
    assert (await app.redeem(code)).status == 200
    late = await code_for(rowan, app)
    one_house.clock.advance(minutes=5)
    assert (await app.redeem(late)).body["error"] == "invalid_grant"


async def test_web_08_pkce_is_s256_and_cannot_be_taken_out(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    public = await new_client(one_house)
    for query in (
        {},
        {"code_challenge": VERIFIER},
        {"code_challenge": VERIFIER[:43], "code_challenge_method": "plain"},
        {"code_challenge": VERIFIER[:43]},
        {"code_challenge": "short", "code_challenge_method": "S256"},
    ):
        _, values = sent_to(await _unfollowed(rowan, public.question(**query)))
        assert values["error"] == "invalid_request", query
        assert values["state"] == "a state"
    code = await code_for(rowan, public, **PKCE)
    for verifier in (None, "wrong", VERIFIER[:-1] + "x"):
        assert (await public.redeem(code, code_verifier=verifier)).status == 400
    assert (await public.redeem(code, code_verifier=VERIFIER)).status == 200
    bare = await code_for(rowan, app)
    assert (await app.redeem(bare, code_verifier=VERIFIER)).status == 400


async def test_web_08_an_address_that_is_not_the_apps_gets_nothing(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    for uri in (
        "https://evil.example/callback",
        CALLBACK + "/",
        CALLBACK + "?a=b",
        CALLBACK + "/../x",
        CALLBACK.upper(),
        "https://app.example.evil.example/callback",
        "https://app.example@evil.example/callback",
        "javascript:alert(1)",
    ):
        page = await _unfollowed(rowan, app.question(redirect_uri=uri))
        assert page.status == 400, uri
        assert "Location" not in page.headers
    unknown = await _unfollowed(rowan, app.question(client_id="nobody"))
    assert unknown.status == 400
    twice = await _unfollowed(rowan, app.question() + "&redirect_uri=https%3A%2F%2Fevil.example")
    assert twice.status == 400


async def test_a_program_on_a_computer_chooses_its_port_late(one_house: WebHouse) -> None:
    rowan = await one_house.member("rowan")
    app = await new_client(one_house, redirect_uris=["http://127.0.0.1/cb", "pine.app:/cb"])
    for uri in ("http://127.0.0.1:63546/cb", "pine.app:/cb"):
        page = await rowan.get(app.question(redirect_uri=uri, **PKCE))
        place, values = sent_to(await answered(rowan, page))
        assert place == uri
        assert (
            await app.redeem(values["code"], redirect_uri=uri, code_verifier=VERIFIER)
        ).status == 200
    for uri in ("http://127.0.0.1:63546/cb2", "http://127.0.0.2:63546/cb", "http://localhost/cb"):
        assert (await _unfollowed(rowan, app.question(redirect_uri=uri, **PKCE))).status == 400


async def test_what_the_app_did_wrong_is_told_to_the_app(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house, scopes="read")
    for query, error in (
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "read nonsense"}, "invalid_scope"),
        ({"scope": "write"}, "invalid_scope"),
        ({"response_mode": "fragment"}, "invalid_request"),
    ):
        place, values = sent_to(await _unfollowed(rowan, app.question(**query)))
        assert place == CALLBACK
        assert (values["error"], values["state"]) == (error, "a state")


async def test_web_07_a_mistake_on_purpose_leads_no_visitor_away(one_house: WebHouse) -> None:
    app = await new_app(one_house)
    page = await _unfollowed(one_house.visitor(), app.question(scope="nonsense"))
    assert page.status == 400
    assert "Location" not in page.headers


async def test_a_forced_sign_in_asks_who_one_is(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    page = await rowan.get(app.question(force_login="true"))
    assert "asks that you sign in once more" in page.text
    page = await rowan.submit("/sign-out", next=page.form("/sign-out", "next").fields["next"])
    assert page.path.startswith("/sign-in")
    page = await rowan.submit("/sign-in", name="rowan-private", password=PASSWORD)
    assert "Let Pine act for you?" in page.text


async def test_a_window_that_an_app_opened_is_not_cut_off(one_house: WebHouse) -> None:
    """The form may lead to the app, and to nowhere else."""
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    visitor = one_house.visitor()
    asked = await visitor.get(app.question())
    page = await rowan.get(app.question())
    done = await answered(rowan, page)
    signed_in = await one_house.visitor().get(asked.path)
    for one in (asked, signed_in, page, done):
        assert one.headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
        assert one.headers["X-Frame-Options"] == "DENY"
    policy = page.headers["Content-Security-Policy"]
    assert "form-action 'self' https://app.example;" in policy
    assert (await rowan.get("/settings")).headers["Cross-Origin-Opener-Policy"] == "same-origin"


async def test_nobody_answers_for_somebody_else(one_house: WebHouse) -> None:
    """WEB-01: neither another site nor a visitor, and not as a persona of others."""
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    await one_house.account("hazel")
    page = await rowan.get(app.question())
    fields = page.form("/oauth/authorize", "decision").fields | {"decision": "allow"}
    forged = await rowan.post(
        "/oauth/authorize", fields, {"Origin": "https://evil.example"}, follow=False
    )
    assert forged.status == 403
    forged = await rowan.post("/oauth/authorize", fields | {"csrf": "x"}, follow=False)
    assert forged.status == 403
    wrong = await rowan.post("/oauth/authorize", fields | {"persona": "hazel"}, follow=False)
    assert wrong.status == 422
    assert (await one_house.visitor().post("/oauth/authorize", fields, follow=False)).status == 401


async def test_tokens_of_clients_that_renew_them_are_short(house: WebHouse) -> None:
    rowan, app = await house.member("rowan"), await new_client(house)
    body = await tokens_for(rowan, app)
    assert body["expires_in"] == 7200
    house.clock.advance(seconds=7199)
    assert await app.opens(body["access_token"])
    house.clock.advance(seconds=1)
    assert not await app.opens(body["access_token"])
    fresh = await app.refresh(body["refresh_token"])
    assert fresh.status == 200
    assert await app.opens(fresh.body["access_token"])


async def _unfollowed(visitor: Visitor, path: str) -> Page:
    return await visitor.get(path, follow=False)

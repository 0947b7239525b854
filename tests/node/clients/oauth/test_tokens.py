"""Tokens after the first: renewed once, ended by the app, and what one is of."""

from base64 import b64encode

from node.config import Config
from tests.newcomers import NO_NEWCOMERS
from tests.node.clients.oauth.flow import App, new_app, new_client, tokens_for
from tests.node.web.house import WebHouse, open_web_house


async def test_a_pair_is_renewed_and_the_old_one_opens_nothing(house: WebHouse) -> None:
    rowan, app = await house.member("rowan"), await new_client(house)
    first = await tokens_for(rowan, app, scope="read write:statuses")
    fresh = await app.refresh(first["refresh_token"])
    assert fresh.status == 200
    assert fresh.body["scope"] == "read write:statuses"
    assert not await app.opens(first["access_token"])
    assert await app.opens(fresh.body["access_token"])
    narrow = await app.refresh(fresh.body["refresh_token"], scope="read:statuses")
    assert narrow.body["scope"] == "read:statuses"


async def test_web_08_an_old_refresh_token_ends_the_family(house: WebHouse) -> None:
    rowan, app = await house.member("rowan"), await new_client(house)
    first = await tokens_for(rowan, app)
    other = await tokens_for(rowan, app)
    fresh = await app.refresh(first["refresh_token"])
    again = await app.refresh(first["refresh_token"])
    assert (again.status, again.body["error"]) == (400, "invalid_grant")
    assert not await app.opens(fresh.body["access_token"])
    assert (await app.refresh(fresh.body["refresh_token"])).status == 400
    assert await app.opens(other["access_token"]), "another consent is another family"


async def test_web_08_a_refresh_token_is_of_one_client_and_goes_no_further(
    one_house: WebHouse,
) -> None:
    rowan, app = await one_house.member("rowan"), await new_client(one_house)
    other = await new_client(one_house)
    first = await tokens_for(rowan, app)
    assert (await other.refresh(first["refresh_token"])).body["error"] == "invalid_grant"
    assert (await app.refresh(first["access_token"])).body["error"] == "invalid_grant"
    wider = await app.refresh(first["refresh_token"], scope="read write")
    assert wider.body["error"] == "invalid_scope"
    one_house.clock.advance(hours=24 * 180)
    assert (await app.refresh(first["refresh_token"])).body["error"] == "invalid_grant"


async def test_an_app_ends_what_it_was_given(house: WebHouse) -> None:
    rowan, app = await house.member("rowan"), await new_app(house)
    first, second = await tokens_for(rowan, app), await tokens_for(rowan, app)
    assert (await app.revoke(first["access_token"])).status == 200
    assert not await app.opens(first["access_token"])
    assert (await app.refresh(first["refresh_token"])).status == 400
    assert (await app.revoke(second["refresh_token"])).status == 200
    assert not await app.opens(second["access_token"])
    assert (await app.revoke("never-was-one")).status == 200


async def test_nobody_else_ends_it(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    other = await new_app(one_house)
    first = await tokens_for(rowan, app)
    for secret in (first["access_token"], first["refresh_token"]):
        refused = await other.revoke(secret)
        assert (refused.status, refused.body["error"]) == (403, "unauthorized_client")
        assert (await app.revoke(secret, client_secret="wrong")).status == 401
        assert (await app.revoke(secret, client_secret=None)).status == 401
    assert await app.opens(first["access_token"])
    missing = await app.call("POST", "/oauth/revoke", data={"client_id": app.client_id})
    assert (missing.status, missing.body["error"]) == (400, "invalid_request")


async def test_an_app_by_itself_is_nobody(house: WebHouse) -> None:
    app, public = await new_app(house), await new_client(house)
    said = await app.token(grant_type="client_credentials", scope="read write")
    assert said.status == 200
    assert said.body["scope"] == "read write"
    assert "refresh_token" not in said.body
    assert "activitypub_actor_id" not in said.body
    assert await app.opens(said.body["access_token"])
    bearer = {"Authorization": f"Bearer {said.body['access_token']}"}
    assert (await app.call("GET", "/oauth/userinfo", headers=bearer)).status == 401
    refused = await public.token(grant_type="client_credentials")
    assert refused.body["error"] == "unauthorized_client"
    beyond = await app.token(grant_type="client_credentials", scope="profile admin:read")
    assert beyond.body["error"] == "invalid_scope"
    house.clock.advance(hours=24 * 30)
    assert not await app.opens(said.body["access_token"])


async def test_a_client_presents_itself_in_one_of_two_ways(one_house: WebHouse) -> None:
    app = await new_app(one_house)
    grant = {"grant_type": "client_credentials"}
    packed = b64encode(f"{app.client_id}:{app.secret}".encode()).decode()
    basic = {"Authorization": f"Basic {packed}"}
    said = await app.call("POST", "/oauth/token", headers=basic, data=grant)
    assert said.status == 200
    credentials = {"client_id": app.client_id, "client_secret": app.secret}
    for body in ({"json": grant | credentials}, {"data": grant | credentials}):
        assert (await app.call("POST", "/oauth/token/", **body)).status == 200
    twice = await app.call("POST", "/oauth/token", headers=basic, data=grant | credentials)
    assert (twice.status, twice.body["error"]) == (400, "invalid_request")
    wrong = b64encode(f"{app.client_id}:wrong".encode()).decode()
    for header in (f"Basic {wrong}", "Basic %%%", "Bearer something", "Basic"):
        refused = await app.call(
            "POST", "/oauth/token", headers={"Authorization": header}, data=grant
        )
        assert (refused.status, refused.body["error"]) == (401, "invalid_client"), header
        assert refused.headers["WWW-Authenticate"].startswith("Basic")


async def test_web_08_secrets_stand_in_no_address(one_house: WebHouse) -> None:
    app = await new_app(one_house)
    grant = {"grant_type": "client_credentials", "client_id": app.client_id}
    query = f"/oauth/token?client_secret={app.secret}"
    refused = await app.call("POST", query, data=grant)
    assert (refused.status, refused.body["error"]) == (400, "invalid_request")
    asked = f"/api/v1/apps/verify_credentials?access_token={app.secret}"
    assert (await app.call("GET", asked)).status == 401


async def test_a_password_is_no_business_of_an_app(one_house: WebHouse) -> None:
    await one_house.account("rowan")
    app = await new_app(one_house)
    said = await app.token(
        grant_type="password", username="rowan-private", password="a quiet walk by the river"
    )
    assert (said.status, said.body["error"]) == (400, "unsupported_grant_type")


async def test_web_03_who_guesses_has_to_wait(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    kept = await tokens_for(rowan, app)
    for number in range(30):
        assert (await app.redeem(f"guess-{number}")).status == 400
    refused = await app.redeem("one-more")
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert await app.opens(kept["access_token"])
    one_house.clock.advance(minutes=5)
    assert (await app.redeem("one-more")).status == 400


async def test_web_03_who_tries_tokens_at_a_door_has_to_wait(sqlite_url: str) -> None:
    config = Config(origin="http://localhost:8420", client_calls=3, **NO_NEWCOMERS)
    async with open_web_house(sqlite_url, config=config) as house:
        app = App(house)
        path = "/api/v1/apps/verify_credentials"
        statuses = []
        for number in range(4):
            headers = {"Authorization": f"Bearer guess-{number}"}
            statuses.append((await app.call("GET", path, headers=headers)).status)
        assert statuses == [401, 401, 401, 429]


async def test_web_03_programs_are_not_registered_without_end(one_house: WebHouse) -> None:
    app = await new_app(one_house)
    for _ in range(19):
        await new_client(one_house)
    new = {"client_name": "Pine", "redirect_uris": "https://app.example/"}
    for path in ("/api/v1/apps", "/oauth/register"):
        assert (await app.call("POST", path, json=new)).status == 429


async def test_a_token_knows_one_persona_and_no_other(one_house: WebHouse) -> None:
    """PRV: nothing that a token opens tells of the account's other names."""
    rowan = await one_house.member("rowan")
    await rowan.get("/settings/personas/new")
    await rowan.submit("/settings/personas/new", handle="wren", name="Wren")
    app = await new_app(one_house, scopes="read write profile")
    pages = {}
    for handle in ("rowan", "wren"):
        await rowan.submit("/settings/personas", at="/settings/personas", persona=handle)
        body = await tokens_for(rowan, app, scope="profile read")
        headers = {"Authorization": f"Bearer {body['access_token']}"}
        said = await app.call("GET", "/oauth/userinfo", headers=headers)
        assert said.status == 200
        pages[handle] = (body["activitypub_actor_id"], said.body)
    for handle, other in (("rowan", "wren"), ("wren", "rowan")):
        actor, userinfo = pages[handle]
        assert userinfo["sub"] == actor
        assert userinfo["preferred_username"] == handle
        assert other not in repr(pages[handle]).lower()

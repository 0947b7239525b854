"""Registration, metadata and the small doors, in every form in which real clients call them."""

from typing import Any

import pytest

from node.clients.oauth.rules import check_redirect
from node.errors import KithError
from tests.node.clients.oauth.flow import CALLBACK, OOB, App, new_app, new_client, tokens_for
from tests.node.web.house import WebHouse


async def registered(house: WebHouse, **body: Any) -> Any:
    return await App(house).call("POST", "/api/v1/apps", **body)


async def test_an_app_registers_in_any_form(one_house: WebHouse) -> None:
    fields = {"client_name": "Pine", "scopes": "read write", "website": "https://pine.example"}
    many = f"{CALLBACK}\npine://cb {OOB}"
    listed = [CALLBACK, "pine://cb", OOB]
    form = [*fields.items(), *(("redirect_uris[]", uri) for uri in listed)]
    for body in (
        {"json": fields | {"redirect_uris": many}},
        {"json": fields | {"redirect_uris": listed}},
        {"data": fields | {"redirect_uris": many}},
        {"data": form},
    ):
        said = await registered(one_house, **body)
        assert said.status == 200, said
        assert said.body["redirect_uris"] == listed
        assert said.body["redirect_uri"] == "\n".join(listed)
        assert said.body["scopes"] == ["read", "write"]
        assert said.body["client_secret_expires_at"] == 0
        assert (said.body["name"], said.body["website"]) == ("Pine", "https://pine.example")
        assert said.body["client_id"] != said.body["client_secret"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_name": ""},
        {"client_name": "x" * 200},
        {"redirect_uris": ""},
        {"redirect_uris": "javascript:alert(1)"},
        {"redirect_uris": "http://app.example/"},
        {"scopes": "read admin:read"},
        {"redirect_uris": [{"a": "b"}]},
    ],
)
async def test_what_is_no_app_is_told_what_is_wrong(
    one_house: WebHouse, wrong: dict[str, Any]
) -> None:
    fields = {"client_name": "Pine", "redirect_uris": CALLBACK, "scopes": "read"}
    said = await registered(one_house, json=fields | wrong)
    assert said.status == 422
    assert said.body["error"]


async def test_an_app_is_shown_without_its_secret(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    body = await tokens_for(rowan, app)
    headers = {"Authorization": f"Bearer {body['access_token']}"}
    said = await app.call("GET", "/api/v1/apps/verify_credentials", headers=headers)
    assert said.status == 200
    assert said.body["name"] == "Pine"
    assert str(app.secret) not in repr(said.body)
    made = await one_house.db.write(
        lambda uow: one_house.rooms.tokens.issue(uow, "rowan", "by hand")
    )
    headers = {"Authorization": f"Bearer {made.secret}"}
    said = await app.call("GET", "/api/v1/apps/verify_credentials", headers=headers)
    assert said.body["name"] == "by hand"
    assert (await app.call("GET", "/api/v1/apps/verify_credentials")).status == 401


async def test_a_client_registers_by_rfc_7591(one_house: WebHouse) -> None:
    said = await App(one_house).call(
        "POST",
        "/oauth/register",
        json={"redirect_uris": [CALLBACK], "client_name": "Larch", "scope": "read"},
    )
    assert said.status == 201
    assert said.headers["Cache-Control"] == "private, no-store"
    assert said.body["token_endpoint_auth_method"] == "client_secret_basic"
    assert said.body["grant_types"] == ["authorization_code"]
    assert said.body["client_secret_expires_at"] == 0
    public = await new_client(one_house)
    assert public.secret is None


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"redirect_uris": []}, "invalid_redirect_uri"),
        ({"redirect_uris": ["data:text/html,x"]}, "invalid_redirect_uri"),
        ({"redirect_uris": [f"{CALLBACK}#x"]}, "invalid_redirect_uri"),
        ({"redirect_uris": [1.5]}, "invalid_redirect_uri"),
        ({"token_endpoint_auth_method": "private_key_jwt"}, "invalid_client_metadata"),
        ({"grant_types": ["implicit"]}, "invalid_client_metadata"),
        ({"grant_types": ["password"]}, "invalid_client_metadata"),
        ({"response_types": ["token"]}, "invalid_client_metadata"),
        ({"scope": "everything"}, "invalid_client_metadata"),
        ({"client_name": "x" * 200}, "invalid_client_metadata"),
        ({"software_statement": "x.y.z"}, "invalid_software_statement"),
        ({"jwks_uri": "https://app.example/keys"}, "invalid_client_metadata"),
    ],
)
async def test_what_is_no_client_is_told_by_rfc_7591(
    one_house: WebHouse, wrong: dict[str, Any], error: str
) -> None:
    sent = {"redirect_uris": [CALLBACK], "client_name": "Larch", **wrong}
    said = await App(one_house).call("POST", "/oauth/register", json=sent)
    assert (said.status, said.body["error"]) == (400, error)


async def test_programs_find_out_how_to_sign_in(one_house: WebHouse) -> None:
    app, origin = App(one_house), one_house.rooms.config.origin
    said = await app.call("GET", "/.well-known/oauth-authorization-server")
    assert said.status == 200
    assert said.headers["Access-Control-Allow-Origin"] == "*"
    assert said.body["issuer"] == origin
    for name in ("authorization", "token", "revocation", "registration", "userinfo"):
        assert said.body[f"{name}_endpoint"].startswith(f"{origin}/oauth/")
    assert said.body["app_registration_endpoint"] == f"{origin}/api/v1/apps"
    assert said.body["code_challenge_methods_supported"] == ["S256"]
    assert said.body["client_id_metadata_document_supported"] is True
    assert {"read", "write", "follow", "push", "profile"} <= set(said.body["scopes_supported"])
    assert "password" not in said.body["grant_types_supported"]
    said = await app.call("GET", "/.well-known/oauth-protected-resource")
    assert said.body["resource"] == origin
    assert said.body["authorization_servers"] == [origin]


async def test_userinfo_needs_a_scope_that_allows_it(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    for scope, status in (("push", 403), ("read", 200), ("read:accounts", 200)):
        body = await tokens_for(rowan, app, scope=scope)
        headers = {"Authorization": f"Bearer {body['access_token']}"}
        said = await app.call("GET", "/oauth/userinfo", headers=headers)
        assert said.status == status, scope
    assert (await app.call("GET", "/oauth/userinfo")).status == 401


async def test_web_08_a_session_opens_no_door_and_a_token_no_page(one_house: WebHouse) -> None:
    rowan, app = await one_house.member("rowan"), await new_app(one_house)
    body = await tokens_for(rowan, app)
    for path in ("/oauth/userinfo", "/api/v1/apps/verify_credentials"):
        assert (await rowan.get(path, {"Accept": "application/json"})).status == 401
    bearer = {"Authorization": f"Bearer {body['access_token']}"}
    for path in ("/settings/apps", app.question()):
        page = await one_house.visitor().get(path, bearer)
        assert page.path.startswith("/sign-in")


@pytest.mark.parametrize(
    "uri",
    [
        "https://app.example/cb?a=b",
        "https://app.example:8443/cb",
        "http://127.0.0.1:1234/cb",
        "http://[::1]/cb",
        "http://localhost/cb",
        "com.example.app:/oauth",
        "pine://cb",
        OOB,
    ],
)
def test_where_a_code_may_go(uri: str) -> None:
    check_redirect(uri)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "/callback",
        "//app.example/cb",
        "https:///cb",
        "https://app.example/cb#there",
        "https://app.example/cb#",
        "https://user@app.example/cb",
        "https://app.example;script-src/cb",
        "https://app.example:99999/cb",
        "https://app.example/a b",
        "https://app.example/\n",
        "https://app.example\\@evil.example/",
        "http://app.example/cb",
        "http://127.0.0.1.evil.example/cb",
        "javascript:alert(1)",
        "JavaScript://app.example/%0aalert(1)",
        "data:text/html,hello",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://app.example/1",
        "about:blank",
        "intent://scan/#Intent;end",
        "view-source:https://app.example/",
        "urn:ietf:wg:oauth:2.0:other",
        "https://" + "a" * 1000,
    ],
)
def test_where_no_code_ever_goes(uri: str) -> None:
    with pytest.raises(KithError):
        check_redirect(uri)

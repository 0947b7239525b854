"""New accounts from apps: in test mode at once, otherwise never."""

from pathlib import Path
from typing import Any

import pytest

from tests.node.clients.house import Client, ClientHouse, open_client_house

ACCOUNTS = "/api/v1/accounts"
PERSON = {
    "username": "rowan",
    "email": "rowan@example.com",
    "password": "a quiet walk by the river",
    "agreement": True,
    "locale": "en",
}


async def app_of(house: ClientHouse) -> Client:
    """An app with a token of its own."""
    sent = {
        "client_name": "suite",
        "redirect_uris": "urn:ietf:wg:oauth:2.0:oob",
        "scopes": "read write follow",
    }
    app = await house.visitor.ok("POST", "/api/v1/apps", json=sent)
    token = await house.visitor.ok(
        "POST",
        "/oauth/token",
        json={
            "grant_type": "client_credentials",
            "client_id": app["client_id"],
            "client_secret": app["client_secret"],
            "scope": "read write",
        },
    )
    return Client(house.house, token["access_token"], None)


async def test_in_test_mode_a_token_comes_at_once(sqlite_url: str, tmp_path: Path) -> None:
    async with open_client_house(tmp_path, sqlite_url, test_mode=True) as house:
        app = await app_of(house)
        token = await app.ok("POST", ACCOUNTS, json=PERSON)
        assert (token["token_type"], token["scope"]) == ("Bearer", "read write follow")
        rowan = Client(house.house, token["access_token"], None)
        mine = (await rowan.get(f"{ACCOUNTS}/verify_credentials")).body
        assert (mine["acct"], mine["locked"], mine["source"]["privacy"]) == (
            "rowan",
            False,
            "public",
        )
        again = await app.post(ACCOUNTS, json=PERSON)
        assert again.status == 422
        assert set(again.body["details"]) & {"email", "username"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"agreement": False}, "agreement"),
        ({"username": "a name"}, "username"),
        ({"password": "short"}, "password"),
    ],
)
async def test_what_does_not_fit_is_named(
    sqlite_url: str, tmp_path: Path, wrong: dict[str, Any], field: str
) -> None:
    async with open_client_house(tmp_path, sqlite_url, test_mode=True) as house:
        app = await app_of(house)
        answer = await app.post(ACCOUNTS, data={**PERSON, "agreement": "true"} | _texts(wrong))
        assert answer.status == 422
        assert field in answer.body["details"]


@pytest.mark.parametrize(("is_open", "says"), [(True, "/sign-up"), (False, "takes no new people")])
async def test_otherwise_people_sign_up_on_the_page(
    sqlite_url: str, tmp_path: Path, is_open: bool, says: str
) -> None:
    async with open_client_house(tmp_path, sqlite_url, open_signup=is_open) as house:
        app = await app_of(house)
        answer = await app.post(ACCOUNTS, json=PERSON)
        assert answer.status == 422
        assert says in answer.body["error"]
        assert (await house.visitor.post(ACCOUNTS, json=PERSON)).status == 401
        assert (await app.post("/api/v1/emails/confirmations")).status == 403


def _texts(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value).lower() for name, value in values.items()}

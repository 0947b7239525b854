"""Signing in with a password, which no program has any business with: for suites of tests alone."""

from pathlib import Path

from node.accounts.passwords import ARGON2, Hasher
from tests.node.clients.house import open_client_house


async def test_in_test_mode_a_suite_signs_in_with_a_password(
    sqlite_url: str, tmp_path: Path
) -> None:
    """And nowhere else: `test_a_password_is_no_business_of_an_app`."""
    async with open_client_house(tmp_path, sqlite_url, test_mode=True) as house:
        rooms, hasher = house.rooms, Hasher(ARGON2)
        rowan = await house.person("rowan")
        hashed = hasher.hash_now("a walk")
        hasher.close()
        await rooms.db.write(
            lambda uow: rooms.accounts.set_password(
                uow, uow.accounts.account_of(rowan.persona.id), hashed
            )
        )
        app = await house.visitor.ok(
            "POST",
            "/api/v1/apps",
            json={"client_name": "A suite", "redirect_uris": "http://app.test/", "scopes": "read"},
        )
        grant = {
            "grant_type": "password",
            "client_id": app["client_id"],
            "client_secret": app["client_secret"],
            "username": "rowan-name@example.com",
            "password": "a walk",
        }
        body = await house.visitor.ok("POST", "/oauth/token", data=grant)
        assert body["activitypub_actor_id"] == rowan.persona.uri
        wrong = await house.visitor.post("/oauth/token", json=grant | {"password": "a run"})
        assert (wrong.status, wrong.body["error"]) == (400, "invalid_grant")

"""Errors: a page for people, JSON for programs, one line in the log, and no typed word lost."""

import logging

import pytest

from node.errors import Invalid, KithError, NotFound, Refused
from node.web.errors import status_of
from node.web.sessions import SignInNeeded
from tests.node.web.house import WebHouse

WORDS = "It was a long night & <b>I</b> wrote it all down."


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound(), 404),
        (Invalid("title", "No."), 422),
        (SignInNeeded(), 401),
        (Refused("No."), 403),
        (Refused("No.", "slow-down"), 429),
        (Refused("No.", "busy"), 503),
        (Refused("No.", "not-found"), 404),
        (KithError("No."), 403),
    ],
)
def test_each_error_has_one_status(error: KithError, status: int) -> None:
    assert status_of(error) == status


async def test_what_is_not_there_is_a_calm_page(house: WebHouse) -> None:
    page = await house.visitor().get("/no/such/page")
    assert page.status == 404
    assert "<h1>Not found</h1>" in page.text
    assert 'href="/help"' in page.text


async def test_programs_get_json(house: WebHouse) -> None:
    visitor = house.visitor()
    for path in ("/groups/nobody", "/no/such/page"):
        async with visitor.client.get(path, headers={"Accept": "application/json"}) as answer:
            assert answer.status == 404
            assert answer.content_type == "application/json"
            assert (await answer.json())["error"] == "not-found"
    async with visitor.client.get("/settings", headers={"Accept": "application/json"}) as answer:
        assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert (await answer.json())["error"] == "sign-in-needed"


async def test_the_wrong_kind_of_request_is_405(house: WebHouse) -> None:
    page = await house.visitor().post("/help", {})
    assert (page.status, page.headers["Allow"]) == (405, "GET,HEAD")


async def test_an_unexpected_error_is_calm_and_logged_once(
    house: WebHouse, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    tom = await house.member("tom")

    def broken(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(house.rooms.accounts, "rename", broken)
    with caplog.at_level(logging.WARNING):
        page = await tom.submit("/settings/persona", at="/settings", display_name="Other")
    assert page.status == 500
    assert "It is not your fault" in page.text
    assert "secret of the house" not in page.text
    assert page.headers["Content-Security-Policy"]
    [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.getMessage() == "unexpected error in POST /settings/persona"
    assert "secret of the house" in (record.exc_text or "")


async def test_words_typed_while_signed_out_are_not_lost(house: WebHouse) -> None:
    mara = await house.member("mara")
    await house.group("sleep", mara)
    await mara.get("/groups/sleep/new")
    assert mara.page is not None
    form = mara.page.form("/groups/sleep/new")
    house.clock.advance(hours=15 * 24)
    page = await mara.post(form.action, form.fields | {"title": "Awake", "text": WORDS})
    assert page.status == 401
    assert "What you wrote is not lost" in page.text
    assert "It was a long night &amp; &lt;b&gt;I&lt;/b&gt; wrote it all down." in page.text


async def test_words_typed_before_signing_in_again_are_not_lost(house: WebHouse) -> None:
    mara = await house.member("mara")
    await house.group("sleep", mara)
    fields = {"csrf": "of-an-older-session", "title": "Awake", "text": WORDS}
    page = await mara.post("/groups/sleep/new", fields)
    assert page.status == 403
    assert "wrote it all down." in page.text


async def test_words_from_another_site_are_not_shown(house: WebHouse) -> None:
    mara = await house.member("mara")
    page = await mara.post("/groups/sleep/new", {"text": WORDS}, {"Origin": "https://evil.example"})
    assert page.status == 403
    assert "wrote it all down." not in page.text


async def test_passwords_are_never_shown_again(house: WebHouse) -> None:
    visitor = house.visitor()
    fields = {"name": "tom", "password": "seven geese", "current": "eight geese"}
    for path in ("/sign-in", "/settings/password", "/sign-up"):
        page = await visitor.post(path, fields)
        assert page.status in (401, 403)
        assert "geese" not in page.text

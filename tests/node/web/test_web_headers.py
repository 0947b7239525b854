"""XSS-09, WEB-17: what a browser may do with our answers, whatever the answer."""

from collections.abc import AsyncIterator

import pytest

from node.config import Config
from node.web.headers import CONTENT_SECURITY_POLICY
from tests.node.web.house import WebHouse, open_web_house

PAGES = ("/", "/groups", "/sign-in", "/sign-up", "/more", "/nothing-here", "/groups/nobody")


@pytest.fixture
async def tls_house(sqlite_url: str) -> AsyncIterator[WebHouse]:
    """A node that people reach over https."""
    config = Config(node_name="Harbour", origin="https://kith.example")
    async with open_web_house(sqlite_url, config=config) as opened:
        yield opened


@pytest.mark.parametrize("path", [*PAGES, "/static/kith.svg", "/static/none.css"])
async def test_xss_09_web_17_every_answer_carries_the_policy(house: WebHouse, path: str) -> None:
    headers = (await house.visitor().get(path)).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    for rule in ("default-src 'none'", "form-action 'self'", "base-uri 'none'"):
        assert rule in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] == "Kith"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]


async def test_xss_09_help_may_keep_itself_for_offline_and_nothing_else(house: WebHouse) -> None:
    page = await house.visitor().get("/help")
    policy = page.headers["Content-Security-Policy"]
    added = policy.removeprefix(CONTENT_SECURITY_POLICY)
    assert added == "; script-src 'self'; worker-src 'self'; connect-src 'self'"
    assert page.text.count("<script") == 1
    assert '<script src="/static/help.js' in page.text
    for forbidden in ("style=", "<style", " onclick", "javascript:", "<iframe"):
        assert forbidden not in page.text.lower()


async def test_xss_09_no_page_has_script_or_style_of_its_own(house: WebHouse) -> None:
    mara = await house.member("mara", "administrator")
    await house.group("sleep", mara)
    thread = await mara.submit(
        "/groups/sleep/new", at="/groups/sleep/new", title="Awake", text="again"
    )
    for path in (*PAGES, "/settings", "/groups/new", "/groups/sleep", thread.path):
        text = (await mara.get(path)).text.lower()
        for forbidden in ("<script", "style=", "<style", " onclick", "javascript:", "<iframe"):
            assert forbidden not in text, (path, forbidden)


async def test_invariant_23_nothing_is_asked_of_anybody_else(house: WebHouse) -> None:
    text = (await house.visitor().get("/")).text
    assert text.count("https://") == 1
    assert '<a class="away" href="https://www.wikipedia.org/" rel="noreferrer noopener">' in text


async def test_pages_of_a_signed_in_person_are_kept_nowhere(house: WebHouse) -> None:
    tom, visitor = await house.member("tom"), house.visitor()
    for path in ("/", "/groups", "/nothing-here"):
        assert (await tom.get(path)).headers["Cache-Control"] == "private, no-store"
        assert (await visitor.get(path)).headers["Cache-Control"] == "private, no-cache"
    assert (await visitor.get("/sign-in")).headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in (await visitor.get("/")).headers["Vary"]


async def test_hsts_is_for_https(house: WebHouse, tls_house: WebHouse) -> None:
    assert "Strict-Transport-Security" not in (await house.visitor().get("/")).headers
    headers = (await tls_house.visitor().get("/")).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


async def test_files_are_kept_for_ever_under_the_address_with_their_hash(house: WebHouse) -> None:
    visitor = house.visitor()
    text = (await visitor.get("/")).text
    address = text.split('rel="stylesheet" href="')[1].split('"')[0]
    style = await visitor.get(address)
    assert style.headers["Content-Type"] == "text/css; charset=utf-8"
    assert style.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    other = await visitor.get("/static/kith.css?v=older")
    assert other.headers["Cache-Control"] == "public, max-age=300"
    again = await visitor.get(address, {"If-None-Match": style.headers["ETag"]})
    assert (again.status, again.text) == (304, "")


@pytest.mark.parametrize("name", ["..%2fi18n.py", "%2e%2e/keys.py", "none.css", "kith.css%00"])
async def test_only_what_is_shipped_is_served(house: WebHouse, name: str) -> None:
    assert (await house.visitor().get(f"/static/{name}")).status == 404

"""The crisis page, for everybody and always; and who keeps its list."""

from dataclasses import replace

import pytest

from node.config import Config
from node.help.rules import country_for, language_of
from tests.newcomers import NO_NEWCOMERS
from tests.node.web.house import PASSWORD, WebHouse, open_web_house

NODE = Config(node_name="Harbour", countries="GB", **NO_NEWCOMERS)
PAGES = ("/help", "/help/in/GB", "/help/in/ZZ", "/help/steps", "/help/card/GB")


async def test_invariant_05_help_is_open_to_everybody_always(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url, config=NODE) as house:
        member = await house.member("ann")
        for who in (house.visitor(), member):
            for path in PAGES:
                page = await who.get(path)
                assert page.status == 200, path
            page = await who.get("/help")
            assert "999" in page.text
            assert page.text.index("999") < page.text.index("116 123"), "danger comes first"
            assert "not checked these numbers" in page.text
            assert 'href="tel:116123"' in page.text
            assert 'href="sms:85258?body=SHOUT"' in page.text
            assert "findahelpline.com" in page.text


@pytest.mark.parametrize("path", ["/help/in/gb", "/help/in/GBR", "/help/card/x", "/help/nothing"])
async def test_no_such_page(sqlite_url: str, path: str) -> None:
    async with open_web_house(sqlite_url, config=NODE) as house:
        assert (await house.visitor().get(path)).status == 404


async def test_invariant_06_checked_one_by_one_and_not_for_ever(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url, config=NODE) as house:
        ann, at = await house.member("ann", "administrator"), "/moderation/helplines/gb-samaritans"
        assert (await ann.send(f"{at}/confirm")).status == 422
        assert (await ann.submit(f"{at}/confirm", at=at, looked="yes")).status == 200
        text = (await house.visitor().get("/help")).text
        assert text.index("116 123") < text.index("not checked these numbers")
        assert text.index("not checked these numbers") < text.index("0800 1111"), "that one is not"

        house.clock.advance(hours=24 * 181)
        await ann.sign_in("ann-private", PASSWORD)
        assert "Nobody checked this for a year" not in (await house.visitor().get("/help")).text
        assert "Time to look again" in (await ann.get("/moderation/helplines")).text
        house.clock.advance(hours=24 * 185)
        assert "Nobody checked this for a year" in (await house.visitor().get("/help")).text


async def test_invariant_06_adults_and_young_side_by_side(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url, config=NODE) as house:
        ann = await house.member("ann", "administrator")
        for key in ("gb-samaritans", "gb-shout", "gb-childline"):
            at = f"/moderation/helplines/{key}"
            await ann.submit(f"{at}/confirm", at=at, looked="yes")
        text = (await house.visitor().get("/help")).text
        assert text.index("Samaritans") < text.index("Childline") < text.index("Shout")


async def test_the_list_is_kept(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url, config=NODE) as house:
        ann = await house.member("ann", "administrator")
        mo = await house.member("mo", "moderator")
        assert (await mo.get("/moderation/helplines")).status == 404
        new = "/moderation/helplines/new"
        entry = {
            "country": "GB",
            "name": "Quiet Line",
            "audience": "everyone",
            "call_as": "0800 1234, ask for Jo",
            "source": "https://quiet.example",
        }
        refused = await ann.submit(new, at=new, **entry)
        assert refused.status == 422
        assert "0800 1234, ask for Jo" in refused.text
        made = await ann.submit(new, at=new, **(entry | {"call_as": "0800 1234"}))
        assert made.status == 200
        text = (await house.visitor().get("/help")).text
        assert text.index("not checked these numbers") < text.index("Quiet Line")
        at = made.path.partition("?")[0]
        await ann.submit(f"{at}/retire", at=at)
        assert "Quiet Line" not in (await house.visitor().get("/help")).text


async def test_the_node_says_its_own_number(sqlite_url: str) -> None:
    own = replace(NODE, countries="", emergency_number="115")
    async with open_web_house(sqlite_url, config=own) as house:
        assert 'href="tel:115"' in (await house.visitor().get("/help")).text
        assert "911" in (await house.visitor().get("/help/in/US")).text


async def test_what_keeps_the_pages_touches_no_other(house: WebHouse) -> None:
    worker = await house.visitor().get("/help/worker.js")
    assert worker.status == 200
    assert 'credentials: "omit"' in worker.text
    assert "connect-src 'self'" in worker.headers["Content-Security-Policy"]
    policy = (await house.visitor().get("/help")).headers["Content-Security-Policy"]
    assert "script-src 'self'; worker-src 'self'" in policy
    elsewhere = await house.visitor().get("/more")
    assert "script-src" not in elsewhere.headers["Content-Security-Policy"]


async def test_invariant_01_help_is_of_ones_country_and_language(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url, config=NODE) as house:
        ann = await house.member("ann", "administrator")
        for key, languages in (("gb-shout", "en"), ("gb-samaritans", "en cy")):
            at = f"/moderation/helplines/{key}"
            changed = await ann.submit(at, at=at, languages=languages)
            at = changed.path.partition("?")[0]
            await ann.submit(f"{at}/confirm", at=at, looked="yes")
        visitor = house.visitor()
        welsh = (await visitor.get("/help", {"Accept-Language": "cy-GB, en"})).text
        assert welsh.index("Samaritans") < welsh.index("Shout")


def test_the_country_is_a_good_guess() -> None:
    assert country_for("de-AT, de", ["GB", "AT"]) == "AT"
    assert country_for("en-US", ["GB", "IE"]) == "GB", "browsers say en-US everywhere"
    assert country_for("en-US", []) == "US"
    assert country_for("", []) is None
    assert language_of("de-AT, en") == "de"
    assert language_of("*") == ""

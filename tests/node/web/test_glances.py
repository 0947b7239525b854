"""A glance over the shoulder tells nothing: titles are neutral, nobody is counted in public, and
"Leave this site" leaves nothing behind for whoever chose that."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import node
from node.config import Config
from node.config_values import read_site
from tests.newcomers import NO_NEWCOMERS
from tests.node.web.house import WebHouse, open_web_house
from tests.node.web.visitor import Visitor

ROOT = Path(node.__file__).parent
TITLE = re.compile(r"\{% block title %\}(.*?)\{% endblock %\}", re.S)
PLAIN = re.compile(
    r'(\{\{ _\("[^"]+"\) \}\}|\{% (?:if|elif) [^%]+ %\}|\{% else %\}|\{% endif %\}|\s)*'
)


def templates() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("templates/*.html")):
        if path.name != "layout.html" and "{% block title %}" in path.read_text():
            yield path


@pytest.mark.parametrize("path", [str(path.relative_to(ROOT)) for path in templates()])
def test_a_title_says_nothing_that_anybody_wrote(path: str) -> None:
    """Fixed words of ours, or two to choose from; never a name, a subject or a group."""
    found = TITLE.search((ROOT / path).read_text())
    assert found is not None
    assert PLAIN.fullmatch(found[1]), found[1]


async def test_the_tab_names_neither_the_subject_nor_the_community(sqlite_url: str) -> None:
    config = Config(
        node_name="Riverside Bereavement Support",
        origin="http://localhost:8420",
        tab_name="Riverside",
        **NO_NEWCOMERS,
    )
    async with open_web_house(sqlite_url, config=config) as house:
        mara = await house.member("mara")
        await house.group("sleep", mara)
        thread = await opened(mara)
        text = (await mara.get(thread)).text
        assert "<h1" in text
        assert "Awake again" in text
        assert "<title>A thread · Riverside</title>" in text
        assert "<title>A group · Riverside</title>" in (await mara.get("/groups/sleep")).text


async def opened(who: Visitor) -> str:
    page = await who.submit(
        "/groups/sleep/new", at="/groups/sleep/new", title="Awake again", text="It is three."
    )
    return page.path.partition("?")[0]


async def test_invariant_22_reactions_are_counted_for_the_author_alone(house: WebHouse) -> None:
    mara, tom, ben = [await house.member(name) for name in ("mara", "tom", "ben")]
    await house.group("sleep", mara)
    path = await opened(mara)
    number = path.rpartition("/")[2]
    for who in (tom, ben):
        await who.submit("/groups/sleep/join", at="/groups/sleep")
        await who.submit(f"/posts/{number}/react", at=path, kind="strength")
    counted = re.compile(r'class="chip is-strength"[^>]*>Sending strength <span>2</span>')
    assert counted.search((await mara.get(path)).text)
    for reader in (tom, house.visitor()):
        text = (await reader.get(path)).text
        assert 'class="chip is-strength"' in text
        assert not re.search(r'class="chip[^>]*>[^<]*<span>', text)


class TestLeaving:
    async def test_it_leads_away_and_drops_what_the_browser_kept(self, house: WebHouse) -> None:
        tom = await house.member("tom")
        answer = await tom.get("/leave", follow=False)
        assert answer.status == 303
        assert answer.headers["Location"] == "https://www.wikipedia.org/"
        assert answer.headers["Clear-Site-Data"] == '"cache"'
        assert answer.headers["Referrer-Policy"] == "no-referrer"

    async def test_it_leaves_the_session_alone_unless_asked(self, house: WebHouse) -> None:
        tom = await house.member("tom")
        await tom.get("/leave", follow=False)
        assert (await tom.get("/settings", follow=False)).status == 200
        assert 'class="away" href="https://www.wikipedia.org/"' in (await tom.get("/")).text

    async def test_it_signs_out_whoever_chose_that(self, house: WebHouse) -> None:
        tom = await house.member("tom")
        await tom.submit("/settings/leaving", at="/settings", signs_out="yes")
        assert 'class="away" href="/leave"' in (await tom.get("/")).text
        await tom.get("/leave", follow=False)
        assert (await tom.get("/settings")).path.startswith("/sign-in")

    async def test_the_choice_can_be_taken_back(self, house: WebHouse) -> None:
        tom = await house.member("tom")
        await tom.submit("/settings/leaving", at="/settings", signs_out="yes")
        await tom.post("/settings/leaving", {"csrf": await tom.token()})
        await tom.get("/leave", follow=False)
        assert (await tom.get("/settings", follow=False)).status == 200

    async def test_it_works_for_whoever_is_signed_in_nowhere(self, house: WebHouse) -> None:
        answer = await house.visitor().get("/leave", follow=False)
        assert answer.headers["Location"] == "https://www.wikipedia.org/"


@pytest.mark.parametrize(
    "wrong", ["http://example.org/", "javascript:alert(1)", 'https://a/"x', ""]
)
def test_only_a_page_of_another_site_can_be_set(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"write an address|do not belong|must not be empty"):
        read_site(wrong)

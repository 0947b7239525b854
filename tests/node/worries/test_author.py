"""Whoever writes is shown help, before and after; nobody else sees anything of it."""

from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor

RISKY = {"title": "Tonight", "text": "I want to die tonight"}
HELP = "If you are not safe, please get help now"


async def posts(visitor: Visitor, **fields: str) -> str:
    """A thread in the group, with what the page asks before it is sent; where it stands."""
    page = await visitor.submit("/groups/grief/new", at="/groups/grief/new", **fields)
    if page.status == 422:
        page = await visitor.submit("/groups/grief/new", **fields)
    assert page.status == 200, page.text
    return page.path


async def test_invariant_01_help_is_shown_to_the_author_before_and_after(
    house: WebHouse,
) -> None:
    ann, mo = await house.member("ann"), await house.member("mo")
    await house.group("grief", ann)
    await mo.submit("/groups/grief/join", at="/groups/grief")
    asked = await mo.submit("/groups/grief/new", at="/groups/grief/new", **RISKY)
    assert asked.status == 422
    assert HELP in asked.text
    assert "I want to die tonight" in asked.text, "what was typed is kept"
    none = await house.db.read(lambda uow: uow.risk_signals.queue(10))
    assert none == [], "nothing is kept of a draft"
    kept = await mo.submit("/groups/grief/new", **RISKY)
    assert kept.status == 200
    assert "A person of the team looks" in kept.text
    assert (await mo.get("/help")).status == 200
    thread = kept.path.partition("?")[0]

    for other in (await house.member("june"), house.visitor()):
        seen = await other.get(thread)
        assert "I want to die tonight" in seen.text, "its group reads it"
        for word in ("Get help now” is at", "A person of the team looks", HELP):
            assert word not in seen.text


async def test_a_calm_word_is_not_asked_about(house: WebHouse) -> None:
    ann = await house.member("ann")
    await house.group("grief", ann)
    page = await ann.submit(
        "/groups/grief/new", at="/groups/grief/new", title="Rain", text="It rained all day."
    )
    assert page.status == 200
    assert "note=posted" in page.path


async def test_invariant_07_the_rules_stand_where_people_write(house: WebHouse) -> None:
    ann = await house.member("ann")
    await house.group("grief", ann)
    composer = (await ann.get("/groups/grief/new")).text
    assert "no methods, doses or places" in composer
    assert "No goodbye notes, no pacts, nothing told while it happens" in composer
    assert "Hope is welcome" in composer
    page = await ann.submit(
        "/groups/grief/new", title="How", text="How many pills would one need for it?"
    )
    assert page.status == 422
    assert "Would you leave it out?" in page.text


async def test_the_author_says_so(house: WebHouse) -> None:
    ann, mo = await house.member("ann"), await house.member("mo")
    await house.group("grief", ann)
    await mo.submit("/groups/grief/join", at="/groups/grief")
    await posts(mo, title="Hello", text="A long day.", unsafe="yes")
    [signal] = await house.db.read(lambda uow: uow.risk_signals.queue(10))
    assert [hit.source for hit in signal.signs.hits] == ["author"]


async def test_invariant_02_a_worry_shows_nowhere_but_to_the_team(any_house: WebHouse) -> None:
    house = any_house
    ann, mo = await house.member("ann", "moderator"), await house.member("mo")
    june = await house.member("june")
    await house.group("grief", ann)
    await mo.submit("/groups/grief/join", at="/groups/grief")
    at = (await posts(mo, title="Hello", text="A long day.")).partition("?")[0]
    number = at.rpartition("/")[2]
    told = await june.submit(f"/worried/{number}", at=f"/worried/{number}", words="She sounded odd")
    assert "nobody else learns of it" in told.text
    assert (await mo.get(f"/worried/{number}")).status == 404, "not about oneself"

    for visitor in (mo, june, house.visitor()):
        for path in (at, "/groups/grief", "/news", "/", "/personas/mo"):
            text = (await visitor.get(path)).text
            assert "She sounded odd" not in text
            assert "/moderation/risk" not in text
        assert (await visitor.get("/moderation/risk")).status in (200, 404)
        assert "Take the next one" not in (await visitor.get("/moderation/risk")).text
    news = (await ann.get("/news")).text
    assert "Something waits for the team" in news
    for word in ("She sounded odd", "A long day", "worried"):
        assert word not in news

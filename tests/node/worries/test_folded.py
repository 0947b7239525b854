"""Words that may tell a method: folded away for others until a person has looked."""

import pytest

from node.safety.word_rules import BrokenRules, read_rules
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor
from tests.node.worries.test_author import posts

QUEUE = "/moderation/risk"
METHOD = "How many pills does it take, somebody tell me"
NOTE = "A person of the team looks at this first."
EVERYWHERE = ("/groups/grief", "/", "/personas/mo", "/needs-a-reply", "/api/kith/v1/groups")


async def people(house: WebHouse) -> tuple[Visitor, Visitor, Visitor]:
    """A moderator, an author, a member."""
    ann, mo, june = [await house.member(name) for name in ("ann", "mo", "june")]
    await house.group("grief", ann)
    for who in (mo, june):
        await who.submit("/groups/grief/join", at="/groups/grief")
    return ann, mo, june


async def settle(ann: Visitor, **what: str) -> Visitor:
    """A person of the team looks, and decides."""
    page = await ann.submit(f"{QUEUE}/next", at=QUEUE)
    at = page.path.partition("?")[0]
    await ann.submit(f"{at}/open")
    await ann.submit(f"{at}/settle", outcome="answered", **what)
    return ann


async def test_invariant_03_method_detail_is_folded_away_until_a_person_cleared_it(
    any_house: WebHouse,
) -> None:
    ann, mo, june = await people(any_house)
    path = (await posts(mo, title="Pills at night", text=METHOD)).partition("?")[0]
    assert mo.page is not None
    assert METHOD in mo.page.text, "the author sees their own words"
    assert "others read them once a person of the team has looked" in mo.page.text
    for other in (june, any_house.visitor()):
        thread = await other.get(path)
        assert thread.status == 200
        assert NOTE in thread.text
        for where in (path, *EVERYWHERE):
            text = (await other.get(where)).text
            assert "How many pills" not in text, where
            assert "Pills at night" not in text, where
    assert NOTE in (await june.get("/groups/grief")).text, "it is shown in its group"
    assert METHOD in (await ann.get(path)).text, "the team reads it"

    await settle(ann, fold="")
    assert METHOD not in (await june.get(path)).text
    number = path.rpartition("/")[2]
    calm = {"title": "At night", "text": "I lie awake."}
    await mo.submit(f"/posts/{number}/edit", at=f"/posts/{number}/edit", **calm)
    assert "lie awake" not in (await june.get(path)).text, "other words do not unfold it"
    await settle(ann, fold="show")
    assert "lie awake" in (await june.get(path)).text


async def test_invariant_03_what_is_folded_away_goes_nowhere_else(house: WebHouse) -> None:
    ann, mo, june = await people(house)
    await posts(mo, title="Pills at night", text=METHOD)
    page = await ann.submit(f"{QUEUE}/next", at=QUEUE)
    at = page.path.partition("?")[0]
    await ann.submit(f"{at}/open")
    refused = await ann.send(f"{at}/settle", outcome="answered", post="go", fold="")
    assert refused.status == 422
    assert "is shown here first" in refused.text
    assert METHOD not in (await june.get("/groups/grief")).text


async def test_a_reply_is_folded_away_and_the_thread_stays(house: WebHouse) -> None:
    ann, mo, june = await people(house)
    path = (await posts(june, title="Rain", text="It rained all day.")).partition("?")[0]
    number = path.rpartition("/")[2]
    first = await mo.submit(f"/posts/{number}/reply", at=path, text=METHOD)
    assert first.status == 422
    await mo.submit(f"/posts/{number}/reply", text=METHOD)
    text = (await june.get(path)).text
    assert "It rained all day." in text
    assert NOTE in text
    assert METHOD not in text
    assert METHOD in (await ann.get(path)).text


async def test_hard_words_without_a_method_are_not_folded(house: WebHouse) -> None:
    _ann, mo, june = await people(house)
    path = await posts(mo, title="Tonight", text="I want to die")
    assert "I want to die" in (await june.get(path.partition("?")[0])).text


def test_a_rule_says_whether_it_folds() -> None:
    text = "language: en\nrule: x\nseverity: 1\nmatch: dose\nyes: a dose\nno: a rose\n"
    assert not read_rules(text).rules[0].folds
    assert read_rules(text + "folds: yes\n").rules[0].folds
    with pytest.raises(BrokenRules, match="yes or no"):
        read_rules(text + "folds: maybe\n")


async def test_what_a_poll_says_is_looked_at_too(house: WebHouse) -> None:
    _ann, mo, june = await people(house)
    fields = {"option-1": "How many pills", "option-2": "I do not know"}
    page = await mo.submit(
        "/groups/grief/new", at="/groups/grief/new", title="A question", text="Yes or no", **fields
    )
    assert page.status == 422, "its author is shown that before"
    await mo.submit("/groups/grief/new", **fields)
    assert NOTE in (await june.get("/groups/grief")).text

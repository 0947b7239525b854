"""The team's work: one at a time, in order, claimed, in one's own words, and with a break."""

from dataclasses import dataclass

import pytest

from node.groups.drafts import ThreadDraft
from node.housekeeping import Housekeeping
from node.safety.word_rules import BrokenRules, read_rules
from node.safety.words import shipped
from node.worries.letters import BEGINNINGS
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor
from tests.node.worries.test_author import posts

QUEUE = "/moderation/risk"
SAID = {
    "hurt": "I want to hurt myself, I do",
    "die": "I want to die, I do",
    "kill": "I will kill myself, I do",
}
OWN_WORDS = "Hello Mo, I am Ann. I read what you wrote and I am glad you did. Are you safe?"


@dataclass
class Night:
    house: WebHouse
    ann: Visitor
    mo: Visitor

    async def say(self, text: str, **more: str) -> None:
        await posts(self.mo, title="A day", text=text, **more)

    async def take(self) -> str:
        """The next one, opened; its address."""
        page = await self.ann.submit(f"{QUEUE}/next", at=QUEUE)
        at = page.path.partition("?")[0]
        await self.ann.submit(f"{at}/open")
        return at


@pytest.fixture
async def night(any_house: WebHouse) -> Night:
    house = any_house
    ann, mo = await house.member("ann", "moderator"), await house.member("mo")
    await house.group("grief", ann)
    await mo.submit("/groups/grief/join", at="/groups/grief")
    return Night(house, ann, mo)


async def test_the_gravest_comes_first_and_then_the_longest_wait(night: Night) -> None:
    for words in SAID.values():
        await night.say(words)
        night.house.clock.advance(hours=1)
    seen = []
    for _ in range(3):
        at = await night.take()
        assert night.ann.page is not None
        text = night.ann.page.text
        seen.append(next(word for word in SAID if SAID[word] in text))
        await night.ann.submit(f"{at}/settle", outcome="answered", post="stay")
    assert seen == ["die", "kill", "hurt"]


async def test_nothing_is_read_before_it_is_opened_and_each_look_is_written_down(
    night: Night,
) -> None:
    await night.say("I want to die")
    queue = await night.ann.get(QUEUE)
    assert "I want to die" not in queue.text
    page = await night.ann.submit(f"{QUEUE}/next", at=QUEUE)
    assert "I want to die" not in page.text
    opened = await night.ann.submit(f"{page.path.partition('?')[0]}/open")
    assert "I want to die" in opened.text
    log = await night.house.db.read(lambda uow: uow.audit.newest(10))
    assert "risk-seen" in {one.act for one in log}
    assert all("die" not in one.detail for one in log)


async def test_two_do_not_do_the_same(night: Night) -> None:
    lea = await night.house.member("lea", "moderator")
    await night.say("I want to die")
    at = await night.take()
    taken = await lea.submit(f"{QUEUE}/next", at=QUEUE) if await _has_next(lea) else lea.page
    assert taken is not None
    assert (await lea.send(f"{at}/open")).status == 403
    assert (await lea.send(f"{at}/settle", outcome="no-risk")).status == 403
    await night.ann.submit(f"{at}/let-go", at=at)
    assert (await lea.submit(f"{at}/claim", at=at)).status == 200
    night.house.clock.advance(minutes=16)
    assert (await lea.send(f"{at}/open")).status == 403, "a claim ends by itself"


async def _has_next(visitor: Visitor) -> bool:
    return "Take the next one" in (await visitor.get(QUEUE)).text


async def test_invariant_08_a_template_is_edited_before_it_is_sent(night: Night) -> None:
    await night.say("I want to die")
    at = await night.take()
    for text in (
        BEGINNINGS[0].text,
        BEGINNINGS[1].text.upper() + "\n",
        BEGINNINGS[0].text.replace("[your name]", "Ann"),
    ):
        refused = await night.ann.submit(f"{at}/settle", outcome="answered", reply=text)
        assert refused.status == 422
        assert "Read it slowly" in refused.text, "the steps stay in sight"
    sent = await night.ann.submit(f"{at}/settle", outcome="answered", reply=OWN_WORDS)
    assert sent.status == 200
    assert sent.path.startswith(f"{QUEUE}/break"), "and then a break"
    assert OWN_WORDS in (await night.mo.get("/help/for-you")).text
    assert OWN_WORDS not in (await night.mo.get("/news")).text
    assert "wrote to you" in (await night.mo.get("/news")).text
    assert OWN_WORDS not in (await night.ann.get("/help/for-you")).text


async def test_handed_over_with_a_word(night: Night) -> None:
    lea = await night.house.member("lea", "moderator")
    await night.say("I want to die")
    at = await night.take()
    await night.ann.submit(f"{at}/hand-over", note="I wrote to her at ten")
    await lea.submit(f"{QUEUE}/next", at=QUEUE)
    assert lea.page is not None
    assert "I wrote to her at ten" in lea.page.text


async def test_invariant_04_nothing_is_done_to_anybody(night: Night) -> None:
    await night.say("I want to die")
    assert night.mo.persona is not None
    number = night.mo.persona.id

    def standing(uow: UnitOfWork) -> tuple[object, ...]:
        account = uow.accounts.get(uow.accounts.account_of(number) or 0)
        assert account is not None
        removed = [post.removed_at for post in uow.posts.of_author(number, 10)]
        return uow.actors.get(number), account.role, account.suspended_at, removed

    before = await night.house.db.read(standing)
    at = await night.take()
    await night.ann.submit(f"{at}/settle", outcome="emergency", post="stay")
    assert await night.house.db.read(standing) == before
    assert before[2:] == (None, [None])


async def test_invariant_04_each_hit_names_its_rule_and_ends(night: Night) -> None:
    await night.say("I want to die")
    [signal] = await night.house.db.read(lambda uow: uow.risk_signals.queue(10))
    assert [hit.rule for hit in signal.signs.hits] == ["wants to die"]
    keeper = Housekeeping(night.house.db, night.house.rooms.config, night.house.clock.now)
    night.house.clock.advance(hours=24 * 29)
    await keeper.run_once()
    assert await night.house.db.read(lambda uow: uow.risk_signals.queue(10))
    night.house.clock.advance(hours=48)
    await keeper.run_once()
    assert await night.house.db.read(lambda uow: uow.risk_signals.queue(10)) == []


async def test_a_private_group_is_its_own_teams_business(night: Night) -> None:
    house = night.house
    lea = await house.member("lea")
    group = await house.group("circle", lea, "private")
    await house.db.write(
        lambda uow: house.rooms.groups.post_thread(
            uow, group.actor.id, _actor(lea), ThreadDraft(title="A day", text="It rained")
        )
    )
    await _say_in(house, group.actor.id, lea, "I want to die")
    assert not await _has_next(night.ann), "the node's staff does not read private groups"
    assert not await _has_next(lea), "nobody sees one about themselves"


def _actor(visitor: Visitor) -> Actor:
    assert visitor.persona is not None
    return visitor.persona


async def _say_in(house: WebHouse, group_id: int, who: Visitor, text: str) -> Post:
    draft = ThreadDraft(title="A day", text=text)
    return await house.db.write(
        lambda uow: house.rooms.groups.post_thread(uow, group_id, _actor(who), draft)
    )


async def test_word_rules_with_a_slip_are_not_put_into_force(night: Night) -> None:
    at = f"{QUEUE}/words"
    broken = shipped()["en"].replace("yes: I want to die.", "yes: I am fine.")
    page = await night.ann.submit(at, at=at, text=broken)
    assert page.status == 422
    assert "does not find this" in page.text
    words = night.house.rooms.risk.words
    found = await night.house.db.read(lambda uow: words.found_in(uow, "I want to die"))
    assert [rule.name for rule in found] == ["wants to die"]
    good = "language: en\nrule: storm\nseverity: 2\nmatch: storm\nyes: a storm\nno: rain\n"
    await night.ann.submit(at, at=at, text=good)
    found = await night.house.db.read(lambda uow: words.found_in(uow, "A storm. I want to die"))
    assert [rule.name for rule in found] == ["storm"]
    assert (await night.mo.get(at)).status == 404


@pytest.mark.parametrize("language", sorted(shipped()))
def test_what_comes_along_passes_its_own_tests(language: str) -> None:
    assert read_rules(shipped()[language]).language == language


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("language: en", 1),
        ("rule: x", 1),
        ("language: en\nmatch: x", 2),
        ("language: en\nrule: x\nseverity: 4", 3),
        ("language: en\nrule: x\nseverity: 1\nmatch: ... x", 4),
        ("language: en\nrule: x\nseverity: 1\nmatch: a\nyes: a", 2),
        ("language: en\nrule: x\nseverity: 1\nmatch: a\nyes: b\nno: c", 5),
        ("language: en\nrule: x\nseverity: 1\nmatch: a\nyes: a\nno: a b", 6),
        ("nonsense", 1),
    ],
)
def test_a_slip_is_told_by_its_line(text: str, line: int) -> None:
    with pytest.raises(BrokenRules) as caught:
        read_rules(text)
    assert caught.value.line == line

"""A session from asking to the end, by the front door, and what each of the two may do in it."""

from dataclasses import replace
from importlib.resources import files

import pytest

from node.config import Config
from node.listening.phrases import needs_care
from storage.listening_record import Offering
from storage.tables import listening_sessions, listening_words
from tests.node.listening.pair import ASK, NOW, OFFER, TOPIC, Pair, open_pair
from tests.node.web.house import WebHouse, open_web_house

CARE = "Words came up that may be about meeting"


async def test_two_people_meet_talk_and_part(pair: Pair) -> None:
    place = await pair.ask(words="It is a year today.")
    assert "We look for somebody who knows your topic" in (await pair.sky.get(place)).text
    assert (await pair.hale.get(place)).status == 404
    assert await pair.tick() == 1
    asked = await pair.hale.get(place)
    assert "Bereavement" in asked.text
    assert "Sky" not in asked.text
    assert "It is a year today" not in asked.text
    await pair.act(pair.hale, place, "accept")
    card = await pair.sky.get(place)
    assert "Hale" in card.text
    assert "Yes, begin" in card.text
    assert "Sky" not in (await pair.hale.get(place)).text
    await pair.act(pair.sky, place, "begin")
    talk = await pair.hale.get(place)
    assert "You and Sky" in talk.text
    assert "It is a year today." in talk.text
    await pair.say(pair.hale, place, "I am here, no hurry.")
    await pair.say(pair.sky, place, "Thank you.")
    assert "I am here, no hurry." in (await pair.sky.get(place)).text
    ended = await pair.act(pair.sky, place, "end")
    assert "Did you feel heard?" in ended.text
    assert (await pair.act(pair.sky, place, "felt", felt="yes")).path.endswith("listening-felt")
    hale = await pair.hale.get("/listening")
    assert "You have a break for" in hale.text
    assert "Thank you for listening" in (await pair.hale.get(place)).text


async def test_nobody_else_finds_a_session(pair: Pair) -> None:
    place, other = await pair.begun(), await pair.house.member("otto")
    missing = place[:-1] + str((int(place[-1]) + 1) % 10) + "0"
    for path in (place, f"{place}/moderator"):
        theirs, none = await other.get(path), await other.get(path.replace(place, missing))
        assert theirs.status == none.status == 404
    for act in ("end", "accept", "begin", "pause", "remove"):
        assert (await pair.act(other, place, act)).status == 404
    assert (await pair.say(other, place, "Hello")).status == 404
    assert (await other.send(f"{place}/moderator", act="call")).status == 404


async def test_each_may_do_only_what_is_theirs(pair: Pair) -> None:
    place = await pair.ask()
    await pair.tick()
    assert (await pair.act(pair.sky, place, "accept")).status == 403
    assert (await pair.act(pair.hale, place, "begin")).status == 403
    assert (await pair.say(pair.hale, place, "Too early")).status == 403
    await pair.act(pair.hale, place, "accept")
    assert (await pair.act(pair.hale, place, "begin")).status == 403
    assert (await pair.act(pair.hale, place, "withdraw")).status == 403
    await pair.act(pair.sky, place, "begin")
    assert (await pair.act(pair.hale, place, "felt", felt="yes")).status == 403


async def test_no_goes_on_to_the_next_without_blame(pair: Pair) -> None:
    ivy = await pair.house.member("ivy")
    place = await pair.ask()
    await pair.tick()
    said = await pair.act(pair.hale, place, "decline")
    assert "Nobody is told" in said.text
    assert (await pair.hale.get(place)).status == 404
    assert await pair.tick() == 0
    await pair.open_helper(ivy)
    assert await pair.tick() == 1
    assert "Somebody would like to be heard" in (await ivy.get(place)).text
    pair.house.clock.advance(minutes=4)
    await pair.tick()
    assert (await ivy.get(place)).status == 404
    assert "You asked to be heard" in (await pair.sky.get(place)).text


async def test_a_pause_stops_words_and_both_can_go_on(pair: Pair) -> None:
    place = await pair.begun()
    await pair.act(pair.hale, place, "pause")
    assert "Either of you can go on" in (await pair.sky.get(place)).text
    refused = await pair.say(pair.sky, place, "Are you there?")
    assert refused.status == 403
    assert "Are you there?" in refused.text
    assert (await pair.say(pair.sky, place, "Are you there?", anyway="yes")).status == 403
    await pair.act(pair.sky, place, "go-on")
    assert (await pair.say(pair.sky, place, "Are you there?")).status == 200


async def test_invariant_11_risky_phrases_pause_and_warn_both_and_are_written_nowhere(
    pair: Pair,
) -> None:
    place = await pair.begun()
    risky = "Do you have WhatsApp? Send me money there."
    around = await pair.say(pair.hale, place, risky, anyway="yes")
    assert around.status == 422, "nobody gets round the warning"
    await pair.act(pair.sky, place, "go-on")
    held = await pair.say(pair.hale, place, risky)
    assert held.status == 422
    assert "Your words are not sent yet" in held.text
    assert "WhatsApp" in held.text
    assert CARE in (await pair.sky.get(place)).text
    assert "WhatsApp" not in (await pair.sky.get(place)).text
    assert CARE in (await pair.hale.get(place)).text

    count = listening_words.select()
    rows = await pair.house.db.read(lambda uow: uow.connection.execute(count).all())
    assert rows == []
    sent = await pair.say(pair.hale, place, "I sent money by PayPal once.", anyway="yes")
    assert sent.status == 200
    page = await pair.sky.get(place)
    assert "PayPal once" in page.text
    assert CARE in page.text
    await pair.act(pair.sky, place, "go-on")
    why = listening_sessions.select().with_only_columns(listening_sessions.c.sealed_pause)
    left = await pair.house.db.read(lambda uow: uow.connection.execute(why).scalar())
    assert left is None


def test_invariant_11_knows_the_phrases_and_leaves_ordinary_words_alone() -> None:
    """Each rule was read with its own cases; here they are held against the rules of all languages,
    as every text is."""
    folder = files("node.listening") / "care_words"
    texts = {one.name[:-4]: one.read_text("utf-8") for one in folder.iterdir() if "txt" in one.name}
    assert set(texts) == {"de", "en", "es", "fr"}
    for text in texts.values():
        lines = [line.partition(": ") for line in text.splitlines()]
        assert sum(key == "rule" for key, _, _ in lines) == 5
        risky = [said for key, _, said in lines if key == "yes"]
        plain = [said for key, _, said in lines if key == "no"]
        assert len(risky) >= 10
        assert [one for one in risky if not needs_care(one)] == []
        assert [one for one in plain if needs_care(one)] == []


@pytest.mark.parametrize(
    "risky", ["Gibst du mir deine Nummer?", "¿Dónde vives?", "T’as quel âge ?"]
)
async def test_invariant_11_in_other_languages(one_pair: Pair, risky: str) -> None:
    place = await one_pair.begun()
    held = await one_pair.say(one_pair.hale, place, risky)
    assert held.status == 422
    assert "Your words are not sent yet" in held.text
    assert CARE in (await one_pair.sky.get(place)).text


async def test_links_wait_until_both_have_talked_before(pair: Pair) -> None:
    place = await pair.begun()
    refused = await pair.say(pair.hale, place, "See https://example.org/help")
    assert refused.status == 422
    assert "Links wait" in refused.text
    picture = await pair.say(pair.hale, place, "![x](https://example.org/x.png)")
    assert picture.status == 422


async def test_one_request_at_a_time(pair: Pair) -> None:
    await pair.ask()
    again = await pair.sky.submit(ASK, at=ASK, **{"topic-bereavement": "yes"})
    assert again.status == 403
    assert "You have asked already" in again.text
    empty = await pair.hale.submit(ASK, at=ASK, words="only words")
    assert empty.status == 422
    assert "only words" in empty.text


async def test_a_hard_day_ends_no_break_and_asks_nobody(pair: Pair) -> None:
    await pair.hale.send(NOW, act="hard")
    assert "Not today" in (await pair.hale.get("/listening")).text
    await pair.ask()
    assert await pair.tick() == 0
    await pair.hale.send(NOW, act="easier")
    await pair.hale.send(NOW, act="on")
    assert await pair.tick() == 1


async def test_breaks_are_kept_whatever_the_helper_presses(pair: Pair) -> None:
    place = await pair.begun()
    await pair.act(pair.sky, place, "end")
    await pair.hale.send(NOW, act="on")
    await pair.ask()
    assert await pair.tick() == 0
    await pair.act(pair.hale, place, "hard")
    pair.house.clock.advance(minutes=61)
    await pair.hale.send(NOW, act="easier")
    await pair.hale.send(NOW, act="on")
    assert await pair.tick() == 0
    pair.house.clock.advance(minutes=50)
    assert await pair.tick() == 0


async def test_words_go_after_their_time_but_not_while_they_are_reported(pair: Pair) -> None:
    place = await pair.begun()
    await pair.say(pair.sky, place, "Kept for a while.")
    await pair.act(pair.sky, place, "end")
    early = await pair.act(pair.sky, place, "remove")
    assert early.status == 403
    assert "72 hours" in early.text
    pair.house.clock.advance(hours=73)
    assert (await pair.act(pair.sky, place, "remove")).status == 200
    assert "Nothing of what was said is kept any more" in (await pair.hale.get(place)).text
    pair.house.clock.advance(hours=24 * 31)
    before = pair.house.clock.now()
    prune = pair.house.rooms.config.listening_text_days
    assert prune == 30
    gone = await pair.house.db.write(lambda uow: uow.listening_sessions.prune(before, 100))
    assert gone == 1
    left = await pair.house.db.read(lambda uow: uow.listening_sessions.get(int(place[11:])))
    assert left is None


async def test_letters_need_nobody_at_the_same_time(pair: Pair) -> None:
    await pair.hale.send(NOW, act="off")
    place = await pair.ask(minutes="0")
    assert await pair.tick() == 1
    await pair.act(pair.hale, place, "accept")
    await pair.act(pair.sky, place, "begin")
    await pair.say(pair.sky, place, "Dear you,")
    assert "A letter for you" in (await pair.hale.get("/news")).text
    pair.house.clock.advance(hours=24 * 13)
    assert await pair.tick() == 0
    pair.house.clock.advance(hours=24 * 2)
    assert await pair.tick() == 1
    left = await pair.house.db.read(lambda uow: uow.listening_sessions.get(int(place[11:])))
    assert left is not None
    assert left.state == "ended"


async def test_a_break_and_a_hard_day_hand_on_what_was_just_asked(pair: Pair) -> None:
    ivy = await pair.house.member("ivy")
    assert pair.hale.persona is not None
    both = Offering(topics=(TOPIC,), live=1, letters=2)
    listening, hale = pair.house.rooms.listening, pair.hale.persona
    await pair.house.db.write(lambda uow: listening.offer(uow, hale, both, is_on=True))
    talk = await pair.begun()
    fields = {f"topic-{TOPIC}": "yes", "minutes": "0", "wish": "listen"}
    letter = (await ivy.submit(ASK, at=ASK, **fields)).path.partition("?")[0]
    assert await pair.tick() == 1
    assert "Somebody would like to be heard" in (await pair.hale.get(letter)).text
    await pair.act(pair.sky, talk, "end")
    assert (await pair.act(pair.hale, letter, "accept")).status == 404, "a break is kept"
    assert await pair.tick() == 0
    pair.house.clock.advance(minutes=20)
    assert await pair.tick() == 1, "no answer is no No"
    await pair.hale.send(NOW, act="hard")
    assert (await pair.act(pair.hale, letter, "accept")).status == 404
    assert "You asked to be heard" in (await ivy.get(letter)).text


async def test_what_is_said_of_time_is_what_the_operator_set(one_house: WebHouse) -> None:
    one_house.rooms.listening.limits = replace(one_house.rooms.listening.limits, text_days=9)
    pair = await open_pair(one_house)
    place = await pair.begun()
    assert "What is said is deleted 9 days after the end" in (await pair.sky.get(place)).text


async def test_hours_are_those_of_the_community_until_somebody_chooses(sqlite_url: str) -> None:
    config = Config(origin="http://localhost:8420", time_zone="Europe/Berlin")
    async with open_web_house(sqlite_url, config=config) as house:
        hale = await house.member("hale")
        assert '<option value="Europe/Berlin" selected>' in (await hale.get(OFFER)).text
        fields = {f"topic-{TOPIC}": "yes", "wish-listen": "yes", "slot-3": "yes"}
        wrong = await hale.submit(OFFER, at=OFFER, **fields, zone="Here/There")
        assert wrong.status == 422
        assert "Choose a place from the list" in wrong.text
        await hale.submit(OFFER, at=OFFER, **fields, zone="America/New_York", is_on="")
        assert '<option value="America/New_York" selected>' in (await hale.get(OFFER)).text

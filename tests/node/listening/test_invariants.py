"""The safety invariants of peer support that concern sessions of two, by their numbers; 11 is in
test_session.py."""

from dataclasses import replace

from sqlalchemy import Table

from storage.listening_record import HeardAnswer
from storage.tables import activities, deliveries, listening_answers, listening_words
from storage.unit_of_work import UnitOfWork
from tests.node.listening.pair import Pair
from tests.node.web.house import WebHouse

REPORTED = "Tell anybody and you will be sorry."


async def count(house: WebHouse, *tables: Table) -> int:
    """How many rows these tables have."""

    def look(uow: UnitOfWork) -> int:
        return sum(len(uow.connection.execute(one.select()).all()) for one in tables)

    return await house.db.read(look)


async def test_invariant_09_nobody_writes_before_both_said_yes_or_after_the_end(
    pair: Pair,
) -> None:
    place = await pair.ask()
    await pair.tick()
    assert (await pair.say(pair.hale, place, "Hello?")).status == 403
    assert (await pair.say(pair.sky, place, "Hello?")).status == 403
    await pair.act(pair.hale, place, "accept")
    assert (await pair.say(pair.hale, place, "Hello?")).status == 403
    await pair.act(pair.sky, place, "begin")
    assert (await pair.say(pair.hale, place, "Hello.")).status == 200
    await pair.act(pair.sky, place, "end")
    assert (await pair.say(pair.hale, place, "One more thing")).status == 403
    letter = await pair.hale.submit(
        "/messages/new", at="/messages/new", to="sky", text="One more thing", act="send"
    )
    assert letter.status == 403, "a session opens no private messages"
    assert await count(pair.house, listening_words) == 1


async def test_invariant_12_a_block_of_any_name_keeps_two_apart(pair: Pair) -> None:
    other = await pair.house.account("sky_elsewhere")
    sky, hale = pair.sky.persona, pair.hale.persona
    assert sky is not None
    assert hale is not None

    def block(uow: UnitOfWork) -> None:
        account = uow.accounts.account_of(sky.id)
        assert account is not None
        one = replace(other, id=pair.house.rooms.new_id(), uri=f"{other.uri}2", handle="sky_two")
        uow.actors.add(one)
        uow.accounts.add_persona(one.id, account, pair.house.clock.now())
        pair.house.rooms.safety.block(uow, hale, one.id)

    await pair.ask()
    await pair.house.db.write(block)
    assert await pair.tick() == 0
    pair.house.clock.advance(minutes=60)
    assert await pair.tick() == 0


async def test_invariant_12_a_block_ends_a_session_and_says_nothing(pair: Pair) -> None:
    place = await pair.begun()
    await pair.say(pair.sky, place, "Words of before.")
    await pair.sky.submit("/personas/hale/block", at="/personas/hale/block")
    assert (await pair.say(pair.hale, place, "Where are you?")).status == 403
    page = await pair.hale.get(place)
    assert "Words of before." not in page.text
    assert "Sky" not in page.text
    assert "block" not in page.text.lower()
    assert await pair.tick() == 1
    assert "The session has ended" in (await pair.hale.get(place)).text


async def test_invariant_13_staff_see_what_was_chosen_and_nothing_else(pair: Pair) -> None:
    staff = await pair.house.member("steph", "moderator")
    place = await pair.begun()
    await pair.say(pair.hale, place, f"Good evening. {REPORTED}")
    await pair.say(pair.sky, place, "My secret answer.")
    chosen = await pair.sky.send(f"{place}/moderator", act="show")
    assert chosen.path.startswith("/report/message/"), chosen.text
    number = chosen.path.rpartition("/")[2]
    assert "My secret answer." not in chosen.text
    assert "A moderator was called" in (await pair.hale.get(place)).text
    forged = await pair.sky.send(
        chosen.path,
        **{f"show-{number}": "yes", f"part-{number}": "I hate you", "reason": "threat"},
    )
    assert forged.status == 422
    sent = await pair.sky.send(
        chosen.path, **{f"show-{number}": "yes", f"part-{number}": REPORTED, "reason": "contact"}
    )
    assert sent.path == "/reports?note=reported"
    for path in (place, f"{place}/moderator", f"/report/message/{number}"):
        assert (await staff.get(path)).status == 404
    [report] = await pair.house.db.read(lambda uow: uow.reports.of_reporters([pair_id(pair)], 9))
    shown = await pair.house.db.read(lambda uow: uow.reports.excerpts(report.id))
    assert [(one.excerpt.text, one.proven) for one in shown] == [(REPORTED, True)]
    await pair.act(pair.sky, place, "end")
    pair.house.clock.advance(hours=24 * 60)
    before = pair.house.clock.now()
    kept = await pair.house.db.write(lambda uow: uow.listening_sessions.prune(before, 100))
    assert kept == 0, "what is reported stays until that is decided"


def pair_id(pair: Pair) -> int:
    assert pair.sky.persona is not None
    return pair.sky.persona.id


async def test_invariant_13_a_moderator_can_be_called_without_showing_anything(pair: Pair) -> None:
    place = await pair.begun()
    await pair.say(pair.hale, place, "Good evening.")
    called = await pair.sky.send(f"{place}/moderator", act="call")
    assert called.path.startswith(place)
    [report] = await pair.house.db.read(lambda uow: uow.reports.of_reporters([pair_id(pair)], 9))
    assert report.kind == "persona"
    assert await pair.house.db.read(lambda uow: uow.reports.excerpts(report.id)) == []


async def test_invariant_16_a_session_has_no_form_on_the_wire(pair: Pair) -> None:
    before = await count(pair.house, activities, deliveries)
    place = await pair.begun()
    await pair.say(pair.sky, place, "For one pair of ears.")
    await pair.act(pair.sky, place, "end")
    assert await count(pair.house, activities, deliveries) == before
    programs = {"Accept": "application/activity+json"}
    for who in (pair.house.visitor(), pair.sky):
        answer = await who.get(place, headers=programs, follow=False)
        assert "For one pair of ears." not in answer.text or answer.headers[
            "Content-Type"
        ].startswith("text/html")


async def test_invariant_25_nothing_is_said_of_fewer_than_ten_and_never_of_one(
    pair: Pair,
) -> None:
    listening, hale = pair.house.rooms.listening, pair.hale.persona
    assert hale is not None
    lead = await pair.house.member("lee", "safety_lead")

    def answer(uow: UnitOfWork, number: int, seeker_id: int) -> None:
        uow.heard_answers.put(
            HeardAnswer(
                session_id=number,
                seeker_id=seeker_id,
                helper_id=hale.id,
                felt="yes",
                answered_at=pair.house.clock.now(),
            )
        )

    for number in range(30):
        await pair.house.db.write(lambda uow, one=number: answer(uow, one + 1, pair_id(pair)))  # type: ignore[misc]
    assert await pair.house.db.read(lambda uow: listening.about_me(uow, hale)) is None
    others = [await pair.house.account(f"other{number}") for number in range(9)]
    for number, one in enumerate(others[:-1]):
        await pair.house.db.write(lambda uow, at=number, who=one: answer(uow, 100 + at, who.id))  # type: ignore[misc]
    assert await pair.house.db.read(lambda uow: listening.about_me(uow, hale)) is None
    assert "Not enough people" in (await lead.get("/moderation/listening")).text
    await pair.house.db.write(lambda uow: answer(uow, 200, others[-1].id))
    said = await pair.house.db.read(lambda uow: listening.about_me(uow, hale))
    assert said is not None
    assert not any(letter.isdigit() for letter in said)
    assert said in (await pair.hale.get("/listening")).text
    assert "about 10 in ten" in (await lead.get("/moderation/listening")).text
    assert (await pair.hale.get("/moderation/listening")).status == 404
    rows = await pair.house.db.read(
        lambda uow: uow.connection.execute(listening_answers.select()).all()
    )
    assert all(b"yes" not in row.sealed for row in rows)

"""What listening refuses: each guard once, on one database."""

from dataclasses import replace

import pytest

from node.errors import Refused
from storage.actors import Actor
from storage.listening_record import Intake, ListeningSession
from storage.tables import actors
from storage.unit_of_work import UnitOfWork
from tests.node.listening.pair import ASK, NOW, OFFER, TOPIC, Pair

TICKED = {f"topic-{TOPIC}": "yes", "wish": "listen", "minutes": "30"}


def row_of(place: str) -> int:
    return int(place.rpartition("/")[2])


async def session(pair: Pair, place: str) -> ListeningSession:
    found = await pair.house.db.read(lambda uow: uow.listening_sessions.get(row_of(place)))
    assert found is not None
    return found


class OnlyNewcomers:
    def is_newcomer(self, _uow: UnitOfWork, _persona: Actor) -> bool:
        return True


async def test_invariant_10_a_newcomer_offers_nothing(one_pair: Pair) -> None:
    listening = one_pair.house.rooms.listening
    listening.newcomers = OnlyNewcomers()  # type: ignore[assignment]
    refused = await one_pair.hale.submit(OFFER, at=OFFER, **{f"topic-{TOPIC}": "yes"}, is_on="yes")
    assert refused.status == 403
    assert "You are new here" in refused.text
    assert (await one_pair.hale.send(NOW, act="on")).status == 403


async def test_what_was_not_said_cannot_be_switched_on(one_pair: Pair) -> None:
    listening = one_pair.house.rooms.listening
    listening.limits = replace(listening.limits, needs_badge=False)
    refused = await one_pair.sky.send(NOW, act="on")
    assert refused.status == 403
    assert "Say first what you can listen to" in refused.text
    assert (await one_pair.sky.send(NOW, act="loud")).status == 422


async def test_what_can_be_asked_for(one_pair: Pair) -> None:
    sky = one_pair.sky
    long = await sky.submit(ASK, at=ASK, **TICKED, words="w" * 501)
    assert long.status == 422
    assert "w" * 501 in long.text
    await one_pair.hale.submit("/personas/sky/block", at="/personas/sky/block")
    names = [
        await sky.submit(ASK, at=ASK, **TICKED, not_people=name) for name in ("hale", "nobody")
    ]
    assert [one.status for one in names] == [422, 422]
    assert names[0].text.replace("hale", "nobody") == names[1].text
    group = await one_pair.house.group("den", one_pair.hale, "private")
    place = await one_pair.ask(**{f"group-{group.actor.id}": "yes"})
    found = await session(one_pair, place)
    intakes = await one_pair.house.db.read(lambda uow: uow.listening_sessions.intakes([found]))
    assert intakes[found.id].not_groups == (), "only a group of one's own is named"


async def test_a_second_name_asks_not_twice(one_pair: Pair) -> None:
    other = await one_pair.house.account("sky_elsewhere")
    sky, house = one_pair.sky.persona, one_pair.house
    assert sky is not None
    await one_pair.ask()

    def ask_again(uow: UnitOfWork) -> None:
        account = uow.accounts.account_of(sky.id)
        assert account is not None
        one = replace(other, id=house.rooms.new_id(), uri=f"{other.uri}2", handle="sky_two")
        uow.actors.add(one)
        uow.accounts.add_persona(one.id, account, house.clock.now())
        house.rooms.listening.ask(uow, one, Intake(topics=(TOPIC,)), "")

    with pytest.raises(Refused, match="You have asked already"):
        await house.db.write(ask_again)


async def test_what_can_be_done_only_at_its_time_and_by_whom_it_is(one_pair: Pair) -> None:
    sky, hale = one_pair.sky, one_pair.hale
    place = await one_pair.ask()
    await one_pair.tick()
    assert (await hale.send(f"{place}/moderator", act="call")).status == 403
    await one_pair.act(hale, place, "accept")
    await one_pair.act(sky, place, "begin")
    assert (await one_pair.act(hale, place, "hard")).status == 403
    assert (await one_pair.act(sky, place, "felt", felt="yes")).status == 403
    long = await one_pair.say(sky, place, "a" * 4001)
    assert long.status == 422
    await one_pair.say(hale, place, "Good evening.")
    chosen = await sky.send(f"{place}/moderator", act="show")
    number = chosen.path.rpartition("/")[2]
    await sky.send(
        chosen.path,
        **{f"show-{number}": "yes", f"part-{number}": "Good evening.", "reason": "contact"},
    )
    await one_pair.act(sky, place, "end")
    assert (await one_pair.act(sky, place, "hard")).status == 403
    assert (await one_pair.act(sky, place, "felt", felt="five stars")).status == 422
    one_pair.house.clock.advance(hours=73)
    kept = await one_pair.act(hale, place, "remove")
    assert kept.status == 403
    assert "still look at this session" in kept.text


@pytest.mark.parametrize("who", ["sky", "hale"])
async def test_a_session_ends_when_one_of_the_two_is_suspended(one_pair: Pair, who: str) -> None:
    place = await one_pair.begun()
    gone = getattr(one_pair, who).persona
    now = one_pair.house.clock.now()
    suspend = actors.update().where(actors.c.id == gone.id).values(suspended_at=now)
    await one_pair.house.db.write(lambda uow: uow.connection.execute(suspend) and None)
    assert await one_pair.tick() == 1
    assert (await session(one_pair, place)).state == "ended"

"""The reader: a wake-up that gets lost loses nothing, and who does not listen in time has to go."""

import asyncio
from typing import Any

import pytest

from node.clients.streaming.hub import WAITING_MOST, Frame, Told
from node.clients.streaming.keys import EVENTS, HUB
from node.viewer import Caller
from storage.signals import Signals
from tests.node.clients.house import ClientHouse
from tests.node.clients.streaming.listening import ear


async def test_a_wake_up_that_is_lost_loses_nothing(
    one_house: ClientHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, app = await one_house.person("ann"), one_house.house.app
    async with ear(ann, "user") as one:
        monkeypatch.setattr(Signals, "fire", lambda *_: None)
        number = ann.persona.id
        await one_house.rooms.db.write(lambda uow: uow.events.note("filters", number, number))
        assert await app[EVENTS].look() == 1
        assert (await one.hear())["event"] == "filters_changed"
        assert await app[EVENTS].look() == 0


async def test_an_event_that_cannot_be_told_stops_no_other(
    one_house: ClientHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, reader = await one_house.person("ann"), one_house.house.app[EVENTS]
    whole, times, number = reader._tell, 0, ann.persona.id

    def broken(*arguments: Any) -> list[Told]:
        nonlocal times
        times += 1
        if times == 1:
            raise LookupError
        return whole(*arguments)

    async with ear(ann, "user") as one:
        monkeypatch.setattr(reader, "_tell", broken)
        await one_house.rooms.db.write(lambda uow: uow.events.note("token", 7))
        while times == 0:
            await asyncio.sleep(0)
        await one_house.rooms.db.write(lambda uow: uow.events.note("filters", number, number))
        assert (await one.hear())["event"] == "filters_changed"


async def test_a_connection_that_takes_nothing_is_ended(one_house: ClientHouse) -> None:
    ann = await one_house.person("ann")
    hub = one_house.house.app[HUB]
    caller = Caller(
        account=None, persona=ann.persona, scopes=frozenset({"read"}), token_id=1, app_id=None
    )
    with hub.connection(caller) as one:
        for number in range(WAITING_MOST):
            one.put(Frame(("user",), "delete", str(number)))
        assert one.ended is None
        one.put(Frame(("user",), "delete", "more"))
        assert one.ended == "slow"
        assert await one.wait() == []
        one.put(Frame(("user",), "delete", "again"))
        assert await one.wait() == []
    assert len(hub) == 0


async def test_the_node_that_ends_ends_its_streams(one_house: ClientHouse) -> None:
    ann = await one_house.person("ann")
    async with ear(ann, "user") as one:
        await one_house.house.app[HUB].close()
        assert await one.end() == 1001
    assert (await ann.get("/api/v1/streaming/user")).status == 503


def test_what_is_equal_for_many_is_encoded_once() -> None:
    frame = Frame(("list", "7"), "update", '{"id":"1"}')
    assert frame.as_message is frame.as_message
    said = b'{"stream":["list","7"],"event":"update","payload":"{\\"id\\":\\"1\\"}"}'
    assert frame.as_message == said
    assert frame.as_lines == b'event: update\ndata: {"id":"1"}\n\n'

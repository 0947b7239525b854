"""Opening streams: the ways in which a token comes, what each stream needs, and the limits."""

import pytest
from aiohttp import WSServerHandshakeError

from node.clients.streaming.keys import HUB
from storage.unit_of_work import UnitOfWork
from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.streaming.listening import (
    STREAMING,
    Ear,
    ear,
    lines,
    next_event,
    settle,
)


async def change_filters(house: ClientHouse, who: Client) -> None:
    number = who.persona.id
    await house.rooms.db.write(lambda uow: uow.events.note("filters", number, number))


async def test_a_token_comes_in_each_way_that_clients_send_it(one_house: ClientHouse) -> None:
    ann = await one_house.person("ann")
    assert ann.token is not None
    url, http = one_house.origin + STREAMING, one_house.house.http
    ways = (
        {"headers": {"Authorization": f"Bearer {ann.token}"}},
        {"protocols": (ann.token,)},
        {"params": {"access_token": ann.token}},
    )
    for way in ways:
        async with http.ws_connect(url, **way) as socket:
            assert socket.protocol == (ann.token if "protocols" in way else None)
            one = Ear(socket)
            await one.ask("subscribe", "user")
            await settle(one)
            await change_filters(one_house, ann)
            assert await one.hear() == {"stream": ["user"], "event": "filters_changed"}


@pytest.mark.parametrize("token", ["", "nothing", "x" * 400])
async def test_web_11_without_a_token_nothing_opens(one_house: ClientHouse, token: str) -> None:
    url, http = one_house.origin + STREAMING, one_house.house.http
    params = {"access_token": token} if token else {}
    with pytest.raises(WSServerHandshakeError) as refused:
        await http.ws_connect(url, params=params)
    assert refused.value.status == 401
    for path in ("user", "public", "direct"):
        answer = await one_house.visitor.get(f"{STREAMING}/{path}", **params)
        assert answer.status == 401
        assert "error" in answer.body


async def test_the_first_stream_may_stand_in_the_address(one_house: ClientHouse) -> None:
    ann = await one_house.person("ann")
    async with ear(ann, query="?stream=user") as one:
        await settle(one)
        await change_filters(one_house, ann)
        assert (await one.hear())["event"] == "filters_changed"


async def test_a_stream_that_is_left_is_heard_no_more(one_house: ClientHouse) -> None:
    ann = await one_house.person("ann")
    async with ear(ann, "user") as one, ear(ann, "user") as other:
        await one.ask("unsubscribe", "user")
        await settle(one)
        await change_filters(one_house, ann)
        assert (await other.hear())["event"] == "filters_changed"
        await settle(one)


async def test_lines_carry_the_same(house: ClientHouse) -> None:
    ann = await house.person("ann")
    async with lines(ann, "user") as answer:
        await change_filters(house, ann)
        assert await next_event(answer) == ("filters_changed", "undefined")
    health = await house.visitor.get(f"{STREAMING}/health")
    assert (health.status, health.text) == (200, "OK")


async def test_each_stream_needs_its_scope(one_house: ClientHouse) -> None:
    ann = await one_house.person("ann")
    news = await one_house.app_of(ann.persona, "read:notifications")
    posts = await one_house.app_of(ann.persona, "read:statuses")
    none = await one_house.app_of(ann.persona, "write push")
    for app, path, status in (
        (news, "user", 403),
        (news, "public", 403),
        (posts, "user/notification", 403),
        (none, "user", 403),
        (none, "hashtag?tag=x", 403),
    ):
        assert (await app.get(f"{STREAMING}/{path}")).status == status, path
    async with lines(news, "user/notification"), lines(posts, "user"):
        pass
    async with ear(none) as one:
        await one.ask("subscribe", "user")
        said = await one.hear()
        assert said["status"] == 403
        assert "read" in said["error"]
    with pytest.raises(WSServerHandshakeError) as refused:
        async with ear(none, query="?stream=user"):
            pass
    assert refused.value.status == 403


async def test_what_cannot_be_opened_is_explained(one_house: ClientHouse) -> None:
    ann = await one_house.person("ann")
    async with ear(ann) as one:
        for asked in (
            {"type": "subscribe", "stream": "everything"},
            {"type": "subscribe", "stream": "hashtag"},
            {"type": "subscribe", "stream": "list", "list": "one"},
            {"type": "shout", "stream": "user"},
        ):
            await one.socket.send_json(asked)
            assert (await one.hear())["status"] == 400
        await one.socket.send_str("no JSON")
        assert (await one.hear())["status"] == 400
        await one.socket.send_json({"type": "subscribe", "stream": "list", "list": "77"})
        assert (await one.hear())["status"] == 404
    assert (await ann.get(STREAMING)).status == 422
    assert (await ann.get(f"{STREAMING}/hashtag")).status == 422


async def test_dos_a_person_has_a_few_streams_and_all_together_so_many(
    one_house: ClientHouse,
) -> None:
    ann, ben = await one_house.person("ann"), await one_house.person("ben")
    hub = one_house.house.app[HUB]
    hub._each, hub._most = 2, 3
    async with ear(ann), ear(ann), ear(ben):
        for who in (ann, ben):
            assert (await who.get(f"{STREAMING}/user")).status == 503
    assert len(hub) == 0
    async with ear(ann):
        assert len(hub) == 1


async def test_a_connection_carries_so_many_streams(one_house: ClientHouse) -> None:
    ann = await one_house.person("ann")
    async with ear(ann) as one:
        for number in range(40):
            await one.ask("subscribe", "hashtag", tag=f"tag{number}")
        await settle(one)
        await one.ask("subscribe", "hashtag", tag="more")
        assert (await one.hear())["status"] == 503


async def test_web_09_a_token_that_ends_ends_its_streams(house: ClientHouse) -> None:
    ann = await house.person("ann")
    other, now = await house.app_of(ann.persona), house.clock.now()
    async with ear(ann, "user") as one, lines(other, "user") as answer:
        await house.rooms.db.write(lambda uow: uow.tokens.revoke_all(ann.persona.id, now))
        assert await one.end() == 1008
        assert await answer.content.read() == b""


async def test_web_09_a_suspended_account_hears_nothing(house: ClientHouse) -> None:
    ann = await house.person("ann")

    def suspend(uow: UnitOfWork) -> None:
        number = uow.accounts.account_of(ann.persona.id)
        assert number is not None
        uow.accounts.suspend(number, house.clock.now())

    async with ear(ann, "user") as one:
        await house.rooms.db.write(suspend)
        await change_filters(house, ann)
        assert await one.end() == 1008

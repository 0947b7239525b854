"""An open page of a session is told that something is new, and nobody else can wait there."""

import asyncio

from tests.node.listening.pair import Pair


async def test_both_are_told_and_others_find_nothing(one_pair: Pair) -> None:
    pair = one_pair
    place = await pair.begun()
    other = await pair.house.member("otto")
    assert (await other.get(f"{place}/events")).status == 404
    async with pair.sky.client.get(f"{place}/events") as stream:
        assert stream.status == 200
        await pair.say(pair.hale, place, "Hello.")
        told = b""
        async with asyncio.timeout(20):
            while b"event: news" not in told:
                told += await stream.content.readany()
        assert b"Hello" not in told

"""Live pages: a stream rings when something is new, says nothing else, ends with the session."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientResponse

from node.messages.streams import EACH, Streams
from node.messages.tools import topic
from storage.unit_of_work import UnitOfWork
from tests.node.messages.talk import Talk, message_ids, persona_of
from tests.node.web.visitor import Visitor

NEWS = b"event: news\ndata: 1\n\n"


@asynccontextmanager
async def listening(who: Visitor, conversation: int) -> AsyncIterator[ClientResponse]:
    """An open stream, past its first line."""
    async with who.client.get(f"/messages/{conversation}/events") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/event-stream"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert await answer.content.readuntil(b"\n\n") == b"retry: 5000\n\n"
        yield answer


async def test_a_stream_rings_and_carries_no_words(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Hello.")
    async with listening(talk.birch, number) as stream:
        await talk.say(talk.ash, number, "Marker-word")
        assert await stream.content.readuntil(b"\n\n") == NEWS
        [_, message] = message_ids(await talk.page(talk.ash, number))
        await talk.act(talk.ash, f"/messages/{number}/{message}/edit", text="Another one")
        assert await stream.content.readuntil(b"\n\n") == NEWS


async def test_a_stream_ends_with_its_session(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Hello.")
    async with listening(talk.birch, number) as stream:
        sessions, birch = talk.house.rooms.sessions, persona_of(talk.birch)

        def end(uow: UnitOfWork) -> None:
            sessions.end_all(uow, uow.accounts.account_of(birch.id) or 0)

        await talk.house.db.write(end)
        await talk.say(talk.ash, number, "Are you still there?")
        # News from before may have been on its way.
        assert (await stream.content.read()).replace(NEWS, b"") == b""


async def test_a_stream_ends_when_the_conversation_is_gone(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Hello.")
    async with listening(talk.birch, number) as stream:
        await talk.act(talk.birch, f"/messages/{number}/remove")
        # News from before may have been on its way.
        assert (await stream.content.read()).replace(NEWS, b"") == b""


async def test_a_person_has_a_few_streams(one_talk: Talk) -> None:
    talk = one_talk
    number = await talk.opened(talk.ash, "birch", "Hello.")
    streams = [listening(talk.birch, number) for _ in range(EACH)]
    for one in streams:
        await one.__aenter__()
    assert (await talk.birch.get(f"/messages/{number}/events")).status == 503
    async with listening(talk.ash, number):
        pass
    for one in streams:
        await one.__aexit__(None, None, None)


async def test_all_people_together_have_so_many(one_talk: Talk) -> None:
    streams = Streams(one_talk.house.db.signals, most=2)
    with streams.stream(1, 1), streams.stream(1, 2):
        assert len(streams) == 2
        with pytest.raises(Exception, match="Too many pages"), streams.stream(1, 3):
            pass
    with streams.stream(1, 3):
        assert len(streams) == 1


async def test_a_stream_gives_signs_of_life_and_ends_with_the_node(one_talk: Talk) -> None:
    streams = Streams(one_talk.house.db.signals, most=2, keep_alive=0.01)
    with streams.stream(1, 1) as subscription:
        assert not await streams.wait(subscription)
        one_talk.house.db.signals.fire([topic(1, 2)])
        assert not await streams.wait(subscription)
        one_talk.house.db.signals.fire([topic(1, 1)])
        assert await streams.wait(subscription)
        waiting = asyncio.ensure_future(streams.wait(subscription))
        await streams.close()
        assert await waiting
    assert streams.is_closing


async def test_only_the_page_of_a_conversation_may_run_our_script(one_talk: Talk) -> None:
    talk = one_talk
    number = await talk.opened(talk.ash, "birch", "Hello.")
    page = await talk.birch.get(f"/messages/{number}")
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert 'src="/static/conversation.js?v=' in page.text
    for path in ("/", "/messages", "/messages/new", "/settings", f"/messages/{number}/people"):
        plain = await talk.birch.get(path)
        assert "script-src" not in plain.headers["Content-Security-Policy"]
        assert "<script" not in plain.text
    script = await talk.birch.get("/static/conversation.js")
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"

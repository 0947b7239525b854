"""The owner's stream of its inbox and outbox: `eventStream` of ActivityPub's client side."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientResponse

from node.groups.drafts import ReplyDraft
from tests.node.clients.house import Client
from tests.node.clients.streaming.conftest import Heard
from tests.node.clients.streaming.listening import SECONDS

ACTIVITY = {"Accept": "application/activity+json"}


@asynccontextmanager
async def stream(client: Client, url: str) -> AsyncIterator[ClientResponse]:
    """An open stream, its token in the address as a browser has to send it."""
    params = {"access_token": client.token or ""}
    async with client.house.http.get(url, params=params) as answer:
        assert answer.status == 200, await answer.text()
        assert answer.content_type == "text/event-stream"
        assert await answer.content.readuntil(b"\n\n") == b":)\n\n"
        yield answer


async def following(answer: ClientResponse) -> Any:
    async with asyncio.timeout(SECONDS):
        said = (await answer.content.readuntil(b"\n\n")).decode()
    head, data = said.strip().split("\n")
    document = json.loads(data.removeprefix("data: "))
    assert head == f"event: {document['type']}"
    return document


async def test_the_boxes_of_the_owner_are_told_as_they_change(heard: Heard) -> None:
    uri = heard.ben.persona.uri
    actor = await heard.ben.ok("GET", uri, headers=ACTIVITY)
    async with stream(heard.ben, actor["eventStream"]) as ben:
        thread = await heard.community.thread(heard.group.actor.id, heard.ann)
        added = await following(ben)
        assert (added["type"], added["target"]) == ("Add", f"{uri}/inbox")
        assert added["object"]["object"]["id"] == thread.uri
        reply = await heard.community.reply(thread, heard.ben)
        added = await following(ben)
        assert (added["type"], added["target"]) == ("Add", f"{uri}/outbox")
        assert added["object"]["type"] == "Create"
        assert added["object"]["object"]["id"] == reply.uri
        groups, draft = heard.house.rooms.groups, ReplyDraft(text="Still with you.")
        await heard.write(lambda uow: groups.edit(uow, reply.id, heard.ben.persona, draft))
        # What the owner did stands in the outbox as well.
        assert (await following(ben))["target"] == f"{uri}/outbox"
        changed = await following(ben)
        assert (changed["type"], changed["object"]["id"]) == ("Update", reply.uri)
        assert "Still" in changed["object"]["content"]
        await heard.write(lambda uow: groups.delete(uow, reply.id, heard.ben.persona))
        while (gone := await following(ben))["type"] == "Add":
            pass
        assert gone["type"] == "Delete"
        assert gone["object"] == {"id": reply.uri, "type": "Tombstone"}


async def test_prv_09_nothing_of_a_private_group_comes_to_others(quiet: Heard) -> None:
    url = f"{quiet.house.origin}/client/events"
    async with stream(quiet.cleo, url) as cleo, stream(quiet.ben, url) as ben:
        await quiet.community.thread(quiet.group.actor.id, quiet.ann)
        assert (await following(ben))["type"] == "Add"
        post = await quiet.post(quiet.cleo, "Mine.")
        assert (await following(cleo))["object"]["object"]["id"] == post.uri


@pytest.mark.parametrize(("token", "status"), [(None, 401), ("nothing", 401), ("write", 403)])
async def test_only_a_token_of_the_owner_opens_it(
    one_heard: Heard, token: str | None, status: int
) -> None:
    ann = one_heard.ann.persona
    app = one_heard.house.visitor
    if token == "write":
        app = await one_heard.house.app_of(ann, "write")
    params = {"access_token": token} if token == "nothing" else {}
    answer = await app.get("/client/events", **params)
    assert answer.status == status
    assert answer.headers["Content-Type"].startswith("application/problem+json")

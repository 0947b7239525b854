"""The endpoints that an actor names: proxyUrl, uploadMedia and the event stream."""

import asyncio
import json
from datetime import timedelta

import pytest
from aiohttp import FormData

from node.clients.c2s.proxy import A_HOST, FRESH, PROXY
from tests.node.clients.c2s.conftest import Street
from tests.node.clients.c2s.desk import PUBLIC, WANTED, Json, done, note, read, send
from tests.node.clients.house import Answer, Client
from tests.node.media.photos import png
from tests.stranger import Stranger, open_stranger

PROXY_PATH = "/client/proxy"


async def _fetch(app: Client, uri: str) -> Answer:
    return await app.post(PROXY_PATH, data={"id": uri})


def _note_of(stranger: Stranger, **more: object) -> Json:
    stranger.person("kim")
    return stranger.serve(
        {
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": f"{stranger.origin}/n/1",
            "type": "Note",
            "attributedTo": f"{stranger.origin}/u/kim",
            "content": "<p>from afar</p>",
            **more,
        }
    )


async def test_an_actor_names_its_endpoints_to_everybody(street: Street) -> None:
    for app in (street.rowan, street.ash, street.house.visitor):
        actor = await read(app, street.rowan.persona.uri)
        assert set(actor["endpoints"]) == {
            *("sharedInbox", "proxyUrl", "uploadMedia", "oauthAuthorizationEndpoint"),
            *("oauthTokenEndpoint", "oauthRegistrationEndpoint"),
        }
        assert ("pendingFollowers" in actor) == (app is street.rowan)
        assert ("eventStream" in actor) == (app is street.rowan)


async def test_an_object_of_another_node_is_fetched_once_for_a_while(street: Street) -> None:
    async with open_stranger("far", street.house.clock) as far:
        note_ = _note_of(far)

        first = await _fetch(street.rowan, note_["id"])
        second = await _fetch(street.ash, note_["id"])
        asked = sum(one.target == "/n/1" for one in far.asked)
        street.house.clock.advance(seconds=FRESH.total_seconds() + 1)
        await _fetch(street.rowan, note_["id"])

        assert (first.status, second.status, asked) == (200, 200, 1)
        assert first.body["content"] == second.body["content"] == "<p>from afar</p>"
        assert first.headers["Cache-Control"] == "private, no-store"
        assert sum(one.target == "/n/1" for one in far.asked) == 2


@pytest.mark.parametrize(
    ("uri", "status"),
    [
        ("{origin}/personas/rowan", 422),
        ("{origin}/client/messages/1", 422),
        ("ftp://far.example/1", 422),
        ("https://user@far.example/1", 422),
        ("http://169.254.169.254/latest", 403),
        ("http://10.0.0.1/1", 403),
        ("", 422),
    ],
)
async def test_the_proxy_goes_where_the_network_door_lets_it(
    street: Street, uri: str, status: int
) -> None:
    answer = await _fetch(street.rowan, uri.format(origin=street.house.origin))

    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_the_proxy_needs_a_token_and_tells_what_is_not_there(street: Street) -> None:
    async with open_stranger("far", street.house.clock) as far:
        note_ = _note_of(far)

        assert (await _fetch(street.house.visitor, note_["id"])).status == 401
        assert (await _fetch(street.rowan, f"{far.origin}/none")).status == 404
        far.serve_at(f"{far.origin}/other", {**note_, "id": "https://evil.example/1"})
        assert (await _fetch(street.rowan, f"{far.origin}/other")).status == 502


async def test_one_host_is_asked_only_so_often(street: Street) -> None:
    proxy = street.house.house.app[PROXY]
    async with open_stranger("far", street.house.clock) as far:
        for _ in range(A_HOST):
            proxy._hosts.take(far.authority)

        answer = await _fetch(street.rowan, f"{far.origin}/n/1")

    assert answer.status == 429
    assert answer.body["type"].endswith("#rate-limit-exceeded")
    assert int(answer.headers["Retry-After"]) > 0


def _form(body: bytes, described: Json, as_file: bool = True) -> FormData:
    form = FormData()
    form.add_field("file", body, filename="shore.png", content_type="image/png")
    name = {"filename": "descriptor.jsonld"} if as_file else {}
    form.add_field("object", json.dumps(described), content_type="application/ld+json", **name)
    return form


@pytest.mark.parametrize("as_file", [True, False])
async def test_a_picture_is_sent_and_posted(street: Street, as_file: bool) -> None:
    rowan = street.rowan
    described = {"type": "Image", "nameMap": {"en": "A shore"}, "summaryMap": {"en": "Grey water"}}

    sent = await rowan.post("/client/upload", data=_form(png(), described, as_file))
    create = await done(rowan, note("look", attachment=[{"id": sent.body["id"]}], to=[PUBLIC]))

    assert sent.status == 201
    assert sent.headers["Location"] == sent.body["id"]
    assert sent.body["summary"] == "Grey water"
    [picture] = create["object"]["attachment"]
    assert (picture["type"], picture["name"]) == ("Image", "Grey water")
    again = note("look", attachment=[{"id": sent.body["id"]}], to=[PUBLIC])
    assert (await send(rowan, again)).status == 422
    assert (await street.ash.call("GET", sent.body["id"], headers=WANTED)).status == 404


async def test_what_is_no_picture_is_refused(street: Street) -> None:
    answer = await street.rowan.post("/client/upload", data=_form(b"no picture", {}))

    assert answer.status == 400
    assert answer.body["type"].endswith("#unsupported-media-type")


async def test_a_question_is_asked(street: Street) -> None:
    ends = (street.house.clock.now() + timedelta(days=1)).isoformat()
    options = [{"type": "Note", "name": "tea"}, {"type": "Note", "name": "milk"}]
    question = {"type": "Question", "content": "What helps?", "oneOf": options, "endTime": ends}

    create = await done(street.rowan, {**question, "to": [PUBLIC]})

    asked = create["object"]
    assert asked["type"] == "Question"
    assert [one["name"] for one in asked["oneOf"]] == ["tea", "milk"]


async def test_the_event_stream_tells_what_is_added_to_the_inbox(street: Street) -> None:
    rowan, ash = street.rowan, street.ash
    actor = await read(rowan, rowan.persona.uri)
    url = f"{actor['eventStream']}?access_token={rowan.token}"

    async with street.house.house.http.get(url) as stream:
        assert stream.status == 200
        assert stream.content_type == "text/event-stream"
        assert (await stream.content.readline()).startswith(b":")
        await done(ash, {"type": "Follow", "object": rowan.persona.uri})
        async with asyncio.timeout(20):
            async for line in stream.content:
                if line.startswith(b"data: "):
                    break

    told = json.loads(line.removeprefix(b"data: "))
    assert (told["type"], told["target"]) == ("Add", f"{rowan.persona.uri}/inbox")
    assert (told["object"]["type"], told["object"]["actor"]) == ("Follow", ash.persona.uri)


async def test_the_event_stream_needs_a_token(street: Street) -> None:
    for token in ("", "?access_token=nonsense"):
        answer = await street.house.visitor.call("GET", f"/client/events{token}")
        assert answer.status == 401

"""POST to the outbox: what is taken, what comes of it, and what is refused."""

import pytest

from tests.node.clients.c2s.conftest import Street
from tests.node.clients.c2s.desk import (
    LD_JSON,
    PUBLIC,
    deliveries,
    done,
    items,
    note,
    read,
    send,
    status,
)


async def test_a_bare_note_is_wrapped_in_a_create_whose_ids_are_the_servers(street: Street) -> None:
    sent = note("v0", id="https://evil.example/1", to=[PUBLIC], cc=["https://x.example/u"])

    create = await done(street.rowan, sent)

    origin = street.house.origin
    assert create["type"] == "Create"
    assert create["actor"] == street.rowan.persona.uri
    assert create["id"].startswith(f"{origin}/activities/")
    assert create["object"]["id"].startswith(f"{origin}/posts/")
    assert create["object"]["content"] == "v0"
    assert create["to"] == create["object"]["to"] == [PUBLIC]
    assert await read(street.rowan, create["id"]) == create
    assert (await items(street.rowan, "outbox"))[0]["id"] == create["id"]


async def test_what_names_nobody_is_for_oneself_alone(street: Street) -> None:
    create = await done(street.rowan, {"type": "Create", "object": note("just me")})

    assert create["to"] == []
    assert await status(street.ash, create["id"]) == 404
    assert await status(street.ash, create["object"]["id"]) == 404
    assert await status(street.house.visitor, create["object"]["id"]) == 404
    assert await deliveries(street.house) == 0


async def test_an_update_changes_what_it_names_and_nothing_else(street: Street) -> None:
    create = await done(street.rowan, note("v0", summary="careful", to=[PUBLIC]))
    uri = create["object"]["id"]

    await done(street.rowan, {"type": "Update", "object": {"id": uri, "content": "v1"}})
    one = await read(street.rowan, uri)
    await done(street.rowan, {"type": "Update", "object": {"id": uri, "summary": None}})
    other = await read(street.rowan, uri)

    assert (one["content"], one["summary"]) == ("v1", "careful")
    assert (other["content"], other.get("summary")) == ("v1", None)


async def test_nobody_changes_or_deletes_what_is_anothers(street: Street) -> None:
    create = await done(street.rowan, note("mine", to=[PUBLIC]))
    uri = create["object"]["id"]

    change = await send(street.ash, {"type": "Update", "object": {"id": uri, "content": "x"}})
    removal = await send(street.ash, {"type": "Delete", "object": uri})

    assert change.status == 400
    assert removal.status in (400, 403)
    assert change.body["type"].endswith("#object-does-not-exist")
    assert (await read(street.rowan, uri))["content"] == "mine"


async def test_a_delete_leaves_a_tombstone(street: Street) -> None:
    create = await done(street.rowan, note("for a moment", to=[PUBLIC]))
    uri = create["object"]["id"]

    deleted = await done(street.rowan, {"type": "Delete", "object": uri})

    gone = await street.rowan.call("GET", uri, headers={"Accept": LD_JSON})
    assert deleted["type"] == "Delete"
    assert (gone.status, gone.body["type"]) == (410, "Tombstone")
    assert "moment" not in gone.text


async def test_a_post_that_names_a_group_is_a_thread_there(street: Street) -> None:
    sent = note("How do you sleep?", name="Nights", to=[PUBLIC], cc=[street.public.actor.uri])

    create = await done(street.rowan, sent)

    assert create["object"]["type"] == "Page"
    assert create["object"]["name"] == "Nights"
    assert create["audience"] in (street.public.actor.uri, [street.public.actor.uri])
    reply = await done(
        street.rowan,
        note("Badly", inReplyTo=create["object"]["id"], to=[street.public.actor.uri]),
    )
    assert reply["object"]["inReplyTo"] == create["object"]["id"]
    replies = await read(street.rowan, create["object"]["replies"])
    assert replies["orderedItems"] == [reply["object"]["id"]]


async def test_only_members_write_in_a_group(street: Street) -> None:
    answer = await send(street.ash, note("Hi", name="Hi", to=[street.public.actor.uri]))

    assert answer.status == 403
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.body["type"].endswith("#actor-not-authorized")


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"[]",
        {"object": "x"},
        {"type": "Create"},
        {"type": "Create", "object": "https://x.example/1"},
        {"type": "Create", "object": {"type": "Note"}},
        {"type": "Create", "object": {"type": "Video", "content": "x"}},
        {"type": "Arrive", "object": "https://x.example/1"},
        {"type": "Follow", "object": 7},
        {"type": "Note", "content": {"a": 1}},
        {"type": "Note", "content": "x", "to": [7]},
        {"type": "Create", "actor": "https://x.example/u", "object": {"type": "Note"}},
        {"type": "Note", "content": "x", "attributedTo": "https://x.example/u"},
        {"type": "Add", "object": "https://x.example/1"},
        {"type": "Update", "object": "https://x.example/1"},
        {"type": "Undo", "object": {"type": "Dance", "object": "https://x.example/1"}},
        {"type": "Question", "content": "?", "oneOf": [{"name": "a"}, {"name": "b"}]},
    ],
)
async def test_what_cannot_be_meant_is_refused_with_a_problem(street: Street, body: object) -> None:
    answer = await send(street.rowan, body)

    assert 400 <= answer.status < 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(answer.body)
    assert await items(street.rowan, "outbox") == []


@pytest.mark.parametrize(
    ("content_type", "accepted"),
    [
        (LD_JSON, True),
        ("application/activity+json", True),
        ("application/activity+json; charset=utf-8", True),
        ("application/ld+json", True),
        ('application/ld+json; profile="https://example.org/other"', False),
        ("application/json", False),
        ("text/plain;charset=UTF-8", False),
        ("application/x-www-form-urlencoded", False),
    ],
)
async def test_only_activitystreams_is_taken(
    street: Street, content_type: str, accepted: bool
) -> None:
    answer = await send(street.rowan, note("hello"), content_type)

    assert answer.status == (201 if accepted else 415)


async def test_an_outbox_is_its_owners(street: Street) -> None:
    path = f"/personas/{street.rowan.persona.handle}/outbox"
    headers = {"Content-Type": LD_JSON}

    other = await street.ash.post(path, data=b'{"type":"Note","content":"x"}', headers=headers)
    nobody = await street.ash.post("/personas/none/outbox", data=b"{}", headers=headers)
    visitor = await street.house.visitor.post(path, data=b"{}", headers=headers)

    assert (other.status, nobody.status, visitor.status) == (403, 403, 401)
    assert other.text == nobody.text
    assert visitor.headers["WWW-Authenticate"].startswith("Bearer")


async def test_web_08_each_activity_needs_its_scope(street: Street) -> None:
    reader = await street.house.app_of(street.rowan.persona, "read")
    follower = await street.house.app_of(street.rowan.persona, "write:follows")
    follow = {"type": "Follow", "object": street.ash.persona.uri}

    assert (await send(reader, follow)).status == 403
    assert (await send(follower, note("x"))).status == 403
    assert (await send(follower, follow)).status == 201

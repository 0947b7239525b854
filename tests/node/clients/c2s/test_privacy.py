"""Rows of the security list that concern the federation API, each by its name."""

from typing import Any

import pytest

from storage import tables
from tests.node.clients.c2s.conftest import Street
from tests.node.clients.c2s.desk import (
    LD_JSON,
    PUBLIC,
    WANTED,
    deliveries,
    done,
    items,
    note,
    read,
    send,
    status,
)

FAR = "https://elsewhere.example/users/kim"
SECRET = "a word that stays here"


async def _stored(street: Street) -> tuple[int, int]:
    """How many posts and messages there are."""

    def count(uow: Any) -> tuple[int, int]:
        posts, messages = (
            len(uow.connection.execute(table.select()).all())
            for table in (tables.posts, tables.messages)
        )
        return posts, messages

    counted: tuple[int, int] = await street.house.rooms.db.read(count)
    return counted


@pytest.mark.parametrize("by", ["to", "cc", "bto", "bcc", "audience"])
async def test_prv_02_what_is_private_and_names_another_node_is_refused(
    street: Street, by: str
) -> None:
    near, group = street.ash.persona.uri, street.private.actor.uri
    followers = f"{street.rowan.persona.uri}/followers"
    before = await _stored(street)

    for ours in ([], [near], [group], [followers], [near, group]):
        addressed = {"to": ours} if by != "to" else {}
        sent = note(SECRET, **addressed, **{by: [*(ours if by == "to" else []), FAR]})
        answer = await send(street.rowan, sent)
        assert answer.status == 403, (ours, answer.text)
        assert "node" in answer.body["detail"]
        assert SECRET not in answer.text

    assert await _stored(street) == before
    assert await deliveries(street.house) == 0
    assert await items(street.rowan, "outbox") == []


async def test_prv_02_nobody_is_named_on_another_node_in_a_private_text(street: Street) -> None:
    sent = note(f"@kim@elsewhere.example {SECRET}", to=[street.ash.persona.uri])

    answer = await send(street.rowan, sent)

    assert answer.status in (400, 403)
    assert await _stored(street) == (0, 0)


async def _private_thread(street: Street) -> dict[str, Any]:
    return await done(
        street.rowan, note(SECRET, name="Private", to=[PUBLIC, street.private.actor.uri])
    )


async def test_a_private_group_is_not_widened_by_what_is_addressed(street: Street) -> None:
    create = await _private_thread(street)

    assert PUBLIC not in str(create)
    assert create["object"]["to"] == [street.private.actor.uri]
    assert await deliveries(street.house) == 0


async def test_prv_05_what_is_private_looks_like_what_never_was(street: Street) -> None:
    create = await _private_thread(street)
    uri, number = create["object"]["id"], create["object"]["id"].rpartition("/")[2]
    origin = street.house.origin
    await done(street.rowan, {"type": "Like", "object": uri})
    await done(street.rowan, {"type": "Block", "object": street.ash.persona.uri})
    kept = await done(
        street.rowan, {"type": "Create", "object": {"type": "Collection", "name": "x"}}
    )
    own = [
        uri,
        *(f"{uri}/{name}" for name in ("likes", "shares", "replies", "context")),
        *(one["id"] for one in await items(street.rowan, "outbox")),
        kept["object"],
    ]
    ash, visitor = street.ash, street.house.visitor

    for one in own:
        never = one.replace(number, "1") if number in one else f"{one.rpartition('/')[0]}/1"
        for app in (ash, visitor):
            hidden = await app.call("GET", one, headers=WANTED)
            unknown = await app.call("GET", never, headers=WANTED)
            assert hidden.status in (401, 404), (one, hidden.text)
            assert (hidden.status, hidden.text) == (unknown.status, unknown.text), one
            assert SECRET not in hidden.text
    assert await status(street.rowan, uri) == 200
    assert not own[0].startswith(f"{origin}/client")


async def test_prv_05_a_private_message_is_for_those_in_it(street: Street) -> None:
    rowan, ash = street.rowan, street.ash
    other = await street.house.person("birch")
    await done(ash, {"type": "Follow", "object": street.public.actor.uri})

    create = await done(rowan, note(SECRET, to=[ash.persona.uri]))

    uri = create["object"]["id"]
    assert create["to"] == [ash.persona.uri]
    [arrived] = [one for one in await items(ash, "inbox") if one["type"] == "Create"]
    assert arrived["object"]["id"] == uri
    assert (await read(ash, uri))["content"].strip() == f"<p>{SECRET}</p>"
    for app in (other, street.house.visitor):
        for one in (uri, create["id"]):
            assert await status(app, one) in (401, 404)
    assert await deliveries(street.house) == 0
    await done(rowan, {"type": "Delete", "object": uri})
    assert await status(ash, uri) == 404


async def test_prv_17_nothing_of_an_owner_is_kept_by_a_cache(street: Street) -> None:
    rowan, base = street.rowan, street.rowan.persona.uri
    create = await done(rowan, note("for all", to=[PUBLIC]))
    paths = [
        base,
        *(f"{base}/{name}" for name in ("inbox", "outbox", "followers", "following", "liked")),
        *(f"{base}/{name}" for name in ("blocked", "pendingFollowers", "pendingFollowing")),
        create["id"],
        create["object"]["id"],
        *(create["object"][name] for name in ("likes", "shares", "replies")),
    ]

    for path in paths:
        own = await rowan.call("GET", path, headers=WANTED)
        head = await rowan.call("HEAD", path, headers=WANTED)
        assert own.status == head.status == 200, (path, own.text)
        assert own.headers["Cache-Control"] == "private, no-store"
        assert "Authorization" in own.headers["Vary"]
        assert "ETag" not in own.headers
        assert own.headers["Access-Control-Allow-Origin"] == "*"
        anyone = await street.house.visitor.call("GET", path, headers=WANTED)
        assert "Authorization" in anyone.headers["Vary"]
        tagged = {**WANTED, "If-None-Match": anyone.headers.get("ETag", '"x"')}
        assert (await rowan.call("GET", path, headers=tagged)).status == 200


async def test_prv_26_lists_of_people_are_shown_to_their_owner_alone(street: Street) -> None:
    rowan, ash = street.rowan, street.ash
    await done(ash, {"type": "Follow", "object": rowan.persona.uri})
    inner = {"type": "Follow", "actor": ash.persona.uri}
    await done(rowan, {"type": "Accept", "object": inner})

    for app in (await street.house.person("birch"), street.house.visitor):
        for whose in (rowan, ash):
            for name in ("followers", "following", "liked", "blocked", "pendingFollowers"):
                answer = await app.call("GET", f"{whose.persona.uri}/{name}", headers=WANTED)
                assert rowan.persona.uri not in str(answer.body.get("items", ""))
                assert ash.persona.uri not in str(answer.body.get("items", ""))
                assert "orderedItems" not in answer.body or answer.body["orderedItems"] == []


async def test_an_inbox_is_read_by_its_owner_alone(street: Street) -> None:
    path = f"{street.rowan.persona.uri}/inbox"

    answers = [
        (await app.call("GET", path, headers=WANTED)).status
        for app in (street.rowan, street.ash, street.house.visitor)
    ]

    assert answers == [200, 403, 405]


async def test_bto_and_bcc_are_never_shown(street: Street) -> None:
    sent = note("hello", to=[PUBLIC], bto=[street.ash.persona.uri], bcc=[FAR])

    create = await done(street.rowan, sent)

    for app in (street.rowan, street.ash, street.house.visitor):
        answer = await app.call("GET", create["object"]["id"], headers={"Accept": LD_JSON})
        assert "bto" not in answer.text
        assert "bcc" not in answer.text
        assert FAR not in answer.text


async def test_a_preflight_needs_no_token(street: Street) -> None:
    answer = await street.house.visitor.call(
        "OPTIONS",
        f"{street.rowan.persona.uri}/outbox",
        headers={
            "Origin": "https://app.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        },
    )

    assert answer.status in (200, 204)
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]

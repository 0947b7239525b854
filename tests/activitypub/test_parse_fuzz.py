"""Only a WireError leaves a parser, whatever comes in: arbitrary bytes, arbitrary JSON under the
names we read, and real documents with parts replaced, removed and repeated."""

import copy
import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activitypub import nodeinfo, parse, webfinger
from activitypub.errors import WireError
from activitypub.parsing import fields
from activitypub.vocabulary import (
    ACTOR_TYPES,
    POST_TYPES,
    Activity,
    Actor,
    Announce,
    Collection,
    Post,
    Tombstone,
)
from tests.activitypub.documents import document, own_documents

QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)

Parser = Callable[[dict[str, Any]], object]
HANDLE = webfinger.Handle("ann", "kith.example")
PARSERS: list[Parser] = [
    parse.parse_object,
    parse.parse_activity,
    parse.parse_actor,
    parse.parse_post,
    parse.parse_collection,
    parse.parse_tombstone,
    parse.sender,
    nodeinfo.parse_links,
    nodeinfo.parse_nodeinfo,
    lambda document: webfinger.parse_jrd(document, HANDLE),
]

TYPES = sorted(
    ACTOR_TYPES
    | POST_TYPES
    | {"Create", "Update", "Delete", "Undo", "Announce", "Accept", "Follow", "Like", "Flag", "Add"}
    | {"EmojiReact", "Block", "Lock", "Tombstone", "OrderedCollection", "Mention", "Multikey"}
)
MEMBERS = sorted(
    {"id", "type", "actor", "object", "target", "to", "cc", "audience", "attributedTo", "content"}
    | {"contentMap", "name", "nameMap", "summary", "summaryMap", "inReplyTo", "context", "replies"}
    | {"url", "href", "tag", "attachment", "icon", "source", "mediaType", "language", "published"}
    | {"updated", "sensitive", "inbox", "outbox", "endpoints", "sharedInbox", "preferredUsername"}
    | {"publicKey", "publicKeyPem", "assertionMethod", "moderators", "featured", "items", "first"}
    | {"orderedItems", "next", "totalItems", "links", "rel", "subject", "properties", "software"}
    | {"usage", "users", "total", "metadata", "replyWanted", "endTime", "generator", "implements"}
    | {"formerType", "deleted", "withReplies", "commentsEnabled", "owner", "identifier"}
)
WORDS = st.sampled_from(
    [
        "https://a.example/u/ann",
        "https://a.example/1",
        "http://b.example:8080/x?y#z",
        "https://xn--nxasmq6b.example/",
        "https://ünï.example/é",
        "https://[::1]/",
        "javascript:alert(1)",
        "as:Public",
        "https://www.w3.org/ns/activitystreams#Public",
        "2026-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "en",
        "und",
        "self",
        "acct:ann@kith.example",
        "application/activity+json",
        "",
        " ",
        "\u202e\u0000\u200b",
        *TYPES,
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | WORDS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(MEMBERS) | st.text(max_size=6), inner, max_size=8)
    ),
    max_leaves=25,
)
DOCUMENTS = st.dictionaries(st.sampled_from(MEMBERS), VALUES, max_size=14).flatmap(
    lambda members: st.fixed_dictionaries(
        {"type": st.sampled_from(TYPES), "id": WORDS, "actor": WORDS}
    ).map(lambda named: {**members, **named})
)


def holds(thing: object) -> None:
    """What is promised of all that is read: ids are web addresses, lists and texts are short."""
    if isinstance(thing, Activity):
        assert thing.id == "" or thing.id.startswith(("http://", "https://"))
        assert thing.actor.lower().startswith(("http://", "https://"))
        assert max(len(thing.to), len(thing.cc), len(thing.audience)) <= fields.MAX_LIST
    if isinstance(thing, Announce):
        assert 1 <= len(thing.objects) <= fields.MAX_LIST
    if isinstance(thing, Post):
        assert len(thing.content) <= fields.MAX_CONTENT
        assert "\x00" not in thing.content + (thing.name or "") + (thing.content_warning or "")
        assert max(len(thing.tags), len(thing.attachments), len(thing.to)) <= fields.MAX_LIST
        assert all(one.url.lower().startswith(("http://", "https://")) for one in thing.attachments)
    if isinstance(thing, Actor):
        assert "@" not in thing.preferred_username
        assert len(thing.preferred_username) <= 253
    if isinstance(thing, Actor | Post | Activity | Collection | Tombstone):
        msgspec.json.encode(thing)


def survives(parser: Parser, value: dict[str, Any]) -> None:
    try:
        thing = parser(value)
    except WireError as error:
        refusal = error
    else:
        holds(thing)
        return
    assert refusal.reason
    assert len(str(refusal)) < 300


@QUIET
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_any_bytes(body: bytes) -> None:
    survives(lambda _: parse.parse_object(parse.read_json(body)), {})


@QUIET
@given(VALUES)
def test_any_json(value: object) -> None:
    survives(lambda _: parse.parse_object(parse.read_json(msgspec.json.encode(value))), {})


@pytest.mark.parametrize("parser", PARSERS)
@QUIET
@given(value=DOCUMENTS)
def test_any_document_under_the_names_we_read(parser: Parser, value: dict[str, Any]) -> None:
    survives(parser, value)


def places(value: dict[str, Any]) -> list[tuple[Any, Any]]:
    """All (container, key) pairs of a document."""
    found: list[tuple[Any, Any]] = []
    waiting: list[Any] = [value]
    while waiting:
        container = waiting.pop()
        for key in list(container) if isinstance(container, dict) else range(len(container)):
            found.append((container, key))
            if isinstance(container[key], dict | list):
                waiting.append(container[key])
    return found


@settings(QUIET, max_examples=500)
@given(name=st.sampled_from(own_documents()), seed=st.integers(0, 2**32), value=VALUES)
def test_real_documents_with_parts_replaced(name: str, seed: int, value: object) -> None:
    chance = random.Random(seed)
    broken = copy.deepcopy(document(name))
    for _ in range(chance.randint(1, 3)):
        container, key = chance.choice(places(broken))
        change = chance.randrange(4)
        if change == 0 and isinstance(container, dict):
            del container[key]
        elif change == 1:
            container[key] = [container[key]] * chance.choice([1, 2, 200])
        elif change == 2:
            container[key] = {"id": container[key], "type": chance.choice(TYPES)}
        else:
            container[key] = copy.deepcopy(value)
        if not broken:
            break
    for parser in PARSERS:
        survives(parser, broken)
    survives(lambda _: parse.parse_object(parse.read_json(msgspec.json.encode(broken))), {})


@QUIET
@given(st.text(max_size=60) | st.tuples(WORDS, st.text(max_size=10)).map("@".join))
def test_any_text_as_a_handle_or_resource(text: str) -> None:
    survives(lambda _: webfinger.Handle.parse(text), {})
    survives(lambda _: webfinger.parse_resource(text, "kith.example"), {})
    survives(lambda _: webfinger.parse_query(f"resource={text}&rel=self", "kith.example"), {})


def test_what_is_promised_is_checked() -> None:
    good = parse.parse_object(document("lemmy/create_page"))
    holds(good)
    with pytest.raises(AssertionError):
        holds(msgspec.structs.replace(good, actor="urn:x"))

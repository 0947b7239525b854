"""Every recorded document of other systems parses to what it is, or is refused for a good reason.

The table that this prints (`pytest -s`) says, per producer, what became of its documents. A refusal
must be listed here with its reason: fragments from documentation that lack an id, author or inbox,
and documents that are no ActivityPub at all, which their own parsers read.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from activitypub import nodeinfo, parse, webfinger
from activitypub.errors import WireError
from activitypub.vocabulary import (
    ACTOR_TYPES,
    POST_TYPES,
    Activity,
    Actor,
    Post,
    Tombstone,
    Unknown,
)
from tests.activitypub.documents import filled
from tests.shared import require_shared

FRAGMENTS = {
    "no-id": {
        "fep/fep1b12_05_Announce_Add_uri_.json",
        "fep/fep7888_00_Note.json",
        "fep/fepe232_00_Note.json",
        "fep/fepe232_01_Note.json",
    },
    "no-author": {
        *(f"fep/fep8a8e_{number:02}_Event.json" for number in range(13)),
        "fep/fep9098_01_Note.json",
        "fep/fepb2b8_07_Article.json",
        "mastodon/mastodondoc_ap_03_Question.json",
        "mastodon/mastodondoc_ap_16_Note.json",
        "mastodon/mastodondoc_ap_17_Note.json",
        "mastodon/mastodondoc_ap_18_Note.json",
    },
    "no-inbox": {
        "fep/fep1580_00_Person.json",
        "fep/fep1b12_03_Group.json",
        "fep/fep268d_03_Person.json",
        "fep/fep844e_00_Application.json",
        *(f"mastodon/mastodondoc_ap_{number:02}_Person.json" for number in range(6, 15)),
    },
    "unexpected-type": {
        "fep/fep044f_03_QuoteAuthorization.json",
        "fep/fep1580_06_Move.json",
        "fep/fep1580_07_TentativeAccept_uri_.json",
        "fep/fep7888_10_Object.json",
        "fep/fep9098_00_Emoji.json",
        "piefed/piefed__feed_json.json",
    },
    "bad-type": {
        "generic/smithereentest__00b-options_payload.json",
        "piefed/piefed__feed_follow.json",
    },
}
"""By reason: examples in documentation that are pieces of documents, and types that we ignore."""

NOT_SPOKEN = {"QuoteRequest", "Move", "ApproveReply", "RejectReply", "Resolve", "Warn"}


def manifest() -> list[dict[str, str]]:
    with require_shared("wire", "MANIFEST.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def rows() -> Iterator[tuple[str, str, bytes]]:
    folder = require_shared("wire")
    for row in manifest():
        yield row["path"], row["what_it_is"], filled((folder / row["path"]).read_bytes())


def is_expected(document: dict[str, Any], read: object) -> bool:
    """Whether a document became the class that its type names."""
    kind = document["type"]
    if kind in ACTOR_TYPES:
        return isinstance(read, Actor)
    if kind in POST_TYPES:
        return isinstance(read, Post)
    inner = document.get("object")
    chat = isinstance(inner, dict) and inner.get("type") == "ChatMessage"
    if kind in NOT_SPOKEN or chat:
        return isinstance(read, Unknown) and read.type == kind
    return type(read).__name__ == kind or "Collection" in kind


def outcome(body: bytes, what: str) -> tuple[str, str]:
    """("read", class) or ("refused", reason) of one document, by the parser that it is for."""
    try:
        document = parse.read_json(body)
        if "WebFinger" in what:
            return "read", type(webfinger.parse_jrd(document, subject(document))).__name__
        if "JRD links" in what:
            assert nodeinfo.parse_links(document).nodeinfo
            return "read", "NodeInfoLinks"
        if "NodeInfo" in what:
            assert nodeinfo.parse_nodeinfo(document).software != "unknown"
            return "read", "NodeInfo"
        read = parse.parse_object(document)
    except WireError as error:
        return "refused", error.reason
    assert is_expected(document, read), (document["type"], type(read))
    return "read", type(read).__name__


def subject(document: dict[str, Any]) -> webfinger.Handle:
    name = document["subject"]
    host = name.removeprefix("https://").rstrip("/")
    return webfinger.Handle.parse(name if name.startswith("acct:") else f"server@{host}")


def test_every_recorded_document_is_read_or_refused_for_a_listed_reason() -> None:
    table: dict[str, Counter[str]] = {}
    refused: dict[str, set[str]] = {}
    for path, what, body in rows():
        result, detail = outcome(body, what)
        table.setdefault(path.partition("/")[0], Counter())[result] += 1
        if result == "refused":
            refused.setdefault(detail, set()).add(path)
    print_table(table, refused)
    no_actor_link = refused.pop("no-actor-link", set())
    assert {Path(path).name for path in no_actor_link} == {
        f"fepd556_{number}_WebFinger_JRD.json" for number in ("01", "02", "03")
    }
    assert refused == FRAGMENTS
    assert sum(counts.total() for counts in table.values()) == len(manifest()) >= 441
    assert table["lemmy"] == Counter(read=57)
    assert table["mbin"] == Counter(read=62)
    assert table["peertube"] == Counter(read=23)
    for producer in table.keys() - {"fep", "mastodon", "piefed", "generic"}:
        assert not table[producer]["refused"], producer
    assert table["mastodon"] == Counter(read=143, refused=13)


def print_table(table: dict[str, Counter[str]], refused: dict[str, set[str]]) -> None:
    print(f"\n{'producer':12} {'read':>5} {'refused':>8}")
    for producer, counts in sorted(table.items()):
        print(f"{producer:12} {counts['read']:5} {counts['refused']:8}")
    for reason, paths in sorted(refused.items()):
        print(f"{reason:16} {len(paths):4}  {', '.join(sorted(paths))}")


def test_every_recorded_activity_has_a_sender() -> None:
    checked = 0
    for path, what, body in rows():
        document = parse.read_json(body)
        if "actor" not in document or "WebFinger" in what or document.get("type") in POST_TYPES:
            continue
        if path in FRAGMENTS["no-id"] | FRAGMENTS["unexpected-type"]:
            continue
        activity_id, actor, kind = parse.sender(document)
        read = parse.parse_activity(document)
        assert isinstance(read, Activity)
        assert (read.id, read.actor) == (activity_id, actor)
        assert kind == document["type"]
        checked += 1
    assert checked > 200


@pytest.mark.parametrize(
    ("path", "expected"),
    [("lemmy/lemmyasset__objects__tombstone.json", Tombstone)],
)
def test_a_tombstone_is_a_tombstone(path: str, expected: type) -> None:
    body = require_shared("wire", path).read_bytes()
    assert isinstance(parse.parse_object(parse.read_json(body)), expected)

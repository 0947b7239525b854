"""Bytes to a plain JSON object: depth, shape and the JSON-LD profile (DOS-04, ORG-32)."""

from time import process_time
from typing import Any

import msgspec
import pytest

from activitypub import parse
from activitypub.errors import WireError
from activitypub.vocabulary import AS_CONTEXT
from tests.activitypub.documents import document, own_documents

NOTE: dict[str, Any] = {"type": "Note", "id": "https://a.example/1", "content": "hello"}


def read(value: object) -> dict[str, Any]:
    return parse.read_json(msgspec.json.encode(value))


def reason(body: bytes, max_depth: int = 32) -> str:
    with pytest.raises(WireError) as caught:
        parse.read_json(body, max_depth=max_depth)
    return caught.value.reason


def test_an_object_is_read() -> None:
    assert read(NOTE) == NOTE


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b'{"a":"\xff"}', "not-json"),
        (b'{"a":NaN}', "not-json"),
        (b'{"a":1e999}', "not-json"),
        (b'{"a":' + b"9" * 6000 + b"}", "not-json"),
        (b'{"a":"\\ud800"}', "not-json"),
        (b"null", "not-an-object"),
        (b"[]", "not-an-object"),
        (b'["a"]', "not-an-object"),
        (b'"text"', "not-an-object"),
    ],
)
def test_what_is_no_json_object_is_refused(body: bytes, expected: str) -> None:
    assert reason(body) == expected


def test_depth_is_allowed_up_to_its_limit_and_no_further() -> None:
    def nested(levels: int) -> bytes:
        return b'{"a":' * (levels - 1) + b"{}" + b"}" * (levels - 1)

    assert parse.read_json(nested(32))
    assert reason(nested(33)) == "too-deep"
    assert parse.read_json(nested(4), max_depth=4)
    assert reason(nested(5), max_depth=4) == "too-deep"


def test_brackets_inside_strings_do_not_count() -> None:
    text = '[[[[{{{{"\\' * 50
    assert read({"content": text}) == {"content": text}


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 5_000, b'{"a":[' * 20_000 + b"]}" * 20_000]
)
def test_dos_04_deep_brackets_are_refused_quickly(body: bytes) -> None:
    started = process_time()
    assert reason(body) == "too-deep"
    assert process_time() - started < 0.05


def test_brackets_that_pair_with_nothing_are_left_to_the_decoder() -> None:
    assert reason(b'{"a":[' + b"[],{}," * 1_000) == "not-json"
    assert reason(b"]" * 1_000) == "not-json"
    assert reason(b'{"a":[}') == "not-json"


@pytest.mark.parametrize("keyword", ["@graph", "@reverse", "@included", "@nest", "@id", "@type"])
def test_org_32_keywords_that_reshape_a_document_are_refused(keyword: str) -> None:
    assert read({"@context": AS_CONTEXT, **NOTE})
    for place in ({**NOTE, keyword: []}, {**NOTE, "tag": [{"type": "Mention", keyword: "x"}]}):
        with pytest.raises(WireError) as caught:
            read(place)
        assert caught.value.reason == "json-ld"


def test_org_32_friendica_may_type_what_we_never_read() -> None:
    address = {"@type": "vcard:Home", "vcard:country-name": "Norway"}
    assert read({**NOTE, "vcard:hasAddress": address})
    with pytest.raises(WireError):
        read({**NOTE, "location": address})
    with pytest.raises(WireError):
        read({**NOTE, "vcard:hasAddress": {"@graph": []}})


@pytest.mark.parametrize(
    "terms",
    [
        {"actor": "https://evil.example/ns#victim"},
        {"object": {"@id": "https://evil.example/ns#o"}},
        {"attributedTo": "as:actor"},
        {"actor": None},
        {"id": "https://evil.example/ns#id"},
        {"type": "as:formerType"},
        {"content": "as:summary"},
        {"to": {"@id": "as:cc", "@type": "@id"}},
        {"publicKeyPem": "as:content"},
        {"as": "https://evil.example/ns#"},
        {"sec": "https://evil.example/ns#"},
        {"x": "as:ac", "actor": "x:tor2"},
        {"ident": "@id"},
        {"kind": {"@id": "@type"}},
        {"everything": "@graph"},
        {"backwards": {"@reverse": "as:actor"}},
        {"folded": {"@id": "as:x", "@nest": "actor"}},
        {"@import": "https://evil.example/context.json"},
        {"Note": {"@id": "as:Note", "@context": {"actor": "https://evil.example/x"}}},
    ],
)
def test_org_32_a_context_that_changes_what_we_read_is_refused(terms: dict[str, object]) -> None:
    for context in (terms, [AS_CONTEXT, terms]):
        with pytest.raises(WireError) as caught:
            read({"@context": context, **NOTE})
        assert caught.value.reason == "json-ld"
        with pytest.raises(WireError):
            read({"type": "Announce", "object": {"@context": context, **NOTE}})


@pytest.mark.parametrize(
    "terms",
    [
        {"id": "@id", "type": "@type"},
        {"actor": {"@id": "as:actor", "@type": "@id"}},
        {"as": "https://www.w3.org/ns/activitystreams#", "sensitive": "as:sensitive"},
        {"inbox": {"@id": "ldp:inbox", "@type": "@id"}},
        {"ldp": "http://www.w3.org/ns/ldp#", "inbox": "ldp:inbox"},
        {"to": {"@type": "@id"}},
        {"publicKeyPem": "https://w3id.org/security#publicKeyPem"},
        {"@language": "und", "@version": 1.1, "@vocab": "_:"},
        {"icons": "as:icon", "Hashtag": "as:Hashtag"},
        {"summaryMap": {"@id": "as:summary", "@container": "@language"}},
        {"orderedItems": {"@id": "as:items", "@container": "@list", "@type": "@id"}},
    ],
)
def test_a_context_that_only_adds_terms_is_fine(terms: dict[str, object]) -> None:
    assert read({"@context": [AS_CONTEXT, terms], **NOTE})


@pytest.mark.parametrize("name", own_documents())
def test_the_contexts_of_peers_are_fine(name: str) -> None:
    assert document(name)


def test_org_32_contexts_are_never_fetched_and_few() -> None:
    assert read({"@context": ["https://nowhere.invalid/c.json"] * 32, **NOTE})
    with pytest.raises(WireError):
        read({"@context": ["https://nowhere.invalid/c.json"] * 10_000, **NOTE})
    with pytest.raises(WireError):
        read({"@context": {f"t{n}": "as:name" for n in range(501)}, **NOTE})


def test_a_chain_of_prefixes_costs_nothing() -> None:
    terms = {f"t{n}": f"t{n}:" + "x" * 2000 for n in range(400)}
    started = process_time()
    assert read({"@context": [AS_CONTEXT, terms], **NOTE})
    assert process_time() - started < 0.1

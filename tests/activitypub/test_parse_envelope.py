"""What the inbox reads first: id, actor, type (ORG-23, ORG-33)."""

from typing import Any

import pytest

from activitypub import parse
from activitypub.errors import WireError
from activitypub.vocabulary import Unknown

LIKE: dict[str, Any] = {
    "id": "https://a.example/likes/1",
    "type": "Like",
    "actor": "https://a.example/u/ann",
    "object": "https://b.example/post/1",
}


def refused(document: dict[str, Any]) -> str:
    with pytest.raises(WireError) as caught:
        parse.sender(document)
    with pytest.raises(WireError):
        parse.parse_activity(document)
    return caught.value.reason


@pytest.mark.parametrize(
    "actor",
    [LIKE["actor"], {"type": "Person", "id": LIKE["actor"]}, [LIKE["actor"]]],
)
def test_the_envelope_is_read_in_every_shape(actor: object) -> None:
    expected = (LIKE["id"], LIKE["actor"], "Like")
    assert parse.sender({**LIKE, "actor": actor}) == expected


@pytest.mark.parametrize(
    "member",
    [
        None,
        "",
        "urn:uuid:1",
        "ftp://a.example/1",
        "javascript:alert(1)",
        7,
        True,
        [],
        {},
        "https://",
    ],
)
def test_org_23_ids_that_are_no_web_address_are_refused(member: object) -> None:
    assert refused({**LIKE, "id": member}) == "no-id"
    assert refused({**LIKE, "actor": member}) == "no-actor"


@pytest.mark.parametrize(
    "url",
    [
        "https://user@a.example/1",
        "https://a.example\\@b.example/1",
        "https://a.example /1",
        "https://a.example/\u202e1",
        "https://a.example/a b",
        "https://a.example/\n",
        "https://a.example:99999/",
        "https://a..example/",
        "https://[::1/",
        "https://a.example/" + "x" * 2048,
    ],
)
def test_ids_that_readers_disagree_about_are_refused(url: str) -> None:
    assert refused({**LIKE, "id": url}) == "no-id"


def test_two_actors_are_refused() -> None:
    assert refused({**LIKE, "actor": [LIKE["actor"], "https://a.example/u/bob"]}) == "no-actor"


def test_org_23_an_activity_with_the_id_of_its_object_is_refused() -> None:
    for same in (
        LIKE["id"],
        {"type": "Note", "id": LIKE["id"]},
        ["https://b.example/1", LIKE["id"]],
    ):
        assert refused({**LIKE, "object": same}) == "same-id"


@pytest.mark.parametrize(
    "kind", [["Create", "Delete"], ["Like"], None, 3, {}, "", [["Like"]], "a b"]
)
def test_org_33_types_that_are_not_one_name_are_refused(kind: object) -> None:
    assert refused({**LIKE, "type": kind}) == "bad-type"


@pytest.mark.parametrize(
    "kind", ["as:Like", "https://www.w3.org/ns/activitystreams#Like", "like", "LIKE", "Arrive"]
)
def test_org_33_other_spellings_are_unknown_and_never_half_processed(kind: str) -> None:
    read = parse.parse_activity({**LIKE, "type": kind})
    assert isinstance(read, Unknown)
    assert read.type == kind


@pytest.mark.parametrize("kind", [["Note", "Person"], "note", "as:Note", None])
def test_org_33_the_type_of_what_is_created_is_one_known_name(kind: object) -> None:
    create = {**LIKE, "type": "Create", "object": {"type": kind, "id": "https://a.example/n"}}
    if isinstance(kind, str):
        read = parse.parse_activity(create)
        assert isinstance(read, Unknown)
        assert read.object_type == kind
    else:
        with pytest.raises(WireError):
            parse.parse_activity(create)

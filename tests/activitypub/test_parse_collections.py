"""Collections as peers serve them: whole, paged, counted, with a first page inline."""

import pytest

from activitypub import parse
from activitypub.errors import WireError
from activitypub.parsing.collections import MAX_MEMBERS
from activitypub.vocabulary import Actor, Announce, Collection, Post, Tombstone
from tests.activitypub.documents import document

URL = "https://a.example/list"


def test_a_whole_collection() -> None:
    moderators = parse.parse_collection(document("lemmy/moderators"))
    assert moderators.items == (
        "https://lemmy.example/u/moderator",
        "https://lemmy.example/u/rosa",
    )
    assert (moderators.first, moderators.next) == (None, None)


def test_a_count() -> None:
    followers = parse.parse_collection(document("lemmy/followers"))
    assert (followers.items, followers.total_items) == ((), 3)


def test_a_page() -> None:
    page = parse.parse_collection(document("mastodon/outbox_page"))
    assert page.next == "https://mastodon.example/users/ines/outbox?max_id=1&page=true"
    assert isinstance(page.items[0], dict)


def test_an_inline_first_page_is_merged() -> None:
    replies = parse.parse_collection(document("mastodon/replies"))
    assert replies.next == "https://mastodon.example/users/ines/statuses/1/replies?page=true"
    assert (replies.first, replies.items) == (None, ())
    first = {"type": "OrderedCollectionPage", "id": URL + "/1", "orderedItems": [URL + "/a"]}
    inline = parse.parse_collection({"type": "OrderedCollection", "id": URL, "first": first})
    assert (inline.items, inline.first, inline.next) == ((URL + "/a",), None, None)
    empty = {"type": "CollectionPage", "id": URL + "/1"}
    by_id = parse.parse_collection({"type": "Collection", "id": URL, "first": empty})
    assert by_id.first == URL + "/1"


def test_a_link_to_the_first_page() -> None:
    index = {"type": "OrderedCollection", "id": URL, "totalItems": 4, "first": URL + "?page=1"}
    assert parse.parse_collection(index) == Collection(id=URL, total_items=4, first=URL + "?page=1")


def test_members_that_are_neither_url_nor_object_are_left_out() -> None:
    mixed = {"type": "Collection", "items": [URL, 3, None, "urn:x", "javascript:x", {"id": "y"}]}
    read = parse.parse_collection(mixed)
    assert (read.id, read.items) == (None, (URL, {"id": "y"}))
    assert parse.parse_collection({"type": "Collection", "items": URL}).items == (URL,)


def test_dos_06_members_are_capped() -> None:
    huge = {"type": "OrderedCollection", "orderedItems": [f"{URL}/{n}" for n in range(100_000)]}
    assert len(parse.parse_collection(huge).items) == MAX_MEMBERS


@pytest.mark.parametrize("total", [-1, "3", None, True, 1e30, [], 2.5e13])
def test_absurd_totals_are_dropped(total: object) -> None:
    assert parse.parse_collection({"type": "Collection", "totalItems": total}).total_items is None
    assert parse.parse_collection({"type": "Collection", "totalItems": 2}).total_items == 2


def test_parse_object_goes_by_type() -> None:
    assert isinstance(parse.parse_object(document("lemmy/moderators")), Collection)
    assert isinstance(parse.parse_object(document("lemmy/group")), Actor)
    assert isinstance(parse.parse_object(document("peertube/video")), Post)
    assert isinstance(parse.parse_object(document("guppe/announce")), Announce)
    gone = {"type": "Tombstone", "id": URL, "formerType": "Note", "deleted": "2026-01-01T00:00:00Z"}
    read = parse.parse_object(gone)
    assert isinstance(read, Tombstone)
    assert (read.former_type, read.deleted is not None) == ("Note", True)
    for other in ({"type": "Feed", "id": URL}, {"type": ["Note"], "id": URL}, {}):
        with pytest.raises(WireError):
            parse.parse_object(other)
    with pytest.raises(WireError):
        parse.parse_collection(document("lemmy/group"))

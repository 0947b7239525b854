"""What a sent activity still shows when its words have been changed or taken back."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from activitypub import shapes
from activitypub.render import render_activity, to_bytes
from node.groups.documents import post_document
from node.wire.standing import as_it_stands, posts_in, with_replaced
from storage.posts import PostView
from tests.node.wire.records import AT, HOME, actor, post, public_group

ANN = actor("ann")
LATER = AT + timedelta(hours=1)
SENT = AT + timedelta(minutes=1)
URI = f"{HOME}/posts/7"


def announced(view: PostView) -> bytes:
    create = shapes.create(f"{HOME}/activities/1", post_document(view, public_group(), None, HOME))
    group = public_group().actor
    announce = shapes.announce(f"{HOME}/activities/2", group.uri, f"{group.uri}/followers", create)
    document = render_activity(announce)
    inner: Any = document["object"]
    return to_bytes(document | {"object": inner | {"proof": {"a": 1}}, "proof": {"b": 2}})


def test_what_stands_is_shown_byte_for_byte() -> None:
    body = announced(post(7, ANN))
    assert as_it_stands(body, {URI: post(7, ANN).post}, SENT) is body
    edited_before = post(7, ANN, edited_at=AT).post
    assert as_it_stands(body, {URI: edited_before}, SENT) is body


@pytest.mark.parametrize("change", ["edited_at", "deleted_at", "removed_at"])
def test_words_that_changed_since_give_way_to_a_pointer(change: str) -> None:
    body = announced(post(7, ANN))
    shown = as_it_stands(body, {URI: post(7, ANN, None, **{change: LATER}).post}, SENT)
    document = msgspec.json.decode(shown)
    assert b"Words" in body
    assert b"Words" not in shown
    assert document["id"] == f"{HOME}/activities/2"
    assert document["object"]["id"] == f"{HOME}/activities/1"
    assert document["object"]["object"] == URI
    assert "proof" not in document
    assert "proof" not in document["object"]


def test_the_twin_announce_of_a_bare_post_gives_way_too() -> None:
    twin = to_bytes({"type": "Announce", "object": {"type": "Page", "id": URI, "content": "Words"}})
    shown = as_it_stands(twin, {URI: post(7, ANN, deleted_at=LATER).post}, SENT)
    assert msgspec.json.decode(shown) == {"type": "Announce", "object": URI}


def test_another_post_in_the_same_batch_is_left_alone() -> None:
    pages = [{"type": "Page", "id": f"{HOME}/posts/{n}", "content": str(n)} for n in (7, 8)]
    batch = to_bytes({"type": "Announce", "object": pages})
    shown = msgspec.json.decode(with_replaced(batch, {URI: {"type": "Page", "id": URI}}))
    assert shown["object"] == [{"type": "Page", "id": URI}, pages[1]]


def test_posts_are_found_wherever_an_activity_carries_them() -> None:
    assert list(posts_in(msgspec.json.decode(announced(post(7, ANN))))) == [URI]
    assert list(posts_in({"type": "Like", "object": URI})) == []
    assert list(posts_in({"object": [{"type": "Note", "id": "a"}, {"object": 5}, None]})) == ["a"]

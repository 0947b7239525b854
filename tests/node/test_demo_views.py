"""The demo's eyes: two views of a thread agree only when every word of them does."""

from typing import Any

import pytest

from node.demo.views import difference, find, seen

SIDES = ("Harbour", "Meadow")


def post(uri: str, *replies: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A post as the API answers it."""
    return {
        "id": uri,
        "uri": uri,
        "author": {"uri": "persona"},
        "state": "here",
        "title": None,
        "content": f"<p>{uri}</p>\n",
        "content_warning": None,
        "language": "en",
        "reply_wanted": None,
        "removal_reason": None,
        "created_at": "2026-03-05T18:20:00.123Z",
        "edited_at": None,
        "reactions": {},
        "parent_id": None,
        "locked": False,
        "pinned": False,
        "replies": list(replies),
    } | fields


def thread(**below: Any) -> dict[str, Any]:
    second = post("second", parent_id="first", **below)
    return post("root", post("first", second, parent_id="root"))


def test_ids_and_the_order_of_simultaneous_replies_are_each_nodes_own() -> None:
    one = post("root", post("a", parent_id="1"), post("b", parent_id="1"), id="1")
    other = post("root", post("b", parent_id="2"), post("a", parent_id="2"), id="2")
    assert difference(SIDES, seen(one), seen(other)) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "deleted"),
        ("content", "<p>Another word</p>"),
        ("content_warning", "loss"),
        ("language", "de"),
        ("removal_reason", "Unkind"),
        ("edited_at", "2026-03-05T18:21:00Z"),
        ("created_at", "2026-03-05T18:20:01Z"),
        ("reactions", {"strength": 1}),
        ("author", {"uri": "somebody else"}),
        ("replies", [post("third", parent_id="second")]),
    ],
)
def test_every_difference_is_seen_three_levels_deep(field: str, value: Any) -> None:
    sentence = difference(SIDES, seen(thread()), seen(thread(**{field: value})))
    assert sentence is not None
    assert sentence.startswith("thread.replies[0].replies[0].")
    assert "Harbour" in sentence
    assert "Meadow" in sentence


@pytest.mark.parametrize("field", ["locked", "pinned"])
def test_a_thread_is_locked_and_pinned_as_a_whole(field: str) -> None:
    assert difference(SIDES, seen(thread()), seen(thread() | {field: True}))
    assert difference(SIDES, seen(thread()), seen(thread(**{field: True}))) is None


def test_reactions_can_be_left_out() -> None:
    one, other = thread(), thread(reactions={"strength": 1})
    assert difference(SIDES, seen(one, reactions=False), seen(other, reactions=False)) is None


def test_a_post_is_found_wherever_it_stands() -> None:
    told = seen(thread())
    found = find(told, "second")
    assert found is not None
    assert found["words"] == "<p>second</p>"
    assert find(told, "nowhere") is None

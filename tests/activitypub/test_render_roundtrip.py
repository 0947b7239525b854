"""What we write, our own parser reads back as the same thing."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activitypub import parse, render, shapes
from activitypub.vocabulary import Activity, Actor, Post, Tombstone
from tests.activitypub import made
from tests.activitypub.documents import without_raw

QUIET = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def sent(document: dict[str, object]) -> dict[str, Any]:
    return parse.read_json(render.to_bytes(document))


@QUIET
@given(made.posts())
def test_posts(post: Post) -> None:
    read = parse.parse_post(sent(render.render_post(post)))
    assert without_raw(read) == without_raw(post)


@QUIET
@given(made.actors())
def test_actors(actor: Actor) -> None:
    assert parse.parse_actor(sent(render.render_actor(actor))) == actor


@QUIET
@given(made.activities())
def test_activities(activity: Activity) -> None:
    read = parse.parse_activity(sent(render.render_activity(activity)))
    assert type(read) is type(activity)
    assert without_raw(read) == without_raw(activity)


@QUIET
@given(made.tombstones())
def test_tombstones(tombstone: Tombstone) -> None:
    assert parse.parse_tombstone(sent(render.render_tombstone(tombstone))) == tombstone


@QUIET
@given(st.lists(made.posts_ids, max_size=5), st.none() | made.numbers)
def test_collections(items: list[str], total: int | None) -> None:
    whole = parse.parse_collection(sent(render.render_collection(made.GROUP, items, total=total)))
    assert (whole.id, whole.items) == (made.GROUP, tuple(items))
    assert whole.total_items == (len(items) if total is None else total)
    page = render.render_page(
        made.GROUP + "?page=1", items, part_of=made.GROUP, next=made.GROUP + "?page=2", total=total
    )
    read = parse.parse_collection(sent(page))
    assert (read.items, read.next) == (tuple(items), made.GROUP + "?page=2")


@QUIET
@given(made.activities())
def test_what_was_received_is_handed_on_unchanged(activity: Activity) -> None:
    received = sent(render.render_activity(activity))
    received["proof"] = {"type": "DataIntegrityProof", "proofValue": "z1"}
    received["unheardOf"] = [{"a": 1}]
    inner = parse.parse_activity(received)
    announced = shapes.announce("https://kith.example/a", made.GROUP, made.FOLLOWERS, inner)
    assert sent(render.render_activity(announced))["object"] == received

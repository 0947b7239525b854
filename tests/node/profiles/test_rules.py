"""What must hold for every post and every reader; and that types keep the rest at home."""

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any, get_type_hints

from hypothesis import given
from hypothesis import strategies as some

from node.profiles.announcer import Announcer
from node.profiles.documents import note_document
from node.profiles.outbound import ProfileOutbound
from node.profiles.rules import AUDIENCES, FederatedPost, OpenPost
from node.visibility import may_read_profile_post
from storage.actors import Actor
from storage.profile_posts import Sight
from tests.clock import Clock

ROOT = Path(__file__).resolve().parents[3]
AUTHOR, THREAD_AUTHOR, READER = 1, 2, 3
ABOUT_PEOPLE = {"followed", "unfollowed", "answered"}

sights = some.builds(
    Sight,
    post_id=some.just(9),
    author_id=some.sampled_from([AUTHOR, READER]),
    audience=some.sampled_from(AUDIENCES),
    thread_author_id=some.sampled_from([AUTHOR, THREAD_AUTHOR, READER]),
    thread_audience=some.sampled_from(AUDIENCES),
    follows_author=some.booleans(),
    follows_thread_author=some.booleans(),
    is_named=some.booleans(),
    is_named_in_thread=some.booleans(),
)
hidden = some.frozensets(some.sampled_from([AUTHOR, THREAD_AUTHOR]))


def actor(number: int, *, is_local: bool) -> Actor:
    return Actor(
        id=number,
        uri=f"https://kith.example/personas/{number}",
        type="Person",
        handle=str(number),
        authority="kith.example",
        name="",
        summary="",
        inbox="",
        is_local=is_local,
        created_at=Clock().now(),
    )


NEAR, FAR = actor(READER, is_local=True), actor(READER, is_local=False)
readers = some.sampled_from([NEAR, FAR, None])


def reads(sight: Sight, reader: Actor | None, unseen: frozenset[int] = frozenset()) -> bool:
    return may_read_profile_post(sight, reader, unseen)


@given(sights, readers)
def test_a_note_to_oneself_is_ones_own(sight: Sight, reader: Actor | None) -> None:
    own = reader is not None and reader.id == sight.author_id
    assert reads(replace(sight, audience="self"), reader) == own


@given(sights)
def test_what_is_for_few_is_read_here_alone(sight: Sight) -> None:
    for audience in ("followers", "self"):
        at = replace(sight, audience=audience, author_id=AUTHOR)
        assert not reads(at, FAR)
        assert not reads(at, None)


@given(sights, readers, hidden)
def test_a_block_hides_all_but_ones_own(
    sight: Sight, reader: Actor | None, unseen: frozenset[int]
) -> None:
    own = reader is not None and reader.id == sight.author_id
    if not own and {sight.author_id, sight.thread_author_id} & unseen:
        assert not reads(sight, reader, unseen)


@given(sights, readers, hidden)
def test_fewer_ties_never_show_more(
    sight: Sight, reader: Actor | None, unseen: frozenset[int]
) -> None:
    for tie in ("follows_author", "follows_thread_author", "is_named", "is_named_in_thread"):
        without: dict[str, Any] = {tie: False}
        loose = replace(sight, **without)
        assert not reads(loose, reader, unseen) or reads(sight, reader, unseen)
    assert not reads(sight, reader, unseen) or reads(sight, reader)


@given(sights, readers)
def test_a_wider_audience_never_loses_a_reader(sight: Sight, reader: Actor | None) -> None:
    for narrow, wide in zip(AUDIENCES[1:], AUDIENCES, strict=False):
        if reads(replace(sight, audience=narrow), reader):
            assert reads(replace(sight, audience=wide), reader)


@given(sights, readers)
def test_what_stands_in_a_group_is_for_its_rules(sight: Sight, reader: Actor | None) -> None:
    assert not reads(replace(sight, audience="group"), reader)


def test_all_that_speaks_of_posts_asks_for_one_that_may_leave() -> None:
    said: list[Any] = [
        getattr(kind, name)
        for kind in (Announcer, ProfileOutbound)
        for name in vars(Announcer)
        if not name.startswith("_") and name not in ABOUT_PEOPLE
    ]
    assert len(said) == 14
    for function in (*said, note_document):
        assert get_type_hints(function)["post"] in (FederatedPost, OpenPost), function


def test_only_one_place_makes_a_post_that_may_leave() -> None:
    for name in ("FederatedPost", "OpenPost"):
        makers = [
            path.relative_to(ROOT).as_posix()
            for package in ("node", "federation", "storage", "activitypub")
            for path in (ROOT / package).rglob("*.py")
            for call in ast.walk(ast.parse(path.read_bytes()))
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(name)
        ]
        assert set(makers) == {"node/profiles/rules.py"}, name

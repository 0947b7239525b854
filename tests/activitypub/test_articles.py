"""Cards and stories on the wire: read whole from a node like ours, leniently from anybody."""

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activitypub import parse, render, shapes
from activitypub.parsing.articles import MAX_DEPTH, MAX_DETAILS
from activitypub.vocabulary import Article, Post
from tests.activitypub import made

QUIET = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
CARD = Article(
    kind="coping-card",
    details={
        "what": "Name five things you can see.",
        "effort": "little",
        "steps": ["Look around.", "Say them aloud."],
        "topics": ["anxiety"],
        "basedOn": [{"title": "Grounding", "author": "@ann@meadow.example"}],
        "fromTheFuture": True,
    },
    licence="https://creativecommons.org/licenses/by/4.0/",
)
POST = Post(id=f"{made.HOME}/posts/1", type="Article", attributed_to=made.ANN, article=CARD)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)


def read(**members: Any) -> Article | None:
    document = render.render_post(POST) | members
    return parse.parse_post(parse.read_json(render.to_bytes(document))).article


def test_a_card_is_read_as_it_was_written() -> None:
    assert read() == CARD


def test_what_we_do_not_know_is_kept() -> None:
    found = read()
    assert found is not None
    assert found.details["fromTheFuture"] is True


@pytest.mark.parametrize("kind", ["Page", "Note", "Video"])
def test_only_an_article_has_fields(kind: str) -> None:
    assert read(type=kind) is None


@pytest.mark.parametrize(
    "members",
    [
        {"articleKind": None},
        {"articleKind": ["coping-card"]},
        {"articleKind": "Coping Card"},
        {"articleDetails": None},
        {"articleDetails": "what"},
        {"articleDetails": {f"m{n}": ["x" * 5_000] * 5 for n in range(20)}},
    ],
)
def test_a_structure_that_is_none_leaves_an_ordinary_post(members: dict[str, Any]) -> None:
    assert read(**members) is None


def test_values_are_cleaned_and_cut() -> None:
    found = read(
        articleDetails={
            "what": "a\x00b\u202e" + "c" * 10_000,
            "<script>": "no",
            "number": 10**20,
            "steps": ["x"] * 500,
            "deep": {"a": {"b": {"c": {"d": 1}}}},
        },
    )
    assert found is not None
    assert len(str(found.details["what"])) < 5_001
    assert "\x00" not in str(found.details["what"])
    assert set(found.details) == {"what", "steps", "deep"}
    assert len(str(found.details["steps"])) < 500 * 5
    assert found.details["deep"] == {"a": {}}


@pytest.mark.parametrize(
    ("given", "licence"),
    [
        ({"license": "https://creativecommons.org/publicdomain/zero/1.0/"}, "zero/1.0/"),
        ({"license": "CC-BY-4.0"}, "CC-BY-4.0"),
        ({"license": {"id": "https://a.example/licence"}}, "https://a.example/licence"),
        ({"license": None, "licence": {"identifier": "1", "name": "Attribution"}}, "1"),
    ],
)
def test_licences_of_several_dialects(given: dict[str, Any], licence: str) -> None:
    found = read(**given)
    assert found is not None
    assert (found.licence or "").endswith(licence)


@pytest.mark.parametrize("given", ["javascript:alert(1)", "x" * 300, 7, [], {"id": ["a"]}])
def test_what_is_no_licence_is_none(given: object) -> None:
    found = read(license=given)
    assert found is not None
    assert found.licence is None


@QUIET
@given(anything, anything, anything)
def test_nothing_escapes_the_reader(kind: object, details: object, licence: object) -> None:
    document = {"id": POST.id, "type": "Article", "attributedTo": POST.attributed_to}
    document |= {"articleKind": kind, "license": licence}  # type: ignore[dict-item]
    bare: Any = document | {"articleDetails": details}
    named: Any = document | {"articleKind": "coping-card", "articleDetails": {"what": details}}
    for one in (bare, named):
        found = parse.parse_post(one).article
        if found is not None:
            assert len(msgspec.json.encode(found.details)) <= MAX_DETAILS
            assert depth(found.details) <= MAX_DEPTH


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max((depth(one) for one in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((depth(one) for one in value), default=0)
    return 0


def test_terms_are_explained_where_they_stand_and_nowhere_else() -> None:
    made_by = shapes.create(f"{made.HOME}/activities/1", POST)
    announced = shapes.announce(f"{made.HOME}/activities/2", made.GROUP, made.FOLLOWERS, made_by)
    handed_on = parse.parse_activity(
        parse.read_json(render.to_bytes(render.render_activity(made_by)))
    )
    again = shapes.announce(f"{made.HOME}/activities/3", made.GROUP, made.FOLLOWERS, handed_on)
    for activity in (made_by, announced, again):
        assert "kith:articleKind" in str(render.render_activity(activity)["@context"])
    plain = shapes.create(f"{made.HOME}/activities/1", made.THREAD)
    assert "articleKind" not in str(render.render_activity(plain))
    assert "articleKind" not in str(render.render_post(made.THREAD))

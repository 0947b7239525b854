"""What clients send, in any of the three forms, comes out the same."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.clients.bodies import nested
from node.clients.params import Params
from node.errors import Invalid


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "1")], {"a": "1"}),
        ([("a[]", "1"), ("a[]", "2")], {"a": ["1", "2"]}),
        ([("a[b]", "1"), ("a[c]", "2")], {"a": {"b": "1", "c": "2"}}),
        ([("a[b][]", "1"), ("a[b][]", "2")], {"a": {"b": ["1", "2"]}}),
        (
            [("a[][n]", "1"), ("a[][v]", "2"), ("a[][n]", "3")],
            {"a": [{"n": "1", "v": "2"}, {"n": "3"}]},
        ),
        ([("a[0][n]", "1"), ("a[1][n]", "2")], {"a": {"0": {"n": "1"}, "1": {"n": "2"}}}),
        ([("a", "1"), ("a[b]", "2")], {"a": "1"}),
        ([("a[", "1")], {"a[": "1"}),
        ([("[]", "1")], {"[]": "1"}),
    ],
)
def test_brackets_make_lists_and_objects(
    pairs: list[tuple[str, str]], expected: dict[str, Any]
) -> None:
    assert nested(pairs) == expected


def test_lists_come_in_every_spelling() -> None:
    for values in (
        nested([("id[]", "1"), ("id[]", "2")]),
        nested([("id", "1"), ("id", "2")]),
        nested([("id[0]", "1"), ("id[1]", "2")]),
        {"id": [1, "2"]},
    ):
        assert Params(values).ids("id") == [1, 2]


def test_objects_in_lists_come_by_number_or_in_turn() -> None:
    for name in ("f[0][n]", "f[][n]"):
        [inner] = Params(nested([(name, "x")])).inners("f")
        assert inner.text("n") == "x"


def test_a_plain_name_that_comes_twice_counts_last() -> None:
    assert Params(nested([("a", "1"), ("a", "2")])).text("a") == "2"


@pytest.mark.parametrize("value", [{}, {"x": 1}, ["1"], None])
def test_a_number_of_the_wrong_kind_is_named(value: object) -> None:
    params = Params({"n": value})
    if value is None:
        assert params.number("n", 3) == 3
        return
    with pytest.raises(Invalid, match="n must be"):
        params.number("n", 3)


@given(st.lists(st.tuples(st.text("ab[]01", max_size=8), st.text(max_size=3)), max_size=12))
def test_no_name_breaks_the_reader(pairs: list[tuple[str, str]]) -> None:
    params = Params(nested(pairs))
    for name in list(params.names()):
        for read in (params.text, params.many, params.inner, params.inners, params.flag):
            with suppress(Invalid):
                read(name)

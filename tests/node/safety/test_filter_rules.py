"""Which words meet which texts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.errors import Invalid
from node.safety.filter_rules import (
    contexts_of,
    found_words,
    is_dropped,
    is_on,
    keyword_of,
    matches,
)
from storage.filters import Filter, FilteredStatus, Keyword

NOW = datetime(2026, 3, 5, tzinfo=UTC)
LETTERS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
ANYTHING = st.text(max_size=40)
PHRASES = ANYTHING.filter(lambda text: bool(text.strip()))


def met(text: str, word: str, *, whole: bool) -> bool:
    return bool(found_words((Keyword(1, word, whole),), [text]))


@given(LETTERS, LETTERS)
def test_a_whole_word_is_found_where_it_stands_alone(word: str, other: str) -> None:
    assert met(f"{other} {word}, {other}", word, whole=True)


@given(LETTERS, LETTERS)
def test_a_whole_word_is_not_found_inside_another(word: str, around: str) -> None:
    # Ignoring case, one letter may be longer than another, and a longer word may repeat it.
    if word.lower() not in around.lower():
        assert not met(f"x{word}x", f"{word}", whole=True)


@given(ANYTHING, PHRASES, ANYTHING)
def test_a_part_of_a_word_is_found_anywhere(before: str, word: str, after: str) -> None:
    assert met(before + word + after, word, whole=False)


@given(ANYTHING, PHRASES)
def test_no_word_means_more_than_its_characters(text: str, word: str) -> None:
    """What somebody types is never a pattern: what is found is in the text, but for space."""
    if met(text, word, whole=False) and word.isascii() and text.isascii():
        assert "".join(word.split()).lower() in "".join(text.split()).lower()


@pytest.mark.parametrize(
    ("text", "word", "whole", "expected"),
    [
        ("A small cut.", "cut", True, True),
        ("We execute it", "cut", True, False),
        ("We execute it", "cut", False, True),
        ("PANIC attacks", "panic", True, True),
        ("Straße", "STRASSE", False, False),
        ("ÄRGER", "ärger", True, True),
        ("self\nharm", "self harm", True, True),
        ("selfharm", "self harm", True, False),
        ("a.b", "a.b", True, True),
        ("axb", "a.b", True, False),
        ("(ouch)", "(ouch)", True, True),
        ("#grief today", "#grief", True, True),
        ("#griefstruck", "#grief", True, False),
        ("これは痛い話", "痛い", False, True),
    ],
)
def test_how_words_meet_texts(text: str, word: str, whole: bool, expected: bool) -> None:
    assert met(text, word, whole=whole) is expected


def test_what_is_met_is_named_and_nothing_else() -> None:
    words = (Keyword(1, "one"), Keyword(2, "two"), Keyword(3, "three"))
    assert found_words(words, ["Three", "and one"]) == ("one", "three")
    assert found_words(words, ["nothing"]) == ()
    assert found_words((), ["one"]) == ()


def test_two_texts_never_make_a_phrase_together() -> None:
    assert found_words((Keyword(1, "self harm"),), ["self", "harm"]) == ()


def test_a_filter_also_meets_the_posts_that_it_names() -> None:
    one = make(statuses=(FilteredStatus(5, 77),))
    assert matches([one], ["fine"]) == []
    [found] = matches([one], ["fine"], [77])
    assert (found.keywords, found.status_ids) == ((), (77,))


def test_only_hide_drops_and_only_where_it_works() -> None:
    word = (Keyword(1, "harm"),)
    hiding = matches([make(keywords=word, action="hide")], ["harm"])
    warning = matches([make(keywords=word, action="warn")], ["harm"])
    assert is_dropped(hiding, "home")
    assert not is_dropped(hiding, "public")
    assert not is_dropped(warning, "home")
    assert not is_dropped([], "home")


def test_a_filter_ends() -> None:
    assert is_on(make(), NOW)
    assert is_on(make(expires_at=NOW + timedelta(seconds=1)), NOW)
    assert not is_on(make(expires_at=NOW), NOW)


def test_what_no_filter_can_be_is_refused() -> None:
    assert contexts_of(["thread", "home", "home"]) == ("home", "thread")
    for wrong in ([], ["everywhere"]):
        with pytest.raises(Invalid, match="Context must be some of home"):
            contexts_of(wrong)
    assert keyword_of(" harm ") == "harm"
    with pytest.raises(Invalid, match="can't be blank"):
        keyword_of("  ")
    with pytest.raises(Invalid, match="fits 200"):
        keyword_of("x" * 201)


def make(**changes: object) -> Filter:
    values: dict[str, object] = {
        "id": 1,
        "persona_id": 2,
        "title": "Harm",
        "contexts": ("home",),
        "created_at": NOW,
    }
    return Filter(**(values | changes))  # type: ignore[arg-type]

"""Word rules: what is found, what is left alone, and what is no rule."""

import pytest

from node.errors import Invalid
from node.hints.rules import language_of, passing, read_rules
from node.hints.service import LANGUAGES, shipped

RULES = """
# A remark.
you should
have you tried
except: you should be proud
found: You should rest.
fine: You should be proud.
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_rules_pass_their_own_test_cases(language: str) -> None:
    rules = passing(read_rules(shipped()[language]))
    assert len(rules.found) >= 3
    assert len(rules.fine) >= 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You   should\nsleep. YOU SHOULD!", ("You should", "YOU SHOULD")),
        ("Have you tried tea, and you should rest.", ("Have you tried", "you should")),
        ("You should be proud. You should.", ("You should",)),
        ("You shoulder a lot.", ()),
        ("> you should rest\nThat hurts.", ()),
        ("", ()),
    ],
)
def test_phrases_are_found_as_whole_words(text: str, found: tuple[str, ...]) -> None:
    assert read_rules(RULES).look(text) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("you should\nfound: Rest well.\nfine: Hm.", "Rest well."),
        ("you should\nfound: You should.\nfine: And you should.", "And you should."),
        ("you should\nfound: You should.", "at least one"),
        ("you should\n!!!", "!!!"),
        ("found:", "no words"),
        ("you should\n" * 5000, "too long"),
    ],
)
def test_rules_that_fail_themselves_are_refused(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        passing(read_rules(text))


def test_a_text_reads_the_rules_of_its_language() -> None:
    assert language_of("de-AT", LANGUAGES) == "de"
    assert language_of("", LANGUAGES) is None
    assert language_of("cy", LANGUAGES) is None
    assert passing(read_rules("")).look("You should.") == ()

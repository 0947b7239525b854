"""Licences, what a published card is, and how many it takes before others are told."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.coping.medical import suggests_medicine
from node.coping.rules import (
    ENOUGH,
    LICENCES,
    LIVE,
    OWN,
    REMIXES,
    TRANSITIONS,
    licence_of,
    licences_for_remix,
    said_by_enough,
    state_of_published,
)
from storage.card_checks import CardCheck, CheckState
from tests.clock import Clock

NOW = Clock().now()


@pytest.mark.parametrize(
    ("sources", "allowed"),
    [
        ([], ["cc-by", "cc-by-sa", "cc0", "only-here"]),
        (["cc0"], ["cc-by", "cc-by-sa", "cc0", "only-here"]),
        (["cc-by"], ["cc-by", "cc-by-sa", "only-here"]),
        (["cc-by-sa"], ["cc-by-sa"]),
        (["cc0", "cc-by-sa"], ["cc-by-sa"]),
        (["only-here"], []),
        (["cc0", ""], []),
        (["a licence from elsewhere"], []),
    ],
)
def test_what_a_card_made_from_others_may_be(sources: list[str], allowed: list[str]) -> None:
    assert list(licences_for_remix(sources)) == allowed


def test_ones_own_words_are_ones_own() -> None:
    assert list(licences_for_remix(["only-here"], all_own=True)) == list(LICENCES)


def test_every_licence_says_what_may_be_made() -> None:
    assert REMIXES.keys() == {*LICENCES, ""}


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "cc-by"),
        ("http://creativecommons.org/licenses/by-sa/4.0", "cc-by-sa"),
        ("CC0-1.0", "cc0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_licences_are_known_by_their_names(given: str | None, slug: str) -> None:
    assert licence_of(given) == slug


def check(state: CheckState) -> CardCheck:
    return CardCheck(post_id=1, state=state, by_id=2, changed_at=NOW)


def test_what_was_found_holds_until_the_words_change() -> None:
    for state in ("checked", "needs-change"):
        stays = state_of_published(medical=True, edited_at=None, check=check(state))
        assert stays == state
        later = NOW + timedelta(seconds=1)
        assert state_of_published(medical=True, edited_at=later, check=check(state)) == (
            "needs-check"
        )
    assert state_of_published(medical=False, edited_at=None, check=None) == "published"
    assert state_of_published(medical=False, edited_at=None, check=check("asked")) == "needs-check"


def test_the_table_leads_from_ones_own_to_others_and_never_back() -> None:
    for (before, _), after in TRANSITIONS.items():
        assert not (before in LIVE and after in OWN)
    assert {before for before, _ in TRANSITIONS} == OWN | LIVE


@given(st.lists(st.tuples(st.integers(1, 15), st.sampled_from(["", "at-night", "alone"]))))
def test_invariant_25_fewer_than_ten_people_are_never_summed_up(
    heard: list[tuple[int, str]],
) -> None:
    for what in said_by_enough(heard):
        assert len({person for person, said in heard if said == what}) >= ENOUGH == 10


def test_words_of_medicine_are_whole_words() -> None:
    assert suggests_medicine("Take 500mg of it", "no pillow") == ("mg",)
    assert suggests_medicine("A pillow for the night") == ()

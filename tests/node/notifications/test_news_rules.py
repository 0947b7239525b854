"""Which news is told, held back, or dropped."""

from dataclasses import asdict
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.errors import Invalid
from node.notifications.rules import CHOICES, Facts, choice_of, decide, lets_all_through
from storage.news_policies import Choice, NewsPolicy

POLICIES = st.builds(
    NewsPolicy,
    persona_id=st.just(1),
    **dict.fromkeys(
        ("not_following", "not_followers", "new_accounts", "private_mentions", "limited_accounts"),
        st.sampled_from(get_args(Choice)),
    ),
)
FACTS = st.builds(Facts, **dict.fromkeys(asdict(Facts()), st.booleans()))
A_FRIEND = Facts(is_following=True, is_followed_by=True)


@pytest.mark.parametrize(
    ("chosen", "facts"),
    [
        ({"not_following": "filter"}, Facts(is_followed_by=True)),
        ({"not_followers": "filter"}, Facts(is_following=True)),
        ({"new_accounts": "filter"}, Facts(is_new=True, is_followed_by=True)),
        ({"private_mentions": "filter"}, Facts(is_unasked=True, is_followed_by=True)),
        ({"limited_accounts": "filter"}, Facts(is_limited=True, is_followed_by=True)),
    ],
)
def test_each_choice_holds_back_whom_it_is_about(chosen: dict[str, Choice], facts: Facts) -> None:
    policy = NewsPolicy(**({"persona_id": 1, "limited_accounts": "accept"} | chosen))  # type: ignore[arg-type]
    assert decide(policy, facts) == "filter"
    assert decide(policy, A_FRIEND) == "accept"
    assert decide(NewsPolicy(persona_id=1, limited_accounts="accept"), facts) == "accept"


@given(POLICIES, FACTS)
def test_who_is_followed_and_follows_is_always_heard(policy: NewsPolicy, facts: Facts) -> None:
    known = Facts(**(asdict(facts) | {"is_following": True, "is_followed_by": True}))
    assert decide(policy, known) == "accept"


@given(POLICIES, FACTS)
def test_nothing_is_stricter_than_what_was_chosen(policy: NewsPolicy, facts: Facts) -> None:
    chosen = {value for name, value in asdict(policy).items() if name != "persona_id"}
    assert decide(policy, facts) in chosen | {"accept"}


@given(POLICIES, FACTS)
def test_who_holds_nothing_back_needs_no_look(policy: NewsPolicy, facts: Facts) -> None:
    nobody_is_limited = Facts(**(asdict(facts) | {"is_limited": False}))
    if lets_all_through(policy):
        assert decide(policy, nobody_is_limited) == "accept"


def test_a_choice_is_one_of_three() -> None:
    assert [choice_of("for_new_accounts", one) for one in CHOICES] == list(CHOICES)
    with pytest.raises(Invalid, match="accept, filter, drop"):
        choice_of("for_new_accounts", "maybe")

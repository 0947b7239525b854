"""The fetches that one activity may cause: OUT-11 in its part of the door."""

import pytest

from federation.errors import TooManyFetches
from federation.limits import FETCHES_PER_ACTIVITY, FetchBudget


def test_out_11_a_chain_of_ten_thousand_ends_with_the_budget() -> None:
    budget = FetchBudget()
    fetched: list[str] = []

    def walk() -> None:
        for number in range(10_000):
            budget.spend(f"https://peer.example/notes/{number}")
            fetched.append(f"https://peer.example/notes/{number}")

    with pytest.raises(TooManyFetches) as spent:
        walk()
    assert len(fetched) == FETCHES_PER_ACTIVITY == 20
    assert (spent.value.reason, spent.value.retryable) == ("too-many-fetches", False)


def test_a_budget_counts_down_and_stays_at_zero() -> None:
    budget = FetchBudget(2)
    assert budget.left == 2
    budget.spend("https://peer.example/1")
    budget.spend("https://peer.example/2")
    for _ in range(2):
        with pytest.raises(TooManyFetches, match="/3 is not fetched"):
            budget.spend("https://peer.example/3")
        assert budget.left == 0

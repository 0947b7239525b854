"""Hashes: the parameters that we promise, the same cost for nobody, a bound on waiting."""

import asyncio
from collections.abc import Iterator

import pytest
from argon2 import extract_parameters

from node.accounts.passwords import ARGON2, WAITING_MOST, Cost, Hasher
from node.errors import Refused

CHEAP = Cost(memory=64, passes=1, lanes=1)


@pytest.fixture
def hasher() -> Iterator[Hasher]:
    opened = Hasher(CHEAP)
    yield opened
    opened.close()


def test_hashes_are_argon2id_at_the_floor_of_owasp() -> None:
    hasher = Hasher(ARGON2)
    kept = hasher.hash_now("a quiet walk by the river")
    hasher.close()
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert extract_parameters(kept).salt_len == 16


async def test_the_right_password_opens_and_no_other(hasher: Hasher) -> None:
    kept = await hasher.hash("a quiet walk by the river")
    assert await hasher.verify(kept, "a quiet walk by the river")
    assert not await hasher.verify(kept, "A quiet walk by the river")
    assert not await hasher.verify(kept, "")


async def test_nobody_is_opened_by_nothing(hasher: Hasher) -> None:
    assert not await hasher.verify(None, "")
    assert not await hasher.verify(None, "a quiet walk by the river")


async def test_a_hash_that_is_none_opens_nothing(hasher: Hasher) -> None:
    assert not await hasher.verify("not a hash", "a quiet walk by the river")
    assert not await hasher.verify("", "")


async def test_a_hash_of_other_parameters_is_dated(hasher: Hasher) -> None:
    other = Hasher(Cost(memory=128, passes=1, lanes=1))
    assert hasher.is_dated(other.hash_now("a quiet walk by the river"))
    assert not hasher.is_dated(hasher.hash_now("a quiet walk by the river"))
    other.close()


async def test_the_queue_is_bounded(hasher: Hasher) -> None:
    answers = await asyncio.gather(
        *(hasher.verify(None, "x") for _ in range(WAITING_MOST + 5)), return_exceptions=True
    )
    busy = [answer for answer in answers if isinstance(answer, Refused)]
    assert [error.code for error in busy] == ["busy"] * 5
    assert not await hasher.verify(None, "x")

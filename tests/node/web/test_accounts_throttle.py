"""WEB-03: guessing gets slow, for the guesser alone."""

from datetime import timedelta

import pytest

from node.accounts.throttle import (
    FREE_TRIES,
    LONGEST_DELAY,
    NAME_TRIES,
    NETWORK_TRIES,
    Recent,
    SlowDown,
    Throttle,
)
from tests.clock import Clock

HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(clock.now)


def fail(throttle: Throttle, clock: Clock, times: int, name: str = "tom") -> None:
    """Wrong passwords, each as soon as it is looked at."""
    for _ in range(times):
        try:
            throttle.try_name(name, ELSEWHERE)
        except SlowDown as slow:
            clock.advance(seconds=slow.wait.total_seconds())
            throttle.try_name(name, ELSEWHERE)


def wait(throttle: Throttle, name: str, network: str) -> timedelta:
    with pytest.raises(SlowDown) as slow:
        throttle.try_name(name, network)
    assert slow.value.code == "slow-down"
    return slow.value.wait


def test_the_first_tries_are_free(throttle: Throttle) -> None:
    for _ in range(FREE_TRIES):
        throttle.try_name("tom", ELSEWHERE)
    assert wait(throttle, "tom", ELSEWHERE) == timedelta(seconds=1)


def test_the_delay_doubles_up_to_a_quarter_of_an_hour(throttle: Throttle, clock: Clock) -> None:
    fail(throttle, clock, FREE_TRIES)
    waits = []
    for _ in range(11):
        waits.append(wait(throttle, "tom", ELSEWHERE))
        clock.advance(seconds=waits[-1].total_seconds())
        throttle.try_name("tom", ELSEWHERE)
    assert [one.total_seconds() for one in waits[:5]] == [1, 2, 4, 8, 16]
    assert waits[-1] == LONGEST_DELAY


def test_nobody_else_waits(throttle: Throttle, clock: Clock) -> None:
    fail(throttle, clock, 8)
    wait(throttle, "tom", ELSEWHERE)
    throttle.try_name("tom", HOME)
    throttle.try_name("ines", ELSEWHERE)


def test_the_case_of_a_name_is_no_way_round(throttle: Throttle, clock: Clock) -> None:
    fail(throttle, clock, FREE_TRIES)
    wait(throttle, "TOM", ELSEWHERE)


def test_the_right_password_forgets_the_failures(throttle: Throttle, clock: Clock) -> None:
    fail(throttle, clock, 5)
    throttle.succeeded("tom", ELSEWHERE)
    for _ in range(FREE_TRIES):
        throttle.try_name("tom", ELSEWHERE)


def test_an_hour_forgets_them_too(throttle: Throttle, clock: Clock) -> None:
    fail(throttle, clock, 6)
    clock.advance(hours=1, minutes=1)
    for _ in range(FREE_TRIES):
        throttle.try_name("tom", ELSEWHERE)


def test_tries_made_at_once_do_not_slip_through(throttle: Throttle) -> None:
    """Each counts before its password is looked at."""
    let_in = 0
    for _ in range(50):
        try:
            throttle.try_name("tom", ELSEWHERE)
        except SlowDown:
            continue
        let_in += 1
    assert let_in == FREE_TRIES


def test_web_03_a_name_is_guessed_at_from_anywhere_a_hundred_times_an_hour(
    throttle: Throttle, clock: Clock
) -> None:
    throttle.try_name("tom", HOME)
    throttle.succeeded("tom", HOME)
    for number in range(NAME_TRIES):
        throttle.try_name("tom", f"10.0.{number}.1")
    wait(throttle, "tom", "10.1.0.1")
    throttle.try_name("tom", HOME)
    clock.advance(hours=1)
    throttle.try_name("tom", "10.1.0.1")


def test_one_network_has_a_bound_whatever_the_names(throttle: Throttle, clock: Clock) -> None:
    for number in range(NETWORK_TRIES):
        throttle.try_name(f"name{number}", ELSEWHERE)
    wait(throttle, "another", ELSEWHERE)
    throttle.try_name("another", HOME)
    clock.advance(minutes=5)
    throttle.try_name("another", ELSEWHERE)


def test_memory_is_bounded() -> None:
    recent: Recent[int] = Recent(2)
    for number in range(3):
        recent.put(bytes([number]), number)
    assert [recent.get(bytes([number])) for number in range(3)] == [None, 1, 2]


def test_no_trace_of_an_address_is_older_than_a_day(throttle: Throttle, clock: Clock) -> None:
    def traces() -> int:
        kept = (throttle._pairs, throttle._networks, throttle._names, throttle._trusted)
        return sum(len(one) for one in kept)

    throttle.try_name("tom", HOME)
    throttle.succeeded("tom", HOME)
    throttle.try_name("ines", ELSEWHERE)
    salt = throttle._salt
    clock.advance(hours=23, minutes=59)
    throttle.forget_old()
    assert traces() > 0
    clock.advance(minutes=1)
    throttle.forget_old()
    assert traces() == 0
    assert throttle._salt != salt

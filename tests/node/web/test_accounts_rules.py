"""Names and passwords: what is taken, and each refusal beside something that is accepted."""

from datetime import UTC, datetime, timedelta

import pytest

from node.accounts import rules
from node.accounts.device import device_label
from node.accounts.guessable import GUESSABLE
from node.errors import Invalid
from storage.sessions import Session

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("name", ["anna", "ann@home", "Zoë", "two", "a-b.c_d", "x" * 60, "ünï"])
def test_a_sign_in_name_may_be_nearly_anything(name: str) -> None:
    assert rules.sign_in_name(f" {name} ") == name


@pytest.mark.parametrize("name", ["", " ", "a", "x" * 61, "two words", "a/b", "a?b", "a#b", "a\nb"])
def test_a_sign_in_name_is_one_word(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.sign_in_name(name)
    assert refused.value.field == "name"


def test_a_name_to_show_is_one_line() -> None:
    assert rules.display_name("  Anna \n of  the\tlake ") == "Anna of the lake"
    assert rules.display_name("x" * 60) == "x" * 60


@pytest.mark.parametrize("name", ["", "  \n", "\u200b", "\u2060\u200d", "x" * 61])
def test_a_name_to_show_can_be_seen_and_fits(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.display_name(name)
    assert refused.value.field == "display_name"


@pytest.mark.parametrize(
    "password",
    [
        "a quiet walk by the river",
        "correct horse",
        "täglich grüße ich",
        "🌊🌲🌙🌟🫂🙋💪🙏🌟🌻",
        "x1" * 3 + "yz" * 100,
        "anna likes pancakes a lot",
    ],
)
def test_a_sentence_is_a_fine_password(password: str) -> None:
    assert rules.new_password(password, "anna", "anna_of_the_lake") == password


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "ninechars",
        "x" * 1001,
        "1234567890",
        "Password123",
        "PASSWORDPASSWORD",
        "aaaaaaaaaaaa",
        "abababababab",
        "anna.anna.anna",
        "annaoflake2026!",
        "anna_of_the_lake",
        "12345-anna-67890",
    ],
)
def test_a_password_that_guessers_try_first_is_none(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        rules.new_password(password, "annaoflake", "anna_of_the_lake", "Anna")
    assert refused.value.field == "password"


def test_the_list_holds_only_what_the_length_lets_through() -> None:
    assert len(GUESSABLE) >= 200
    assert all(len(word) >= rules.PASSWORD_LEAST for word in GUESSABLE)
    assert all(word == word.casefold() for word in GUESSABLE)


def session(seen: timedelta, begun: timedelta) -> Session:
    return Session(
        token_hash=b"",
        account_id=1,
        persona_id=2,
        csrf_token="",
        created_at=NOW - begun,
        last_seen_at=NOW - seen,
        expires_at=NOW - begun + rules.ABSOLUTE,
        label="",
    )


@pytest.mark.parametrize(
    ("seen", "begun", "alive"),
    [(0, 0, True), (13, 20, True), (14, 20, False), (1, 89, True), (1, 90, False)],
)
def test_how_long_a_session_lives(seen: int, begun: int, alive: bool) -> None:
    one = session(timedelta(days=seen), timedelta(days=begun))
    assert rules.is_alive(one, NOW) is alive


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0",
            "Edge, Windows",
        ),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_a_device_is_a_few_words(agent: str, label: str) -> None:
    assert device_label(agent) == label

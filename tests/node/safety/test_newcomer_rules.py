"""Who is a newcomer, by the facts alone, and in which words it is said."""

from dataclasses import replace
from datetime import timedelta
from gettext import NullTranslations

import pytest

from node.config import Config
from node.errors import Refused
from node.safety import newcomer_rules as rules
from node.safety.newcomer_rules import Facts, NewcomerLimits
from node.web.i18n import Tongue

DEFAULT = Config()
LIMITS = NewcomerLimits(
    days=3,
    threads_read=5,
    threads=3,
    replies=10,
    links=2,
    message_links=0,
    images=False,
    messages=False,
)
NEW = Facts(age=timedelta(0), threads_read=0, vouched=False, is_staff=False)


def test_the_sentence_is_said_in_other_languages() -> None:
    class Shouting(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper().replace("%(COUNT)S", "%(count)s")

    with pytest.raises(Refused) as refused:
        rules.insist_thread(replace(NEW, threads=3), LIMITS)
    said = Tongue("xx", Shouting()).say(str(refused.value))
    assert said.startswith("THREADS THAT FIT INTO YOUR FIRST DAY HERE: 3.")
    assert "%" not in str(refused.value)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (NEW, True),
        (None, False),
        (replace(NEW, vouched=True), False),
        (replace(NEW, is_staff=True), False),
        (replace(NEW, age=timedelta(days=3)), True),
        (replace(NEW, threads_read=5), True),
        (replace(NEW, age=timedelta(days=3), threads_read=5), False),
        (replace(NEW, age=timedelta(days=2, hours=23), threads_read=9), True),
    ],
)
def test_who_is_a_newcomer(facts: Facts | None, expected: bool) -> None:
    assert rules.is_newcomer(facts, LIMITS) is expected


def test_the_operator_can_do_without() -> None:
    assert not rules.is_newcomer(NEW, replace(LIMITS, days=0, threads_read=0))


def test_what_is_set_is_what_holds() -> None:
    assert DEFAULT.newcomer_days == LIMITS.days
    assert DEFAULT.newcomer_threads_read == LIMITS.threads_read
    assert DEFAULT.newcomer_threads == LIMITS.threads
    assert DEFAULT.newcomer_replies == LIMITS.replies
    assert DEFAULT.newcomer_links == LIMITS.links
    assert DEFAULT.newcomer_message_links == LIMITS.message_links
    assert DEFAULT.newcomer_images is LIMITS.images
    assert DEFAULT.newcomer_messages is LIMITS.messages

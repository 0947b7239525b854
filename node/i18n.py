"""Marks sentences for translation where no translator is at hand.

Rules and use cases speak in English msgids; the page that shows a sentence translates it.
"""

from collections.abc import Mapping


class Filled(str):
    """A sentence with numbers in it: in English as it stands, and with what a translator needs to
    say it in another language."""

    msgid: str
    values: Mapping[str, int]

    def __str__(self) -> str:
        return self


def filled(msgid: str, **values: int) -> Filled:
    """The sentence `msgid`, marked with N_, with its %(name)s filled in."""
    sentence = Filled(msgid % values)
    sentence.msgid, sentence.values = msgid, values
    return sentence


def N_(sentence: str) -> str:
    """The sentence itself; the extractor finds it by this name (gettext convention)."""
    return sentence

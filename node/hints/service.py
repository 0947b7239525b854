"""The word rules of this node: those that came with Kith, or what an administrator made of them.
Nothing that somebody writes is kept here, and nothing is refused."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from node.hints.rules import LISTENING, NO_RULES, WordRules, language_of, passing, read_rules
from storage.unit_of_work import UnitOfWork

LANGUAGES: Final = ("en", "de", "es", "fr")
"""Those that Kith brings rules for."""
_KEY: Final = "hints.words."


class SecondLook(Exception):
    """A reply waits for its author's second look, and is not kept before. `phrases` are the
    author's own words."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        super().__init__("the author may look at this again")
        self.phrases = phrases


class Hints:
    """Use cases of the rules."""

    def insist_listening(
        self, uow: UnitOfWork, reply_wanted: str | None, text: str, language: str
    ) -> None:
        """Go on unless the author may want a second look: where just listening was asked for, and
        something in the reply sounds like advice. Raises SecondLook."""
        if reply_wanted != LISTENING:
            return
        known = language_of(language, LANGUAGES)
        phrases = self.rules(uow, known).look(text) if known else ()
        if phrases:
            raise SecondLook(phrases)

    def rules(self, uow: UnitOfWork, language: str) -> WordRules:
        """The rules that hold for a language."""
        return _read(self.text(uow, language)) if language in LANGUAGES else NO_RULES

    def text(self, uow: UnitOfWork, language: str) -> str:
        """The same as it is edited."""
        own = uow.settings.get(_KEY + language)
        return own if own else shipped()[language]

    def change(self, uow: UnitOfWork, language: str, text: str) -> None:
        """Other rules for a language; the caller has seen to it that an administrator asks. Raises
        Invalid unless they pass their own test cases."""
        passing(read_rules(text))
        uow.settings.put(_KEY + language, "\n".join(text.splitlines()) + "\n")

    def restore(self, uow: UnitOfWork, language: str) -> None:
        """The rules that came with Kith again."""
        uow.settings.put(_KEY + language, "")


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, str]:
    """The rules that came with Kith, by language."""
    folder = files("node.hints") / "words"
    return {one: (folder / f"{one}.txt").read_text("utf-8") for one in LANGUAGES}


@lru_cache(maxsize=16)
def _read(text: str) -> WordRules:
    return read_rules(text)

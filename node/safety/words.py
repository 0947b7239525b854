"""The word rules in force: those that come along, or what this node's staff made of them.

A text that cannot be used is never put into force: who saves it is told the line, and the last good
one stays. Were a kept text broken all the same (an older version wrote it), the rules that come
along take its place, and the pages of the staff say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from node.safety.word_rules import BrokenRules, WordRule, WordRules, read_rules
from storage.unit_of_work import UnitOfWork

KEY: Final = "risk-words."
"""In `settings`, before the name of a language."""
_LANGUAGES: Final = "risk-words"


@dataclass(frozen=True, slots=True)
class WordText:
    """The rules of one language as text. `broken` says why the kept text is not in force."""

    language: str
    text: str
    is_own: bool
    broken: BrokenRules | None = None


class Words:
    """Finds words, and keeps what the staff changed."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[str, WordRules | None]] = {}

    def found_in(self, uow: UnitOfWork, text: str) -> list[WordRule]:
        """The rules of all languages that speak up, the gravest first: what language somebody
        says that they write in is often not the one."""
        found = [rule for rules in self._in_force(uow) for rule in rules.found_in(text)]
        return sorted(found, key=lambda rule: -rule.severity)

    def texts(self, uow: UnitOfWork) -> list[WordText]:
        """What is in force, by language."""
        kept = self._kept(uow)
        return [
            self._text(language, kept.get(language))
            for language in sorted(kept.keys() | shipped().keys())
        ]

    def save(self, uow: UnitOfWork, text: str) -> str:
        """Put other rules into force; their language. Raises BrokenRules, and then nothing
        changes."""
        language = read_rules(text).language
        uow.settings.put(KEY + language, text)
        languages = sorted({*self._kept(uow), language})
        uow.settings.put(_LANGUAGES, " ".join(languages))
        return language

    def reset(self, uow: UnitOfWork, language: str) -> None:
        """Back to what comes along; rules of a language that does not come along go."""
        languages = sorted({*self._kept(uow)} - {language})
        uow.settings.put(_LANGUAGES, " ".join(languages))

    def _in_force(self, uow: UnitOfWork) -> list[WordRules]:
        kept = self._kept(uow)
        found = []
        for language in kept.keys() | shipped().keys():
            rules = self._rules(kept[language]) if language in kept else None
            if rules is None and language in shipped():
                rules = self._rules(shipped()[language])
            if rules is not None:
                found.append(rules)
        return found

    def _kept(self, uow: UnitOfWork) -> dict[str, str]:
        languages = (uow.settings.get(_LANGUAGES) or "").split()
        kept = {language: uow.settings.get(KEY + language) for language in languages}
        return {language: text for language, text in kept.items() if text is not None}

    def _text(self, language: str, kept: str | None) -> WordText:
        if kept is None:
            return WordText(language, shipped()[language], is_own=False)
        try:
            read_rules(kept)
        except BrokenRules as broken:
            return WordText(language, kept, is_own=True, broken=broken)
        return WordText(language, kept, is_own=True)

    def _rules(self, text: str) -> WordRules | None:
        """Read once: the text itself says whether it is still the same."""
        known = self._read.get(text[:200])
        if known is not None and known[0] == text:
            return known[1]
        try:
            rules = read_rules(text)
        except BrokenRules:
            rules = None
        self._read[text[:200]] = (text, rules)
        return rules


@cache
def shipped() -> Mapping[str, str]:
    """The texts that come along, by language."""
    folder = files("node.safety.risk_words")
    found = [one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".txt")]
    return {read_rules(text).language: text for text in found}

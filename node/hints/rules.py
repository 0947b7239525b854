"""What can sound like advice where somebody asked for just listening. Pure.

Support that respects what the other one decides helps, and persuading harms (arXiv 2312.10775); a
hint at the moment of writing is what makes the difference (HAILEY, Sharma et al. 2023). So this
never judges a text: it finds phrases, and whoever wrote them decides.

The rules of a language are plain text, one phrase a line:

    # a remark
    you should                                a phrase to find, as whole words, whatever its case
    except: you should be proud               and where it is meant kindly
    found: You should see a doctor.           a test case: something must be found here
    fine: You should be proud of yourself.    a test case: nothing may be found here
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from node.errors import Invalid
from node.i18n import N_

LISTENING: Final = "just-listening"
RULES_MOST: Final = 20_000
"""Characters of the rules of one language."""
SHOWN_MOST: Final = 3
"""Phrases that are named to the author: more would be a telling-off."""


@dataclass(frozen=True)
class WordRules:
    """The rules of one language, read."""

    phrases: tuple[str, ...]
    exceptions: tuple[str, ...]
    found: tuple[str, ...]
    fine: tuple[str, ...]

    def look(self, text: str) -> tuple[str, ...]:
        """The phrases in a text, each once, in the order in which they stand there, as its author
        wrote them. What it quotes of others is left out."""
        if not self.phrases:
            return ()
        own = " ".join(line for line in _plain(text).split("\n") if not line.startswith(">"))
        left = self._exceptions.sub("\n", own)
        seen = dict.fromkeys(match[0] for match in self._phrases.finditer(left))
        return tuple(seen)[:SHOWN_MOST]

    @cached_property
    def _phrases(self) -> re.Pattern[str]:
        return _any_of(self.phrases)

    @cached_property
    def _exceptions(self) -> re.Pattern[str]:
        return _any_of(self.exceptions)


NO_RULES: Final = WordRules((), (), (), ())
_KINDS: Final = ("except", "found", "fine")


def read_rules(text: str) -> WordRules:
    """Rules as typed. Raises Invalid for a line that is none, with the line."""
    if len(text) > RULES_MOST:
        raise Invalid("text", f"These rules are too long; {RULES_MOST} letters fit.")
    parts: dict[str, list[str]] = {kind: [] for kind in ("", *_KINDS)}
    for line in text.splitlines():
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        kind, colon, rest = words.partition(":")
        if colon and kind.strip().lower() in _KINDS:
            kind, words = kind.strip().lower(), rest.strip()
        else:
            kind = ""
        if not re.search(r"\w", words):
            raise Invalid("text", f"This line has no words: {line.strip()[:80]}")
        parts[kind].append(words)
    return WordRules(*(tuple(dict.fromkeys(parts[kind])) for kind in ("", *_KINDS)))


def passing(rules: WordRules) -> WordRules:
    """The same rules, if they pass their own test cases. Raises Invalid with the first that they
    do not pass."""
    for sentence in rules.found:
        if not rules.look(sentence):
            raise Invalid("text", f"Nothing is found here, and something should be: {sentence}")
    for sentence in rules.fine:
        seen = rules.look(sentence)
        if seen:
            raise Invalid("text", f"“{seen[0]}” is found here, and nothing should be: {sentence}")
    if rules.phrases and not (rules.found and rules.fine):
        sentence = N_("Add at least one line that begins with “found:” and one with “fine:”.")
        raise Invalid("text", sentence)
    return rules


def language_of(tag: str, known: Iterable[str]) -> str | None:
    """Which of the known languages has the rules for a text in this one: "pt-BR" reads "pt"."""
    primary = tag.lower().partition("-")[0]
    return primary if primary in known else None


def _plain(text: str) -> str:
    """One kind of apostrophe and no runs of spaces, so that what is typed is found."""
    text = text.replace("’", "'").replace("ʼ", "'")
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """The longest phrase first, each as whole words; every character stands for itself."""
    longest = sorted((_plain(one) for one in phrases), key=len, reverse=True)
    inner = "|".join(map(re.escape, longest)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)

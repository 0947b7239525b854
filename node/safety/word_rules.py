"""Word rules: plain text that says which words are a reason to look, with its own test cases.

    language: en

    rule: wants to die
    severity: 3
    folds: no
    match: want* to die
    match: end ... my life
    unless: end my life sentence
    yes: I want to die tonight
    no: This cake is to die for

`match` is words that stand next to each other: "want*" is any word that begins so, "..." up to
three words of any kind. What `unless` names is passed over. A rule without a line that it must find
(`yes`) and one that it must not (`no`) is refused, and so is one that gets a line of its own wrong:
nobody can break it without being told. `severity` is 1 (look when you can), 2 (soon) or 3 (now).
`folds: yes` is for words that tell how, with what or where: what they are found in is folded away
for others until a person has looked (safety invariant 3). Without that line nothing is folded.

What a rule finds is advice to people (safety invariant 4). Languages that are written without
spaces between words need other means.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

TEXT_MOST: Final = 65_536
RULES_MOST: Final = 200
_WORD: Final = re.compile(r"[\w']+")
_ANY: Final = "..."
_GAP: Final = r"(?: [\w']+){0,3}"
_KEYS: Final = ("language", "rule", "severity", "folds", "match", "unless", "yes", "no")


class BrokenRules(Exception):
    """A file of rules that cannot be used: in which line, and why, in plain words."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line
        self.why = why


@dataclass(frozen=True, slots=True)
class WordRule:
    """One rule, ready to be used."""

    name: str
    severity: int
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    folds: bool

    def finds(self, text: str) -> bool:
        """Whether the rule speaks up about a text, in `plain` form."""
        if self.unless is not None:
            text = self.unless.sub(" ", text)
        return self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class WordRules:
    """All rules of one language."""

    language: str
    rules: tuple[WordRule, ...]

    def found_in(self, text: str) -> list[WordRule]:
        """Those that speak up about what somebody wrote, the gravest first."""
        words = plain(text)
        found = [rule for rule in self.rules if rule.finds(words)]
        return sorted(found, key=lambda rule: -rule.severity)


@dataclass(slots=True)
class _Draft:
    """A rule while its lines are read."""

    line: int
    name: str
    severity: int = 0
    folds: bool = False
    match: list[str] = field(default_factory=list)
    unless: list[str] = field(default_factory=list)
    yes: list[tuple[int, str]] = field(default_factory=list)
    no: list[tuple[int, str]] = field(default_factory=list)


def plain(text: str) -> str:
    """The words of a text with one space before and after each, so that they can be compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for mark in "\u2019\u2018\u02bc\u00b4`":
        folded = folded.replace(mark, "'")
    return f" {' '.join(_WORD.findall(folded))} "


def read_rules(text: str) -> WordRules:
    """The rules in a text. Raises BrokenRules, also where a rule fails a line of its own."""
    if len(text) > TEXT_MOST:
        raise BrokenRules(1, "the text is too long; 64 KiB fit")
    language, drafts = "", list[_Draft]()
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        key, colon, value = line.partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon or key not in _KEYS:
            raise BrokenRules(number, f"begin the line with one of: {', '.join(_KEYS)}")
        if not value:
            raise BrokenRules(number, f"nothing stands after “{key}:”")
        if key == "language":
            language = value.lower()
        elif key == "rule":
            drafts.append(_Draft(number, value))
        elif not drafts:
            raise BrokenRules(number, "begin with “rule:” and a name for it")
        else:
            _add(drafts[-1], number, key, value)
    if not re.fullmatch(r"[a-z]{2,3}", language):
        raise BrokenRules(1, "say which language it is, such as “language: en”")
    if not drafts:
        raise BrokenRules(1, "there is no rule in it")
    if len(drafts) > RULES_MOST:
        raise BrokenRules(drafts[RULES_MOST].line, f"up to {RULES_MOST} rules fit")
    return WordRules(language, tuple(_made(draft) for draft in drafts))


def _add(draft: _Draft, number: int, key: str, value: str) -> None:
    if key == "severity":
        if value not in ("1", "2", "3"):
            raise BrokenRules(number, "the severity is 1, 2 or 3")
        draft.severity = int(value)
    elif key == "folds":
        if value not in ("yes", "no"):
            raise BrokenRules(number, "“folds” is yes or no")
        draft.folds = value == "yes"
    elif key == "match":
        draft.match.append(_pattern(number, value))
    elif key == "unless":
        draft.unless.append(_pattern(number, value))
    elif key == "yes":
        draft.yes.append((number, value))
    else:
        draft.no.append((number, value))


def _pattern(number: int, value: str) -> str:
    """One phrase as a regular expression over `plain` text. Bounded everywhere: no text makes it
    slow."""
    made, words = "", 0
    for part in value.split():
        if part == _ANY:
            if not words:
                raise BrokenRules(number, "“...” stands between words")
            made += _GAP
            continue
        found = _WORD.findall(plain(part.removesuffix("*")))
        if len(found) != 1:
            raise BrokenRules(number, f"“{part}” is not a word")
        words += 1
        made += f" {re.escape(found[0])}" + (r"[\w']*" if part.endswith("*") else "")
    if not words or made.endswith(_GAP):
        raise BrokenRules(number, "“...” stands between words")
    return made + r"(?= )"


def _made(draft: _Draft) -> WordRule:
    if not draft.severity:
        raise BrokenRules(draft.line, f"the rule “{draft.name}” has no severity")
    for key, lines in (("match", draft.match), ("yes", draft.yes), ("no", draft.no)):
        if not lines:
            raise BrokenRules(draft.line, f"the rule “{draft.name}” has no line “{key}:”")
    rule = WordRule(
        draft.name,
        draft.severity,
        re.compile("|".join(draft.match)),
        re.compile("|".join(draft.unless)) if draft.unless else None,
        draft.folds,
    )
    for number, text in draft.yes:
        if not rule.finds(plain(text)):
            raise BrokenRules(number, f"the rule “{draft.name}” does not find this")
    for number, text in draft.no:
        if rule.finds(plain(text)):
            raise BrokenRules(number, f"the rule “{draft.name}” finds this, and must not")
    return rule

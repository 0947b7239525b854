"""Words that often come before harm: moving elsewhere, money, meeting, age, pictures. Pure.

They are no proof of anything, and nobody is judged by them: the session pauses, both are told the
same, and whoever wrote can send them all the same. Nothing is written down about it.

`care_words/<language>.txt` holds them as word rules (`node.safety.word_rules`), each with sentences
that it must find and others that it must leave alone; a rule that fails one cannot be read. A text
is held against all of them: people mix languages, and say seldom which.
"""

from functools import cache
from importlib.resources import files

from node.safety.word_rules import WordRule, plain, read_rules


def needs_care(text: str) -> bool:
    """Whether a text holds one of the phrases, in whatever language."""
    words = plain(text)
    return any(rule.finds(words) for rule in care_rules())


@cache
def care_rules() -> tuple[WordRule, ...]:
    """The rules of all languages, read once."""
    folder = files("node.listening") / "care_words"
    texts = [one for one in folder.iterdir() if one.name.endswith(".txt")]
    return tuple(rule for one in texts for rule in read_rules(one.read_text("utf-8")).rules)

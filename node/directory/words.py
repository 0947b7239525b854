"""Words by which a service is found: folded, short ones and fillers left out. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

MOST: Final = 150
"""Words of one service that are kept for finding it: the first ones say what it is."""
LETTERS: Final = 40
_WORD: Final = re.compile(r"[^\W_]+")
_FILLERS: Final = frozenset(
    _WORD.findall(
        "a an and are as at be been by can for from has have if in into is it its may not of on or "
        "our that the their them they this to up us was we were what when where which who will "
        "with you your also all any other"
    )
)


def folded(text: str) -> str:
    """Lower case without accents, so that "Café" is found by "cafe"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(texts: Iterable[str], most: int = MOST) -> tuple[str, ...]:
    """Each word once, in the order in which they come."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall(folded(text)):
            if len(word) > 1 and word not in _FILLERS:
                found[word[:LETTERS]] = None
                if len(found) == most:
                    return tuple(found)
    return tuple(found)


def asked_for(text: str, most: int = 8) -> tuple[str, ...]:
    """The words of a search. A plural finds the singular as well."""
    words = words_of([text], most)
    return tuple(one[:-1] if len(one) > 3 and one.endswith("s") else one for one in words)


def key_of(text: str) -> str:
    """A name or a town as it is compared: folded, one space between words."""
    return " ".join(folded(text).split())[:200]


def postcode_key(text: str) -> str:
    """A postcode as it is compared: folded, without spaces and dashes."""
    return re.sub(r"[\s-]", "", folded(text))[:20]

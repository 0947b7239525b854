"""The languages of the interface: catalogues in `locale/`, and which one a request gets.

English sentences are the msgids, so English needs no catalogue. A language is there as soon as
`locale/<tag>/LC_MESSAGES/kith.mo` is; `locale/README.md` says how to make one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel import Locale, negotiate_locale
from babel.dates import format_date

from node.i18n import Filled

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language of the interface. `tag` is a BCP 47 tag such as "en" or "pt-BR"."""

    tag: str
    translations: NullTranslations

    def say(self, sentence: str) -> str:
        """The sentence, a msgid marked with N_, in this language."""
        if isinstance(sentence, Filled):
            return self.translations.gettext(sentence.msgid) % sentence.values
        return self.translations.gettext(sentence) if sentence else ""

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return _locale(self.tag).text_direction

    def on(self, day: date) -> str:
        """A date as people of this language write it, such as "12 Mar 2026"."""
        return _date(self.tag, day)


class Tongues:
    """All languages that the interface speaks; English always."""

    def __init__(self, catalogues: Mapping[str, NullTranslations]) -> None:
        known = {ENGLISH: NullTranslations(), **catalogues}
        self._by_tag = {tag: Tongue(tag, catalogue) for tag, catalogue in known.items()}

    @classmethod
    def load(cls) -> "Tongues":
        """The catalogues that are shipped or were put beside them."""
        return cls.read(files("node.web").joinpath("locale"))

    @classmethod
    def read(cls, folder: Traversable) -> "Tongues":
        """The catalogues `<tag>/LC_MESSAGES/kith.mo` in a folder."""
        found: dict[str, NullTranslations] = {}
        for language in folder.iterdir():
            catalogue = language.joinpath("LC_MESSAGES", "kith.mo")
            if catalogue.is_file():
                with catalogue.open("rb") as file:
                    found[language.name.replace("_", "-")] = GNUTranslations(file)
        return cls(found)

    def all(self) -> tuple[Tongue, ...]:
        return tuple(self._by_tag.values())

    def choose(self, accept_language: str) -> Tongue:
        """The first language of an Accept-Language header (RFC 9110, 12.5.4) that we speak."""
        if len(self._by_tag) == 1:
            return self._by_tag[ENGLISH]
        tag = negotiate_locale(_preferred(accept_language), list(self._by_tag), sep="-")
        return self._by_tag[tag or ENGLISH]


def _preferred(header: str) -> list[str]:
    weighed = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, tag.strip()))
        except ValueError:
            continue
    return [tag for _, _, tag in sorted(weighed) if tag]


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


@lru_cache(maxsize=2048)
def _date(tag: str, day: date) -> str:
    return format_date(day, "medium", locale=_locale(tag))

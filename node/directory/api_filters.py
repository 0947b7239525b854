"""Filters of the HSDS API: read from a query, each checked; what does not fit is told with what
would be accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from node.directory.places import KM_MOST, KM_USUAL
from node.directory.searching import Query
from node.errors import KithError

PER_PAGE: Final = 50
PER_PAGE_MOST: Final = 100
PAGE_MOST: Final = 10_000
LETTERS_MOST: Final = 200
PAGED: Final = ("page", "per_page", "format")
SERVICES: Final = (
    *("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after"),
    *("minimal", "full", "postcode", "proximity", *PAGED),
)
PLACES: Final = tuple(one for one in SERVICES if one != "minimal")
ORGANIZATIONS: Final = ("search", "full", "full_service", *PAGED)
ORGANIZATION: Final = ("full_service",)
TAXONOMIES: Final = ("search", *PAGED)
TERMS: Final = ("search", "taxonomy_id", "top_only", "parent_id", *PAGED)
_SWITCH: Final = {"true": True, "1": True, "": True, "false": False, "0": False}


class BadFilter(KithError):
    """A filter that cannot be used: which, why, and what would be accepted."""

    code = "bad-filter"

    def __init__(self, name: str, sentence: str, accepted: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.name = name
        self.accepted = accepted


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one request. `known` are the names that this address takes."""

    values: Mapping[str, str]

    def text(self, name: str) -> str | None:
        """None when it was not given. Raises BadFilter for what is too long."""
        value = self.values.get(name, "").strip()
        if len(value) > LETTERS_MOST:
            raise BadFilter(name, f"{name} takes at most {LETTERS_MOST} letters.")
        return value or None

    def switch(self, name: str) -> bool:
        """Raises BadFilter for what is neither true nor false."""
        if name not in self.values:
            return False
        value = _SWITCH.get(self.values[name].strip().lower())
        if value is None:
            raise BadFilter(name, f"{name} is true or false.", ("true", "false"))
        return value

    def number(self, name: str, usual: int, most: int) -> int:
        """Raises BadFilter for what is no whole number from 1."""
        text = self.text(name)
        if text is None:
            return usual
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:12]) <= most):
            raise BadFilter(name, f"{name} is a whole number from 1 to {most}.")
        return int(text)

    @property
    def page(self) -> int:
        return self.number("page", 1, PAGE_MOST)

    @property
    def per_page(self) -> int:
        return self.number("per_page", PER_PAGE, PER_PAGE_MOST)

    @property
    def modified_after(self) -> str | None:
        """As services carry it; a day or a moment of ISO 8601."""
        text = self.text("modified_after")
        if text is None:
            return None
        try:
            datetime.fromisoformat(text.replace(" ", "+"))
        except ValueError:
            raise BadFilter(
                "modified_after", "modified_after is a date such as 2026-01-31, or with a time."
            ) from None
        return text.replace(" ", "+")

    @property
    def km(self) -> float:
        """How far round a postcode; HSDS gives it in metres."""
        most = int(KM_MOST * 1000)
        return self.number("proximity", int(KM_USUAL * 1000), most) / 1000

    def query(self) -> Query:
        """What to look for. All filters must fit (they are cumulative)."""
        if self.text("proximity") and not self.text("postcode"):
            raise BadFilter("proximity", "proximity needs a postcode to be near to.", ("postcode",))
        term = self.text("taxonomy_term_id")
        return Query(
            words=self.text("search") or "",
            terms=() if term is None else (term,),
            taxonomy_id=self.text("taxonomy_id"),
            organization_id=self.text("organization_id"),
            place=self.text("postcode") or "",
            km=self.km,
            modified_after=self.modified_after,
            everything=True,
        )


def read_filters(given: Mapping[str, str], known: tuple[str, ...]) -> Filters:
    """Raises BadFilter for a name that this address does not take, and another format than JSON."""
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise BadFilter(
            unknown[0][:50], f"There is no filter {unknown[0][:50]} here.", tuple(sorted(known))
        )
    if given.get("format", "json") != "json":
        raise BadFilter("format", "This node answers in JSON.", ("json",))
    return Filters(given)

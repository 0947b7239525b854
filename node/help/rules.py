"""Helplines: what is fresh, what fits, which belong side by side. Pure decisions on records."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, Literal

from node.errors import Invalid, NotFound
from node.help.dialling import call_link, text_link
from node.i18n import N_
from storage.accounts import Account
from storage.helplines import Helpline

Freshness = Literal["unchecked", "fresh", "ageing", "old"]

AGEING: Final = timedelta(days=180)
OLD: Final = timedelta(days=365)
MOST: Final = {
    "name": 80,
    "call_as": 40,
    "write_as": 60,
    "website": 120,
    "hours": 120,
    "cost": 80,
    "languages": 60,
    "source": 200,
    "pair": 40,
}
AUDIENCES: Final = {
    "everyone": N_("For everyone"),
    "young": N_("For young people"),
    "parents": N_("For parents"),
    "veterans": N_("For people who have served"),
    "lgbtq": N_("For LGBTQ+ people"),
}
EMERGENCY: Final = {
    "AT": "112",
    "AU": "000",
    "BE": "112",
    "CA": "911",
    "CH": "112",
    "DE": "112",
    "DK": "112",
    "ES": "112",
    "FR": "112",
    "GB": "999",
    "IE": "112",
    "IN": "112",
    "IT": "112",
    "NL": "112",
    "NO": "112",
    "NZ": "111",
    "SE": "112",
    "US": "911",
}
"""The number for danger, by country. Everywhere else people are told to call theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelplineDraft:
    """A helpline as typed."""

    country: str
    name: str
    audience: str
    pair: str
    call_as: str
    write_as: str
    website: str
    hours: str
    cost: str
    languages: str
    source: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A helpline for a page: what it says, how fresh that is, what a telephone does with it."""

    line: Helpline
    freshness: Freshness
    call: str | None
    text: str | None


def freshness(line: Helpline, now: datetime) -> Freshness:
    """How long ago somebody of this community checked the entry (safety invariant 6)."""
    if line.verified_at is None:
        return "unchecked"
    age = now - line.verified_at
    if age > OLD:
        return "old"
    return "ageing" if age > AGEING else "fresh"


def shown(line: Helpline, now: datetime) -> Shown:
    """The entry with its links."""
    return Shown(line, freshness(line, now), call_link(line.call_as), text_link(line.write_as))


def side_by_side(lines: Iterable[Shown]) -> list[list[Shown]]:
    """Entries of one pair together, such as one for adults and one for young people: whoever finds
    one finds the other. In the order in which the first of each came."""
    listed = list(lines)
    first = {one.line.pair or str(one.line.id or one.line.shipped_as): 0 for one in listed}
    order = {key: place for place, key in enumerate(first)}
    keyed = sorted(
        ((order[one.line.pair or str(one.line.id or one.line.shipped_as)], one) for one in listed),
        key=lambda pair: pair[0],
    )
    return [[one for _, one in group] for _, group in groupby(keyed, key=lambda pair: pair[0])]


def emergency_number(country: str | None, own: str, own_countries: list[str]) -> str | None:
    """The number for danger: the node's own setting in its own country, else the country's."""
    if own and (country is None or country in own_countries):
        return own
    return EMERGENCY.get(country or "")


def region_of(languages: str) -> str | None:
    """The country that a header Accept-Language names first, such as AT for "de-AT, de"."""
    found = re.search(r"\b[a-z]{2,3}-([A-Z]{2})\b", languages[:200])
    return found[1] if found else None


def country_for(languages: str, own_countries: list[str]) -> str | None:
    """Where whoever asks is likely to be: the country of their browser where the community has
    people there too, else the first of the community's, else the browser's. It is a first guess;
    the page offers all others. `languages` is the header Accept-Language."""
    region = region_of(languages)
    if region in own_countries or not own_countries:
        return region
    return own_countries[0]


def language_of(languages: str) -> str:
    """The language that a header Accept-Language names first, such as "de" for "de-AT, en"."""
    found = re.match(r"\s*([a-z]{2,3})\b", languages[:200].lower())
    return found[1] if found else ""


def spoken_first(pairs: list[list[Shown]], language: str) -> list[list[Shown]]:
    """Those first in which somebody speaks the language; otherwise in the order they had."""
    return sorted(
        pairs, key=lambda pair: not any(language in one.line.languages.split() for one in pair)
    )


def insist_keeper(account: Account) -> None:
    """Helplines are kept by administrators; for others these pages are not there."""
    if account.role != "administrator" or account.suspended_at is not None:
        raise NotFound


def checked(draft: HelplineDraft) -> HelplineDraft:
    """The draft as it may be kept. Raises Invalid, naming the field."""
    fields = {
        name: " ".join(getattr(draft, name).split()) for name in HelplineDraft.__dataclass_fields__
    }
    for name, most in MOST.items():
        if len(fields[name]) > most:
            raise Invalid(name, N_("This is too long. Please say it in fewer words."))
    fields["country"] = fields["country"].upper()
    if not re.fullmatch("[A-Z]{2}", fields["country"]):
        raise Invalid("country", N_("Write the country as two letters, such as GB."))
    if not fields["name"]:
        raise Invalid("name", N_("Write the name of the service, as it calls itself."))
    if fields["audience"] not in AUDIENCES:
        raise Invalid("audience", N_("Choose whom it is for."))
    if not (fields["call_as"] or fields["write_as"] or fields["website"]):
        raise Invalid("call_as", N_("Write at least one way to reach it."))
    if fields["call_as"] and call_link(fields["call_as"]) is None:
        raise Invalid("call_as", N_("Write only the number, as it was published: 116 123."))
    if not fields["source"]:
        raise Invalid("source", N_("Write where you found it: the page of the service itself."))
    return HelplineDraft(**fields)

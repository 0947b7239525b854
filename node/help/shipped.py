"""The helplines that come along: a small list, for each the page of the service itself. Nobody has
checked them for your community: an administrator confirms one after the other, and until then they
are shown below the emergency number as not checked.

A line of `helplines.txt` is: country, name, audience, pair, number to call, how to write, website,
hours, cost, languages. Numbers stand as the services publish them.
"""

from datetime import UTC, datetime
from importlib.resources import files
from typing import Final

from storage.helplines import Helpline

_FIELDS: Final = (
    "country",
    "name",
    "audience",
    "pair",
    "call_as",
    "write_as",
    "website",
    "hours",
    "cost",
    "languages",
)
_AT: Final = datetime(2026, 11, 27, tzinfo=UTC)


def _line(row: str) -> Helpline:
    country, name, audience, pair, call_as, write_as, website, hours, cost, languages = row.split(
        "|"
    )
    return Helpline(
        id=0,
        country=country,
        name=name,
        audience=audience,
        pair=pair,
        call_as=call_as,
        write_as=write_as,
        website=website,
        hours=hours,
        cost=cost,
        languages=languages,
        source=f"https://{website}",
        shipped_as=f"{country}-{name}".lower().replace(" ", "-").replace("?", ""),
        created_at=_AT,
    )


def _rows() -> list[str]:
    text = files("node.help").joinpath("helplines.txt").read_text("utf-8")
    return [row for row in text.splitlines() if row and not row.startswith("#")]


SHIPPED: Final = {line.shipped_as or "": line for line in map(_line, _rows())}
"""By their names."""

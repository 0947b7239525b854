"""One value at a time made good: what real data sets hold where HSDS expects text, a time, a date,
a number. Pure. Whatever is changed is reported; what cannot be read is left out, and reported.
"""

import html
import re
from datetime import date, datetime, time
from typing import Any, Final

from node.directory.hsds import fields
from node.directory.hsds.report import Place, Report

LETTERS_MOST: Final = 50_000
"""Letters of one field; nothing that is meant for people is longer."""

_MARKER: Final = re.compile(r"#{2,}[A-Z0-9_]{1,20}#{2,}")
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_BREAK: Final = re.compile(r"<\s*(?:br|/p|/li|/div)\b[^<>]{0,500}>", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES: Final = re.compile(r"[ \t\u00a0]{2,}")
_CLOCK: Final = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?(?::(\d{2}))?\s*([ap])?\.?\s*(?:m\.?)?(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_DATES: Final = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%d %B %Y", "%Y%m%d")


def clean_text(text: str, place: Place, name: str, report: Report) -> str:
    """Text for people: no markup, no markers, no literal "\\n"."""
    made = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\\n" in made or "\\r" in made:
        made = made.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\r", "\n")
        report.cleaned(place, name, "it held “\\n” as two letters; they are line breaks now")
    if _MARKER.search(made):
        made = _MARKER.sub("\n", made)
        report.cleaned(place, name, "it held markers such as ###MON###; they are gone")
    if _TAG.search(made) or "&amp;" in made or "&nbsp;" in made or "&#" in made:
        made = html.unescape(_TAG.sub("", _BREAK.sub("\n", made)))
        made = _TAG.sub("", made)
        report.cleaned(place, name, "it held HTML; the words of it stay")
    made = _CONTROL.sub("", made)
    return re.sub(r"\n{3,}", "\n\n", _SPACES.sub(" ", made)).strip()


def clean_time(text: str, place: Place, name: str, report: Report) -> str | None:
    """ "9:00am", "08:00", "9.30 pm" as HH:MM:SS (with a Z or offset if it had one)."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        report.cleaned(place, name, f"“{text[:40]}” is no time such as 09:30; it is left out")
        return None
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    half = (found[4] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        hour, minute = 23, 59
    try:
        made = time(hour, minute, second).isoformat() + (found[5] or "")
    except ValueError:
        report.cleaned(place, name, f"“{text[:40]}” is no time such as 09:30; it is left out")
        return None
    if half:
        report.cleaned(place, name, f"“{text[:40]}” is written as {made}")
    return made


def clean_date(text: str, place: Place, name: str, report: Report) -> str | None:
    """A date as YYYY-MM-DD. Of "3/4/2020" the month is taken to come first, as in the US, where
    such data sets come from; the report says so."""
    made = _date_of(text.strip())
    if made is None or made.year < 1900:
        report.cleaned(place, name, f"“{text[:40]}” is no date that we can read; it is left out")
        return None
    if made.isoformat() != text.strip()[:10]:
        report.cleaned(place, name, f"“{text[:40]}” is read as {made.isoformat()}")
    return made.isoformat()


def _date_of(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    for shape in _DATES:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


def clean_moment(text: str, place: Place, name: str, report: Report) -> str | None:
    """A date with a time stays as it was written; of anything else a date is made."""
    try:
        datetime.fromisoformat(text.strip())
    except ValueError:
        return clean_date(text, place, name, report)
    return text.strip()


def clean_number(value: object, place: Place, name: str, report: Report) -> float | int | None:
    """A number, or a text that is one."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(value) if isinstance(value, int | float) else float(str(value).strip())
    except ValueError:
        number = float("nan")
    if number != number or abs(number) > 1e15:
        report.cleaned(place, name, f"“{str(value)[:40]}” is no number; it is left out")
        return None
    return int(number) if number == int(number) else number


def clean_value(kind: str, name: str, value: Any, place: Place, report: Report) -> Any:
    """The value of a plain field as HSDS has it; None when it is empty or cannot be read."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if name in fields.INTEGERS or name in fields.NUMBERS:
        made = clean_number(value, place, name, report)
        return made if made is None or name not in fields.INTEGERS else int(made)
    if not isinstance(value, str):
        return _as_text(kind, name, value)
    if len(value) > LETTERS_MOST:
        most = f"{LETTERS_MOST:,}"
        report.broken(place, name, f"it holds {len(value):,} letters; at most {most} are taken")
        return None
    if name in fields.TIMES:
        return clean_time(value, place, name, report)
    if name in fields.DATES:
        return clean_date(value, place, name, report)
    if name in fields.MOMENTS:
        return clean_moment(value, place, name, report)
    if name in fields.LINKS:
        return clean_link(value, place, name, report)
    if name == "id" or name.endswith("_id"):
        return value.strip()
    return clean_text(value, place, name, report) or None


def _as_text(kind: str, name: str, value: Any) -> Any:
    """A number where a text belongs; what HSDS does not know stays as it is."""
    is_known = name in fields.BY_NAME[kind].fields if kind in fields.BY_NAME else False
    if is_known and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def clean_link(text: str, place: Place, name: str, report: Report) -> str | None:
    """An address of the web. Nothing else is ever made a link."""
    made = text.strip()
    if made.lower().startswith(("http://", "https://")) and not re.search(r"\s", made):
        return made
    if re.fullmatch(r"(?:[\w-]+\.)+[a-zA-Z]{2,}(?:/\S*)?", made):
        report.cleaned(place, name, f"“{made[:60]}” is written as https://{made[:60]}")
        return f"https://{made}"
    report.cleaned(place, name, f"“{made[:60]}” is no address of the web; it is left out")
    return None


def clean_record(kind: str, record: dict[str, Any], place: Place, report: Report) -> dict[str, Any]:
    """The plain fields of one record, each made good; lists and records in it are left out.

    Fields that are missing stay missing; those that HSDS does not have are kept and named.
    """
    known = fields.BY_NAME[kind]
    made: dict[str, Any] = {}
    for name, value in record.items():
        is_nested = name in fields.LISTS or name in fields.SINGLE
        if is_nested and isinstance(value, dict | list):
            continue
        if name not in known.fields:
            if value not in (None, "", [], {}):
                report.unknown(place, kind, name)
                made[name] = value
            continue
        if isinstance(value, dict | list):
            report.broken(place, name, "a text or a number belongs here")
            continue
        good = clean_value(kind, name, value, place, report)
        if good is not None:
            made[name] = good
    _check(kind, made, place, report)
    return made


def _check(kind: str, made: dict[str, Any], place: Place, report: Report) -> None:
    """What concerns more than one field."""
    if kind == "phone" and not made.get("number"):
        report.cleaned(place, "number", "a phone without a number; it is left out")
    if kind == "location":
        check_point(made, place, report)
    for name in fields.BY_NAME[kind].needs:
        if kind != "phone" and not made.get(name):
            report.broken(place, name, f"a {kind} needs one")


def check_point(made: dict[str, Any], place: Place, report: Report) -> None:
    """Coordinates that are on Earth, and not where nobody lives because somebody typed zeros."""
    at, along = made.get("latitude"), made.get("longitude")
    if at is None and along is None:
        return
    is_good = (
        isinstance(at, int | float)
        and isinstance(along, int | float)
        and abs(at) <= 90
        and abs(along) <= 180
        and (at, along) != (0, 0)
    )
    if not is_good:
        made.pop("latitude", None)
        made.pop("longitude", None)
        report.cleaned(place, "latitude", f"{at}, {along} is no place on Earth; it is left out")

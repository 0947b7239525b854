"""A service in words: what a page, a printed sheet and a card in a reply say of it. Pure.

Sentences of ours are handed through `say`, which translates; words of the source stay as they are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from node.directory.hsds.hours import Line, lines_of
from node.directory.rules import Checked, checked, dialled
from node.directory.showing import Card
from node.directory.tongues import NAMES, language_key
from node.i18n import N_

Record = dict[str, Any]
Say = Callable[[str], str]

DAY_NAMES: Final = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday")),
    *(N_("Friday"), N_("Saturday"), N_("Sunday")),
)
EVERY_DAY: Final = N_("Every day")
ROUND_THE_CLOCK: Final = N_("at any time")


@dataclass(frozen=True, slots=True)
class Phone:
    """`number` as published; `tel` to dial it, None where it cannot be dialled as it stands."""

    number: str
    tel: str | None
    words: str


@dataclass(frozen=True, slots=True)
class PlaceLines:
    """Where it is. `is_hidden`: it is told to nobody here."""

    name: str
    lines: tuple[str, ...]
    access: tuple[str, ...]
    transport: str
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that a page says of a service."""

    card: Card
    name: str
    organization: str
    alert: str
    paragraphs: tuple[str, ...]
    phones: tuple[Phone, ...]
    links: tuple[str, ...]
    email: str
    hours: tuple[str, ...]
    costs: tuple[str, ...]
    is_free: bool
    languages: tuple[str, ...]
    who_for: tuple[str, ...]
    ages: tuple[int | None, int | None]
    how: str
    wait: str
    documents: tuple[str, ...]
    areas: tuple[str, ...]
    places: tuple[PlaceLines, ...]
    terms: tuple[str, ...]
    checked: Checked


def sheet_of(card: Card, now: datetime, say: Say) -> Sheet:
    """The service in words."""
    record = card.record
    service, minimum, maximum = card.service, card.service.minimum_age, card.service.maximum_age
    return Sheet(
        card=card,
        name=str(record.get("name", "")),
        organization=str(record.get("organization", {}).get("name", "")),
        alert=str(record.get("alert", "")),
        paragraphs=_paragraphs(record.get("description")),
        phones=tuple(phones_of(record)),
        links=tuple(_links(record)),
        email=str(record.get("email", "")),
        hours=tuple(hours_in_words(_schedules(record), now, say)),
        costs=tuple(_costs(record)),
        is_free=service.is_free,
        languages=tuple(dict.fromkeys(_languages(record))),
        who_for=_paragraphs(record.get("eligibility_description")),
        ages=(minimum, maximum),
        how=str(record.get("application_process", "")),
        wait=str(record.get("wait_time", "")),
        documents=_texts(record, "required_documents", "document"),
        areas=_texts(record, "service_areas", "name"),
        places=tuple(_places(record)),
        terms=tuple(_terms(record)),
        checked=checked(service.checked_on, now),
    )


def phones_of(record: Record) -> Iterable[Phone]:
    """Each number once: the service's own, those of its places, else those of who offers it."""
    holders = [record, *record.get("service_at_locations", ())]
    found = [one for holder in holders for one in holder.get("phones", ())]
    if not found:
        found = list(record.get("organization", {}).get("phones", ()))
    seen: set[str] = set()
    for one in found:
        number = str(one.get("number", "")).strip()
        if number and number not in seen and one.get("type") != "fax":
            seen.add(number)
            words = str(one.get("description", ""))
            extension = one.get("extension")
            shown = f"{number} ext. {extension}" if extension else number
            yield Phone(shown, dialled(number, extension), words)


def hours_in_words(schedules: Iterable[Record], now: datetime, say: Say) -> Iterable[str]:
    """One line for each span, such as "Monday to Friday: 09:00–17:00"."""
    for line in lines_of(schedules, now.date()):
        times = _times(line, say)
        if line.days:
            yield f"{_days(line.days, say)}: {times}"
        elif times:
            yield f"{times} {line.note}".strip()
        else:
            yield line.note


def _times(line: Line, say: Say) -> str:
    if not line.opens:
        return ""
    if line.opens == line.closes or (line.opens, line.closes) == ("00:00", "23:59"):
        return say(ROUND_THE_CLOCK)
    return f"{line.opens}–{line.closes}" if line.closes else line.opens


def _days(days: tuple[int, ...], say: Say) -> str:
    if len(days) == len(DAY_NAMES):
        return say(EVERY_DAY)
    spans: list[list[int]] = []
    for day in days:
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    return ", ".join(_span(span, say) for span in spans)


def _span(span: list[int], say: Say) -> str:
    first, last = say(DAY_NAMES[span[0]]), say(DAY_NAMES[span[-1]])
    if len(span) == 1:
        return first
    return f"{first}, {last}" if len(span) == 2 else f"{first}–{last}"


def _schedules(record: Record) -> list[Record]:
    found = list(record.get("schedules", ()))
    for place in record.get("service_at_locations", ()):
        found += place.get("schedules", ())
    if not found:
        for place in record.get("service_at_locations", ()):
            found += place.get("location", {}).get("schedules", ())
    return list({str(one.get("id")): one for one in found}.values())


def _paragraphs(text: object) -> tuple[str, ...]:
    return tuple(one.strip() for one in str(text or "").split("\n") if one.strip())


def _texts(record: Record, name: str, field: str) -> tuple[str, ...]:
    found = (str(one.get(field, "")).strip() for one in record.get(name, ()))
    return tuple(dict.fromkeys(one for one in found if one))


def _links(record: Record) -> Iterable[str]:
    """Addresses of the web, and nothing else, whatever stands there."""
    for link in (record.get("url"), record.get("organization", {}).get("website")):
        if isinstance(link, str) and link.lower().startswith(("http://", "https://")):
            yield link
            return


def _costs(record: Record) -> Iterable[str]:
    for one in record.get("cost_options", ()):
        amount = one.get("amount")
        parts = [str(one.get("option", ""))]
        if amount:
            parts.append(f"{amount:g} {str(one.get('currency', '')).upper()}".strip())
        parts.append(str(one.get("amount_description", "")))
        line = ", ".join(part for part in parts if part)
        if line:
            yield line
    yield from _paragraphs(record.get("fees_description") or record.get("fees"))


def _languages(record: Record) -> Iterable[str]:
    holders = [record, *record.get("phones", ())]
    holders += [one.get("location", {}) for one in record.get("service_at_locations", ())]
    for holder in holders:
        for one in holder.get("languages", ()):
            key = language_key(one.get("code"), one.get("name"))
            name = NAMES.get(key) or str(one.get("name") or one.get("code") or "")
            if name:
                yield name
    if record.get("interpretation_services"):
        yield str(record["interpretation_services"])


def _places(record: Record) -> Iterable[PlaceLines]:
    for place in record.get("service_at_locations", ()):
        location = place.get("location")
        if not isinstance(location, dict):
            continue
        is_hidden = not (location.get("addresses") or location.get("name"))
        address: Record = next(iter(location.get("addresses", ())), {})
        names = ("address_1", "address_2", "city", "postal_code")
        lines = tuple(str(address[name]) for name in names if address.get(name))
        access = _texts(location, "accessibility", "description")
        name, transport = str(location.get("name", "")), str(location.get("transportation", ""))
        yield PlaceLines(name, lines, access, transport, is_hidden)


def _terms(record: Record) -> Iterable[str]:
    for one in record.get("attributes", ()):
        name = str(one.get("taxonomy_term", {}).get("name", ""))
        if name:
            yield name


def card_text(sheet: Sheet, link: str, say: Say, on: Callable[[Any], str]) -> str:
    """The service as a block of a reply, in Markdown that reads well as it stands, here, on other
    servers, and where nothing is rendered. It says nothing of who it is meant for."""
    title = plain(sheet.name) + (f" ({plain(sheet.organization)})" if sheet.organization else "")
    lines = [f"**{title}**"]
    lines += [f"{say(N_('Phone'))}: {plain(one.number)}" for one in sheet.phones[:2]]
    if sheet.hours:
        lines.append(f"{say(N_('Open'))}: " + plain("; ".join(sheet.hours[:3]))[:300])
    if sheet.is_free:
        lines.append(say(N_("It costs nothing.")))
    if sheet.checked.on is not None:
        lines.append(f"{say(N_('Last checked'))}: {on(sheet.checked.on)}")
    lines.append(f"{say(N_('More about it'))}: {link}")
    return "\n".join(f"> {line}  " for line in lines)


def plain(text: str) -> str:
    """Words of others as one line in which Markdown finds nothing to do."""
    line = " ".join(text.split())
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|~!" else one for one in line)

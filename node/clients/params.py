"""What a client sent, whatever way it sent it: the query, and a body as JSON, urlencoded or
multipart, which real clients mix (Rails brackets: `media_ids[]`, `poll[options][]`).

Values are asked for by name and kind; what is not asked for has no effect (WEB-12). A value of the
wrong kind is `Invalid`, which names the field and says what would be accepted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from node.errors import Invalid

TRUE: Final = frozenset({"true", "1", "on", "t", "yes"})
FALSE: Final = frozenset({"false", "0", "off", "f", "no", ""})
MANY_MOST: Final = 200
"""Items of one list that are looked at."""

# NUL would stop PostgreSQL; the others have no place in text either. Tab and line feed stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent. Its name and declared type are the sender's and were dropped."""

    body: bytes
    is_too_long: bool = False


class Params:
    """The values by name."""

    def __init__(self, values: Mapping[str, Any], within: str = "") -> None:
        self._values = values
        self._within = within

    def has(self, name: str) -> bool:
        """Whether it was sent at all, be it empty."""
        return name in self._values

    def names(self) -> Iterator[str]:
        return iter(self._values)

    def text(self, name: str, default: str | None = None) -> str | None:
        """Text, or `default` when it was not sent or is null. Raises Invalid."""
        value = _last(self._values.get(name))
        if value is None:
            return default
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return str(value)
        if not isinstance(value, str):
            raise self._wrong(name, "one text")
        return tidy(value)

    def need(self, name: str) -> str:
        """Text that must be there and not blank. Raises Invalid."""
        value = self.text(name)
        if value is None or not value.strip():
            raise Invalid(self._path(name), f"{self._path(name)} can't be blank")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Yes or no. Raises Invalid."""
        value = self.maybe_flag(name)
        return default if value is None else value

    def maybe_flag(self, name: str) -> bool | None:
        """Yes or no, or None when it was not sent. Raises Invalid."""
        text = self.text(name)
        if text is None:
            return None
        word = text.strip().lower()
        if word in TRUE:
            return True
        if word in FALSE:
            return False
        raise self._wrong(name, "true or false")

    def number(self, name: str, default: int, least: int = 0, most: int = 2**63 - 1) -> int:
        """A whole number within bounds. Raises Invalid."""
        text = self.text(name)
        if text is None or not text.strip():
            return default
        value = _whole(text)
        if value is None or not least <= value <= most:
            raise self._wrong(name, f"a whole number from {least} to {most}")
        return value

    def limit(self, default: int, most: int) -> int:
        """How many items a page shall have: what is beyond bounds counts as the bound."""
        text = self.text("limit")
        value = _whole(text) if text else None
        return default if value is None else min(max(value, 1), most)

    def maybe_id(self, name: str) -> int | None:
        """An id, or None when it was not sent. What no id can be is an id that nothing has: 0."""
        text = self.text(name)
        if text is None or not text.strip():
            return None
        value = _whole(text)
        return value if value is not None and 0 <= value < 2**63 else 0

    def moment(self, name: str) -> datetime | None:
        """A time in ISO 8601; without a zone it is UTC. Raises Invalid."""
        text = self.text(name)
        if text is None or not text.strip():
            return None
        try:
            value = datetime.fromisoformat(text.strip().replace(" ", "+"))
            return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise self._wrong(name, "a time such as 2026-03-05T18:20:00Z") from None

    def many(self, name: str) -> list[str]:
        """A list of texts: `name[]`, a JSON array, or one value. Raises Invalid."""
        values = _items(self._values.get(name))
        if len(values) > MANY_MOST:
            raise self._wrong(name, f"at most {MANY_MOST} items")
        found = []
        for value in values:
            if isinstance(value, bool) or not isinstance(value, str | int):
                raise self._wrong(name, "a list of texts")
            found.append(tidy(str(value)))
        return found

    def ids(self, name: str) -> list[int]:
        """A list of ids; what no id can be is left out."""
        found = (_whole(text) for text in self.many(name))
        return [one for one in found if one is not None and 0 < one < 2**63]

    def inner(self, name: str) -> "Params | None":
        """A nested object, `name[key]`; None when it was not sent or is null. Raises Invalid."""
        value = _last(self._values.get(name))
        if value is None or value == "":
            return None
        if not isinstance(value, Mapping):
            raise self._wrong(name, "an object")
        return Params(value, self._path(name))

    def inners(self, name: str) -> list["Params"]:
        """A list of objects: `name[][key]`, `name[0][key]`, a JSON array. Raises Invalid."""
        found = []
        for value in _items(self._values.get(name)):
            if not isinstance(value, Mapping):
                raise self._wrong(name, "a list of objects")
            found.append(Params(value, self._path(name)))
        if len(found) > MANY_MOST:
            raise self._wrong(name, f"at most {MANY_MOST} items")
        return found

    def file(self, name: str) -> Upload | None:
        """A file that was sent under this name, or None."""
        value = _last(self._values.get(name))
        return value if isinstance(value, Upload) else None

    def raw(self) -> Mapping[str, Any]:
        """All of it as it came, for a reader that checks it by itself."""
        return self._values

    def _path(self, name: str) -> str:
        return f"{self._within}[{name}]" if self._within else name

    def _wrong(self, name: str, accepted: str) -> Invalid:
        return Invalid(self._path(name), f"{self._path(name)} must be {accepted}")


class Repeated(list[Any]):
    """A plain name that was sent more than once: the last one counts, or all in a list."""


def tidy(text: str) -> str:
    """Text as it may be stored: without control characters, lines ending in a line feed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))


def _last(value: Any) -> Any:
    return value[-1] if isinstance(value, Repeated) and value else value


def _items(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    if isinstance(value, Mapping) and value and all(key.isdecimal() for key in value):
        return [value[key] for key in sorted(value, key=int)]
    return list(value) if isinstance(value, list) else [value]


def _whole(text: str) -> int | None:
    text = text.strip()
    body = text.removeprefix("-")
    if not (body.isascii() and body.isdecimal()) or len(body) > 19:
        return None
    return int(text)

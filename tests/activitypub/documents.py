"""The documents that parser tests read: our own in each peer's dialect, below `tests/wire/`."""

import re
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

from activitypub import parse

WIRE = Path(__file__).resolve().parents[1] / "wire"
KITH = "https://kith.example"
EVERYONE = "https://www.w3.org/ns/activitystreams#Public"

_PLACEHOLDER = re.compile(rb'"(?:SCRUBBED_ID|\{\{(?:ap_id|activity_id)\}\})"')
_DOMAIN = re.compile(rb"\{\{(?:domain|DOMAIN)\}\}")


def document(name: str) -> dict[str, Any]:
    """`vendor/name` as `read_json` gives it."""
    return parse.read_json((WIRE / f"{name}.json").read_bytes())


def own_documents() -> list[str]:
    """The names of all our own documents."""
    return sorted(f"{path.parent.name}/{path.stem}" for path in WIRE.glob("*/*.json"))


def filled(body: bytes) -> bytes:
    """A recorded document with its placeholders filled by distinct URLs, as they once were."""
    number = count(1)
    body = _PLACEHOLDER.sub(lambda _: b'"https://kbin.test/filled/%d"' % next(number), body)
    return _DOMAIN.sub(b"filled.example", body)


def without_raw(thing: object) -> object:
    """`thing` as plain data without the `raw` members, to compare what was read."""
    return _stripped(msgspec.to_builtins(thing))


def _stripped(value: object) -> object:
    if isinstance(value, dict):
        return {key: _stripped(member) for key, member in value.items() if key != "raw"}
    if isinstance(value, list | tuple):
        return [_stripped(one) for one in value]
    return value

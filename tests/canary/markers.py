"""The words that are written into fields, and the disguises in which they are looked for.

A word is a stem and a number. Words of sealed fields must be found nowhere; those of fields that
are private but kept in the clear must not leave; local ones may be read by members of the node;
stripped ones are taken out of pictures before anything is kept; public ones must be found, or the
search is blind.
"""

import base64
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal
from urllib.parse import quote

Kind = Literal["sealed", "plain", "local", "stripped", "public"]
STEMS: Final[dict[Kind, str]] = {
    "sealed": "qzvanadium",
    "plain": "qzosmiumyx",
    "local": "qzgarnetku",
    "stripped": "qzberyllow",
    "public": "wkostinato",
}
_GZIP: Final = b"\x1f\x8b\x08"
_ZIP: Final = b"PK\x03\x04"
_DEFLATED: Final = b"\x08\x00"
_CHUNK: Final = re.compile(rb"\r\n[0-9a-fA-F]{1,8}\r\n")


@dataclass(frozen=True)
class Marker:
    """A word for one field. `shown` says whether its owner can read it again."""

    name: str
    kind: Kind
    number: int
    shown: bool = True

    @property
    def word(self) -> str:
        return f"{STEMS[self.kind]}{self.number:03d}"


@dataclass(frozen=True)
class Find:
    """A word that was found: its kind, the number where it could be read, and what stands round."""

    kind: Kind
    number: int | None
    around: str


def search(blob: bytes, kinds: tuple[Kind, ...]) -> Iterator[Find]:
    """Every word of these kinds in some bytes, also in what is packed inside them."""
    for layer in _layers(blob):
        small = layer.lower()
        for kind in kinds:
            for needle, folds in _disguises(STEMS[kind]):
                text = small if folds else layer
                at = text.find(needle)
                while at >= 0:
                    yield _find(kind, text, at, needle)
                    at = text.find(needle, at + 1)


def _find(kind: Kind, text: bytes, at: int, needle: bytes) -> Find:
    after = text[at + len(needle) : at + len(needle) + 3]
    number = int(after) if after.isdigit() and needle.decode("latin-1") == STEMS[kind] else None
    around = text[max(0, at - 60) : at + len(needle) + 60]
    return Find(kind, number, around.decode("latin-1").replace("\n", " "))


def _layers(blob: bytes) -> Iterator[bytes]:
    """The bytes themselves, and everything in them that was compressed."""
    yield blob
    whole = _CHUNK.sub(b"", blob) if _GZIP in blob else b""
    for packed in {blob, whole}:
        at = packed.find(_GZIP)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj(31).decompress(packed[at:], 10_000_000)
            at = packed.find(_GZIP, at + 1)
    yield from _unzipped(blob)


def _unzipped(blob: bytes) -> Iterator[bytes]:
    """The files of ZIP archives (APPNOTE 4.3.7), each by its local header."""
    at = blob.find(_ZIP)
    while at >= 0:
        head = blob[at : at + 30]
        if len(head) == 30 and head[8:10] == _DEFLATED:
            start = (
                at
                + 30
                + int.from_bytes(head[26:28], "little")
                + int.from_bytes(head[28:30], "little")
            )
            with suppress(zlib.error):
                yield zlib.decompressobj(-15).decompress(blob[start:], 10_000_000)
        at = blob.find(_ZIP, at + 1)


@cache
def _disguises(stem: str) -> tuple[tuple[bytes, bool], ...]:
    """How a word may look: (bytes, whether upper and lower case are the same)."""
    raw = stem.encode()
    folded = {
        raw,
        raw.hex().encode(),
        "".join(f"%{byte:02x}" for byte in raw).encode(),
        "".join(f"\\u{byte:04x}" for byte in raw).encode(),
        "".join(f"&#{byte};" for byte in raw).encode(),
        stem.encode("utf-16-le"),
        quote(stem).encode(),
    }
    exact = {
        form
        for text in (stem, stem.upper(), stem.title())
        for shift in range(3)
        for form in _base64(text.encode(), shift)
    }
    return (*((one, True) for one in folded), *((one, False) for one in exact))


def _base64(raw: bytes, shift: int) -> tuple[bytes, bytes]:
    """What base64 makes of a word that begins `shift` bytes into a group of three: the characters
    that do not depend on what stands before and after."""
    usable = len(raw) - (shift + len(raw)) % 3
    padded = b"\0" * shift + raw[:usable]
    skip = (0, 2, 3)[shift]
    return base64.b64encode(padded)[skip:], base64.urlsafe_b64encode(padded)[skip:]

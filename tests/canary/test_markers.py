"""The search finds a word in any disguise, and nothing where there is none."""

import base64
import gzip
import io
import json
import zipfile
from urllib.parse import quote

import pytest

from tests.canary.markers import STEMS, search

WORD = f"{STEMS['sealed']}007"
EVERY = "".join(f"%{byte:02X}" for byte in WORD.encode())


def zipped(body: bytes) -> bytes:
    """As a copy of one's data is packed."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("first.html", b"0" * 99)
        archive.writestr("second.json", body)
    return packed.getvalue()


def chunked(body: bytes) -> bytes:
    """As HTTP sends a body whose length it does not know."""
    parts = [body[at : at + 40] for at in range(0, len(body), 40)]
    framed = b"\r\n".join(f"{len(part):x}".encode() + b"\r\n" + part for part in parts)
    return b"Transfer-Encoding: chunked\r\n\r\n" + framed + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    "blob",
    [
        WORD.encode(),
        WORD.upper().encode(),
        WORD.encode("utf-16-le"),
        WORD.encode("utf-16-be"),
        WORD.encode().hex().upper().encode(),
        quote(WORD).encode(),
        EVERY.encode(),
        json.dumps({"text": WORD}).encode(),
        "".join(f"\\u{ord(letter):04X}" for letter in WORD).encode(),
        *(base64.b64encode(b"x" * shift + WORD.encode() + b"y") for shift in range(3)),
        *(base64.urlsafe_b64encode(b"\xff" * shift + WORD.encode()) for shift in range(3)),
        b"HTTP/1.1 200 OK\r\n\r\n" + gzip.compress(WORD.encode(), mtime=0),
        zipped(b"0123456789" * 9 + WORD.encode()),
        chunked(gzip.compress(b"0123456789" * 9 + WORD.encode(), mtime=0)),
    ],
)
def test_every_disguise(blob: bytes) -> None:
    assert {find.kind for find in search(b"before" + blob + b"after", ("sealed", "plain"))} == {
        "sealed"
    }


def test_other_words_are_none() -> None:
    others = [stem for kind, stem in STEMS.items() if kind != "sealed"]
    assert list(search(" ".join(others).encode() * 9, ("sealed",))) == []
    assert [find.number for find in search(WORD.encode(), ("sealed",))] == [7]

"""Content-Encoding of answers, undone under a cap (RFC 9110 section 8.4).

The HTTP library's own unpacking is switched off, because it unpacks first and counts later: one
kilobyte of gzip can hold a megabyte. Here the packed bytes have been capped by the reader already,
and the inflater is never asked for more than one byte beyond the cap.
"""

import zlib
from typing import Final

from federation.errors import BadResponse, TooBig

ACCEPT_ENCODING: Final = "gzip"
"""What we ask for. `deflate` is undone too, since some servers send it unasked."""

_MAX_MEMBERS = 16
_GZIP = 16 + zlib.MAX_WBITS


def unpack(raw: bytes, encoding: str, cap: int) -> bytes:
    """`raw` without its Content-Encoding, at most `cap` bytes.

    Raises TooBig beyond the cap, and BadResponse for an encoding we did not ask for, a chain of
    encodings, or broken or truncated data.
    """
    name = encoding.strip().lower()
    if not raw or name in {"", "identity"}:
        return raw
    if name in {"gzip", "x-gzip"}:
        return _gunzip(raw, cap)
    if name == "deflate":
        plain, _ = _inflate(raw, zlib.MAX_WBITS if _has_zlib_header(raw) else -zlib.MAX_WBITS, cap)
        return plain
    raise BadResponse(f"Content-Encoding {encoding[:40]!r} was not asked for", reason="encoding")


def _gunzip(raw: bytes, cap: int) -> bytes:
    """The members of a gzip file, joined (RFC 1952 section 2.2); their number is capped too."""
    plain, rest = _inflate(raw, _GZIP, cap)
    members = 1
    while rest.startswith(b"\x1f\x8b"):
        members += 1
        if members > _MAX_MEMBERS:
            raise BadResponse("gzip of too many members", reason="encoding")
        more, rest = _inflate(rest, _GZIP, cap - len(plain))
        plain += more
    return plain


def _inflate(raw: bytes, window_bits: int, cap: int) -> tuple[bytes, bytes]:
    inflater = zlib.decompressobj(window_bits)
    try:
        plain = inflater.decompress(raw, cap + 1)
    except zlib.error as error:
        raise BadResponse(f"the packed body is broken: {error}", reason="encoding") from error
    if len(plain) > cap:
        raise TooBig(f"the body unpacks to more than {cap} bytes")
    if not inflater.eof:
        raise BadResponse("the packed body ends too early", reason="encoding")
    return plain, inflater.unused_data


def _has_zlib_header(raw: bytes) -> bool:
    """Whether `raw` opens as RFC 1950 says; some servers send bare RFC 1951 data as deflate."""
    return len(raw) > 1 and raw[0] & 0x0F == 8 and (raw[0] << 8 | raw[1]) % 31 == 0

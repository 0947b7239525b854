"""What a picture says of itself in its first bytes: its kind, and how large it is.

Read before any decoder sees the file (DOS-15), from the bytes alone: names and declared types are
what a sender wishes (XSS-07). Three kinds are taken, as still pictures: JPEG, PNG and WebP.
"""

import struct
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["jpeg", "png", "webp"]

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_SEGMENTS_MOST: Final = 500
"""Parts of a JPEG or PNG that may stand before the picture itself."""
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_BARE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_ANIMATED: Final = 0x02


class NotAPicture(Exception):
    """Nothing that we take, or broken before the picture begins. `moves`: it has many frames."""

    def __init__(self, *, moves: bool = False) -> None:
        super().__init__()
        self.moves = moves


@dataclass(frozen=True, slots=True)
class Header:
    """What the file claims. The decoder is held to it."""

    kind: Kind
    width: int
    height: int

    @property
    def pixels(self) -> int:
        return self.width * self.height


def read_header(data: bytes) -> Header:
    """The claim of the file. Raises NotAPicture."""
    try:
        header = _read(data)
    except (struct.error, IndexError):
        raise NotAPicture from None
    if header.width < 1 or header.height < 1:
        raise NotAPicture
    return header


def _read(data: bytes) -> Header:
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(_JPEG):
        return _jpeg(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        raise NotAPicture(moves=True)
    raise NotAPicture


def _png(data: bytes) -> Header:
    """IHDR comes first; acTL before the first IDAT makes it move (PNG third edition, 5.6, 11.3)."""
    if data[12:16] != b"IHDR":
        raise NotAPicture
    width, height = struct.unpack_from(">II", data, 16)
    at = 8
    for _ in range(_SEGMENTS_MOST):
        length, name = struct.unpack_from(">I4s", data, at)
        if name == b"acTL":
            raise NotAPicture(moves=True)
        if name == b"IDAT":
            return Header("png", width, height)
        at += 12 + length
    raise NotAPicture


def _jpeg(data: bytes) -> Header:
    """The first frame header, reached from segment to segment (ITU-T T.81, B.1.1)."""
    at = 2
    for _ in range(_SEGMENTS_MOST):
        if data[at] != 0xFF:
            raise NotAPicture
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _BARE:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return Header("jpeg", width, height)
        if length < 2 or marker in (0xD8, 0xD9, 0xDA):
            raise NotAPicture
        at += 2 + length
    raise NotAPicture


def _webp(data: bytes) -> Header:
    """RFC 9649: the first chunk is VP8, VP8L or VP8X, and each tells the size in its own way."""
    name = data[12:16]
    if name == b"VP8X":
        if data[20] & _ANIMATED:
            raise NotAPicture(moves=True)
        width = int.from_bytes(data[24:27], "little") + 1
        height = int.from_bytes(data[27:30], "little") + 1
        return Header("webp", width, height) if len(data) >= 30 else _broken()
    if name == b"VP8L" and data[20] == 0x2F:
        (packed,) = struct.unpack_from("<I", data, 21)
        return Header("webp", (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1)
    if name == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return Header("webp", width & 0x3FFF, height & 0x3FFF)
    return _broken()


def _broken() -> Header:
    raise NotAPicture

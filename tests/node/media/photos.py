"""Pictures as people send them, and as they should not."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

CANARY = b"CANARY-OF-WHERE-I-LIVE"
LEFT, RIGHT = (200, 30, 30), (30, 30, 200)

_GPS, _ORIENTATION, _ARTIST, _MAKE = 0x8825, 0x0112, 0x013B, 0x010F


def two_halves(width: int = 120, height: int = 80, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RIGHT)
    image.paste(LEFT, (0, 0, width // 2, height))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def opened(body: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(body))
    image.load()
    return image


def jpeg(width: int = 120, height: int = 80) -> bytes:
    return saved(two_halves(width, height), "JPEG", quality=95)


def png(width: int = 120, height: int = 80) -> bytes:
    return saved(two_halves(width, height), "PNG")


def telling_jpeg(orientation: int = 1) -> bytes:
    """A JPEG that says everything it can of where it was made: EXIF with GPS and a thumbnail, XMP,
    a comment, a profile with a name, and words behind its end."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif[_ARTIST] = exif[_MAKE] = CANARY.decode()
    exif[_GPS] = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0), 29: CANARY.decode()}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    body = saved(
        two_halves(),
        "JPEG",
        quality=95,
        exif=exif,
        comment=CANARY,
        icc_profile=profile,
        xmp=b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + CANARY + b"</x:xmpmeta>",
    )
    # Cameras put a small copy of the picture into their EXIF; another segment says the same here.
    thumbnail = jpeg(16, 12) + CANARY
    segment = b"\xff\xe2" + struct.pack(">H", len(thumbnail) + 6) + b"MPF\0" + thumbnail
    return body[:2] + segment + body[2:] + CANARY


def telling_png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARY.decode())
    words.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    exif = Image.Exif()
    exif[_ARTIST] = CANARY.decode()
    return saved(two_halves(), "PNG", pnginfo=words, exif=exif)


def telling_webp() -> bytes:
    exif = Image.Exif()
    exif[_ARTIST] = CANARY.decode()
    return saved(two_halves(), "WEBP", exif=exif, xmp=CANARY)


def claiming_png(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of any size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 1000)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", packed), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def moving(kind: str, frames: int = 3) -> bytes:
    """An animation."""
    first, *others = (Image.new("RGB", (8, 8), (10 * n % 255, 0, 0)) for n in range(frames))
    return saved(first, kind, save_all=True, append_images=others)


NO_PICTURES = {
    "html": b"<!doctype html><script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj",
    "gif-js": b"GIF89a/*" + b"\0" * 20 + b"*/=alert(1)//",
    "htaccess": b"AddType application/x-httpd-php .png\n",
    "tiff": b"II*\0" + b"\0" * 100,
    "heic": b"\0\0\0\x18ftypheic" + b"\0" * 100,
    "bmp": b"BM" + b"\0" * 100,
    "zip": b"PK\x03\x04" + b"\0" * 100,
    "empty": b"",
    "one": b"\xff",
}

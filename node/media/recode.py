"""The process that decodes pictures: bytes in on stdin, clean renditions out on stdout.

Decoders are the likeliest place for a hole, so they run in a process of their own that can do
nothing else: once its libraries are loaded it can open no file and no socket, write no file, and
has little memory and few seconds of processor time a picture. The plain picture is never on disk.

`recoder.py` starts it with the limits as arguments: memory in bytes, processor seconds a picture,
pixels at most. It ends when its input ends.
"""

import io
import sys
from typing import BinaryIO, Final

import blurhash
from PIL import Image, ImageCms, ImageOps, JpegImagePlugin, MpoImagePlugin, PngImagePlugin
from PIL import WebPImagePlugin as _webp

from node.media.framing import (
    AVATAR,
    COUNT,
    DONE,
    HEADER,
    PICTURE,
    POSTED,
    RENDITION,
    REQUEST,
    TOO_LARGE,
    UNREADABLE,
)

try:
    import resource
except ImportError:  # not every system has it; then only the time limit holds
    resource = None  # type: ignore[assignment]

_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_QUALITY: Final = 82
_FILES_OPEN: Final = 3
_PLUGINS: Final = (JpegImagePlugin, MpoImagePlugin, PngImagePlugin, _webp)
_WHITE: Final = (255, 255, 255)
_HEADER_SHAPE: Final = 3
"""A header is so many times as wide as it is high."""
_BLUR_FROM: Final = 32
"""Pixels on the longest side from which a blurhash is made; it shows no more than that."""
_BLUR: Final = (4, 3)


class TooLarge(Exception):
    """More pixels than this process takes."""


def renditions(data: bytes, kind: bytes, longest: int, small: int, most: int) -> list[Image.Image]:
    """The picture upright in sRGB, large and small; an avatar only once, as a square, and a header
    as a wide strip."""
    image: Image.Image = Image.open(io.BytesIO(data), formats=_FORMATS)
    if image.width * image.height > most:
        raise TooLarge
    exif, profile = image.getexif(), image.info.get("icc_profile")
    # JPEG is decoded at a half, a quarter or an eighth, where that is still large enough.
    image.draft("RGB", (longest, longest))
    if image.mode in ("RGB", "RGBA", "CMYK", "L"):
        image.thumbnail((longest * 2, longest * 2), Image.Resampling.BOX)
    image = _plain(image, profile)
    image.getexif().update(exif)
    image = ImageOps.exif_transpose(image)
    if kind in (AVATAR, HEADER):
        height = longest if kind == AVATAR else longest // _HEADER_SHAPE or 1
        return [ImageOps.fit(_flat(image), (longest, height), Image.Resampling.LANCZOS)]
    return [_within(image, longest), _within(image, small)]


def _plain(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB or RGBA in sRGB."""
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    wanted = "RGBA" if has_alpha else "RGB"
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            mode = "RGB" if image.mode in ("CMYK", "L") else image.mode
            turned = ImageCms.profileToProfile(image, own, ours, outputMode=mode)
            image = turned if turned is not None else image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that cannot be used is only left out
    return image if image.mode == wanted else image.convert(wanted)


def _flat(image: Image.Image) -> Image.Image:
    """On white, where it can be looked through."""
    flat = Image.new("RGB", image.size, _WHITE)
    flat.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    return flat


def blur(image: Image.Image) -> bytes:
    """The blurhash: a few characters from which a client draws a blur (woltapp/blurhash)."""
    tiny = _flat(image)
    tiny.thumbnail((_BLUR_FROM, _BLUR_FROM), Image.Resampling.BOX)
    wide, pixels = tiny.width, tiny.tobytes()
    rows = [
        [list(pixels[at : at + 3]) for at in range(start, start + 3 * wide, 3)]
        for start in range(0, len(pixels), 3 * wide)
    ]
    return str(blurhash.encode(rows, *_BLUR)).encode()


def _within(image: Image.Image, side: int) -> Image.Image:
    copy = image.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    return copy


def encoded(image: Image.Image, kind: bytes) -> bytes:
    """The pixels alone, in a fresh file without a word about where they come from."""
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    target = io.BytesIO()
    if kind in (AVATAR, HEADER):
        bare.save(target, "JPEG", quality=_QUALITY, optimize=True)
    else:
        bare.save(target, "WEBP", quality=_QUALITY, method=3, exif=b"", icc_profile=b"", xmp=b"")
    return target.getvalue()


def answer(data: bytes, kind: bytes, longest: int, small: int, most: int) -> bytes:
    """What is written back for one picture."""
    try:
        made = renditions(data, kind, longest, small, most)
        files = [(image.size, encoded(image, kind)) for image in made]
        if kind == POSTED:
            files.append(((0, 0), blur(made[-1])))
    except (TooLarge, MemoryError, Image.DecompressionBombError):
        return COUNT.pack(TOO_LARGE, 0)
    except Exception:
        # Decoders raise whatever they like; nothing of it is fit to be shown or logged.
        return COUNT.pack(UNREADABLE, 0)
    head = COUNT.pack(DONE, len(files))
    return head + b"".join(RENDITION.pack(*size, len(body)) + body for size, body in files)


def warm_up() -> None:
    """Load everything that a picture may need, while files can still be opened."""
    Image.MAX_IMAGE_PIXELS = None  # `renditions` has its own limit
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[0x0112] = 6
    for mode in ("RGB", "RGBA"):
        for name in _FORMATS if mode == "RGB" else _FORMATS[1:]:
            sample = io.BytesIO()
            Image.new(mode, (3, 2)).save(sample, name, exif=exif, icc_profile=profile)
            for kind in (PICTURE, POSTED, AVATAR, HEADER):
                answer(sample.getvalue(), kind, 2, 1, 100)


def lock_in(memory: int) -> None:
    """From here on: no new file or socket, no byte on disk, no other process, little memory."""
    if resource is None:
        return
    for limit, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NOFILE, _FILES_OPEN),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def allow_seconds(seconds: int) -> None:
    """Processor time for the next picture. One that takes more ends the process."""
    if resource is None:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def serve(incoming: BinaryIO, outgoing: BinaryIO, seconds: int, most: int) -> None:
    """One picture after another, until there are no more."""
    while len(head := incoming.read(REQUEST.size)) == REQUEST.size:
        kind, longest, small, length = REQUEST.unpack(head)
        data = incoming.read(length)
        if len(data) < length:
            return
        allow_seconds(seconds)
        outgoing.write(answer(data, kind, longest, small, most))
        outgoing.flush()


if __name__ == "__main__":
    memory, seconds, most = (int(argument) for argument in sys.argv[1:4])
    warm_up()
    lock_in(memory)
    serve(sys.stdin.buffer, sys.stdout.buffer, seconds, most)

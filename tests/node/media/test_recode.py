"""DOS-15, XSS-07: pictures are decoded in a process that can do nothing else, and made anew."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from node.errors import Invalid
from node.media.recoder import Recoder
from node.media.rules import PictureLimits
from tests.node.media.photos import (
    CANARY,
    LEFT,
    NO_PICTURES,
    RIGHT,
    claiming_png,
    jpeg,
    moving,
    opened,
    png,
    saved,
    telling_jpeg,
    telling_png,
    telling_webp,
    two_halves,
)

LIMITS = PictureLimits(most_pixels=4_000_000, idle_seconds=30)


@pytest.fixture
async def recoder() -> AsyncIterator[Recoder]:
    made = Recoder(LIMITS)
    yield made
    await made.close()


def near(colour: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(a - b) < 25 for a, b in zip(colour[:3], wanted, strict=True))


@pytest.mark.parametrize("make", [telling_jpeg, telling_png, telling_webp])
async def test_nothing_is_left_of_what_a_picture_tells(recoder: Recoder, make: object) -> None:
    assert callable(make)
    sent = make()
    assert sent.count(CANARY) >= 2 or CANARY in sent
    large, small = await recoder.picture(sent)
    avatar = await recoder.avatar(sent)
    for made in (large, small, avatar):
        assert CANARY not in made.body
        assert CANARY[:8] not in made.body
        for word in (b"Exif", b"EXIF", b"ICCP", b"XMP", b"xmp", b"Adobe", b"GPS", b"MPF"):
            assert word not in made.body
        image = opened(made.body)
        assert not image.getexif()
        assert "icc_profile" not in image.info


@pytest.mark.parametrize(
    ("orientation", "first", "size"),
    [(1, LEFT, (120, 80)), (3, RIGHT, (120, 80)), (6, LEFT, (80, 120)), (8, RIGHT, (80, 120))],
)
async def test_a_picture_stands_upright(
    recoder: Recoder, orientation: int, first: tuple[int, int, int], size: tuple[int, int]
) -> None:
    large, _ = await recoder.picture(telling_jpeg(orientation))
    image = opened(large.body).convert("RGB")
    assert image.size == size == (large.width, large.height)
    assert near(image.getpixel((5, 5)), first)


async def test_large_pictures_come_smaller_and_small_ones_stay(recoder: Recoder) -> None:
    large, small = await recoder.picture(jpeg(2400, 1200))
    assert (large.width, large.height, small.width, small.height) == (2048, 1024, 640, 320)
    large, small = await recoder.picture(jpeg(50, 40))
    assert (large.width, large.height, small.width, small.height) == (50, 40, 50, 40)


async def test_a_face_is_the_middle_as_a_square(recoder: Recoder) -> None:
    face = await recoder.avatar(jpeg(900, 300))
    assert (face.width, face.height) == (400, 400)
    assert opened(face.body).format == "JPEG"


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "1", "LA"])
async def test_all_modes_of_png_are_read(recoder: Recoder, mode: str) -> None:
    large, _ = await recoder.picture(saved(two_halves(mode=mode), "PNG"))
    assert opened(large.body).size == (120, 80)


async def test_what_shows_through_still_does(recoder: Recoder) -> None:
    picture = two_halves(mode="RGBA")
    picture.putalpha(0)
    large, _ = await recoder.picture(saved(picture, "PNG"))
    assert opened(large.body).getpixel((5, 5))[3] == 0  # type: ignore[index]


async def test_the_same_picture_gives_the_same_bytes(recoder: Recoder) -> None:
    first = await recoder.picture(telling_jpeg())
    await recoder.close()
    assert await recoder.picture(telling_jpeg()) == first


@pytest.mark.parametrize("kind", NO_PICTURES)
async def test_xss_07_no_picture_never_reaches_the_decoder(recoder: Recoder, kind: str) -> None:
    with pytest.raises(Invalid):
        await recoder.picture(NO_PICTURES[kind])
    assert not recoder.is_running


async def test_dos_15_a_bomb_is_refused_by_its_header(recoder: Recoder) -> None:
    for bomb in (claiming_png(50_000, 50_000), moving("GIF", 50), moving("WEBP")):
        with pytest.raises(Invalid):
            await recoder.picture(bomb)
    assert not recoder.is_running


async def test_xss_07_words_behind_a_picture_do_not_come_through(recoder: Recoder) -> None:
    script = b"<script>alert(1)</script>"
    for sent in (png() + script, jpeg() + script, jpeg()[:2] + b"\xff\xfe\0\x1b" + script):
        try:
            large, small = await recoder.picture(sent)
        except Invalid:
            continue
        assert b"script" not in large.body + small.body


@pytest.mark.parametrize("make", [jpeg, png, telling_webp])
async def test_dos_15_half_a_picture_is_refused_or_made_whole(
    recoder: Recoder, make: object
) -> None:
    assert callable(make)
    whole = make()
    with pytest.raises(Invalid):
        await recoder.picture(whole[: len(whole) // 2])
    large, _ = await recoder.picture(whole)
    assert large.width == 120


async def test_a_file_that_is_too_long_is_not_looked_at(recoder: Recoder) -> None:
    small = Recoder(replace(LIMITS, most_bytes=100))
    with pytest.raises(Invalid):
        await small.picture(jpeg())
    assert not small.is_running


async def test_dos_15_decoding_that_takes_too_long_is_ended(recoder: Recoder) -> None:
    slow = Recoder(replace(LIMITS, seconds=0.0))
    with pytest.raises(Invalid):
        await slow.picture(jpeg(1500, 1500))
    assert not slow.is_running
    large, _ = await recoder.picture(jpeg())
    assert large.width == 120


async def test_the_process_ends_when_nobody_sends_more() -> None:
    brief = Recoder(replace(LIMITS, idle_seconds=0.0))
    await brief.picture(jpeg())
    process = brief._process
    assert process is not None
    assert await process.wait() == 0
    assert not brief.is_running
    large, _ = await brief.picture(jpeg())
    assert large.width == 120
    await brief.close()


async def test_a_process_that_was_killed_is_replaced(recoder: Recoder) -> None:
    await recoder.picture(jpeg())
    process = recoder._process
    assert process is not None
    process.kill()
    await process.wait()
    large, _ = await recoder.picture(jpeg())
    assert large.width == 120


async def test_dos_15_memory_of_the_process_is_bounded() -> None:
    """The header check is left out, as if it had been deceived: the process itself refuses."""
    poor = Recoder(replace(LIMITS, most_pixels=1_000_000))
    poor._check = lambda data: None  # type: ignore[method-assign, assignment, return-value]
    with pytest.raises(Invalid, match="too large"):
        await poor.picture(png(8000, 6000))
    await poor.close()


_PROBE = """
import socket, sys
from node.media.recode import lock_in, warm_up
warm_up()
lock_in(256 * 1024 * 1024)
done = []
for name, act in (
    ("open", lambda: open("/etc/hostname")),
    ("write", lambda: open(sys.argv[1], "w")),
    ("socket", lambda: socket.socket()),
    ("memory", lambda: bytearray(512 * 1024 * 1024)),
):
    try:
        act()
    except (OSError, MemoryError):
        continue
    done.append(name)
print(done)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process differ elsewhere")
async def test_dos_15_the_process_can_open_nothing(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-c", _PROBE, str(tmp_path / "x")),
        stdout=asyncio.subprocess.PIPE,
        env={},
    )
    said, _ = await process.communicate()
    assert said == b"[]\n"
    assert os.listdir(tmp_path) == []


async def test_many_at_once_are_asked_to_come_again(recoder: Recoder) -> None:
    sent = [recoder.picture(jpeg()) for _ in range(12)]
    answers = await asyncio.gather(*sent, return_exceptions=True)
    busy = [one for one in answers if isinstance(one, Exception)]
    assert len(busy) == 4
    assert {getattr(one, "code", "") for one in busy} == {"busy"}

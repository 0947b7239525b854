"""DOS-15, XSS-07: the first bytes tell what a file is and how large, before anything decodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.media.header import Header, NotAPicture, read_header
from tests.node.media.photos import (
    NO_PICTURES,
    claiming_png,
    jpeg,
    moving,
    png,
    saved,
    telling_jpeg,
    telling_webp,
    two_halves,
)


def test_the_size_and_the_kind_of_what_people_send() -> None:
    assert read_header(jpeg(640, 480)) == Header("jpeg", 640, 480)
    assert read_header(png(33, 7)) == Header("png", 33, 7)
    assert read_header(telling_jpeg()) == Header("jpeg", 120, 80)
    assert read_header(saved(two_halves(300, 200), "JPEG", progressive=True)).width == 300
    assert read_header(saved(two_halves(99, 55), "WEBP")) == Header("webp", 99, 55)
    assert read_header(saved(two_halves(99, 55), "WEBP", lossless=True)) == Header("webp", 99, 55)
    assert read_header(telling_webp()) == Header("webp", 120, 80)


def test_dos_15_a_bomb_says_how_large_it_is() -> None:
    assert read_header(claiming_png(50_000, 50_000)).pixels == 2_500_000_000


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_dos_15_what_moves_is_told_apart(kind: str) -> None:
    with pytest.raises(NotAPicture) as refused:
        read_header(moving(kind))
    assert refused.value.moves


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_xss_07_the_content_decides_what_a_file_is(kind: str) -> None:
    with pytest.raises(NotAPicture):
        read_header(NO_PICTURES[kind])


@given(st.binary(max_size=200), st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_any_bytes_are_a_header_or_none(rest: bytes, start: bytes) -> None:
    try:
        read_header(start + rest)
    except NotAPicture:
        return


@given(st.integers(0, 200), st.sampled_from([jpeg(), png(), saved(two_halves(), "WEBP")]))
def test_a_header_that_is_cut_off_is_none(kept: int, whole: bytes) -> None:
    try:
        found = read_header(whole[:kept])
    except NotAPicture:
        return
    assert (found.width, found.height) == (120, 80)


def test_a_jpeg_of_endless_segments_is_given_up() -> None:
    with pytest.raises(NotAPicture):
        read_header(b"\xff\xd8" + b"\xff\xe1\x00\x02" * 2_000_000)

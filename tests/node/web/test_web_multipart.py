"""DOS-14: forms with files are read within limits, however their bytes arrive."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.web.multipart import (
    HEAD_MOST,
    NAME_MOST,
    PARTS_MOST,
    TEXTS_MOST,
    FileLimits,
    Malformed,
    MultipartReader,
    SentFile,
    TooMuch,
)

MARK = "----WebKitFormBoundary7MA4YWxkTrZu0gW"
LIMITS = FileLimits(files=2, file_bytes=1000)

Part = tuple[str, str | None, bytes]
"""A field's name, the name of a file or None, and the bytes."""


def part(name: str, body: bytes, file: str | None = None) -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"'
    if file is not None:
        head += f'; filename="{file}"\r\nContent-Type: image/png'
    return f"--{MARK}\r\n{head}\r\n\r\n".encode() + body + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{MARK}--\r\n".encode()


def read(body: bytes, step: int = 0, limits: FileLimits = LIMITS) -> MultipartReader:
    reader = MultipartReader(MARK, limits)
    step = step or len(body) or 1
    for start in range(0, len(body), step):
        reader.feed(body[start : start + step])
    reader.close()
    return reader


names = st.text(st.characters(exclude_characters='"\r\n', exclude_categories=["Cs"]), max_size=20)
bodies = st.binary(max_size=300).filter(lambda body: MARK.encode() not in body)
parts = st.lists(st.tuples(names, st.none() | st.just("x.png"), bodies), max_size=6)


@given(parts, st.integers(1, 70))
def test_what_is_sent_arrives_in_whatever_pieces(sent: list[Part], step: int) -> None:
    limits = FileLimits(files=6, file_bytes=1000)
    body = form(*(part(name, body, file) for name, file, body in sent))
    reader = read(body, step, limits)
    texts: dict[str, str] = {}
    for name, file, content in sent:
        if file is None:
            texts.setdefault(name, content.decode("utf-8", "replace"))
    assert reader.texts == texts
    assert reader.files == [
        SentFile(name, content) for name, file, content in sent if file is not None and content
    ]


@given(st.binary(max_size=600), st.integers(1, 50))
def test_any_bytes_are_a_form_or_refused(body: bytes, step: int) -> None:
    for start in (b"", f"--{MARK}\r\n".encode(), part("a", b"1")):
        try:
            read(start + body, step)
        except (Malformed, TooMuch):
            continue


@given(st.binary(max_size=120).filter(lambda some: b"\r\n--" not in some))
def test_the_pieces_do_not_change_what_is_read(noise: bytes) -> None:
    body = form(part("a", noise), part("f", noise, "x"), part("b", b""))
    whole = read(body)
    for step in (1, 2, 3, 7, 41):
        assert read(body, step).texts == whole.texts
        assert read(body, step).files == whole.files


def test_an_empty_choice_of_files_is_none() -> None:
    assert read(form(part("image", b"", ""))).files == []


def test_the_first_of_two_fields_counts() -> None:
    assert read(form(part("csrf", b"one"), part("csrf", b"two"))).texts == {"csrf": "one"}


def test_fields_before_the_first_file_can_be_read_before_it_arrives() -> None:
    reader = MultipartReader(MARK, LIMITS)
    reader.feed(part("csrf", b"token"))
    assert not reader.in_files
    reader.feed(part("image", b"x" * 500, "a.png")[:200])
    assert (reader.in_files, reader.texts, reader.files) == (True, {"csrf": "token"}, [])


def test_a_file_that_is_too_long_is_read_past() -> None:
    body = form(part("image", b"x" * 1001, "a"), part("alt", b"A cat"))
    reader = read(body, 100)
    assert reader.files == [SentFile("image", b"", is_too_long=True)]
    assert reader.texts == {"alt": "A cat"}


@pytest.mark.parametrize(
    "body",
    [
        form(*(part(f"f{n}", b"") for n in range(10_000))),
        form(part("n" * (NAME_MOST + 1), b"")),
        form(part("n" * 1_000_000, b"")),
        form(part("text", b"x" * (TEXTS_MOST + 1))),
        form(*(part("image", b"x", "a.png") for _ in range(LIMITS.files + 1))),
        f"--{MARK}\r\nX: ".encode() + b"x" * (HEAD_MOST + 1),
        form(part("image", b"x" * LIMITS.whole, "a.png")),
    ],
    ids=["parts", "name", "long name", "text", "files", "head", "whole"],
)
@pytest.mark.parametrize("step", [0, 997])
def test_dos_14_too_much_is_refused(body: bytes, step: int) -> None:
    with pytest.raises(TooMuch):
        read(body, step)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing of the kind",
        b"--other\r\n\r\n--other--",
        form(part("a", b"1"))[:-6],
        f"--{MARK}\r\n\r\n\r\n--{MARK}--".encode(),
        f'--{MARK}\r\nContent-Disposition: attachment; name="a"\r\n\r\n\r\n--{MARK}--'.encode(),
        f"--{MARK}\r\nContent-Disposition: form-data\r\n\r\n\r\n--{MARK}--".encode(),
        f"--{MARK}xx".encode(),
    ],
)
def test_what_no_browser_writes_is_refused(body: bytes) -> None:
    with pytest.raises(Malformed):
        read(body)


@pytest.mark.parametrize("boundary", ["", "x" * 71, "a\r\nb", "ümlaut", 'a"b'])
def test_odd_boundaries_are_refused(boundary: str) -> None:
    with pytest.raises(Malformed):
        MultipartReader(boundary, LIMITS)


def test_dos_14_tiny_pieces_cost_no_more_than_their_bytes() -> None:
    body = form(part("image", b"\r\n-" * 33_000, "a.png"))
    limits = FileLimits(files=1, file_bytes=200_000)
    started = time.process_time()
    reader = read(body, 1, limits)
    assert len(reader.files[0].body) == 99_000
    assert time.process_time() - started < 5
    assert PARTS_MOST < 100

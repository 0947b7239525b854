"""`ap` (activitypub-cli 0.5.1), a command-line client of the federation API itself: every command,
by two people on two nodes that exchange posts, over https.
"""

import struct
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.interop.ap_program import Ap, somebody
from tests.interop.suite_node import serving

pytestmark = pytest.mark.xdist_group("ap")


@pytest.fixture(scope="module")
def two(
    tmp_path_factory: pytest.TempPathFactory, certificate: tuple[Path, Path]
) -> Iterator[tuple[Ap, Ap]]:
    """Rowan on one node and Ash on another, who believe the same authority."""
    place, patch = tmp_path_factory.mktemp("ap"), pytest.MonkeyPatch()
    patch.setenv("SSL_CERT_FILE", str(certificate[0]))
    chain = certificate[0]
    with serving(place / "one", certificate) as one, serving(place / "two", certificate) as two:
        yield somebody(one, "rowan", place, chain), somebody(two, "ash", place, chain)
    patch.undo()


def until(look: Callable[[], Any]) -> Any:
    """What `look` finds, once it does: two nodes need a moment to tell each other."""
    ends = time.monotonic() + 20
    while not (found := look()) and time.monotonic() < ends:
        time.sleep(0.2)
    assert found
    return found


@pytest.fixture(scope="module")
def friends(two: tuple[Ap, Ap]) -> tuple[Ap, Ap]:
    """Rowan follows Ash: follow, pending, accept, followers, following."""
    rowan, ash = two
    assert rowan.made("follow", ash.id)["type"] == "Follow"
    assert "ash@" in rowan.ok("pending", "following")
    until(lambda: "rowan@" in ash.ok("pending", "followers"))
    assert "Accepted" in ash.ok("accept", "follower", rowan.id)
    assert "rowan@" in ash.ok("followers")
    until(lambda: "ash@" in rowan.ok("following"))
    return two


@pytest.fixture(scope="module")
def note(friends: tuple[Ap, Ap]) -> str:
    """A public note of Ash's that has reached Rowan."""
    rowan, ash = friends
    created = ash.made("create", "note", "--public", "Hello #world from a quiet place")
    uri: str = created["object"]["id"]
    until(lambda: "Create" in rowan.ok("inbox"))
    assert created["id"] in ash.ok("outbox")
    return uri


def test_it_knows_who_it_is_and_reads_both_nodes(two: tuple[Ap, Ap]) -> None:
    rowan, ash = two

    assert rowan.ok("version").startswith("ap 0.5.1")
    assert rowan.ok("whoami") == f"rowan@{rowan.node.authority}"
    for one in (rowan.id, ash.id, f"ash@{ash.node.authority}"):
        assert "preferredUsername" in rowan.ok("get", one)


def test_a_note_of_another_node_is_read_liked_and_shared(friends: tuple[Ap, Ap], note: str) -> None:
    rowan, ash = friends

    assert "quiet place" in rowan.ok("get", note)
    like = rowan.ok("like", note)
    assert like in rowan.ok("likes", note)
    assert like not in ash.ok("likes", note)
    assert "Undid like" in rowan.ok("undo", "like", note)
    assert "Share activity" in rowan.ok("share", note)
    assert "rowan@" in rowan.ok("shares", note)
    assert "rowan@" not in ash.ok("shares", note)
    assert "Undid share" in rowan.ok("undo", "share", note)


def test_a_note_is_answered_changed_and_deleted(friends: tuple[Ap, Ap], note: str) -> None:
    rowan, ash = friends

    answer = rowan.made("create", "note", "--public", "--in-reply-to", note, "Hello back")
    until(lambda: "Hello back" in ash.ok("replies", note))
    assert "Hello back" in rowan.ok("replies", note)
    assert ash.made("update", "note", note, "Other words")["type"] == "Update"
    assert "Other words" in ash.ok("get", note)
    assert "Deleted" in rowan.ok("delete", "--force", answer["object"]["id"])


def test_what_is_private_stays_and_is_refused_where_it_would_leave(
    friends: tuple[Ap, Ap],
) -> None:
    rowan, ash = friends

    own = ash.made("create", "note", "words for myself")
    few = ash.made("create", "note", "--followers-only", "words for followers")
    refused = ash.run("create", "note", "--to", rowan.id, "words that must not leave")

    assert "words for myself" in ash.ok("get", own["object"]["id"])
    assert own["to"] == []
    assert rowan.run("get", few["object"]["id"]).returncode != 0
    assert refused.returncode != 0
    assert "403" in refused.stderr
    assert "must not leave" not in ash.ok("outbox")


def test_a_collection_is_filled_and_emptied(friends: tuple[Ap, Ap], note: str) -> None:
    rowan, _ = friends
    made = rowan.made("create", "collection", "To", "read")
    uri = made["object"] if isinstance(made["object"], str) else made["object"]["id"]

    rowan.ok("add", "--target", uri, note)
    assert note in rowan.ok("get", uri)
    rowan.ok("remove", "--target", uri, note)
    assert note not in rowan.ok("get", uri)


def test_a_picture_is_uploaded(two: tuple[Ap, Ap], tmp_path: Path) -> None:
    picture = tmp_path / "shore.png"
    picture.write_bytes(_png())

    said = two[0].ok("upload", "--title", "A shore", "--description", "Grey water", str(picture))

    assert "'type': 'Image'" in said
    assert "Grey water" in said


def test_a_follow_is_rejected_and_undone(friends: tuple[Ap, Ap], note: str) -> None:
    rowan, ash = friends
    assert "Unfollowed" in rowan.ok("undo", "follow", ash.id)
    rowan.made("follow", ash.id)
    until(lambda: "rowan@" in ash.ok("pending", "followers"))

    assert "Rejected" in ash.ok("reject", "follower", rowan.id)

    until(lambda: "ash@" not in rowan.ok("pending", "following"))
    assert "ash@" not in rowan.ok("following")
    assert "Logged out" in rowan.ok("logout")


def _png() -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checked = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + checked

    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\x80" * 8 for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

"""The proof is proved: with any one guard away, it finds the word, or the way that it took."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Connection, Update

from storage import tables
from tests import lemmy
from tests.canary.channels import Searched, searched
from tests.canary.drive_media import telling
from tests.canary.markers import STEMS
from tests.canary.stage import Mover, Stage, open_stage
from tests.faults.ledger import Ledger

pytestmark = [pytest.mark.xdist_group("canary"), pytest.mark.faults, pytest.mark.timeout(600)]

FACE = "/settings/picture"
AVATAR = re.compile(r"/avatars/([\w.-]+)")


@dataclass(frozen=True)
class Leak:
    """A guard, and where its word is found once it is away. Ways that nobody registered begin with
    "unknown"."""

    guard: str
    channels: tuple[str, ...]


LEAKS = (
    Leak("wire", ("requests to other nodes", "answers to nodes and visitors", "database journals")),
    Leak("readers", ("answers to other members", "answers to nodes and visitors")),
    Leak("seals", ("database", "database journals", "backups")),
    Leak("drafts", ("database", "database journals", "backups")),
    Leak("pictures", ("answers to nodes and visitors", "answers to other members", "media folder")),
    Leak("names", ("names asked",)),
    Leak("log", ("log",)),
    Leak("output", ("standard output",)),
    Leak("spool", ("files that were deleted",)),
    Leak("left behind", ("temporary files",)),
    Leak("media", ("media folder",)),
    Leak("keys", ("other files of the node",)),
    Leak("dump", ("unknown file", "unknown rest")),
    Leak("datagram", ("unknown sent",)),
    Leak("pair", ("within the node",)),
    Leak("program", ("unknown process",)),
)


@dataclass
class Den:
    """A private group, in which a stranger's person is still a member from the time when it was
    public; ann speaks there."""

    stage: Stage
    group: str

    async def say(self, number: int, guard: str) -> None:
        """Ann opens a thread with a word in it, while a guard is away; others look at it."""
        home, ann = self.stage.home, self.stage.browsers["ann"]
        (home.spy / "removed").write_text(guard)
        word = f"{STEMS['sealed']}{number:03d}"
        body = {"title": "Among us", "text": f"{word} said in private"}
        made = await ann.call("POST", f"/api/kith/v1/groups/{self.group}/threads", body)
        visitor, cyd = self.stage.browsers["visitor"], self.stage.browsers["cyd"]
        for who, path in ((cyd, "threads"), (visitor, "threads"), (visitor, "posts")):
            await who.get(f"/{path}/{made['id']}")
        await visitor.get(f"/posts/{made['id']}", "application/activity+json")
        draft = {"to": "@cyd", "text": f"{word} not sent yet", "act": "draft"}
        await ann.submit("/messages/new", at="/messages/new", **draft)
        await self.wear(f"{STEMS['stripped']}{number:03d}")
        await self.stage.rest()
        (home.spy / "removed").unlink()

    async def wear(self, word: str) -> None:
        """Ann puts on a face, and others look at it."""
        ann = self.stage.browsers["ann"]
        await ann.upload(FACE, at=FACE, field="image", body=telling(word))
        [name] = set(AVATAR.findall((await ann.get(FACE)).text))
        for who in ("visitor", "cyd"):
            await self.stage.browsers[who].fetch(f"/avatars/{name}")


@pytest.fixture
async def den() -> AsyncIterator[Den]:
    with TemporaryDirectory() as folder:
        async with open_stage(Path(folder), [], ("harbour",), leaky=True) as stage:
            await stage.move_in(
                stage.home,
                Mover("ann", "ann-signs-in", runs_the_node=True),
                Mover("cyd", "cyd-signs-in", belongs=False),
            )
            stage.browser("visitor", stage.home, "127.0.0.1")
            yield await open_den(stage)


async def open_den(stage: Stage) -> Den:
    """A public group that zoe joins; then it becomes private under her feet."""
    ann = stage.browsers["ann"]
    await ann.submit("/groups/new", at="/groups/new", handle="den", name="Den", visibility="public")
    [found] = (await ann.call("GET", "/api/kith/v1/groups"))["groups"]
    zoe = stage.stranger.person("zoe")
    follow = lemmy.follow(zoe, f"{stage.home.origin}/groups/den")
    assert await zoe.home.send(zoe.seal(f"{stage.home.origin}/inbox", follow)) == 202
    await stage.rest()
    hide = tables.groups.update().values(visibility="private")
    write(stage, hide)
    return Den(stage, found["id"])


def write(stage: Stage, change: Update) -> None:
    """Something that no page does."""

    def commit(at: Connection) -> None:
        at.execute(change)
        at.commit()

    Ledger(stage.home.database_url).read(commit)


async def test_with_a_guard_away_the_word_is_found(den: Den) -> None:
    """Each guard has a word of its own. The first word is said with all guards in their places."""
    home = den.stage.home
    await den.say(0, "none")
    for number, leak in enumerate(LEAKS, start=1):
        await den.say(number, leak.guard)
    await home.kill()
    home.backup()
    outcome = searched(den.stage.pieces())
    assert places(outcome, 0) == set(), "a word leaked with all guards in their places"
    missed = {
        leak.guard: sorted(set(leak.channels) - places(outcome, number))
        for number, leak in enumerate(LEAKS, start=1)
    }
    assert {guard: names for guard, names in missed.items() if names} == {}


def places(outcome: Searched, number: int) -> set[str]:
    """Where a word was found, and by which unknown ways it went."""
    word = f"{STEMS['sealed']}{number:03d}"
    return {
        name
        for name, count in outcome.channels.items()
        if any(find.number == number for _, find in count.finds)
    } | set(_unknown(outcome, word))


def _unknown(outcome: Searched, word: str) -> Iterator[str]:
    for kind, where, data in outcome.unknown:
        if word in where or word.encode() in data:
            yield f"unknown {kind}"

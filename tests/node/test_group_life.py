"""The life of a group between two houses: what is said, changed, taken back and kept in order.

harbour hosts the group, where ann founded it; bea and cal of meadow are members.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from storage.groups import GroupWithActor
from tests.world import House, World


@dataclass
class Town:
    """Two houses and the group between them; `there` is the group's id at meadow."""

    world: World
    harbour: House
    meadow: House
    group: GroupWithActor
    there: str

    async def open(self, title: str = "First winter") -> Any:
        """ann opens a thread, which reaches meadow."""
        draft = {"title": title, "text": "The evenings are long."}
        path = f"/api/kith/v1/groups/{self.group.actor.id}/threads"
        made = await self.harbour.ok("POST", path, "ann", draft)
        await self.world.settle()
        return made

    async def at(self, house: House, uri: str) -> str:
        """The id of a post at one of the houses."""
        post = await house.post(uri)
        assert post is not None, (house.name, uri)
        return str(post.id)

    async def does(self, handle: str, method: str, uri: str, what: str = "", **body: Any) -> Any:
        """One of the three does something to the post with this URI, at their own house."""
        house = self.harbour if handle == "ann" else self.meadow
        path = f"/api/kith/v1/posts/{await self.at(house, uri)}{what}"
        return await house.ok(method, path, handle, body if method != "DELETE" else None)

    async def seen(self, uri: str) -> list[Any]:
        """A post and all that readers at either house see of it, harbour first."""
        shown = []
        for house, handle in ((self.harbour, "ann"), (self.meadow, "bea")):
            post = await house.post(uri)
            assert post is not None, (house.name, uri)
            page = await house.ok("GET", f"/api/kith/v1/threads/{post.thread_id}", handle)
            [node] = [one for one in flat(page["thread"]) if one["uri"] == uri]
            shown.append({name: node[name] for name in SHOWN})
        return shown

    async def both(self, uri: str) -> Any:
        """What readers at both houses see, which must be the same."""
        await self.world.settle()
        here, there = await self.seen(uri)
        assert here == there
        return here


SHOWN = (
    *("title", "content", "content_warning", "state", "locked", "pinned", "reactions"),
    *("removal_reason", "edited_at"),
)

on_sqlite = pytest.mark.parametrize("two_databases", ["sqlite"], indirect=True)
"""The other kind of database takes long to set up; one story on both is enough."""


def flat(node: Any) -> list[Any]:
    return [node, *(below for reply in node["replies"] for below in flat(reply))]


@pytest.fixture
async def town(world: World) -> Town:
    harbour, meadow = world
    ann = await harbour.persona("ann")
    group = await harbour.group("grief", ann)
    there = ""
    for handle in ("bea", "cal"):
        await meadow.persona(handle)
        there = await meadow.join(f"!grief@{harbour.authority}", handle)
    await world.settle()
    return Town(world, harbour, meadow, group, there)


async def test_words_are_changed_and_taken_back(town: Town) -> None:
    """Edits arrive in order, however fast they follow; what is deleted leaves its place behind."""
    thread = await town.open()
    reply = await town.does("bea", "POST", thread["uri"], "/replies", text="With you.")
    below = await town.does("bea", "POST", reply["uri"], "/replies", text="And with yours.")
    for number in range(1, 4):
        town.world.clock.advance(seconds=1)
        await town.does("ann", "PATCH", thread["uri"], text=f"Version {number}.")
        await town.does("bea", "PATCH", reply["uri"], text=f"Answer {number}.", content_warning="x")
    assert "Version 3." in (await town.both(thread["uri"]))["content"]
    assert "Answer 3." in (await town.both(reply["uri"]))["content"]
    assert (await town.both(reply["uri"]))["content_warning"] == "x"
    await town.does("bea", "DELETE", reply["uri"])
    gone = await town.both(reply["uri"])
    assert (gone["state"], gone["content"], gone["content_warning"]) == ("deleted", "", None)
    assert "And with yours." in (await town.both(below["uri"]))["content"]
    await town.does("ann", "DELETE", thread["uri"])
    assert (await town.both(thread["uri"]))["state"] == "deleted"
    async with town.harbour.http.get(
        thread["uri"], headers={"Accept": "application/activity+json"}
    ) as answer:
        assert answer.status == 410
        assert (await answer.json(content_type=None))["type"] == "Tombstone"


@on_sqlite
async def test_reactions_are_replaced_and_undone(town: Town) -> None:
    """One reaction of each member: the last one they chose, on either side."""
    thread = await town.open()
    await town.does("bea", "PUT", thread["uri"], "/reaction", kind="me-too")
    await town.does("cal", "PUT", thread["uri"], "/reaction", kind="me-too")
    assert (await town.both(thread["uri"]))["reactions"] == {"me-too": 2}
    await town.does("bea", "PUT", thread["uri"], "/reaction", kind="strength")
    await town.does("ann", "PUT", thread["uri"], "/reaction", kind="proud")
    assert (await town.both(thread["uri"]))["reactions"] == {
        "me-too": 1,
        "strength": 1,
        "proud": 1,
    }
    await town.does("bea", "PUT", thread["uri"], "/reaction", kind="thank-you")
    await town.does("bea", "DELETE", thread["uri"], "/reaction")
    await town.does("cal", "PUT", thread["uri"], "/reaction", kind="hear-you")
    await town.does("ann", "DELETE", thread["uri"], "/reaction")
    assert (await town.both(thread["uri"]))["reactions"] == {"hear-you": 1}


@on_sqlite
async def test_a_moderator_lives_elsewhere(town: Town) -> None:
    """bea of meadow keeps order in harbour's group; cal, who does not moderate, cannot."""
    thread = await town.open()
    path = f"/api/kith/v1/groups/{town.group.actor.id}/moderators"
    bea = await town.harbour.node.rooms.db.read(
        lambda uow: uow.actors.by_uri(f"{town.meadow.origin}/personas/bea")
    )
    assert bea is not None
    await town.harbour.ok("POST", path, "ann", {"persona": str(bea.id)})
    await town.world.settle()
    here = await town.at(town.meadow, thread["uri"])
    for what in ("remove", "lock", "pin"):
        body = {} if what == "pin" else {"reason": "a name in it"}
        assert (await town.meadow.api("POST", f"/api/kith/v1/posts/{here}/{what}", "cal", body))[
            0
        ] == 403
    await town.does("bea", "POST", thread["uri"], "/pin")
    assert (await town.both(thread["uri"]))["pinned"]
    await town.does("bea", "POST", thread["uri"], "/unpin")
    await town.does("bea", "POST", thread["uri"], "/remove", reason="a name in it")
    removed = await town.both(thread["uri"])
    assert (removed["state"], removed["content"]) == ("removed", "")
    assert (removed["removal_reason"], removed["pinned"]) == ("a name in it", False)
    await town.does("bea", "POST", thread["uri"], "/restore")
    assert "long" in (await town.both(thread["uri"]))["content"]


@on_sqlite
async def test_a_lock_refuses_replies_from_elsewhere(town: Town) -> None:
    """Also those that were written before meadow heard of it; after unlocking they come again."""
    thread = await town.open()
    await town.does("ann", "POST", thread["uri"], "/lock", reason="heated")
    late = await town.does("cal", "POST", thread["uri"], "/replies", text="But listen.")
    await town.world.settle()
    assert await town.harbour.post(late["uri"]) is None
    here = await town.at(town.meadow, thread["uri"])
    status, _ = await town.meadow.api(
        "POST", f"/api/kith/v1/posts/{here}/replies", "cal", {"text": "x"}
    )
    assert status == 403
    assert (await town.both(thread["uri"]))["locked"]
    await town.does("ann", "POST", thread["uri"], "/unlock")
    assert not (await town.both(thread["uri"]))["locked"]
    reply = await town.does("cal", "POST", thread["uri"], "/replies", text="Thank you.")
    assert "Thank you." in (await town.both(reply["uri"]))["content"]


@on_sqlite
async def test_leaving_and_coming_back(town: Town) -> None:
    """While one member is left the group is delivered; then no more; then from anew."""
    leave, join = (f"/api/kith/v1/groups/{town.there}/{what}" for what in ("leave", "join"))
    await town.meadow.ok("POST", leave, "cal")
    one = await town.open("one")
    assert (await town.both(one["uri"]))["title"] == "one"
    await town.meadow.ok("POST", leave, "bea")
    await town.world.settle()
    two = await town.open("two")
    assert await town.meadow.post(two["uri"]) is None
    members = await town.harbour.node.rooms.db.read(
        lambda uow: uow.memberships.count(town.group.actor.id)
    )
    assert members == 1
    await town.meadow.ok("POST", join, "bea")
    await town.world.settle()
    three = await town.open("three")
    assert (await town.both(three["uri"]))["title"] == "three"
    assert (await town.both(two["uri"]))["title"] == "two"

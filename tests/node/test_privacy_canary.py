"""A canary: a word that stands in every corner of the hidden groups, and must be heard nowhere else
(DESIGN section 5, line 1; PRV-01, PRV-09).

The node is driven through all it can do, in a local group, a private one and a public one side by
side. Then everything is searched that strangers received or could read, every activity and
delivery, and every line of the log. The public group has a word of its own, which must be found:
the search is not blind.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from node.groups.membership import new_membership
from storage import tables
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from tests import lemmy
from tests.figures import Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene
from tests.world import next_keys

HIDDEN = "zugzwang"
OPEN = "rendezvous"


@pytest.fixture(autouse=True)
def loud(caplog: pytest.LogCaptureFixture) -> None:
    """Every logger says all it can, from before the node is opened."""
    caplog.set_level(logging.DEBUG)


async def found(scene: Scene, word: str, visibility: Any) -> GroupWithActor:
    """A group of ann's with the word in all that describes it. bea is a member of it."""
    rooms = scene.house.node.rooms
    bea = await scene.read(lambda uow: uow.actors.local_by_handle("bea"))
    assert bea is not None

    def make(uow: UnitOfWork) -> GroupWithActor:
        group = rooms.groups.create(
            uow,
            handle=f"burrow_{visibility}",
            name=f"{word} name",
            summary=f"{word} summary",
            guidelines=f"{word} guidelines",
            visibility=visibility,
            founder=scene.ann,
            keys=next_keys(),
        )
        uow.memberships.put(new_membership(group.actor.id, bea.id, scene.clock.now()))
        return group

    return await rooms.db.write(make)


async def live(scene: Scene, group: GroupWithActor, word: str, stranger: Figure) -> list[str]:
    """All that members can say and do in a group; the ids of its posts."""
    house, group_id = scene.house, group.actor.id
    near = f"{stranger.home.origin}/{word}"

    async def does(who: str, method: str, path: str, **body: Any) -> Any:
        made = await house.ok(method, path, who, None if method in ("DELETE", "GET") else body)
        await scene.world.settle()
        scene.clock.advance(seconds=1)
        return made

    draft = {"title": f"{word} title", "text": f"{word} text for @{stranger.uri} at {near}"}
    draft |= {"content_warning": f"{word} warning", "reply_wanted": "ideas", "language": "en"}
    thread = await does("ann", "POST", f"/api/kith/v1/groups/{group_id}/threads", **draft)
    at = f"/api/kith/v1/posts/{thread['id']}"
    reply = await does("bea", "POST", f"{at}/replies", text=f"{word} reply {near}")
    below = f"/api/kith/v1/posts/{reply['id']}"
    deeper = await does("ann", "POST", f"{below}/replies", text=f"{word} deeper")
    await does("ann", "PATCH", at, text=f"{word} edited", title=f"{word} retitled")
    await does("bea", "PATCH", below, text=f"{word} reply edited")
    for who, kind in (("bea", "me-too"), ("ann", "proud"), ("bea", "strength")):
        await does(who, "PUT", f"{at}/reaction", kind=kind)
    await does("bea", "DELETE", f"{at}/reaction")
    for what in ("pin", "unpin", "lock", "unlock", "remove", "restore"):
        reason = {"reason": f"{word} reason"} if what in ("lock", "remove") else {}
        await does("ann", "POST", f"{at}/{what}", **reason)
    bea = (await house.ok("GET", "/api/kith/v1/me", "bea"))["persona"]["id"]
    await does("ann", "POST", f"/api/kith/v1/groups/{group_id}/moderators", persona=bea)
    await does("bea", "POST", f"{below}/remove", reason=f"{word} reason")
    await does("ann", "DELETE", f"/api/kith/v1/groups/{group_id}/moderators/{bea}")
    await does("ann", "GET", f"/api/kith/v1/groups/{group_id}/threads")
    await does("ann", "GET", f"/api/kith/v1/threads/{thread['id']}")
    await does("ann", "DELETE", f"/api/kith/v1/posts/{deeper['id']}")
    await does("bea", "POST", f"/api/kith/v1/groups/{group_id}/leave")
    return [thread["id"], reply["id"], deeper["id"]]


async def pry(scene: Scene, group: GroupWithActor, posts: list[str], stranger: Figure) -> None:
    """What another node, or a visitor, may try in order to learn of a group and its posts."""
    uris = [f"{scene.house.origin}/posts/{number}" for number in posts]
    home = group.actor.uri
    for activity in (
        lemmy.follow(stranger, home),
        *(lemmy.like(stranger, uri, home) for uri in uris),
        *(
            lemmy.create(stranger, lemmy.comment(stranger, home, uri, scene.ann.uri))
            for uri in uris
        ),
        lemmy.act(stranger, "Lock", uris[0], home),
        lemmy.act(stranger, "Delete", uris[0], home, summary="x"),
        lemmy.act(stranger, "Add", stranger.uri, home, target=f"{home}/moderators"),
        lemmy.create(stranger, lemmy.page(stranger, home)),
    ):
        await scene.tell(stranger, activity)
    ends = ("", "/inbox", "/outbox", "/followers", "/moderators", "/featured")
    places = [home + end for end in ends]
    places += [uri + end for uri in uris for end in ("", "/context", "/replies")]
    name = f"acct:{group.actor.handle}@{scene.house.authority}"
    places.append(f"{scene.house.origin}/.well-known/webfinger?resource={name}")
    for uri in places:
        for accept in ("application/activity+json", "text/html"):
            await stranger.home.look(uri, accept)


def outlook(scene: Scene) -> list[str]:
    """What everybody may read of the node itself and its people."""
    origin = scene.house.origin
    paths = (
        "/",
        "/groups",
        "/api/kith/v1/groups",
        "/nodeinfo/2.1",
        "/.well-known/nodeinfo",
        "/actor",
    )
    ann = ("", "/outbox", "/followers")
    return [origin + path for path in paths] + [scene.ann.uri + end for end in ann]


def everywhere(scene: Scene, log: list[logging.LogRecord]) -> Iterator[tuple[str, bytes]]:
    """All that has left the node, or might leave it, by where it was seen."""
    for stranger in (scene.good, scene.evil):
        for asked in stranger.asked:
            yield f"a request to {stranger.name}", asked.everything
        for told in stranger.told:
            yield f"an answer to {stranger.name}", told
    formatter = logging.Formatter("%(name)s %(message)s")
    for record in log:
        yield "the log", formatter.format(record).encode() + repr(record.args).encode()


async def heard(scene: Scene, word: str, log: list[logging.LogRecord]) -> set[str]:
    """Where a word is heard."""
    needle = word.encode()
    places = {place for place, said in everywhere(scene, log) if needle in said.lower()}

    def rows(uow: UnitOfWork) -> Iterator[str]:
        for table in (tables.activities, tables.deliveries, tables.peers, tables.jobs):
            for row in uow.connection.execute(table.select()):
                if needle in repr(tuple(row)).lower().encode():
                    yield table.name

    return places | await scene.read(lambda uow: set(rows(uow)))


async def test_prv_01_the_canary_is_heard_nowhere(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither what is said in local and private groups nor the names that people sign in with."""
    await scene.house.persona("bea")
    zoe, main = scene.good.person("zoe"), scene.evil.group("main")
    await scene.follow(main, "bea")
    public = await found(scene, OPEN, "public")
    await scene.member(zoe, public)
    before = [await scene.good.look(uri) for uri in outlook(scene)]
    scene.good.asked.clear()
    for visibility in ("local", "private"):
        group = await found(scene, HIDDEN, visibility)
        posts = await live(scene, group, HIDDEN, zoe)
        assert scene.good.asked == []
        assert [one for one in scene.evil.received if one["type"] != "Follow"] == []
        await pry(scene, group, posts, zoe)
        kept = await scene.kept(f"{scene.house.origin}/posts/{posts[0]}")
        assert HIDDEN in kept.content
        scene.good.asked.clear()
    assert [await scene.good.look(uri) for uri in outlook(scene)] == before
    assert await heard(scene, HIDDEN, caplog.records) == set()
    # zoe was told where the groups are; that the node answers with her own words is no leak.
    for handle in ("burrow_local", "burrow_private"):
        assert await heard(scene, handle, caplog.records) <= {"an answer to good"}
    posts = await live(scene, public, OPEN, zoe)
    await pry(scene, public, posts, zoe)
    assert await heard(scene, OPEN, caplog.records) >= {
        "a request to good",
        "an answer to good",
        "activities",
    }
    assert await heard(scene, "ann-name", caplog.records) == set()
    assert await heard(scene, HIDDEN, caplog.records) == set()

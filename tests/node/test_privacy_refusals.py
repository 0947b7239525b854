"""What is hidden looks like what never was, whoever asks and however (DESIGN section 5, line 2;
PRV-02, PRV-05, PRV-09, PRV-16), and what is addressed to people reaches no group.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from storage.groups import GroupWithActor
from tests import lemmy, mastodon
from tests.figures import PUBLIC, Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene

NEVER = "987654321"
ACTIVITY, HTML = "application/activity+json", "text/html"


@dataclass
class Den:
    """A private group of ann's with a thread and a reply; bea is of this node and not in it."""

    scene: Scene
    group: GroupWithActor
    posts: list[str]

    @property
    def origin(self) -> str:
        return self.scene.house.origin


@pytest.fixture
async def den(scene: Scene) -> Den:
    await scene.house.persona("bea")
    group = await scene.house.group("hidden", scene.ann, "private")
    thread = await scene.thread(group.actor.id)
    path = f"/api/kith/v1/posts/{thread['id']}/replies"
    reply = await scene.house.ok("POST", path, "ann", {"text": "Only among us."})
    return Den(scene, group, [thread["id"], reply["id"]])


async def test_prv_05_nothing_to_read(den: Den) -> None:
    """Posts, their collections, and the group: unsigned or signed, as document or page, the answer
    is that of an id that never was; ann, who belongs there, reads it."""
    zoe, home = den.scene.good.person("zoe"), den.group.actor.uri
    pairs = []
    for end in ("", "/context", "/replies"):
        pairs += [(f"/posts/{post}{end}", f"/posts/{NEVER}{end}") for post in den.posts]
    for end in ("", "/outbox", "/followers", "/moderators", "/featured"):
        pairs += [(f"/groups/hidden{end}", f"/groups/never{end}")]
    webfinger = "/.well-known/webfinger?resource=acct:{}@" + den.scene.house.authority
    pairs.append((webfinger.format("hidden"), webfinger.format("never")))
    for real, never in pairs:
        for accept in (ACTIVITY, HTML):
            told = [await zoe.home.look(den.origin + path, accept) for path in (real, never)]
            shown = [(status, same(body)) for status, body in told]
            assert shown[0] == shown[1], (real, accept)
            assert accept == HTML or told[0][0] == 404, real
    assert home not in str(await zoe.home.look(f"{den.origin}/api/kith/v1/groups"))
    read = await den.scene.house.ok("GET", f"/api/kith/v1/threads/{den.posts[0]}", "ann")
    assert "Only among us." in str(read)
    public = await den.scene.house.group("open", den.scene.ann)
    assert (await zoe.home.look(public.actor.uri))[0] == 200


def same(body: bytes) -> bytes:
    """A page without what it repeats of its own address."""
    for name in (b"hidden", b"never"):
        body = body.replace(b"%2Fgroups%2F" + name, b"").replace(b"/groups/" + name, b"")
    return body


def attempts(group: str, post: str) -> list[tuple[str, str, Any]]:
    """Every call of the API that names a group or a post."""
    calls: list[tuple[str, str, Any]] = [
        ("GET", f"/api/kith/v1/groups/{group}", None),
        ("GET", f"/api/kith/v1/groups/{group}/threads", None),
        ("POST", f"/api/kith/v1/groups/{group}/join", {}),
        ("POST", f"/api/kith/v1/groups/{group}/threads", {"title": "x", "text": "x"}),
        ("POST", f"/api/kith/v1/groups/{group}/moderators", {"persona": "1"}),
        ("DELETE", f"/api/kith/v1/groups/{group}/moderators/1", None),
        ("GET", f"/api/kith/v1/threads/{post}", None),
        ("PATCH", f"/api/kith/v1/posts/{post}", {"text": "x"}),
        ("DELETE", f"/api/kith/v1/posts/{post}", None),
        ("POST", f"/api/kith/v1/posts/{post}/replies", {"text": "x"}),
        ("PUT", f"/api/kith/v1/posts/{post}/reaction", {"kind": "proud"}),
        ("DELETE", f"/api/kith/v1/posts/{post}/reaction", None),
    ]
    acts = ("remove", "restore", "lock", "unlock", "pin", "unpin")
    bodies = {"remove": {"reason": "x"}, "lock": {"reason": "x"}}
    return calls + [
        ("POST", f"/api/kith/v1/posts/{post}/{act}", bodies.get(act, {})) for act in acts
    ]


@pytest.mark.parametrize("who", ["bea", None])
async def test_not_yours_looks_like_not_there(den: Den, who: str | None) -> None:
    """Status and words of each call are those for ids that never were, and nothing changes."""
    house, before = den.scene.house, await den.scene.belief()
    real = attempts(str(den.group.actor.id), den.posts[0])
    never = attempts(NEVER, NEVER)
    for call, other in zip(real, never, strict=True):
        answer = await house.api(call[0], call[1], who, call[2])
        assert answer == await house.api(other[0], other[1], who, other[2]), call
        assert answer[0] in (401, 404), call
    assert await den.scene.belief() == before
    for call in attempts(str(den.group.actor.id), den.posts[1])[:2]:
        assert (await house.api(call[0], call[1], "ann", call[2]))[0] == 200


async def test_prv_02_nobody_from_elsewhere_enters(den: Den) -> None:
    """Neither by a Follow, nor by an Add, nor made a moderator by ann; nothing is kept."""
    zoe = den.scene.good.person("zoe")
    public = await den.scene.house.group("open", den.scene.ann)
    await den.scene.member(zoe, public)
    actor = await den.scene.read(lambda uow: uow.actors.by_uri(zoe.uri))
    assert actor is not None
    before = await den.scene.belief()
    home = den.group.actor.uri
    for activity in (
        lemmy.follow(zoe, home),
        lemmy.act(zoe, "Add", zoe.uri, home, target=f"{home}/moderators"),
        lemmy.create(zoe, lemmy.page(zoe, home)),
    ):
        assert (await den.scene.tell(zoe, activity))[0] == "ignored"
    path, body = f"/api/kith/v1/groups/{den.group.actor.id}/moderators", {"persona": str(actor.id)}
    status, refused = await den.scene.house.api("POST", path, "ann", body)
    assert (status, refused["error"]) == (403, "not-a-member")
    assert await den.scene.belief() == before
    open_path = f"/api/kith/v1/groups/{public.actor.id}/moderators"
    assert (await den.scene.house.api("POST", open_path, "ann", body))[0] == 204


async def test_prv_09_no_list_and_no_count_moves(den: Den) -> None:
    """While the private group lives, what others may read of the node stays byte for byte."""
    house, good = den.scene.house, den.scene.good
    paths = ("/nodeinfo/2.1", "/api/kith/v1/groups", "/groups", "/", "/actor/outbox")
    uris = [den.origin + path for path in paths]
    uris += [f"{den.scene.ann.uri}{end}" for end in ("", "/outbox", "/followers")]

    async def seen() -> list[Any]:
        for_bea = [
            await house.api("GET", path, "bea")
            for path in ("/api/kith/v1/groups", "/api/kith/v1/me")
        ]
        return [
            *for_bea,
            *[await good.look(uri, accept) for uri in uris for accept in (ACTIVITY, HTML)],
        ]

    before = await seen()
    another = await house.group("hidden2", den.scene.ann, "private")
    thread = await den.scene.thread(another.actor.id)
    await house.ok("POST", f"/api/kith/v1/posts/{thread['id']}/replies", "ann", {"text": "More."})
    await house.ok("POST", f"/api/kith/v1/posts/{den.posts[1]}/remove", "ann", {"reason": "x"})
    await house.ok("POST", f"/api/kith/v1/posts/{thread['id']}/pin", "ann", {})
    assert await seen() == before
    public = await house.group("open", den.scene.ann)
    await den.scene.thread(public.actor.id)
    assert await seen() != before


async def test_prv_16_hidden_stays_hidden(den: Den) -> None:
    """Nothing that a client sends makes a hidden post public or moves it."""
    house, public = den.scene.house, await den.scene.house.group("open", den.scene.ann)
    before = await den.scene.belief()
    for extra in (
        {"group_id": str(public.actor.id)},
        {"visibility": "public"},
        {"to": [PUBLIC]},
        {"uri": f"{den.origin}/posts/1"},
        {"is_local": False},
    ):
        body = {"text": "x"} | extra
        for path in (
            f"/api/kith/v1/posts/{den.posts[0]}",
            f"/api/kith/v1/groups/{den.group.actor.id}",
        ):
            assert (await house.api("PATCH", path, "ann", body))[0] in (400, 404, 405, 422), extra
    assert await den.scene.belief() == before
    edit = await house.ok(
        "PATCH", f"/api/kith/v1/posts/{den.posts[0]}", "ann", {"text": "Still ours."}
    )
    assert edit["group_id"] == str(den.group.actor.id)
    await den.scene.world.settle()
    assert (await den.scene.good.look(f"{den.origin}/posts/{den.posts[0]}"))[0] == 404


@pytest.mark.parametrize("form", ["to a person", "to the group alone", "to followers", "chat"])
async def test_what_is_addressed_to_people_is_not_taken(scene: Scene, form: str) -> None:
    """A private message that names the group is neither kept nor shown; the same, public, is."""
    group = await scene.house.group("grief", scene.ann)
    zoe = mastodon.person(scene.good, "zoe")
    await scene.member(zoe, group)
    thread = await scene.thread(group.actor.id)
    addresses: dict[str, Document] = {
        "to a person": {"to": [scene.ann.uri], "cc": []},
        "to the group alone": {"to": [group.actor.uri], "cc": []},
        "to followers": {"to": [zoe.document["followers"]], "cc": [group.actor.uri]},
        "chat": {"to": [scene.ann.uri], "cc": [], "type": "ChatMessage"},
    }

    def says(parent: str | None, more: Document) -> Document:
        text = f"<p>{mastodon.mention(group.actor.uri, 'grief')} Between us</p>"
        return mastodon.create(zoe, mastodon.note(zoe, text, [group.actor.uri], parent, **more))

    for parent in (None, thread["uri"]):
        before = await scene.belief()
        assert (await scene.tell(zoe, says(parent, addresses[form])))[0] == "ignored"
        assert await scene.belief() == before
    shown = await scene.house.ok("GET", f"/api/kith/v1/threads/{thread['id']}", "ann")
    assert "Between us" not in str(shown)
    assert (await scene.tell(zoe, says(thread["uri"], {})))[0] == "done"


async def test_an_edit_that_is_addressed_to_people_is_not_shown(scene: Scene) -> None:
    """Words that were meant for fewer readers do not take the place of public ones."""
    group = await scene.house.group("grief", scene.ann)
    zoe: Figure = scene.good.person("zoe")
    await scene.member(zoe, group)
    page = lemmy.page(zoe, group.actor.uri)
    await scene.tell(zoe, lemmy.create(zoe, page))
    scene.clock.advance(minutes=9)
    words = {"content": "<p>Between us</p>", "updated": "2026-11-23T12:05:00Z"}
    for address, outcome in (({"to": [scene.ann.uri], "cc": []}, "ignored"), ({}, "done")):
        update = lemmy.create(zoe, page | words | address, "Update") | address
        assert (await scene.tell(zoe, update))[0] == outcome
        assert ("Between us" in (await scene.kept(page["id"])).content) == (outcome == "done")

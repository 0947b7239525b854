"""Somebody with a Mastodon account: follows, is followed, writes, answers, shares; and what it may
not do."""

import pytest

from node.profiles.drafts import ProfileDraft
from storage.actors import Actor
from storage.post_record import Audience
from storage.posts import Post
from tests import mastodon
from tests.figures import PUBLIC, Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene


def follow(figure: Figure, whom: str) -> Document:
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": figure.home.uri("follows"),
        "type": "Follow",
        "actor": figure.uri,
        "object": whom,
    }


def announce(figure: Figure, uri: str) -> Document:
    """A boost as Mastodon makes it."""
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": figure.home.uri("boosts"),
        "type": "Announce",
        "actor": figure.uri,
        "published": "2026-11-23T11:55:00Z",
        "to": [PUBLIC],
        "cc": [figure.document["followers"]],
        "object": uri,
    }


def accept(figure: Figure, asked: Document) -> Document:
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{figure.uri}#accepts/{asked['id'].rpartition('/')[2]}",
        "type": "Accept",
        "actor": figure.uri,
        "object": {key: value for key, value in asked.items() if key != "proof"},
    }


@pytest.fixture
def max_(scene: Scene) -> Figure:
    return mastodon.person(scene.good, "max")


async def known(scene: Scene, figure: Figure) -> Actor:
    """A figure as the node knows it."""
    found = await scene.house.node.network.find_actor(figure.uri)
    actor = await scene.read(lambda uow: uow.actors.get(found))
    assert actor is not None
    return actor


async def followed_by(scene: Scene, figure: Figure) -> None:
    """The figure follows ann, who lets it."""
    assert await scene.tell(figure, follow(figure, scene.ann.uri)) == ("done", "asks to follow")
    rooms = scene.house.node.rooms
    [asking] = await scene.read(
        lambda uow: uow.profiles.followers(scene.ann.id, 9, state="pending")
    )
    await rooms.db.write(lambda uow: rooms.profiles.accept(uow, scene.ann, asking.id))
    await scene.world.settle()


async def followed(scene: Scene, figure: Figure) -> Actor:
    """Ann follows the figure, who lets her."""
    other, rooms = await known(scene, figure), scene.house.node.rooms
    await rooms.db.write(lambda uow: rooms.profiles.follow(uow, scene.ann, other.id))
    await scene.world.settle()
    asked = figure.home.got("Follow")[-1]
    assert asked["object"] == figure.uri
    assert await scene.tell(figure, accept(figure, asked)) == ("done", "accepted")
    return other


async def write(scene: Scene, text: str, audience: Audience = "public") -> Post:
    rooms, draft = scene.house.node.rooms, ProfileDraft(text=text, audience=audience)
    post = await rooms.db.write(lambda uow: rooms.profiles.post(uow, scene.ann, draft))
    await scene.world.settle()
    return post


async def test_a_follow_waits_and_its_accept_names_it(scene: Scene, max_: Figure) -> None:
    await followed_by(scene, max_)
    [answer] = scene.good.got("Accept")
    assert answer["actor"] == scene.ann.uri
    assert answer["object"]["actor"] == max_.uri
    assert answer["object"]["type"] == "Follow"
    undo = mastodon.undo(max_, answer["object"])
    assert await scene.tell(max_, undo) == ("done", "follows no longer")
    await write(scene, "Nobody hears this.")
    assert scene.good.got("Create") == []


async def test_posts_go_out_as_microblogs_read_them(scene: Scene, max_: Figure) -> None:
    await followed_by(scene, max_)
    post = await write(scene, f"Hello @max@{scene.good.authority}")
    [create] = scene.good.got("Create")
    note = create["object"]
    assert (note["id"], note["type"], note["attributedTo"]) == (post.uri, "Note", scene.ann.uri)
    assert (note["to"], note["cc"]) == ([PUBLIC], [f"{scene.ann.uri}/followers", max_.uri])
    [tag] = note["tag"]
    assert (tag["type"], tag["href"]) == ("Mention", max_.uri)
    assert "name" not in note
    assert "audience" not in note
    unlisted = await write(scene, "By the way.", "unlisted")
    quiet = scene.good.got("Create")[-1]["object"]
    assert quiet["to"] == [f"{scene.ann.uri}/followers"]
    assert quiet["cc"] == [PUBLIC]
    for uri in (post.uri, unlisted.uri):
        status, body = await scene.good.look(uri)
        assert status == 200
        assert b'"Note"' in body


async def test_prv_what_is_for_few_is_never_served(scene: Scene, max_: Figure) -> None:
    await followed_by(scene, max_)
    before = len(scene.good.received)
    for audience in ("followers", "self"):
        post = await write(scene, "Heatherfield", audience)
        for tail in ("", "/replies", "/context"):
            status, body = await scene.good.look(f"{post.uri}{tail}")
            assert status == 404
            assert b"Heatherfield" not in body
    assert len(scene.good.received) == before
    for tail in ("", "/outbox", "/followers", "/following"):
        _, body = await scene.good.look(f"{scene.ann.uri}{tail}")
        assert b"Heatherfield" not in body
        assert max_.uri.encode() not in body


async def test_the_outbox_lists_what_is_public(scene: Scene) -> None:
    post, quiet = await write(scene, "For all."), await write(scene, "Quiet.", "unlisted")
    _, body = await scene.good.look(f"{scene.ann.uri}/outbox")
    assert post.uri.encode() in body
    assert quiet.uri.encode() not in body


async def test_what_a_followed_person_writes_comes_in(scene: Scene, max_: Figure) -> None:
    other = await followed(scene, max_)
    status = mastodon.note(max_, "<p>Good morning</p>", [], summary="coffee", sensitive=True)
    assert await scene.tell(max_, mastodon.create(max_, status)) == ("done", "post")
    post = await scene.kept(status["id"])
    assert (post.audience, post.group_id, post.content_warning) == ("public", other.id, "coffee")
    assert post.title is None
    edit = mastodon.update(max_, status, "2026-11-23T11:58:00Z", "<p>Good evening</p>")
    assert await scene.tell(max_, edit) == ("done", "edited")
    assert "evening" in (await scene.kept(status["id"])).content
    assert await scene.tell(max_, mastodon.delete(max_, status)) == ("done", "deleted")
    assert (await scene.kept(status["id"])).deleted_at is not None


async def test_strangers_are_left_and_cannot_touch_what_is_here(scene: Scene, max_: Figure) -> None:
    nia = mastodon.person(scene.evil, "nia")
    await followed(scene, max_)
    unasked = mastodon.note(nia, "<p>Buy this, ann</p>", [scene.ann.uri])
    state, _ = await scene.tell(nia, mastodon.create(nia, unasked))
    assert state == "ignored"
    assert await scene.post(unasked["id"]) is None
    status = mastodon.note(max_, "<p>Good morning</p>", [])
    await scene.tell(max_, mastodon.create(max_, status))
    edit = mastodon.create(nia, status | {"content": "<p>Spoilt</p>"}) | {
        "type": "Update",
        "id": nia.home.uri("updates"),
    }
    assert (await scene.tell(nia, edit))[0] == "refused"
    erase = mastodon.delete(nia, status) | {"id": nia.home.uri("deletes")}
    assert (await scene.tell(nia, erase))[0] == "refused"
    post = await scene.kept(status["id"])
    assert (post.content, post.deleted_at) == ("<p>Good morning</p>", None)


async def test_answers_to_ours_come_from_anybody_who_is_not_blocked(
    scene: Scene, max_: Figure
) -> None:
    post = await write(scene, "Who is awake?")
    reply = mastodon.note(max_, "<p>I am</p>", [scene.ann.uri], post.uri)
    assert await scene.tell(max_, mastodon.create(max_, reply)) == ("done", "answer")
    kept = await scene.kept(reply["id"])
    assert (kept.parent_id, kept.thread_id, kept.depth) == (post.id, post.id, 1)
    rooms, other = scene.house.node.rooms, await known(scene, max_)
    await rooms.db.write(lambda uow: rooms.safety.block(uow, scene.ann, other.id))
    again = mastodon.note(max_, "<p>Hello?</p>", [scene.ann.uri], post.uri)
    assert (await scene.tell(max_, mastodon.create(max_, again)))[0] == "ignored"
    assert await scene.post(again["id"]) is None
    assert (await scene.tell(max_, follow(max_, scene.ann.uri)))[0] == "refused"
    assert (await scene.tell(max_, mastodon.like(max_, post.uri)))[0] == "ignored"
    assert (await scene.tell(max_, announce(max_, post.uri)))[0] == "ignored"


@pytest.mark.parametrize("audience", ["followers", "self"])
async def test_nothing_from_elsewhere_reaches_what_is_for_few(
    scene: Scene, max_: Figure, audience: Audience
) -> None:
    """Guessing the address of a post makes nobody its reader."""
    await followed_by(scene, max_)
    post = await write(scene, "For few.", audience)
    reply = mastodon.note(max_, "<p>I know</p>", [scene.ann.uri], post.uri)
    acts = (
        mastodon.create(max_, reply),
        mastodon.like(max_, post.uri),
        announce(max_, post.uri),
    )
    for act in acts:
        assert (await scene.tell(max_, act))[0] in ("ignored", "refused")
    assert await scene.post(reply["id"]) is None
    assert await scene.reactions(post.uri) == {}
    assert await scene.read(lambda uow: uow.shares.sharers(post.id, 9)) == {}


async def test_boosts_of_ours_and_by_whom_we_follow(scene: Scene, max_: Figure) -> None:
    nia = mastodon.person(scene.good, "nia")
    post = await write(scene, "Pass it on.")
    boost = announce(max_, post.uri)
    assert await scene.tell(max_, boost) == ("done", "share")
    assert await scene.tell(max_, mastodon.undo(max_, boost)) == ("done", "share taken back")
    theirs = scene.good.serve(mastodon.note(nia, "<p>From nia</p>", []))
    assert (await scene.tell(max_, announce(max_, theirs["id"])))[0] == "ignored"
    assert await scene.post(theirs["id"]) is None
    other = await followed(scene, max_)
    assert await scene.tell(max_, announce(max_, theirs["id"])) == ("done", "share")
    kept = await scene.kept(theirs["id"])
    share = await scene.read(lambda uow: uow.shares.of(other.id, kept.id))
    assert share is not None


async def test_favourites_of_posts_come_and_go(scene: Scene, max_: Figure) -> None:
    post = await write(scene, "Pass it on.")
    like = mastodon.like(max_, post.uri)
    assert await scene.tell(max_, like) == ("done", "reaction")
    assert await scene.reactions(post.uri) == {"hear-you": 1}
    assert await scene.tell(max_, mastodon.undo(max_, like)) == ("done", "reaction taken back")
    assert await scene.reactions(post.uri) == {}

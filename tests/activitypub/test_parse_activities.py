"""Activities of every dialect to one class per type (group-federation b2 to b13)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from activitypub import parse
from activitypub.errors import WireError
from activitypub.vocabulary import (
    PUBLIC,
    Accept,
    Activity,
    Actor,
    Add,
    Announce,
    Block,
    Create,
    Delete,
    Dislike,
    EmojiReact,
    Flag,
    Follow,
    Like,
    Lock,
    Post,
    Reject,
    Remove,
    Undo,
    Unknown,
    Update,
)
from tests.activitypub.documents import KITH, document

LEMMY = "https://lemmy.example"
GROUP = LEMMY + "/c/gardening"


def read(name: str, **changes: object) -> Activity:
    return parse.parse_activity({**document(name), **changes})


def refused(name: str, **changes: object) -> str:
    with pytest.raises(WireError) as caught:
        read(name, **changes)
    return caught.value.reason


def test_follow_and_its_answers() -> None:
    follow = read("lemmy/follow")
    assert isinstance(follow, Follow)
    assert follow.object == KITH + "/groups/calm"
    assert read("lemmy/follow", object={"type": "Group", "id": follow.object}) != follow
    accept = read("lemmy/accept")
    assert isinstance(accept, Accept)
    assert isinstance(accept.object, Follow)
    assert (accept.object.actor, accept.object.object) == (KITH + "/people/ann", GROUP)
    by_id = read("guppe/accept")
    assert isinstance(by_id, Accept)
    assert by_id.object == KITH + "/activities/1"
    reject = read("lemmy/accept", type="Reject")
    assert isinstance(reject, Reject)
    assert isinstance(reject.object, Follow)


def test_an_inner_follow_may_lack_an_id() -> None:
    inner = {"type": "Follow", "actor": KITH + "/people/ann", "object": GROUP}
    accept = read("lemmy/accept", object=inner)
    assert isinstance(accept, Accept)
    assert isinstance(accept.object, Follow)
    assert (accept.object.id, accept.object.object) == ("", GROUP)
    assert refused("lemmy/accept", object={"type": "Follow", "object": GROUP}) == "no-object"
    assert refused("lemmy/accept", object={**inner, "id": "urn:1"}) == "no-id"


def test_create_with_a_post_or_its_id() -> None:
    create = read("lemmy/create_page")
    assert isinstance(create, Create)
    assert isinstance(create.object, Post)
    assert (create.to, create.cc, create.audience) == ((PUBLIC,), (GROUP,), (GROUP,))
    assert create.raw["object"] == create.object.raw
    by_id = read("lemmy/create_page", object=LEMMY + "/post/81")
    assert isinstance(by_id, Create)
    assert by_id.object == LEMMY + "/post/81"
    assert refused("lemmy/create_page", object=None) == "no-object"
    assert refused("lemmy/create_page", object={"type": "Page"}) == "no-id"


def test_update_of_a_post_or_an_actor() -> None:
    post = read("lemmy/create_page", type="Update")
    assert isinstance(post, Update)
    assert isinstance(post.object, Post)
    actor = read("lemmy/create_page", type="Update", object=document("lemmy/group"))
    assert isinstance(actor, Update)
    assert isinstance(actor.object, Actor)
    unknown = read("lemmy/create_page", object=document("lemmy/group"))
    assert isinstance(unknown, Unknown)
    assert (unknown.type, unknown.object_type) == ("Create", "Group")


def test_a_private_message_is_not_spoken() -> None:
    message = read("lemmy/private_message")
    assert isinstance(message, Unknown)
    assert (message.type, message.object_type) == ("Create", "ChatMessage")


def test_what_a_group_announces() -> None:
    activity = read("lemmy/announce_create_page")
    assert isinstance(activity, Announce)
    (create,) = activity.objects
    assert isinstance(create, Create)
    assert create.raw == document("lemmy/announce_create_page")["object"]
    twin = read("lemmy/announce_page")
    assert isinstance(twin, Announce)
    assert isinstance(twin.objects[0], Post)
    by_id = read("guppe/announce")
    assert isinstance(by_id, Announce)
    assert by_id.objects == ("https://mastodon.example/users/ines/statuses/1",)
    undo = read("lemmy/announce_undo_like")
    assert isinstance(undo, Announce)
    assert isinstance(undo.objects[0], Undo)
    assert isinstance(undo.objects[0].object, Like)
    actor = read("lemmy/announce_page", object=document("lemmy/group"))
    assert isinstance(actor, Announce)
    assert actor.objects == (GROUP,)


def test_what_a_group_announces_in_batches() -> None:
    batch = read("piefed/announce_batch")
    assert isinstance(batch, Announce)
    assert [type(one) for one in batch.objects] == [Like, Dislike, Undo]
    listed = read("piefed/announce_list")
    assert isinstance(listed, Announce)
    assert len(listed.objects) == 2
    assert refused("piefed/announce_list", object=[{"type": "Like"}, 3]) == "no-object"
    assert refused("piefed/announce_list", object=[]) == "no-object"
    many = read("piefed/announce_list", object=[f"https://a.example/{n}" for n in range(1000)])
    assert isinstance(many, Announce)
    assert len(many.objects) == 100


def test_deletes_by_author_and_by_moderator() -> None:
    by_author = read("lemmy/delete")
    assert isinstance(by_author, Delete)
    assert (by_author.object, by_author.summary) == (LEMMY + "/post/81", None)
    by_moderator = read("lemmy/removal")
    assert isinstance(by_moderator, Delete)
    assert (by_moderator.summary, by_moderator.with_replies) == ("off topic", True)
    without_reason = read("mbin/removal")
    assert isinstance(without_reason, Delete)
    assert without_reason.summary == ""
    assert without_reason.tombstone is not None
    mastodon = read("mastodon/delete")
    assert isinstance(mastodon, Delete)
    assert mastodon.object == "https://mastodon.example/users/ines/statuses/1"
    account = read("lemmy/delete", object=LEMMY + "/u/rosa", removeData=True)
    assert isinstance(account, Delete)
    assert (account.object, account.remove_data) == (account.actor, True)


def test_votes_and_reactions() -> None:
    undo = read("lemmy/undo_like")
    assert isinstance(undo, Undo)
    assert isinstance(undo.object, Like)
    assert (undo.object.to, undo.object.content) == ((), None)
    heart = read("misskey/like")
    assert isinstance(heart, Like)
    assert heart.content == "❤"
    reaction = read("pleroma/emoji_react")
    assert isinstance(reaction, EmojiReact)
    assert reaction.content == "🫂"
    assert refused("pleroma/emoji_react", content=None) == "no-content"
    down = read("misskey/like", type="Dislike")
    assert isinstance(down, Dislike)


def test_moderation() -> None:
    lock = read("lemmy/lock")
    assert isinstance(lock, Lock)
    assert (lock.object, lock.summary) == (LEMMY + "/post/81", "resolved")
    add = read("lemmy/add_moderator")
    assert isinstance(add, Add)
    assert (add.object, add.target) == (LEMMY + "/u/rosa", GROUP + "/moderators")
    remove = read("lemmy/add_moderator", type="Remove", target={"id": GROUP + "/featured"})
    assert isinstance(remove, Remove)
    assert remove.target == GROUP + "/featured"
    ban = read("lemmy/ban")
    assert isinstance(ban, Block)
    assert (ban.target, ban.summary, ban.remove_data) == (GROUP, "spam", True)
    assert ban.end_time == datetime(2027, 1, 1, tzinfo=UTC)
    older = read("lemmy/ban", endTime=None, expires="2028-01-01T00:00:00Z")
    assert isinstance(older, Block)
    assert older.end_time == datetime(2028, 1, 1, tzinfo=UTC)


def test_reports_of_lemmy_and_mastodon() -> None:
    lemmy = read("lemmy/report")
    assert isinstance(lemmy, Flag)
    assert (lemmy.objects, lemmy.content) == ((LEMMY + "/post/81",), "selling things")
    mastodon = read("mastodon/flag")
    assert isinstance(mastodon, Flag)
    assert mastodon.objects == (KITH + "/people/ann", KITH + "/posts/1")
    assert mastodon.content == "please look"
    assert refused("mastodon/flag", object=[]) == "no-object"
    many = read("mastodon/flag", object=[f"https://a.example/{n}" for n in range(1000)])
    assert isinstance(many, Flag)
    assert len(many.objects) == 100


@pytest.mark.parametrize("kind", [{}, {"id": "x"}, ["OrderedCollection"], None, 3])
def test_org_33_a_batch_of_no_plain_type_is_refused(kind: object) -> None:
    assert read("piefed/announce_batch")
    broken = {"type": kind, "orderedItems": [GROUP], "id": GROUP}
    assert refused("piefed/announce_batch", object=broken) == "bad-type"


def nested(levels: int) -> dict[str, Any]:
    inner: dict[str, Any] = {**document("misskey/like"), "actor": LEMMY + "/u/rosa"}
    for level in range(levels):
        inner = {
            "type": "Undo" if level % 2 else "Announce",
            "id": f"{LEMMY}/{level}",
            "actor": LEMMY + "/u/rosa",
            "object": inner,
        }
    return inner


def test_nesting_ends() -> None:
    assert parse.parse_activity(nested(3))
    with pytest.raises(WireError) as caught:
        parse.parse_activity(nested(4))
    assert caught.value.reason == "too-nested"


@pytest.mark.parametrize(
    "name",
    ["lemmy/follow", "lemmy/delete", "lemmy/lock", "lemmy/ban", "misskey/like", "lemmy/accept"],
)
@pytest.mark.parametrize("nothing", [None, "", 7, [], {}, "urn:x", [[]], {"type": "Note"}])
def test_an_activity_about_nothing_is_refused(name: str, nothing: object) -> None:
    assert refused(name, object=nothing) in ("no-object", "bad-type")


def test_types_of_others_are_kept_as_unknown() -> None:
    move = read("lemmy/follow", type="Move", object={"type": "Person", "id": KITH + "/x"})
    assert isinstance(move, Unknown)
    assert (move.type, move.object_type, move.raw["type"]) == ("Move", "Person", "Move")
    assert move.to == (KITH + "/groups/calm",)

"""What we send has the shapes that peers read (group-federation b1 to b12, rules 6, 7, 11)."""

from msgspec.structs import replace

from activitypub import parse, render, shapes
from activitypub.vocabulary import (
    AS_CONTEXT,
    IMPLEMENTS,
    PUBLIC,
    Activity,
    Follow,
    Tag,
    Tombstone,
    Update,
)
from tests.activitypub.documents import document
from tests.activitypub.made import ANN, CALM, GROUP, HOME, MENTION, NOW, THREAD


def body(activity: Activity) -> dict[str, object]:
    document = render.render_activity(activity)
    assert document.pop("@context")
    return document


def test_b1_a_group() -> None:
    group = render.render_actor(CALM)
    assert group["attributedTo"] == group["moderators"] == f"{GROUP}/moderators"
    assert (group["featured"], group["followers"]) == (f"{GROUP}/featured", f"{GROUP}/followers")
    assert group["endpoints"] == {"sharedInbox": f"{HOME}/inbox"}
    assert group["publicKey"] == {
        "id": f"{GROUP}#main-key",
        "owner": GROUP,
        "publicKeyPem": "PEM",
    }
    assert group["assertionMethod"] == [
        {
            "id": f"{GROUP}#ed25519-key",
            "type": "Multikey",
            "controller": GROUP,
            "publicKeyMultibase": "z6Mk1",
        }
    ]
    assert (group["postingRestrictedToMods"], group["sensitive"]) == (False, False)
    assert group["webfinger"] == "calm@kith.example"
    assert group["language"] == [{"identifier": "en", "name": "en"}]
    assert group["source"] == {"content": "Breathe", "mediaType": "text/markdown"}
    assert group["published"] == "2026-04-01T12:00:00Z"


def test_what_we_implement_is_told_by_every_actor() -> None:
    expected = [{"href": href, "name": name} for href, name in IMPLEMENTS.items()]
    group = render.render_actor(CALM)
    assert group["generator"] == {"type": "Application", "implements": expected}
    application = render.render_actor(replace(CALM, type="Application", moderators=None))
    assert application["implements"] == expected
    assert not {"generator", "attributedTo", "postingRestrictedToMods"} & application.keys()


def test_b2_following() -> None:
    follow = shapes.follow(f"{HOME}/a/1", ANN, GROUP)
    expected = {"actor": ANN, "to": [GROUP], "object": GROUP, "type": "Follow"}
    assert body(follow) == {**expected, "id": f"{HOME}/a/1"}
    accept = {"type": "Accept", "actor": GROUP, "id": f"{HOME}/a/2", "to": [ANN]}
    assert body(shapes.accept(f"{HOME}/a/2", follow)) == {
        **accept,
        "object": {**expected, "id": f"{HOME}/a/1"},
    }
    assert body(shapes.reject(f"{HOME}/a/2", follow))["type"] == "Reject"
    undo = body(shapes.undo(f"{HOME}/a/3", follow))
    assert (undo["actor"], undo["to"]) == (ANN, [GROUP])


def test_b2_the_answer_holds_the_question_as_it_came() -> None:
    asked = parse.parse_activity(document("mitra/follow"))
    assert isinstance(asked, Follow)
    answer = body(shapes.accept(f"{HOME}/a/2", asked))
    assert answer["object"] == document("mitra/follow")


def test_b3_rule_6_a_thread_names_public_and_group_on_both() -> None:
    create = body(shapes.create(f"{HOME}/a/4", THREAD))
    page = create["object"]
    assert isinstance(page, dict)
    for one in (create, page):
        assert (one["to"], one["cc"], one["audience"]) == ([PUBLIC], [GROUP], GROUP)
    assert page["tag"] == [{"type": "Mention", "href": GROUP, "name": "@calm@kith.example"}]
    assert (page["type"], page["name"]) == ("Page", "A quiet evening")
    assert page["source"] == {"content": "It went *well*.", "mediaType": "text/markdown"}
    assert page["language"] == {"identifier": "en", "name": "en"}
    assert page["contentMap"] == {"en": page["content"]}
    assert page["replyWanted"] == "just-listening"
    assert "@context" not in page
    assert "inReplyTo" not in page


def test_b4_a_group_hands_on_without_context_and_twins_the_bare_page() -> None:
    create = shapes.create(f"{HOME}/a/4", THREAD)
    announce = body(shapes.announce(f"{HOME}/a/5", GROUP, f"{GROUP}/followers", create))
    assert (announce["to"], announce["cc"]) == ([PUBLIC], [f"{GROUP}/followers"])
    assert announce["object"] == body(create)
    twin = body(shapes.announce(f"{HOME}/a/6", GROUP, f"{GROUP}/followers", THREAD))
    assert twin["object"] == {**body(create)["object"], "actor": ANN}  # type: ignore[dict-item]


def test_rule_7_what_was_received_is_handed_on_member_by_member() -> None:
    received = document("lemmy/create_page")
    inner = parse.parse_activity(received)
    announce = body(shapes.announce(f"{HOME}/a/5", GROUP, f"{GROUP}/followers", inner))
    assert announce["object"] == received


def test_b5_a_reply_mentions_whom_it_answers() -> None:
    parent = Tag(type="Mention", href="https://x.example/u/tom", name="@tom@x.example")
    reply = shapes.addressed_to_group(
        replace(THREAD, type="Note", name=None, in_reply_to=f"{HOME}/posts/1", tags=()),
        GROUP,
        (parent, MENTION),
    )
    note = render.render_post(reply)
    assert note["cc"] == [GROUP, "https://x.example/u/tom"]
    assert [tag["name"] for tag in note["tag"]] == ["@tom@x.example", "@calm@kith.example"]  # type: ignore[attr-defined]
    assert note["inReplyTo"] == f"{HOME}/posts/1"
    assert not {"summary", "preview", "name"} & note.keys()


def test_b6_rule_11_votes_have_no_address() -> None:
    like = shapes.like(f"{HOME}/a/7", ANN, THREAD.id, GROUP, "🫂")
    expected = {"actor": ANN, "object": THREAD.id, "audience": GROUP, "type": "Like"}
    assert body(like) == {**expected, "id": f"{HOME}/a/7", "content": "🫂"}
    undo = body(shapes.undo(f"{HOME}/a/8", like))
    assert not {"to", "cc"} & undo.keys()
    assert undo["audience"] == GROUP
    react = body(shapes.emoji_react(f"{HOME}/a/9", ANN, THREAD.id, None, "🫂"))
    assert (react["type"], react["content"]) == ("EmojiReact", "🫂")


def test_b7_edits() -> None:
    edited = body(shapes.update(f"{HOME}/a/9", replace(THREAD, updated=NOW)))
    assert edited["type"] == "Update"
    assert edited["object"]["updated"] == "2026-04-01T12:00:00Z"  # type: ignore[index]
    changed = shapes.update_actor(f"{HOME}/a/10", CALM)
    assert body(changed)["cc"] == [f"{GROUP}/followers"]
    assert body(changed)["object"]["type"] == "Group"  # type: ignore[index]
    assert isinstance(changed, Update)


def test_b8_b9_author_deletes_and_moderator_removes() -> None:
    common = {"to": [PUBLIC], "cc": [GROUP], "audience": GROUP, "object": THREAD.id}
    by_author = body(shapes.delete(f"{HOME}/a/11", ANN, THREAD.id, GROUP))
    assert by_author == {**common, "type": "Delete", "actor": ANN, "id": f"{HOME}/a/11"}
    by_moderator = body(
        shapes.removal(f"{HOME}/a/12", ANN, THREAD.id, GROUP, reason="", with_replies=True)
    )
    assert (by_moderator["summary"], by_moderator["withReplies"]) == ("", True)
    leaving = body(shapes.delete_actor(f"{HOME}/a/13", ANN))
    assert (leaving["object"], leaving["removeData"], leaving["to"]) == (ANN, True, [PUBLIC])
    gone = render.render_tombstone(shapes.tombstone_of(replace(THREAD, updated=NOW)))
    assert gone == {
        "@context": AS_CONTEXT,
        "id": THREAD.id,
        "type": "Tombstone",
        "formerType": "Page",
        "deleted": "2026-04-01T12:00:00Z",
    }
    assert render.render_tombstone(Tombstone(id=ANN)).keys() == {"@context", "id", "type"}


def test_b10_b11_moderation() -> None:
    common = {"to": [PUBLIC], "cc": [GROUP], "audience": GROUP, "object": THREAD.id}
    lock = body(shapes.lock(f"{HOME}/a/14", ANN, THREAD.id, GROUP, "resolved"))
    assert lock == {
        **common,
        "type": "Lock",
        "actor": ANN,
        "id": f"{HOME}/a/14",
        "summary": "resolved",
    }
    pin = shapes.add(f"{HOME}/a/15", ANN, THREAD.id, f"{GROUP}/featured", GROUP)
    assert body(pin) == {
        **common,
        "type": "Add",
        "actor": ANN,
        "id": f"{HOME}/a/15",
        "target": f"{GROUP}/featured",
    }
    unpin = shapes.remove(f"{HOME}/a/16", ANN, THREAD.id, f"{GROUP}/featured", GROUP)
    assert body(unpin)["type"] == "Remove"


def test_b12_a_report_has_its_words_where_both_families_look() -> None:
    report = body(shapes.flag(f"{HOME}/a/17", ANN, (THREAD.id,), GROUP, "please look"))
    assert (report["object"], report["to"]) == (THREAD.id, [GROUP])
    assert report["content"] == report["summary"] == "please look"

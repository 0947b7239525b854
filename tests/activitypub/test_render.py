"""Warnings and excerpts, contexts, collections: what surrounds the shapes that we send."""

import re

from msgspec.structs import replace

from activitypub import parse, render, shapes
from activitypub.contexts import DATA_INTEGRITY_V1
from activitypub.parsing.context_rules import check_context
from activitypub.vocabulary import AS_CONTEXT, KITH_NS, Unknown
from tests.activitypub.documents import document
from tests.activitypub.made import ANN, CALM, GROUP, HOME, THREAD


def test_mastodon_readers_see_the_text_of_a_page() -> None:
    page = render.render_post(THREAD)
    assert page["summary"] == "It went well."
    assert page["preview"]["content"] == page["content"]  # type: ignore[index]
    long = render.render_post(replace(THREAD, content="<p>" + "slow & sure " * 200 + "</p>"))
    assert len(parse.parse_post(long).content) > 500
    summary = str(long["summary"])
    assert summary.endswith(("sure …", "&amp; …", "slow …"))
    assert len(summary.replace("&amp;", "&")) <= 502
    assert "summary" not in render.render_post(replace(THREAD, content="", source=None))


def test_a_content_warning_takes_the_place_of_the_text() -> None:
    for kind in ("Page", "Article", "Note"):
        post = replace(THREAD, type=kind, content_warning="food < & fear", sensitive=True)
        written = render.render_post(post)
        assert written["sensitive"] is True
        assert "went" not in str(written["summary"])
        read = parse.parse_post(written)
        assert (read.content_warning, read.sensitive) == ("food < & fear", True)
        assert read.content == THREAD.content
    silent = render.render_post(replace(THREAD, sensitive=True))
    assert "summary" not in silent
    assert parse.parse_post(silent).content_warning is None


def test_proofs_find_their_context() -> None:
    context = render.render_activity(shapes.create(f"{HOME}/a/4", THREAD))["@context"]
    assert isinstance(context, list)
    assert context[0] == AS_CONTEXT
    assert DATA_INTEGRITY_V1 in context


def test_every_term_that_is_not_of_activitystreams_is_in_the_context() -> None:
    post_terms = render.render_post(THREAD)["@context"][-1]  # type: ignore[index]
    assert post_terms["kith"] == KITH_NS
    assert post_terms["replyWanted"] == "kith:replyWanted"
    own = {"replyWanted", "commentsEnabled", "sensitive", "language", "Hashtag", "EmojiReact"}
    assert own | {"Lock", "withReplies", "removeData"} <= post_terms.keys()
    actor_terms = render.render_actor(CALM)["@context"][-1]  # type: ignore[index]
    own = {"postingRestrictedToMods", "moderators", "featured", "discoverable", "webfinger"}
    assert own | {"implements", "manuallyApprovesFollowers", "Multikey"} <= actor_terms.keys()
    for terms in (post_terms, actor_terms):
        check_context(terms)
        prefixes = {term.partition(":")[0] for term in re.findall(r"'(\w+:\w+)'", str(terms))}
        assert prefixes - {"as", "https", "http"} <= terms.keys()


def test_collections() -> None:
    moderators = render.render_collection(f"{GROUP}/moderators", [ANN])
    assert moderators == {
        "@context": AS_CONTEXT,
        "id": f"{GROUP}/moderators",
        "type": "OrderedCollection",
        "totalItems": 1,
        "orderedItems": [ANN],
    }
    followers = render.render_count(f"{GROUP}/followers", 3)
    assert (followers["totalItems"], followers["items"]) == (3, [])
    paged = render.render_collection(f"{GROUP}/outbox", total=90, first=f"{GROUP}/outbox?page=1")
    assert (paged["totalItems"], paged["first"]) == (90, f"{GROUP}/outbox?page=1")
    assert "orderedItems" not in paged
    context = render.render_collection(f"{HOME}/posts/1/context", [THREAD.id], attributed_to=GROUP)
    assert context["attributedTo"] == GROUP
    empty = render.render_collection(f"{GROUP}/outbox")
    assert (empty["totalItems"], empty["orderedItems"]) == (0, [])


def test_members_keep_a_context_only_for_a_proof() -> None:
    plain = render.render_post(THREAD)
    proven = {**plain, "proof": {"type": "DataIntegrityProof"}}
    items = render.render_collection(f"{GROUP}/featured", [plain, proven])["orderedItems"]
    assert isinstance(items, list)
    assert "@context" not in items[0]
    assert items[1] == proven


def test_unknown_activities_keep_their_members() -> None:
    received = parse.parse_activity(document("lemmy/private_message"))
    assert isinstance(received, Unknown)
    expected = {key: value for key, value in received.raw.items() if key != "@context"}
    written = render.render_activity(received)
    assert written.pop("@context")
    assert written == expected
    join = render.render_activity(Unknown(id=f"{HOME}/a", actor=ANN, type="Join"))
    assert join["type"] == "Join"

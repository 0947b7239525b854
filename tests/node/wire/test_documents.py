"""Records as wire documents: shapes b1, b3 and b5, and rule 6 of the compatibility rules."""

from datetime import timedelta

import pytest

from activitypub.parse import parse_post
from activitypub.render import render_actor, render_post, render_tombstone
from activitypub.vocabulary import PUBLIC
from node.groups.documents import (
    group_document,
    node_document,
    persona_document,
    post_document,
    tombstone_document,
)
from node.groups.rules import federated
from storage.keys import PublicKeyRecord
from tests.node.wire.records import AT, FAR, HOME, actor, group, post, public_group

GROUP = f"{HOME}/groups/calm"
ANN, BO = actor("ann"), actor("bo", origin=FAR)


def test_a_thread_is_a_page_addressed_to_all_and_its_group() -> None:
    view = post(7, ANN, reply_wanted="ideas", language="en", content_warning="grief")
    document = render_post(post_document(view, public_group(), None, HOME))
    assert document["type"] == "Page"
    assert document["id"] == document["url"] == f"{HOME}/posts/7"
    assert document["attributedTo"] == ANN.uri
    assert (document["to"], document["cc"]) == ([PUBLIC], [GROUP])
    assert document["audience"] == GROUP
    assert document["tag"] == [{"type": "Mention", "href": GROUP, "name": "@calm@kith.example"}]
    assert (document["name"], document["content"]) == ("A hard week", "<p>Words</p>")
    assert document["source"] == {"content": "Words", "mediaType": "text/markdown"}
    assert (document["summary"], document["sensitive"]) == ("grief", True)
    assert document["replyWanted"] == "ideas"
    assert document["commentsEnabled"] is True
    assert document["context"] == f"{HOME}/posts/7/context"
    assert document["replies"] == f"{HOME}/posts/7/replies"
    assert document["published"] == "2026-11-23T12:00:00Z"
    assert "updated" not in document
    assert "inReplyTo" not in document


def test_a_reply_is_a_note_that_also_reaches_whom_it_answers() -> None:
    thread = post(7, BO)
    view = post(8, ANN, thread, edited_at=AT + timedelta(minutes=5))
    document = render_post(post_document(view, public_group(), thread, HOME))
    assert document["type"] == "Note"
    assert "name" not in document
    assert document["inReplyTo"] == f"{FAR}/posts/7"
    assert document["cc"] == [GROUP, BO.uri]
    names = [tag["name"] for tag in document["tag"]]  # type: ignore[attr-defined]
    assert names == ["@calm@kith.example", "@bo@far.example"]
    assert document["context"] == f"{HOME}/posts/7/context"
    assert document["updated"] == "2026-11-23T12:05:00Z"
    assert "commentsEnabled" not in document


def test_answering_oneself_mentions_nobody_but_the_group() -> None:
    thread = post(7, ANN)
    document = post_document(post(8, ANN, thread), public_group(), thread, HOME)
    assert document.cc == (GROUP,)
    assert [tag.href for tag in document.tags] == [GROUP]


def test_a_locked_thread_says_that_it_takes_no_comments() -> None:
    document = post_document(post(7, ANN, locked_at=AT), public_group(), None, HOME)
    assert document.comments_enabled is False


def test_a_reply_without_its_parent_is_a_mistake_of_the_caller() -> None:
    thread = post(7, ANN)
    with pytest.raises(ValueError, match="needs the parent"):
        post_document(post(8, ANN, thread), public_group(), None, HOME)


def test_another_nodes_post_keeps_its_type_and_promises_no_collection_for_it() -> None:
    document = post_document(post(7, BO, wire_type="Article"), public_group(), None, HOME)
    assert (document.id, document.type) == (f"{FAR}/posts/7", "Article")
    assert document.replies is None


@pytest.mark.parametrize("visibility", ["local", "private"])
def test_a_group_that_stays_here_cannot_be_named_to_the_wire(visibility: str) -> None:
    assert federated(group("public")) is not None
    assert federated(group(visibility)) is None


def test_our_own_parser_reads_what_we_write() -> None:
    thread = post(7, BO)
    for view, parent in (
        (post(9, ANN, reply_wanted="just-listening", content_warning="grief"), None),
        (post(8, ANN, thread, language="de"), thread),
    ):
        sent = post_document(view, public_group(), parent, HOME)
        read = parse_post(render_post(sent))
        assert (read.id, read.type, read.attributed_to) == (sent.id, sent.type, sent.attributed_to)
        assert (read.to, read.cc, read.audience) == (sent.to, sent.cc, sent.audience)
        assert (read.name, read.content, read.source) == (sent.name, sent.content, sent.source)
        assert read.content_warning == sent.content_warning
        assert (read.in_reply_to, read.context) == (sent.in_reply_to, sent.context)
        assert (read.language, read.reply_wanted) == (sent.language, sent.reply_wanted)
        assert (read.tags, read.published) == (sent.tags, sent.published)


def test_actors_show_both_their_keys() -> None:
    keys = [
        PublicKeyRecord(
            key_id=f"{ANN.uri}#main-key", actor_id=ANN.id, kind="rsa", material="PEM", fetched_at=AT
        ),
        PublicKeyRecord(
            key_id=f"{ANN.uri}#ed25519-key",
            actor_id=ANN.id,
            kind="ed25519",
            material="z6Mk",
            fetched_at=AT,
        ),
    ]
    document = render_actor(persona_document(ANN, keys))
    assert document["publicKey"] == {
        "id": f"{ANN.uri}#main-key",
        "owner": ANN.uri,
        "publicKeyPem": "PEM",
    }
    assert document["assertionMethod"] == [
        {
            "id": f"{ANN.uri}#ed25519-key",
            "type": "Multikey",
            "controller": ANN.uri,
            "publicKeyMultibase": "z6Mk",
        }
    ]


def test_a_group_names_its_collections_and_a_persona_tells_no_group() -> None:
    document = render_actor(group_document(public_group(posting_policy="moderators"), []))
    assert document["attributedTo"] == f"{GROUP}/moderators"
    assert document["featured"] == f"{GROUP}/featured"
    assert document["postingRestrictedToMods"] is True
    assert document["manuallyApprovesFollowers"] is False
    assert document["webfinger"] == "calm@kith.example"
    person = render_actor(persona_document(ANN, []))
    assert person["following"] == f"{ANN.uri}/following"
    assert person["discoverable"] is False


def test_the_node_is_named_after_its_host_without_the_port() -> None:
    uri = "http://127.0.0.1:8420/actor"
    its = actor("127.0.0.1:8420", "Application", uri=uri, authority="127.0.0.1:8420")
    document = render_actor(node_document(its, []))
    assert (document["type"], document["preferredUsername"]) == ("Application", "127.0.0.1")
    assert document["webfinger"] == "127.0.0.1@127.0.0.1:8420"


def test_a_tombstone_holds_no_word_and_no_reason() -> None:
    gone = post(7, ANN, removed_at=AT, removal_reason="unkind", removed_by=3)
    assert render_tombstone(tombstone_document(gone.post)) == {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{HOME}/posts/7",
        "type": "Tombstone",
        "formerType": "Page",
        "deleted": "2026-11-23T12:00:00Z",
    }

"""Whom we believe: by what each activity is verified, and what is refused for want of it."""

from typing import Any

import pytest

from activitypub.vocabulary import Announce, Create, Delete, Follow, Like, Update
from federation.dispatch import Needs
from federation.verify import Verified
from tests.federation.peer import CONTEXT, PUBLIC, Document, Peer, Someone
from tests.federation.us import ORIGIN, Us

NOTE = f"{ORIGIN}/posts/1"


async def sent(node: Us, who: Someone, document: Document) -> tuple[str, str | None]:
    """Sign, receive and process it; the state and reason of its receipt."""
    answer = await node.inbox.receive(who.post(document, node.clock.now()))
    assert answer.status == 202, answer
    await node.process()
    receipt = (await node.receipts())[-1]
    return receipt.state, receipt.reason


def announce(group: Someone, inner: object, number: int = 1) -> Document:
    return group.says("Announce", inner, number)


def test_only_this_module_makes_a_verified() -> None:
    follow = Follow(id="https://a.example/1", actor="https://a.example/a", object=NOTE)
    with pytest.raises(TypeError):
        Verified(follow, "signature", None, object())


async def test_what_an_actor_signs_itself_is_believed(node: Us, there: Peer) -> None:
    heard = node.heard(Like)
    ann = there.someone("ann")
    assert await sent(node, ann, ann.says("Like", NOTE)) == ("done", "heard")
    [(verified, _)] = heard
    assert (verified.how, verified.via, verified.activity.actor) == ("signature", None, ann.uri)


async def test_org_07_an_inline_post_of_another_host_is_refused(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    heard = node.heard(Create)
    ann = there.someone("ann")
    foreign = elsewhere.note(ann, 1)
    assert await sent(node, ann, ann.says("Create", foreign)) == ("refused", "other-author")
    own = there.note(ann, 1)
    assert await sent(node, ann, ann.says("Create", own, 2)) == ("done", "heard")
    assert len(heard) == 1


async def test_org_08_a_post_of_another_author_on_the_same_host_is_refused(
    node: Us, there: Peer
) -> None:
    node.heard(Create)
    node.heard(Update)
    ann, bob = there.someone("ann"), there.someone("bob", key=1)
    bobs = there.note(bob, 1)
    for number, kind in enumerate(("Create", "Update")):
        document = ann.says(kind, bobs, number)
        assert await sent(node, ann, document) == ("refused", "other-author")
    by_id = ann.says("Create", bobs["id"], 5)
    assert await sent(node, ann, by_id) == ("refused", "other-author")


async def test_a_create_that_names_its_post_brings_it_from_its_origin(
    node: Us, there: Peer
) -> None:
    heard = node.heard(Create)
    ann = there.someone("ann")
    note = there.note(ann, 1)
    assert await sent(node, ann, ann.says("Create", note["id"])) == ("done", "heard")
    assert heard[0][0].activity.object.content == note["content"]


async def test_a_changed_profile_is_stored_as_its_origin_shows_it(node: Us, there: Peer) -> None:
    node.heard(Update)
    ann = there.someone("ann", summary="Ann")
    inline = ann.document(summary="Queen of everything")
    assert await sent(node, ann, ann.says("Like", NOTE)) == ("ignored", "unknown type")
    there.someone("ann", summary="Anna", inbox=f"{ann.uri}/new-inbox")
    assert await sent(node, ann, ann.says("Update", inline, 2)) == ("done", "heard")
    actor = await node.db.read(lambda uow: uow.actors.by_uri(ann.uri))
    assert actor is not None
    assert (actor.summary, actor.inbox) == ("Anna", f"{ann.uri}/new-inbox")


async def test_announced_by_its_own_host_it_is_believed(node: Us, there: Peer) -> None:
    heard = node.heard(Create)
    group, ann = there.someone("group", "Group", key=1), there.someone("ann")
    create = ann.says("Create", there.note(ann, 1))
    assert await sent(node, group, announce(group, create)) == ("done", "heard")
    assert (heard[0][0].how, heard[0][0].via) == ("same-origin", group.uri)
    assert there.asked[f"/users/{'ann'}"] == 1  # its actor is stored, so that the handler finds it


async def test_announced_with_a_proof_it_is_believed_without_a_fetch(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    heard = node.heard(Create)
    group, ann = there.someone("group", "Group", key=1), elsewhere.someone("ann")
    now = node.clock.now()
    create = ann.proven(ann.says("Create", elsewhere.note(ann, 1)), now)
    assert await sent(node, group, announce(group, create)) == ("done", "heard")
    assert heard[0][0].how == "proof"
    assert elsewhere.asked == {"/users/ann": 1}


async def test_a_proof_by_someone_else_or_of_something_else_counts_for_nothing(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    node.heard(Like)
    group, now = there.someone("group", "Group", key=1), node.clock.now()
    ann, eve = elsewhere.someone("ann"), elsewhere.someone("eve", key=2)
    by_eve = eve.proven(ann.says("Like", NOTE, 1), now)
    changed = ann.proven(ann.says("Like", NOTE, 2), now) | {"object": f"{NOTE}0"}
    for number, forged in enumerate((by_eve, changed)):
        state = await sent(node, group, announce(group, forged, number))
        assert state == ("refused", "unverified")


async def test_announced_without_proof_it_is_read_at_its_origin(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    heard = node.heard(Create)
    group, ann = there.someone("group", "Group", key=1), elsewhere.someone("ann")
    true = ann.says("Create", elsewhere.note(ann, 1))
    elsewhere.documents["/users/ann/activities/1"] = true
    forged = true | {"object": {**true["object"], "content": "<p>words in her mouth</p>"}}
    assert await sent(node, group, announce(group, forged)) == ("done", "heard")
    [(verified, _)] = heard
    assert (verified.how, verified.via) == ("fetch", group.uri)
    assert verified.activity.object.content == "<p>note 1</p>"


async def test_what_its_origin_does_not_know_is_refused(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    creates, likes = node.heard(Create), node.heard(Like)
    group, ann = there.someone("group", "Group", key=1), elsewhere.someone("ann")
    forged = ann.says("Create", elsewhere.note(ann, 1))
    assert await sent(node, group, announce(group, forged)) == ("refused", "unverified")
    other = ann.says("Like", NOTE, 7)
    for path in ("/users/ann/activities/1", "/users/ann/activities/7"):
        elsewhere.documents[path] = other
    assert await sent(node, group, announce(group, forged, 2)) == ("refused", "unverified")
    assert creates == likes == []


async def test_a_group_vouches_for_moderation_and_for_nothing_else(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    heard = node.heard(Delete)
    node.heard(Like)
    group, mod = there.someone("group", "Group", key=1), elsewhere.someone("mod")
    removal = mod.says("Delete", NOTE, 1, summary="spam")
    assert await sent(node, group, announce(group, removal, 1)) == ("done", "heard")
    assert (heard[0][0].how, heard[0][0].via) == ("group", group.uri)
    assert await sent(node, group, announce(group, mod.says("Like", NOTE, 2), 2)) == (
        "refused",
        "unverified",
    )
    person = there.someone("person", key=2)
    assert await sent(node, person, announce(person, mod.says("Delete", NOTE, 3), 3)) == (
        "refused",
        "unverified",
    )


async def test_org_18_of_an_inline_post_of_another_host_only_the_id_is_used(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    def needs(activity: Any) -> Needs:
        return Needs(posts=activity.objects)

    heard = node.heard(Announce, needs)
    group, victim = there.someone("group", "Group", key=1), elsewhere.someone("victim")
    true = elsewhere.note(victim, 1)
    fake = true | {"content": "<p>forged</p>"}
    assert await sent(node, group, announce(group, fake)) == ("done", "heard")
    verified, context = heard[0]
    assert verified.activity.objects == (true["id"],)
    assert context.by_uri[true["id"]].post.content == "<p>note 1</p>"
    assert elsewhere.asked["/notes/1"] == 1

    own = there.note(there.someone("ann"), 2)
    assert await sent(node, group, announce(group, own, 2)) == ("done", "heard")
    assert heard[1][1].by_uri[own["id"]].post.content == "<p>note 2</p>"
    assert there.asked["/notes/2"] == 0


async def test_a_bare_id_may_stand_for_an_activity(node: Us, there: Peer, elsewhere: Peer) -> None:
    node.heard(Announce, lambda activity: Needs(posts=activity.objects))
    heard = node.heard(Like)
    group, ann = there.someone("group", "Group", key=1), elsewhere.someone("ann")
    like = ann.says("Like", NOTE)
    elsewhere.documents["/users/ann/activities/1"] = like
    assert await sent(node, group, announce(group, like["id"])) == ("done", "heard")
    assert (heard[0][0].how, heard[0][0].via) == ("fetch", group.uri)


async def test_an_activity_of_ours_that_comes_back_is_the_one_we_stored(
    node: Us, there: Peer
) -> None:
    heard = node.heard(Like)
    group = there.someone("group", "Group", key=1)
    _, uri = node.outbox.new_activity_uri()
    ours: Document = {
        "@context": CONTEXT[0],
        "id": uri,
        "type": "Like",
        "actor": node.alice.uri,
        "object": f"{there.origin}/notes/1",
        "to": [PUBLIC],
    }
    forged = ours | {"id": f"{ORIGIN}/activities/999"}
    assert await sent(node, group, announce(group, forged)) == ("refused", "not-ours")
    await node.db.write(
        lambda uow: node.outbox.publish(
            uow, actor=node.alice, document=ours, inboxes=(), root=uri, object_uri=None
        )
    )
    changed = ours | {"object": f"{there.origin}/notes/2"}
    assert await sent(node, group, announce(group, changed, 2)) == ("done", "heard")
    assert heard[0][0].activity.object == ours["object"]


async def test_an_activity_announced_from_a_blocked_host_is_refused_unfetched(
    node: Us, there: Peer, elsewhere: Peer
) -> None:
    node.heard(Like)
    group, ann = there.someone("group", "Group", key=1), elsewhere.someone("ann")
    now = node.clock.now()
    await node.db.write(
        lambda uow: uow.peers.set_policy(elsewhere.authority, "block", now, node.new_id)
    )
    await node.policy.refresh()
    like = ann.proven(ann.says("Like", NOTE), now)
    assert await sent(node, group, announce(group, like)) == ("refused", "blocked")
    assert elsewhere.total() == 0

"""The twelve rules of compatibility (group-federation a4), one test each, over real HTTP.

Breaking any of them loses a peer. A stranger with a member in a group of ours sees what we send;
another sends what its software would.
"""

import re
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from activitypub.addressing import authority
from activitypub.signatures import decode_multikey, load_public_pem, verify_proof
from storage.groups import GroupWithActor
from tests import lemmy
from tests.figures import ACTIVITY_JSON, PUBLIC, Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene
from tests.stranger import Asked

ACCEPT = {"Accept": ACTIVITY_JSON}


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    """A public group of the node."""
    return await scene.house.group("grief", scene.ann)


@pytest.fixture
async def zoe(scene: Scene, group: GroupWithActor) -> Figure:
    """A person of the good stranger who is a member of the group."""
    zoe = scene.good.person("zoe")
    await scene.member(zoe, group)
    return zoe


async def get(scene: Scene, uri: str) -> tuple[int, Document]:
    """What the node answers at an id to someone who asks for ActivityPub."""
    async with scene.house.http.get(uri, headers=ACCEPT) as answer:
        return answer.status, await answer.json(content_type=None)


def posts(scene: Scene) -> list[Asked]:
    return [asked for asked in scene.good.asked if asked.method == "POST"]


async def test_rule_01_signature_header(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """PieFed needs `algorithm`; Lemmy takes a date of one hour; so do we."""
    await scene.thread(group.actor.id)
    sent = posts(scene)
    assert {asked.document["type"] for asked in sent} == {"Accept", "Announce"}
    for asked in sent:
        signature = asked.header("Signature")
        params = dict(re.findall(r'(\w+)="([^"]*)"', signature))
        assert params["keyId"] == f"{asked.document['actor']}#main-key" == asked.signer
        assert params["algorithm"] == "rsa-sha256"
        assert params["headers"] == "(request-target) host date digest content-type"
        assert parsedate_to_datetime(asked.header("Date")) == scene.clock.now()
        assert asked.header("Digest").startswith("SHA-256=")
    inbox = f"{scene.house.origin}/inbox"
    for minutes, status in ((-59, 202), (59, 202), (-61, 401), (61, 401)):
        like = lemmy.like(zoe, "https://elsewhere.example/1", group.actor.uri)
        letter = zoe.seal(inbox, like, late=timedelta(minutes=minutes))
        assert await scene.good.send(letter) == status, minutes


async def test_rule_02_keys_and_forms(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """Both kinds of key on every actor; both forms of signature taken; cavage sent first, the other
    where it is refused, and that is remembered."""
    for uri in (group.actor.uri, scene.ann.uri, f"{scene.house.origin}/actor"):
        status, document = await get(scene, uri)
        assert status == 200
        rsa = load_public_pem(document["publicKey"]["publicKeyPem"])
        assert isinstance(rsa, RSAPublicKey)
        assert rsa.key_size == 2048
        [ed25519] = document["assertionMethod"]
        assert decode_multikey(ed25519["publicKeyMultibase"])
        assert ed25519["controller"] == document["publicKey"]["owner"] == uri
    for profile in ("cavage", "rfc9421"):
        page = lemmy.page(zoe, group.actor.uri)
        told = await scene.tell(zoe, lemmy.create(zoe, page), profile=profile)
        assert told == ("done", "thread")
    scene.good.asked.clear()
    scene.good.judge = lambda asked: 202 if "Signature-Input" in dict(asked.headers) else 401
    await scene.thread(group.actor.id, "one")
    first = ["Signature-Input" in dict(asked.headers) for asked in posts(scene)]
    assert first[:2] == [False, True]
    scene.good.asked.clear()
    await scene.thread(group.actor.id, "two")
    assert ["Signature-Input" in dict(asked.headers) for asked in posts(scene)] == [True, True]


async def test_rule_03_one_host(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """Key, actor and activity live on one host: ours do, and others' must (Mbin)."""
    await scene.thread(group.actor.id)
    for asked in posts(scene):
        document = asked.document
        hosts = {authority(uri) for uri in (str(asked.signer), document["actor"], document["id"])}
        assert hosts == {scene.house.authority}
    inbox = f"{scene.house.origin}/inbox"
    good = lemmy.create(zoe, lemmy.page(zoe, group.actor.uri))
    foreign = good | {"id": scene.evil.uri("activities")}
    assert await scene.good.send(zoe.seal(inbox, foreign)) == 400
    mallory = scene.evil.person("mallory")
    forged = good | {"id": scene.good.uri("activities")}
    assert await scene.evil.send(mallory.seal(inbox, forged)) == 401
    assert await scene.tell(zoe, good) == ("done", "thread")


async def test_rule_04_fast_202(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """What we do not speak is kept and answered 202, never 5xx (lemmy#5722)."""
    told = {}
    for kind in ("Arrive", "Block", "Flag", "Warn", "Resolve", "QuoteRequest", "Question", "Move"):
        activity = lemmy.act(zoe, kind, group.actor.uri, group.actor.uri)
        told[kind] = (await scene.tell(zoe, activity))[0]
    assert told == dict.fromkeys(told, "ignored")
    create = lemmy.create(zoe, lemmy.page(zoe, group.actor.uri))
    letter = zoe.seal(f"{scene.house.origin}/inbox", create)
    assert await scene.good.send(letter) == 202
    assert await scene.outcome(create) == ("waiting", "")
    assert await scene.post(create["object"]["id"]) is None
    await scene.world.settle()
    assert await scene.outcome(create) == ("done", "thread")


async def test_rule_05_ids_dereference(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """Mastodon fetches what is announced, NodeBB what is updated; who joined is for nobody."""
    thread = await scene.thread(group.actor.id)
    thread_id = thread["id"]
    scene.clock.advance(minutes=1)
    await scene.house.ok(
        "POST", f"/api/kith/v1/posts/{thread_id}/replies", "ann", {"text": "And you?"}
    )
    await scene.house.ok(
        "PUT", f"/api/kith/v1/posts/{thread_id}/reaction", "ann", {"kind": "me-too"}
    )
    await scene.house.ok(
        "PATCH", f"/api/kith/v1/posts/{thread_id}", "ann", {"text": "Long, and dark."}
    )
    await scene.house.ok("POST", f"/api/kith/v1/posts/{thread_id}/lock", "ann", {})
    await scene.world.settle()
    seen: set[str] = set()
    for announce in scene.good.got("Announce"):
        inner = announce["object"]
        for document in (announce, inner, inner.get("object")):
            if isinstance(document, dict):
                status, served = await get(scene, document["id"])
                assert (status, served["id"]) == (200, document["id"]), document
                assert served["type"] == document["type"]
                seen.add(document["type"])
    assert seen == {"Announce", "Create", "Page", "Note", "Like", "Update", "Lock"}
    [accept] = scene.good.got("Accept")
    assert (await get(scene, accept["id"]))[0] == 404


async def test_rule_06_addressing(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """Public and the group on activity and object alike, and a Mention that replies will carry."""
    page = lemmy.page(zoe, group.actor.uri)
    await scene.tell(zoe, lemmy.create(zoe, page))
    await scene.thread(group.actor.id)
    answered = await scene.kept(page["id"])
    await scene.house.ok(
        "POST", f"/api/kith/v1/posts/{answered.id}/replies", "ann", {"text": "Hello."}
    )
    await scene.world.settle()
    own = [one for one in scene.good.announced("Create") if one["actor"] == scene.ann.uri]
    assert [one["object"]["type"] for one in own] == ["Page", "Note"]
    for create, cc in zip(own, ([group.actor.uri], [group.actor.uri, zoe.uri]), strict=True):
        post = create["object"]
        assert create["to"] == post["to"] == [PUBLIC]
        assert create["cc"] == post["cc"] == cc
        assert create["audience"] == post["audience"] == group.actor.uri
        mentioned = [tag["href"] for tag in post["tag"] if tag["type"] == "Mention"]
        assert mentioned == cc


async def test_rule_07_inner_unchanged(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """A group hands on what came, member for member, so that its proof still verifies."""
    page = lemmy.page(zoe, group.actor.uri, flair=[{"deep": [1, 2.5, None, "ü"]}], nsfl=False)
    create = zoe.prove({"@context": [PUBLIC.removesuffix("#Public")]} | lemmy.create(zoe, page))
    assert await scene.tell(zoe, create) == ("done", "thread")
    [handed_on] = scene.good.announced("Create")
    without_context = {name: value for name, value in handed_on.items() if name != "@context"}
    assert without_context | {"@context": create["@context"]} == create
    assert list(handed_on["object"]) == list(page)
    key = decode_multikey(zoe.document["assertionMethod"][0]["publicKeyMultibase"])
    verify_proof(handed_on, key)


async def test_rule_08_one_namespace(scene: Scene, group: GroupWithActor) -> None:
    """With us a name is a person or a group. Elsewhere it may be both: the group is found."""
    resource = f"acct:{group.actor.handle}@{scene.house.authority}"
    url = f"{scene.house.origin}/.well-known/webfinger"
    async with scene.house.http.get(url, params={"resource": resource}) as answer:
        found = await answer.json(content_type=None)
    links = [link["href"] for link in found["links"] if link["rel"] == "self"]
    assert links == [group.actor.uri]
    with pytest.raises(Exception, match="taken"):
        await scene.house.persona("Grief")
    await scene.house.persona("bea")
    scene.good.person("main")
    both = scene.good.group("main")
    found_id = await scene.house.look_up(f"!main@{scene.good.authority}", "bea")
    shown = await scene.house.ok("GET", f"/api/kith/v1/groups/{found_id}")
    assert shown["uri"] == both.uri


async def test_rule_09_two_announces(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """Threads are announced twice, each with an id of its own; replies and edits once."""
    thread = await scene.thread(group.actor.id)
    wrapped, bare = scene.good.got("Announce")
    assert wrapped["object"]["type"] == "Create"
    assert bare["object"]["type"] == "Page"
    assert bare["object"]["id"] == wrapped["object"]["object"]["id"] == thread["uri"]
    assert bare["object"]["actor"] == scene.ann.uri
    assert len({wrapped["id"], wrapped["object"]["id"], bare["id"]}) == 3
    await scene.house.ok(
        "POST", f"/api/kith/v1/posts/{thread['id']}/replies", "ann", {"text": "More."}
    )
    await scene.world.settle()
    assert len(scene.good.got("Announce")) == 3
    page = lemmy.page(zoe, group.actor.uri)
    await scene.tell(zoe, lemmy.create(zoe, page))
    assert [one["object"] for one in scene.good.got("Announce")][-1] == page["id"]


async def test_rule_10_duplicates(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """An activity counts once by its id, and a thread once by its own, whoever brings it."""
    page = lemmy.page(zoe, group.actor.uri)
    create = lemmy.create(zoe, page)
    assert await scene.tell(zoe, create) == ("done", "thread")
    letter = zoe.seal(f"{scene.house.origin}/inbox", create)
    assert [await scene.good.send(letter) for _ in range(3)] == [202] * 3
    assert await scene.tell(zoe, lemmy.create(zoe, page)) == ("done", "already here")
    remote = scene.good.group("main")
    theirs = lemmy.page(zoe, remote.uri)
    scene.good.serve(theirs)
    await scene.follow(remote)
    for item in (lemmy.create(zoe, theirs), theirs | {"actor": zoe.uri}, theirs["id"]):
        assert (await scene.tell(remote, lemmy.announce(remote, item)))[0] == "done"
    for place in (group.actor.uri, remote.uri):
        assert await scene.threads(place) == [page["name"]]
    assert len(scene.good.announced("Create")) == 1


async def test_rule_11_votes(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """Reactions travel without an address, as Lemmy's votes; nobody is voted down here."""
    thread = await scene.thread(group.actor.id)
    body = {"kind": "strength"}
    await scene.house.ok("PUT", f"/api/kith/v1/posts/{thread['id']}/reaction", "ann", body)
    await scene.world.settle()
    [vote] = scene.good.announced("Like")
    assert "to" not in vote
    assert "cc" not in vote
    assert vote["audience"] == group.actor.uri
    down = lemmy.like(zoe, thread["uri"], group.actor.uri, "Dislike")
    assert (await scene.tell(zoe, down))[0] == "ignored"
    assert scene.good.announced("Dislike") == []
    up = lemmy.like(zoe, thread["uri"], group.actor.uri)
    assert await scene.tell(zoe, up) == ("done", "reaction")
    assert await scene.reactions(thread["uri"]) == {"strength": 1, "hear-you": 1}
    assert len(scene.good.announced("Like")) == 2


async def test_rule_12_4xx_is_final(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """A peer that says no ("community_has_no_followers") is not asked again about that; and we say
    202 to an Announce of a group that nobody here follows, and leave it."""
    scene.good.judge = lambda _asked: 400
    first = await scene.thread(group.actor.id, "one")
    deliveries = await scene.read(lambda uow: uow.deliveries.of_object(first["uri"]))
    assert {(one.state, one.attempts, one.last_status) for one in deliveries} == {
        ("refused", 1, 400)
    }
    scene.good.judge = lambda _asked: 202
    scene.good.asked.clear()
    scene.clock.advance(hours=2)
    second = await scene.thread(group.actor.id, "two")
    assert {one["id"] for one in scene.good.announced("Page")} == {second["uri"]}
    stray = scene.good.group("stray")
    page = scene.good.serve(lemmy.page(zoe, stray.uri))
    told = await scene.tell(stray, lemmy.announce(stray, lemmy.create(zoe, page)))
    assert told[0] == "ignored"
    assert await scene.post(page["id"]) is None

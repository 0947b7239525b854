"""Names that pretend, types that confuse, repeats, storms and signatures of another kind (ORG-28,
ORG-33, SIG-18, SIG-34, DOS-17), each beside what is in order.
"""

import asyncio
from typing import Any

import pytest

from storage import tables
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from tests import lemmy
from tests.figures import Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene

BAD_NAMES = {
    "at": "ann@kith.example",
    "slash": "a/b",
    "space": "an n",
    "newline": "ann\nadmin",
    "nul": "ann\x00",
    "right to left": "\u202enna",
    "zero width": "a\u200bnn",
    "500 letters": "a" * 500,
    "empty": "",
    "markup": "<b>ann</b>",
    "not text": ["ann"],
}
BAD_TYPES: list[Any] = [
    ["Create", "Delete"],
    ["Create"],
    "as:Create",
    "https://www.w3.org/ns/activitystreams#Create",
    "create",
    None,
    [["Create"]],
    {"type": "Create"},
    "",
    7,
]


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    return await scene.house.group("grief", scene.ann)


@pytest.fixture
async def zoe(scene: Scene, group: GroupWithActor) -> Figure:
    zoe = scene.good.person("zoe")
    await scene.member(zoe, group)
    return zoe


async def test_org_28_names_that_are_refused(scene: Scene, group: GroupWithActor) -> None:
    """Who has such a name is nobody here: the request is not believed, and no row is made."""
    inbox, statuses = f"{scene.house.origin}/inbox", {}
    for number, (what, name) in enumerate(BAD_NAMES.items()):
        figure = scene.evil.person(f"m{number}", preferredUsername=name)
        letter = figure.seal(inbox, lemmy.follow(figure, group.actor.uri))
        statuses[what] = await scene.evil.send(letter)
        scene.clock.advance(minutes=10)  # past the pause after a key that was not to be had
    assert statuses == dict.fromkeys(BAD_NAMES, 401)
    uris = [figure.uri for figure in scene.evil.figures]
    assert await scene.read(lambda uow: uow.actors.by_uris(uris)) == {}
    fine = scene.evil.person("mallory", preferredUsername="Mäl.lo-ry_7")
    await scene.member(fine, group)


async def test_org_28_names_of_ours(scene: Scene, group: GroupWithActor) -> None:
    """ann, ANN, admin and a look-alike elsewhere are shown with their host, and are not ours."""
    thread = await scene.thread(group.actor.id)
    names = ("ann", "ANN", "admin", "аnn", "grief")
    for number, name in enumerate(names):
        figure = scene.evil.person(f"n{number}", preferredUsername=name, name="Ann")
        reply = lemmy.comment(figure, group.actor.uri, thread["uri"], scene.ann.uri)
        assert await scene.tell(figure, lemmy.create(figure, reply)) == ("done", "reply")
    shown = await scene.house.ok("GET", f"/api/kith/v1/threads/{thread['id']}", "ann")
    authors = [reply["author"] for reply in shown["thread"]["replies"]]
    assert [one["address"] for one in authors] == [f"@{n}@{scene.evil.authority}" for n in names]
    assert scene.ann.uri not in {one["uri"] for one in authors}
    own = await scene.read(lambda uow: uow.actors.local_by_handle("ann"))
    assert own is not None
    assert own.uri == scene.ann.uri
    async with scene.house.http.get(thread["uri"], headers={"Accept": "text/html"}) as answer:
        page = await answer.text()
    assert page.count(scene.evil.authority) >= len(names)


async def test_org_33_types(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """One plain name is a type; anything else is refused or left, whole."""
    inbox = f"{scene.house.origin}/inbox"
    before = await scene.belief()
    for wrong in BAD_TYPES:
        for inner in (False, True):
            create = lemmy.create(zoe, lemmy.page(zoe, group.actor.uri))
            if inner:
                create["object"]["type"] = "Person" if wrong == "create" else wrong
            else:
                create["type"] = wrong
            assert await scene.good.send(zoe.seal(inbox, create)) in (202, 400), wrong
    await scene.world.settle()
    assert await scene.belief() == before
    fine = lemmy.create(zoe, lemmy.page(zoe, group.actor.uri))
    assert await scene.tell(zoe, fine) == ("done", "thread")


async def test_sig_18_a_hundred_at_once(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """All are told that it is kept, and it takes effect once."""
    create = lemmy.create(zoe, lemmy.page(zoe, group.actor.uri))
    letter = zoe.seal(f"{scene.house.origin}/inbox", create)
    statuses = await asyncio.gather(*(scene.good.send(letter) for _ in range(100)))
    assert statuses == [202] * 100
    await scene.world.settle()
    assert await scene.outcome(create) == ("done", "thread")
    assert await scene.threads(group.actor.uri) == ["A long year"]
    assert len(scene.good.announced("Create")) == 1


async def test_sig_34_signatures_of_linked_data(
    scene: Scene, group: GroupWithActor, zoe: Figure
) -> None:
    """A signature inside the document makes nobody its author: only who signed the request."""
    mallory = scene.evil.person("mallory")
    den = scene.evil.group("den")
    await scene.follow(den)
    signature = {
        "type": "RsaSignature2017",
        "creator": zoe.key_id,
        "created": "2026-11-23T12:00:00Z",
        "signatureValue": "bm90IGEgc2lnbmF0dXJl",
    }
    page = lemmy.page(zoe, group.actor.uri)
    create = lemmy.create(zoe, page) | {"signature": signature}
    inbox = f"{scene.house.origin}/inbox"
    assert await scene.evil.send(mallory.seal(inbox, create)) == 401
    told = await scene.tell(den, lemmy.announce(den, create))
    assert told == ("refused", "unverified")
    assert await scene.post(page["id"]) is None
    assert await scene.tell(zoe, create) == ("done", "thread")


async def test_dos_17_storm_of_deletes(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """Accounts that were never heard of erase themselves: nothing is fetched, nothing is kept."""
    nobody = Figure(scene.evil, scene.evil.person("nobody").document, zoe.keys)
    inbox = f"{scene.house.origin}/inbox"

    def erasure(number: int) -> Document:
        uri = f"{scene.evil.origin}/u/gone{number}"
        return {"type": "Delete", "id": f"{uri}#delete", "actor": uri, "object": uri}

    def rows(uow: UnitOfWork) -> list[int]:
        counted = (tables.receipts, tables.actors, tables.graves, tables.public_keys)
        return [len(uow.connection.execute(table.select()).all()) for table in counted]

    before = await scene.read(rows)
    letters = [nobody.seal(inbox, erasure(number)) for number in range(150)]
    statuses = await asyncio.gather(*map(scene.evil.send, letters))
    assert statuses == [202] * 150
    await scene.world.settle()
    assert await scene.read(rows) == before
    assert scene.evil.asked == []
    own = lemmy.act(zoe, "Delete", zoe.uri, group.actor.uri)
    assert await scene.tell(zoe, own) == ("done", "account erased")

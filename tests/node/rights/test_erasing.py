"""The end of an account: what goes, what other nodes are asked, what a crash in between leaves."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from node.housekeeping import Housekeeping
from node.rights.leaving import Asked, Receipts
from storage.actors import Actor
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.scene import Scene

MARKER = "a word that must go"


async def leave(scene: Scene, handle: str, *, at_once: bool = True) -> Asked:
    rights = scene.house.node.rooms.rights

    def ask(uow: UnitOfWork) -> Asked:
        account = uow.accounts.by_name(f"{handle}-name")
        assert account is not None
        return rights.leaving.ask(uow, account, at_once=at_once)

    return await scene.house.node.rooms.db.write(ask)


async def receipts(scene: Scene, asked: Asked) -> Receipts:
    rights = scene.house.node.rooms.rights
    return await scene.read(lambda uow: rights.leaving.receipts(uow, asked.code))


async def everything(scene: Scene) -> str:
    """Every value of every row."""

    def read(uow: UnitOfWork) -> str:
        return "\n".join(
            repr(tuple(row))
            for table in metadata.sorted_tables
            for row in uow.connection.execute(table.select())
        )

    return await scene.read(read)


async def shared(scene: Scene) -> tuple[Actor, Any]:
    """Bea writes in a group of this node that both strangers read; her post and persona."""
    group = await scene.house.group("sleep", scene.ann)
    bea = await scene.house.persona("bea")
    for stranger in (scene.good, scene.evil):
        await scene.member(stranger.person("reader"), group)
    await scene.house.ok("POST", f"/api/kith/v1/groups/{group.actor.id}/join", "bea")
    body = {"title": MARKER, "text": MARKER}
    path = f"/api/kith/v1/groups/{group.actor.id}/threads"
    made = await scene.house.ok("POST", path, "bea", body)
    await scene.world.settle()
    return bea, made


async def test_invariant_20_prv_21_other_nodes_are_asked_and_their_answers_kept(
    scene: Scene,
) -> None:
    bea, made = await shared(scene)
    scene.evil.judge = lambda asked: 403 if asked.document["type"] in ("Announce",) else 202
    asked = await leave(scene, "bea")
    await scene.world.settle()
    for stranger in (scene.good, scene.evil):
        [of_post] = stranger.announced("Delete")
        assert of_post["object"] == made["uri"]
        [of_persona] = stranger.got("Delete")
        assert (of_persona["actor"], of_persona["object"]) == (bea.uri, bea.uri)
    found = await receipts(scene, asked)
    assert found.deletion.state == "done"
    by_host = {one.authority: one for one in found.peers}
    assert by_host[scene.good.authority].confirmed == by_host[scene.good.authority].asked == 2
    assert by_host[scene.evil.authority].refused == 1
    assert (found.confirmed, found.refused, found.open) == (1, 1, 0)


async def test_a_node_that_is_away_is_asked_again(scene: Scene) -> None:
    await shared(scene)
    scene.evil.judge = lambda _asked: 503
    asked = await leave(scene, "bea")
    await scene.world.settle()
    [away] = [
        one for one in (await receipts(scene, asked)).peers if one.authority == scene.evil.authority
    ]
    assert (away.confirmed, away.unreachable) == (0, away.asked)
    scene.evil.judge = lambda _asked: 202
    scene.clock.advance(hours=26)
    await scene.world.settle()
    found = await receipts(scene, asked)
    assert (found.confirmed, found.refused, found.open) == (2, 0, 0)


async def test_nothing_of_the_person_is_left(scene: Scene) -> None:
    bea, made = await shared(scene)
    assert MARKER in await everything(scene)
    await leave(scene, "bea")
    await scene.world.settle()
    left = await everything(scene)
    for word in (MARKER, "bea-name", "Bea'"):
        assert word not in left, word
    post = await scene.kept(made["uri"])
    assert (post.content, post.title, post.deleted_at) == ("", None, scene.clock.now())
    persona = await scene.read(lambda uow: uow.actors.get(bea.id))
    assert persona is not None
    assert (persona.name, persona.gone_at) == ("", scene.clock.now())
    assert await scene.read(lambda uow: uow.accounts.account_of(bea.id)) is None
    assert (await scene.house.api("GET", "/api/kith/v1/groups", "bea"))[0] == 401
    for path in ("/outbox", "/followers"):
        assert (await scene.good.look(bea.uri + path))[0] == 404


async def test_the_keys_stay_until_everybody_was_told(scene: Scene) -> None:
    """Or a node that never met the persona could not tell that it was itself who asked."""
    bea, _ = await shared(scene)
    await leave(scene, "bea")
    await scene.world.settle()
    status, body = await scene.good.look(bea.uri)
    document = msgspec.json.decode(body)
    assert (status, document.get("name", ""), "summary" in document) == (200, "", False)
    assert document["publicKey"]["id"] == f"{bea.uri}#main-key"
    scene.clock.advance(hours=36 * 24)
    await Housekeeping(
        scene.house.node.rooms.db, scene.house.node.config, scene.clock.now
    ).run_once()
    assert (await scene.good.look(bea.uri))[0] == 404


async def test_the_handle_is_never_given_again(scene: Scene) -> None:
    await shared(scene)
    await leave(scene, "bea")
    await scene.world.settle()
    with pytest.raises(Exception, match="This handle is taken"):
        await scene.house.persona("bea")
    await scene.house.persona("beate")


async def test_a_crash_in_between_loses_and_repeats_nothing(scene: Scene) -> None:
    """Each step alone, and a fresh worker for each, as after a kill."""
    bea, made = await shared(scene)
    asked = await leave(scene, "bea")
    rooms = scene.house.node.rooms
    steps = 0
    while True:
        due = await rooms.db.write(lambda uow: rooms.rights.erasing.step(uow, asked.deletion.id))
        steps += 1
        if due is None:
            break
        assert due <= scene.clock.now() or steps > 1
        if due > scene.clock.now():
            scene.clock.advance(minutes=2)
        if steps == 2:  # broken off here: nothing is sent twice for it
            with pytest.raises(RuntimeError):
                await rooms.db.write(lambda uow: _broken(rooms, uow, asked.deletion.id))
    await scene.world.settle()
    for stranger in (scene.good, scene.evil):
        assert len(stranger.announced("Delete")) == 1
        assert len(stranger.got("Delete")) == 1
    assert (await receipts(scene, asked)).confirmed == 2
    assert MARKER not in await everything(scene)
    assert steps > 4, (bea, made)


def _broken(rooms: Any, uow: UnitOfWork, deletion_id: int) -> None:
    rooms.rights.erasing.step(uow, deletion_id)
    raise RuntimeError


async def test_the_grace_period_ends_by_itself_and_can_be_called_off(scene: Scene) -> None:
    bea, made = await shared(scene)
    first = await leave(scene, "bea", at_once=False)
    await scene.world.settle()
    assert (await scene.kept(made["uri"])).deleted_at is None
    assert (await scene.house.api("GET", "/api/kith/v1/groups", "bea"))[0] == 401
    rooms = scene.house.node.rooms

    def change_mind(uow: UnitOfWork) -> None:
        account = uow.accounts.by_name("bea-name")
        assert account is not None
        rooms.rights.leaving.change_mind(uow, account)

    await rooms.db.write(change_mind)
    assert (await scene.house.api("GET", "/api/kith/v1/groups", "bea"))[
        0
    ] == 401  # programs stay out
    with pytest.raises(Exception, match="nothing here"):
        await receipts(scene, first)
    second = await leave(scene, "bea", at_once=False)
    scene.clock.advance(hours=24 * 21 + 1)
    await scene.world.settle()
    assert (await receipts(scene, second)).deletion.state == "done"
    assert (await scene.kept(made["uri"])).deleted_at is not None
    with pytest.raises(Exception, match="nothing here"):
        await rooms.db.write(change_mind_of(rooms, bea))


def change_mind_of(rooms: Any, bea: Actor) -> Callable[[UnitOfWork], None]:
    def act(uow: UnitOfWork) -> None:
        from node.errors import NotFound

        if uow.accounts.account_of(bea.id) is None:
            raise NotFound

    return act


async def test_who_is_needed_hands_over_first(scene: Scene) -> None:
    await shared(scene)
    with pytest.raises(Exception, match="only one who looks after"):
        await leave(scene, "ann")


async def test_prv_21_a_remote_group_is_told_by_its_own_inbox(scene: Scene) -> None:
    group = scene.good.group("garden")
    group_id = await scene.follow(group)
    body = {"title": "x", "text": MARKER}
    await scene.house.ok("POST", f"/api/kith/v1/groups/{group_id}/threads", "bea", body)
    await scene.world.settle()
    await leave(scene, "bea")
    await scene.world.settle()
    assert [one["object"].startswith(scene.house.origin) for one in scene.good.got("Delete")] == [
        True,
        True,
    ]
    assert scene.evil.received == []

"""Somebody of another node may not be safe: their own node is asked to look, and learns no more."""

import json

from node.worries.service import Settling
from storage.unit_of_work import UnitOfWork
from tests.node.sending.watched import CALM, Watched

WORRY = "She sounds odd to me"


async def test_invariant_21_a_worry_about_somebody_elsewhere_goes_to_their_node_alone(
    watched: Watched,
) -> None:
    group = await watched.there.look_up(f"!grief@{watched.here.authority}", "bea")
    path = f"/api/kith/v1/groups/{group}/threads"
    opened = await watched.there.ok("POST", path, "bea", {"title": "Tonight", "text": CALM})
    await watched.world.settle()
    post = await watched.here.post(opened["uri"])
    assert post is not None
    rooms = watched.here.node.rooms
    worries = rooms.worries
    await watched.do(lambda uow: rooms.risk.worry(uow, post, watched.mo, WORRY))

    def look(uow: UnitOfWork) -> list[str]:
        account_id = uow.accounts.account_of(watched.ann.id)
        account = uow.accounts.get(account_id or 0)
        assert account is not None
        number = worries.next(uow, account)
        assert number is not None
        note = Settling(outcome="elsewhere", reply="", goes=None, tell_home=True)
        worries.settle(uow, account, watched.ann, number, note)
        node = uow.actors.by_uri(f"{watched.here.origin}/actor")
        assert node is not None
        sent = uow.activities.of_actor(node.id, 100)
        return [one.body.decode() for one in sent if one.type == "Flag"]

    [flag] = await watched.do(look)
    said = json.loads(flag)
    assert said["object"] == [watched.bea.uri, post.uri]
    assert said["actor"] == f"{watched.here.origin}/actor"
    for private in (CALM, "rained", "Tonight", WORRY, watched.ann.uri, watched.ann.handle):
        assert private not in flag

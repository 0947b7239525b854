"""Two nodes, one conversation: what members of each do is seen by members of both."""

from typing import Any

from tests.world import House, World


async def thread_as_seen(house: House, handle: str, uri: str) -> Any:
    """The thread with this URI, as the API of one node shows it to one of its members."""
    post = await house.post(uri)
    assert post is not None, f"{house.name} does not have {uri}"
    return await house.ok("GET", f"/api/kith/v1/threads/{post.thread_id}", handle)


async def test_a_thread_is_opened_there_and_answered_here(world: World) -> None:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    group = await harbour.group("grief", ann)

    group_here = await meadow.join(f"!grief@{harbour.authority}", "bea")
    await world.settle()
    membership = await meadow.membership(group.actor.uri, bea.uri)
    assert membership is not None
    assert membership.state == "accepted"

    opened = await harbour.ok(
        "POST",
        f"/api/kith/v1/groups/{group.actor.id}/threads",
        "ann",
        {"title": "First winter without him", "text": "The evenings are *long*."},
    )
    await world.settle()
    seen = await thread_as_seen(meadow, "bea", opened["uri"])
    assert "First winter without him" in str(seen)

    thread = await meadow.post(opened["uri"])
    assert thread is not None
    reply = await meadow.ok(
        "POST", f"/api/kith/v1/posts/{thread.id}/replies", "bea", {"text": "With you."}
    )
    await world.settle()
    there = await harbour.post(reply["uri"])
    assert there is not None
    assert there.parent_id == int(opened["id"])
    assert "With you." in there.content

    answer = {"text": "Thank you."}
    again = await harbour.ok("POST", f"/api/kith/v1/posts/{there.id}/replies", "ann", answer)
    await world.settle()
    deepest = await meadow.post(again["uri"])
    assert deepest is not None
    assert deepest.depth == 2
    assert group_here

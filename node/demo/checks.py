"""What both sides must show after a step: each check answers None, or what is not so yet."""

from collections.abc import Awaitable, Callable
from typing import Any

from node.demo.acts import members
from node.demo.stage import Stage
from node.demo.views import difference, find

Check = Callable[[Stage], Awaitable[str | None]]


def both_show(name: str, **fields: Any) -> Check:
    """Both sides show the same thread round the post called `name`, and `fields` in that post."""

    async def check(stage: Stage) -> str | None:
        thread_uri, uri = stage.posts[name]
        told, differs = await stage.compare(thread_uri)
        if differs:
            return differs
        post = find(told, uri)
        if post is None:
            return f"neither side shows {name}"
        for field, value in fields.items():
            if post[field] != value:
                return f"{field} of {name} is {post[field]!r} on both sides, not {value!r}"
        return None

    return check


async def same_group(stage: Stage) -> str | None:
    """Both sides tell the same of the group."""
    told = []
    for side in stage.sides.values():
        group = await side.reader.get(f"/api/kith/v1/groups/{side.group_id}")
        told.append({name: group[name] for name in ("uri", "address", "name", "summary")})
    return difference((stage.harbour.key, stage.meadow.key), told[0], told[1], "group")


async def is_member(stage: Stage) -> str | None:
    """Meadow's reader belongs to the group, and the group's node counts one member more."""
    return await _membership(stage, "accepted", stage.members + 1)


async def is_no_member(stage: Stage) -> str | None:
    """Meadow's reader has left, and the group's node counts as many as before."""
    return await _membership(stage, None, stage.members)


async def _membership(stage: Stage, state: str | None, count: int) -> str | None:
    group = await stage.meadow.reader.get(f"/api/kith/v1/groups/{stage.meadow.group_id}")
    mine = group["membership"]["state"] if group["membership"] else None
    if mine != state:
        return f"on {stage.meadow.key} the membership is {mine}, not {state}"
    counted = await members(stage)
    if counted != count:
        return f"{stage.harbour.key} counts {counted} members, not {count}"
    return None


async def same_threads(stage: Stage) -> str | None:
    """Every thread of the group is on both sides, with its replies. Reactions given before
    anybody followed do not travel."""
    there = await stage.harbour.threads()
    if not there:
        return f"{stage.harbour.key} has no threads to bring"
    for thread in there:
        _, differs = await stage.compare(thread["uri"], reactions=False)
        if differs:
            return differs
    here = len(await stage.meadow.threads())
    return None if here == len(there) else f"{here} of {len(there)} threads are listed"


async def stays_home(stage: Stage) -> str | None:
    """A member of the node finds its local group, which nobody elsewhere did."""
    listed = await stage.harbour.reader.get("/api/kith/v1/groups")
    local = [one for one in listed["groups"] if one["visibility"] == "local"]
    if not local:
        return f"{stage.harbour.key} has no local group"
    listed = await stage.meadow.reader.get("/api/kith/v1/groups")
    seen = {one["uri"] for one in listed["groups"]} & {one["uri"] for one in local}
    return f"{stage.meadow.key} lists {seen.pop()}" if seen else None

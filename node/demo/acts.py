"""What the people of the story do, each through the API of the node where they live."""

from collections.abc import Awaitable, Callable
from typing import Any

from node.demo.client import ApiError
from node.demo.processes import DemoError
from node.demo.stage import Stage

Act = Callable[[Stage], Awaitable[None]]


def opens(side: str, who: str, name: str, **body: str) -> Act:
    """`who` starts a thread, which the story calls `name` from now on."""

    async def act(stage: Stage) -> None:
        path = f"/api/kith/v1/groups/{stage.sides[side].group_id}/threads"
        made = await stage.persona(side, who).post(path, {"language": "en", **body})
        stage.posts[name] = (made["uri"], made["uri"])

    return act


def replies(side: str, who: str, to: str, name: str, text: str) -> Act:
    """`who` answers the post called `to`."""

    async def act(stage: Stage) -> None:
        path = f"/api/kith/v1/posts/{await stage.id_on(side, to)}/replies"
        made = await stage.persona(side, who).post(path, {"text": text, "language": "en"})
        stage.posts[name] = (stage.posts[to][0], made["uri"])

    return act


def reacts(side: str, who: str, to: str, kind: str) -> Act:
    async def act(stage: Stage) -> None:
        path = f"/api/kith/v1/posts/{await stage.id_on(side, to)}/reaction"
        await stage.persona(side, who).put(path, {"kind": kind})

    return act


def takes_back(side: str, who: str, to: str) -> Act:
    """`who` undoes a reaction."""

    async def act(stage: Stage) -> None:
        await stage.persona(side, who).delete(
            f"/api/kith/v1/posts/{await stage.id_on(side, to)}/reaction"
        )

    return act


def edits(side: str, who: str, post: str, **changes: str | None) -> Act:
    async def act(stage: Stage) -> None:
        path = f"/api/kith/v1/posts/{await stage.id_on(side, post)}"
        await stage.persona(side, who).patch(path, dict(changes))

    return act


def deletes(side: str, who: str, post: str) -> Act:
    async def act(stage: Stage) -> None:
        await stage.persona(side, who).delete(f"/api/kith/v1/posts/{await stage.id_on(side, post)}")

    return act


def moderates(side: str, who: str, verb: str, post: str, reason: str | None = None) -> Act:
    """`who` does `verb` (remove, restore, lock, unlock, pin, unpin) to a post."""

    async def act(stage: Stage) -> None:
        path = f"/api/kith/v1/posts/{await stage.id_on(side, post)}/{verb}"
        await stage.persona(side, who).post(path, {"reason": reason} if reason else None)

    return act


def refused(act: Act, code: str) -> Act:
    """Somebody tries, and the node says no with this code."""

    async def tried(stage: Stage) -> None:
        try:
            await act(stage)
        except ApiError as error:
            if error.code == code:
                return
            raise
        raise DemoError(f"this should have been refused with {code}")

    return tried


def looks_up(side: str, who: str, group: str, host: str) -> Act:
    """`who` looks for a group of the node `host` by its handle."""

    async def act(stage: Stage) -> None:
        handle = f"!{group}@{stage.sides[host].authority}"
        found = await stage.persona(side, who).post(
            "/api/kith/v1/groups/look-up", {"handle": handle}
        )
        stage.sides[side].group_id = found["id"]

    return act


def finds_nothing(side: str, who: str, group: str, host: str) -> Act:
    """`who` looks for a group that stays at home, and is answered as for one that never was."""

    async def act(stage: Stage) -> None:
        answers = []
        for name in (group, "no_such_group"):
            handle = f"!{name}@{stage.sides[host].authority}"
            try:
                await stage.persona(side, who).post(
                    "/api/kith/v1/groups/look-up", {"handle": handle}
                )
            except ApiError as error:
                answers.append((error.status, error.code, error.message))
            else:
                raise DemoError(f"{handle} was found from {side}")
        if answers[0] != answers[1]:
            raise DemoError(f"looking for !{group} is answered unlike a name that is not there")

    return act


def follows(side: str, who: str) -> Act:
    async def act(stage: Stage) -> None:
        stage.members = await members(stage)
        path = f"/api/kith/v1/groups/{stage.sides[side].group_id}/join"
        answer = await stage.persona(side, who).post(path)
        if answer["state"] not in ("pending", "accepted"):
            raise DemoError(f"{side} answered {answer} to a request to follow")

    return act


def unfollows(side: str, who: str) -> Act:
    async def act(stage: Stage) -> None:
        await stage.persona(side, who).post(
            f"/api/kith/v1/groups/{stage.sides[side].group_id}/leave"
        )

    return act


async def nothing(stage: Stage) -> None:
    """Only wait for what was begun before."""


async def members(stage: Stage) -> int:
    """How many belong to the group, as its own node tells other nodes (never who)."""
    group = await stage.harbour.reader.get(f"/api/kith/v1/groups/{stage.harbour.group_id}")
    document: Any = await stage.harbour.reader.document(f"{group['uri']}/followers")
    return int(document["totalItems"])

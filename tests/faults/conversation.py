"""Who says and does what in the conversations that are played in any order."""

from typing import Any

from storage.actors import Actor
from tests.world import House, World


class Talk:
    """One house's people in a group, as its API lets them act; each act a second after the last."""

    def __init__(self, world: World, house: House, group_id: str | int) -> None:
        self._world = world
        self._house = house
        self._group_id = group_id

    async def _do(self, who: str, method: str, path: str, body: Any = None) -> Any:
        self._world.clock.advance(seconds=1)
        answer = await self._house.ok(method, path, who, body)
        await self._world.settle()
        return answer

    async def thread(self, who: str, title: str) -> str:
        """A thread; its id here."""
        path, body = (
            f"/api/kith/v1/groups/{self._group_id}/threads",
            {"title": title, "text": title},
        )
        return str((await self._do(who, "POST", path, body))["id"])

    async def reply(self, who: str, post: str, text: str) -> str:
        """A reply; its id here."""
        return str(
            (await self._do(who, "POST", f"/api/kith/v1/posts/{post}/replies", {"text": text}))[
                "id"
            ]
        )

    async def edit(self, who: str, post: str, *texts: str) -> None:
        for text in texts:
            await self._do(who, "PATCH", f"/api/kith/v1/posts/{post}", {"text": text})

    async def delete(self, who: str, post: str) -> None:
        await self._do(who, "DELETE", f"/api/kith/v1/posts/{post}")

    async def react(self, who: str, post: str, *kinds: str | None) -> None:
        """Each kind in the place of the one before; None takes it back."""
        for kind in kinds:
            method, body = ("PUT", {"kind": kind}) if kind else ("DELETE", None)
            await self._do(who, method, f"/api/kith/v1/posts/{post}/reaction", body)

    async def moderate(self, who: str, post: str, *acts: str) -> None:
        """remove, restore, lock, unlock, pin, unpin"""
        for act in acts:
            body = {"reason": "a reason"} if act in ("remove", "lock") else None
            await self._do(who, "POST", f"/api/kith/v1/posts/{post}/{act}", body)

    async def trust(self, who: str, other: Actor, *, undo: bool = False) -> None:
        """Another persona becomes a moderator, or is one no more."""
        path, number = f"/api/kith/v1/groups/{self._group_id}/moderators", str(other.id)
        if undo:
            await self._do(who, "DELETE", f"{path}/{number}")
        else:
            await self._do(who, "POST", path, {"persona": number})


async def hosts_talk(talk: Talk, cleo: Actor) -> None:
    """Two people of the node that hosts the group: all that a member elsewhere is told of."""
    thread = await talk.thread("ann", "First winter")
    first = await talk.reply("cleo", thread, "With you")
    second = await talk.reply("ann", first, "Thank you")
    third = await talk.reply("cleo", second, "Always")
    await talk.edit("ann", thread, "Second words", "Third words")
    await talk.react("cleo", thread, "hear-you", None, "hear-you", "strength")
    await talk.react("ann", third, "proud", None)
    await talk.react("ann", first, "thank-you", None, "thank-you")
    await talk.delete("ann", second)
    await talk.trust("ann", cleo)
    await talk.moderate("ann", thread, "lock", "unlock", "pin", "unpin", "pin")
    other = await talk.thread("cleo", "Sleepless")
    below = await talk.reply("ann", other, "Me too")
    await talk.reply("cleo", below, "Good to know")
    await talk.moderate("cleo", below, "remove")
    back = await talk.reply("ann", other, "Tea helps")
    await talk.react("cleo", back, "me-too")
    await talk.moderate("cleo", back, "remove", "restore")
    await talk.edit("ann", back, "Tea helps me")
    await talk.moderate("cleo", other, "pin", "lock", "unlock", "unpin", "lock")
    await talk.trust("ann", cleo, undo=True)
    await talk.moderate("ann", await talk.thread("ann", "Closed for a moment"), "lock", "unlock")
    await talk.moderate("ann", await talk.thread("ann", "On top for a moment"), "pin", "unpin")


async def guests_talk(talk: Talk) -> None:
    """Two people of another node, bea a moderator: all that the group's own node is told by them.
    Nobody writes to what is locked or removed later: the group's node would refuse that."""
    thread = await talk.thread("bea", "First winter")
    first = await talk.reply("dan", thread, "With you")
    second = await talk.reply("bea", first, "Thank you")
    third = await talk.reply("dan", second, "Always")
    await talk.edit("bea", thread, "Second words", "Third words")
    await talk.edit("dan", third, "Always, always")
    await talk.react("dan", thread, "hear-you", None, "hear-you", "strength")
    await talk.react("bea", second, "proud", None)
    await talk.react("bea", first, "thank-you", None, "thank-you")
    await talk.delete("dan", third)
    await talk.moderate("bea", thread, "pin", "unpin", "pin", "unpin")
    gone = await talk.reply("dan", thread, "Out of place")
    await talk.moderate("bea", gone, "remove")
    back = await talk.reply("dan", thread, "In its place")
    await talk.moderate("bea", back, "remove", "restore")
    await talk.moderate("bea", await talk.thread("bea", "Closed for a moment"), "lock", "unlock")
    await talk.moderate("bea", await talk.thread("bea", "On top for a moment"), "pin", "unpin")
    other = await talk.thread("bea", "Good news")
    await talk.moderate("bea", other, "lock", "unlock", "pin", "lock")

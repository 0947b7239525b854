"""Lets a community into its node by the front doors: `kith` commands for people and groups, then
the JSON API for every word that they say.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import ClientSession

from node.demo.client import Api
from node.demo.communities import PASSWORD, Community, SeedReply, SeedThread, Visit
from node.demo.errands import Errand, written
from node.demo.lives import Shown
from node.demo.processes import DemoError, NodeProcess

Tell = Callable[[str], None]
"""Shows what was just done."""

FOLLOW_SECONDS = 20.0
PAUSE = 0.02


@dataclass(frozen=True, slots=True)
class Settled:
    """A community that lives on its node: each persona's API, and the groups' ids by handle."""

    community: Community
    node: NodeProcess
    personas: dict[str, Api]
    visitor: Api
    groups: dict[str, str]
    shown: list[Shown] = field(default_factory=list)


async def settle(
    node: NodeProcess, community: Community, session: ClientSession, tell: Tell
) -> Settled:
    """Makes accounts, groups and tokens. The node must be running."""
    outputs = json.loads(await node.run_errands(written(_errands(community))))
    tokens = [line.strip() for line in outputs[-len(community.people) :]]
    personas = {
        person.handle: Api(session, node.origin, token)
        for person, token in zip(community.people, tokens, strict=True)
    }
    tell(f"{community.key}: {len(personas)} people, {len(community.groups)} groups")
    founders = {group.founder: personas[group.founder] for group in community.groups}
    groups: dict[str, str] = {}
    for founder in founders.values():
        listed = await founder.get("/api/kith/v1/groups")
        groups |= {one["handle"]: one["id"] for one in listed["groups"] if one["is_local"]}
    return Settled(community, node, personas, Api(session, node.origin), groups)


async def talk(settled: Settled, tell: Tell) -> None:
    """People join their groups and say what they have to say."""
    for group in settled.community.groups:
        group_id = settled.groups[group.handle]
        for member in group.members:
            await settled.personas[member].post(f"/api/kith/v1/groups/{group_id}/join")
    for thread in settled.community.threads:
        await _open(settled, thread)
        tell(f"{settled.community.key}: {thread.author} writes “{thread.title}”")


async def live(settled: Settled, is_first: bool, tell: Tell) -> list[Shown]:
    """They live in the other rooms, too; what must be seen of it."""
    which = "first" if is_first else "second"
    printed = await settled.node.run_module("node.cli.lives", which)
    shown = [Shown(*one) for one in json.loads(printed)]
    tell(f"{settled.community.key}: goals, circles, listening and the rest")
    return shown


async def visit(home: Settled, there: Settled, visit: Visit, tell: Tell) -> None:
    """Somebody follows a group of the other node and answers a thread there. DemoError when the
    thread has not arrived within FOLLOW_SECONDS."""
    visitor = home.personas[visit.visitor]
    handle = f"!{visit.group}@{there.node.authority}"
    group = await visitor.post("/api/kith/v1/groups/look-up", {"handle": handle})
    await visitor.post(f"/api/kith/v1/groups/{group['id']}/join")
    try:
        async with asyncio.timeout(FOLLOW_SECONDS):
            thread_id = await _arrived(visitor, group["id"], visit.title)
    except TimeoutError:
        raise DemoError(f"“{visit.title}” did not reach {home.community.key}.") from None
    await visitor.put(f"/api/kith/v1/posts/{thread_id}/reaction", {"kind": visit.reaction})
    await visitor.post(f"/api/kith/v1/posts/{thread_id}/replies", {"text": visit.text})
    tell(f"{home.community.key}: {visit.visitor} follows {handle} and answers “{visit.title}”")


async def _arrived(visitor: Api, group_id: str, title: str) -> str:
    while True:
        page = await visitor.get(f"/api/kith/v1/groups/{group_id}/threads")
        for thread in (*page["pinned"], *page["threads"]):
            if thread["title"] == title:
                found: str = thread["id"]
                return found
        await asyncio.sleep(PAUSE)


def _errands(community: Community) -> list[Errand]:
    """Accounts first, then groups, then tokens in the order of the people."""
    errands = []
    for person in community.people:
        arguments = ["account", "create", person.handle, "--handle", person.handle]
        arguments += ["--display-name", person.name, "--agreed", "--password-stdin"]
        arguments += ["--administrator"] if person.administrator else []
        errands.append(Errand(tuple(arguments), PASSWORD + "\n"))
    for group in community.groups:
        arguments = ["group", "create", group.handle, "--name", group.name]
        arguments += ["--visibility", group.visibility, "--founder", group.founder]
        arguments += ["--summary", group.summary, "--guidelines", group.guidelines]
        errands.append(Errand(tuple(arguments)))
    tokens = [("token", "create", person.handle, "--label", "demo") for person in community.people]
    return errands + [Errand(arguments) for arguments in tokens]


async def _open(settled: Settled, thread: SeedThread) -> None:
    author = settled.personas[thread.author]
    body = {
        "title": thread.title,
        "text": thread.text,
        "content_warning": thread.content_warning,
        "language": "en",
        "reply_wanted": thread.reply_wanted,
    }
    post = await author.post(f"/api/kith/v1/groups/{settled.groups[thread.group]}/threads", body)
    await _react(settled, post["id"], thread.reactions)
    for reply in thread.replies:
        await _reply(settled, post["id"], reply)
    if thread.pinned:
        await author.post(f"/api/kith/v1/posts/{post['id']}/pin")


async def _reply(settled: Settled, parent_id: str, reply: SeedReply) -> None:
    body = {"text": reply.text, "content_warning": reply.content_warning, "language": "en"}
    post = await settled.personas[reply.author].post(
        f"/api/kith/v1/posts/{parent_id}/replies", body
    )
    await _react(settled, post["id"], reply.reactions)
    for below in reply.replies:
        await _reply(settled, post["id"], below)


async def _react(settled: Settled, post_id: str, reactions: tuple[tuple[str, str], ...]) -> None:
    for handle, kind in reactions:
        await settled.personas[handle].put(f"/api/kith/v1/posts/{post_id}/reaction", {"kind": kind})

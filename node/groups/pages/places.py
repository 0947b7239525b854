"""From an address to the group or post that it names, for one reader."""

from node.groups.place import NOTHING, group_for
from node.groups.reading import page_start
from node.web.handles import parse_id, split_handle
from node.web.http import Request
from node.web.keys import CONFIG, DB
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork


def group_at(uow: UnitOfWork, request: Request, reader: Actor | None) -> GroupWithActor:
    """The group of /groups/{handle}. Raises NotFound when `reader` may not read it."""
    handle, authority = split_handle(request.match_info["handle"], request.app[CONFIG].authority)
    group = uow.groups.by_handle(handle, authority)
    return group_for(uow, group.actor.id if group else NOTHING, reader)


def post_id(request: Request) -> int:
    """The id in /posts/{id}. Raises NotFound for what cannot be one."""
    return parse_id(request.match_info["id"])


async def path_to(request: Request, thread_id: int, number: int) -> str:
    """Where a post shows: its place in its thread, on the page that has it."""
    if thread_id == number:
        return f"/threads/{thread_id}"
    after = await request.app[DB].read(lambda uow: page_start(uow, thread_id, number))
    page = f"?after={after}" if after else ""
    return f"/threads/{thread_id}{page}#post-{number}"

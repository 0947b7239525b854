"""What hangs on the one post that a page is about."""

from node.attaching import Hung, hung_on
from node.viewer import Viewer
from node.web.http import Request
from node.web.keys import DB, NOW


async def hung_on_one(request: Request, viewer: Viewer, post_id: int) -> Hung | None:
    """For a page that has found out already that the viewer may read the post."""
    now = request.app[NOW]()
    found = await request.app[DB].read(lambda uow: hung_on(uow, [post_id], viewer.persona, now))
    return found.get(post_id)

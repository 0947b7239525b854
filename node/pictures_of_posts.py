"""Who is shown the pictures of a post: whoever may read it, on a page or in an app. What is said in
a circle is in no app, so that its pictures are asked for by the rule of pages.
"""

from node.clients.mastodon.sight import may_read_post
from node.errors import NotFound
from node.groups.place import place_of
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


def may_see_pictures(uow: UnitOfWork, post_id: int, reader: Actor | None) -> bool:
    """The same questions are put to the database for what is not there as for another's."""
    if may_read_post(uow, post_id, reader):
        return True
    if reader is None:
        return False
    try:
        place = place_of(uow, post_id, reader)
    except NotFound:
        return False
    return place.group.group.kind == "circle"

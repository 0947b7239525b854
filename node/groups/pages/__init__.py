"""The pages of groups: the start page, the list, a group, a thread, and what can be done there."""

from node.groups.pages import (
    composer,
    directory,
    founding,
    membership,
    moderating,
    own_posts,
    reacting,
    replying,
    start,
    thread,
)
from node.groups.pages.group import group_page
from node.groups.pages.thread import post_page
from node.web.http import RouteDef, get, post

__all__ = ["group_page", "post_page", "routes"]


def routes() -> list[RouteDef]:
    """All addresses but /groups/{handle} (`group_page`) and /posts/{id} (`post_page`), which the
    wire shares. To be added before those."""
    return [
        get("/", start.show),
        get("/groups", directory.show),
        post("/groups/look-up", directory.look_up),
        get("/groups/new", founding.show),
        post("/groups/new", founding.found),
        post("/groups/{handle}/join", membership.join),
        post("/groups/{handle}/leave", membership.leave),
        get("/groups/{handle}/new", composer.show),
        post("/groups/{handle}/new", composer.start_thread),
        get("/threads/{id}", thread.thread_page),
        get("/posts/{id}/reply", replying.show),
        post("/posts/{id}/reply", replying.reply),
        get("/posts/{id}/edit", own_posts.show_edit),
        post("/posts/{id}/edit", own_posts.edit),
        get("/posts/{id}/delete", own_posts.show_delete),
        post("/posts/{id}/delete", own_posts.delete),
        post("/posts/{id}/react", reacting.react),
        get("/posts/{id}/moderate", moderating.show),
        post("/posts/{id}/moderate", moderating.act),
    ]

"""The pages of groups: the start page, the list, a group, a thread, and what can be done there."""

from node.groups.pages import (
    applications,
    composer,
    directory,
    founding,
    hosting,
    invitations,
    members,
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
        *_belonging(),
        *_keeping(),
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


def _belonging() -> list[RouteDef]:
    """Coming in, who is there, and leaving."""
    return [
        get("/groups/{handle}/join", membership.show_join),
        post("/groups/{handle}/join", membership.join),
        get("/groups/{handle}/leave", membership.show_leave),
        post("/groups/{handle}/leave", membership.leave),
        get("/groups/{handle}/members", members.show_all),
        post("/groups/{handle}/members", members.set_listed),
        get("/invitations/{code}", invitations.show),
        post("/invitations/{code}", invitations.follow),
        get("/applications", applications.show_own),
        post("/applications/{id}/withdraw", applications.withdraw),
    ]


def _keeping() -> list[RouteDef]:
    """What moderators and hosts do."""
    return [
        get("/groups/{handle}/manage", hosting.manage),
        get("/groups/{handle}/settings", hosting.show_settings),
        post("/groups/{handle}/settings", hosting.save_settings),
        post("/groups/{handle}/archive", hosting.archive),
        get("/groups/{handle}/openness", hosting.show_openness),
        post("/groups/{handle}/openness", hosting.narrow),
        get("/groups/{handle}/members/{id}", members.show_one),
        post("/groups/{handle}/members/{id}", members.act),
        get("/groups/{handle}/invitations", invitations.show_all),
        post("/groups/{handle}/invitations", invitations.make),
        post("/groups/{handle}/invitations/{id}/revoke", invitations.revoke),
        get("/groups/{handle}/applications", applications.show_waiting),
        post("/groups/{handle}/applications/{id}", applications.decide),
    ]

"""The pages of life outside groups: somebody's page, a thread there, who follows whom."""

from node.profiles.pages import acting, followers, note, person, writing
from node.profiles.pages.note import post_page
from node.profiles.pages.person import person_page
from node.web.http import RouteDef, get, post

__all__ = ["person_page", "post_page", "routes"]


def routes() -> list[RouteDef]:
    """All addresses but /personas/{handle} (`person_page`) and /posts/{id} (`post_page`), which the
    wire shares. To be added before those."""
    return [
        get("/notes/new", writing.show_new),
        post("/notes/new", writing.publish),
        get("/notes/{id}", note.show),
        get("/notes/{id}/reply", writing.show_reply),
        post("/notes/{id}/reply", writing.reply),
        get("/notes/{id}/edit", writing.show_edit),
        post("/notes/{id}/edit", writing.edit),
        get("/notes/{id}/delete", writing.show_delete),
        post("/notes/{id}/delete", writing.delete),
        post("/notes/{id}/react", acting.react),
        post("/notes/{id}/share", acting.share),
        post("/personas/{handle}/follow", person.follow),
        post("/personas/{handle}/unfollow", person.unfollow),
        post("/people/look-up", person.look_up),
        get("/followers", followers.show),
        post("/followers", followers.answer),
        post("/followers/asking", followers.set_asking),
    ]

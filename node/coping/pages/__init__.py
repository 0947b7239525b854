"""The pages of coping cards: the library, a card, writing one, the toolkit, collections."""

from node.coping.pages import (
    card,
    changing,
    checking,
    collections,
    library,
    own,
    publishing,
    starters,
    toolkit,
    writing,
)
from node.web.http import RouteDef, get, post


def routes() -> list[RouteDef]:
    """All addresses of this room."""
    return [
        get("/coping", library.show),
        get("/coping/new", writing.show_new),
        post("/coping/new", writing.begin),
        get("/coping/drafts", own.show_all),
        get("/coping/drafts/{id}", own.show),
        post("/coping/drafts/{id}", own.act),
        get("/coping/drafts/{id}/edit", writing.show_edit),
        post("/coping/drafts/{id}/edit", writing.edit),
        get("/coping/drafts/{id}/publish", publishing.show),
        post("/coping/drafts/{id}/publish", publishing.publish),
        get("/coping/starters", starters.show),
        post("/coping/starters", starters.publish),
        get("/coping/waiting", checking.show_waiting),
        *_collections(),
        get("/coping/{id}", card.show),
        post("/coping/{id}/save", card.save),
        get("/coping/{id}/tell", card.show_tell),
        post("/coping/{id}/tell", card.tell),
        post("/coping/{id}/remix", changing.remix),
        get("/coping/{id}/edit", changing.show_edit),
        post("/coping/{id}/edit", changing.edit),
        get("/coping/{id}/check", checking.show),
        post("/coping/{id}/check", checking.find),
        get("/toolkit", toolkit.show),
        get("/toolkit/{id}", toolkit.show_one),
        post("/toolkit/{id}", toolkit.act),
    ]


def _collections() -> list[RouteDef]:
    return [
        get("/coping/collections", collections.show_all),
        get("/coping/collections/new", collections.show_new),
        post("/coping/collections/new", collections.make),
        get("/coping/collections/{id}", collections.show),
        get("/coping/collections/{id}/edit", collections.show_edit),
        post("/coping/collections/{id}/edit", collections.change),
        post("/coping/{id}/collect", collections.put_into),
    ]

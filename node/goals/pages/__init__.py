"""The pages of goals: the list with what is for today, one goal, entries, setbacks, milestones."""

from node.goals.pages import entries, listing, looking, making, one, sharing
from node.web.http import RouteDef, get, post

__all__ = ["routes"]

_ONE = "/goals/{id}"
_ENTRY = f"{_ONE}/entries/{{entry}}"


def routes() -> list[RouteDef]:
    """All addresses of the room."""
    return [
        get("/goals", listing.show),
        get("/goals/new", making.show),
        post("/goals/new", making.make),
        get(_ONE, one.show),
        get(f"{_ONE}/edit", making.show_edit),
        post(f"{_ONE}/edit", making.edit),
        post(f"{_ONE}/state", one.move),
        get(f"{_ONE}/reminder", one.show_reminder),
        post(f"{_ONE}/reminder", one.remind),
        get(f"{_ONE}/delete", one.show_deletion),
        post(f"{_ONE}/delete", one.delete),
        get(f"{_ONE}/check-in", entries.show),
        post(f"{_ONE}/check-in", entries.write),
        get(f"{_ONE}/setback", entries.show_setback),
        post(f"{_ONE}/setback", entries.write_setback),
        get(_ENTRY, entries.show_one),
        post(_ENTRY, entries.rewrite),
        post(f"{_ENTRY}/delete", entries.delete),
        get(f"{_ENTRY}/after", entries.show_after),
        get(f"{_ONE}/milestones", looking.milestones),
        get(f"{_ONE}/plot", looking.plot),
        get(f"{_ONE}/share", sharing.show),
        post(f"{_ONE}/share", sharing.compose),
    ]

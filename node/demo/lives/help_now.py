"""Somebody's plan for hard days, checked helplines, and one worry that waits for the team."""

from node.demo.lives.town import Shown, Town
from node.groups.drafts import ReplyDraft
from node.rooms import Rooms
from storage.unit_of_work import UnitOfWork

_PLAN = {
    "signs": "I stop answering. I leave the washing-up.",
    "myself": "Once round the pond, whatever the weather.",
    "places": "The library on Saturdays; nobody asks anything there.",
    "ask": "Rowan, any time. My sister, but not at night.",
    "reasons": "The dog. The garden in May.",
}


def live(uow: UnitOfWork, rooms: Rooms, town: Town) -> list[Shown]:
    """Fern has a plan; Rowan looked at two helplines, and finds that a worry waits."""
    if not town.is_first:
        return []
    rooms.plans.keep(uow, town.account("fern").id, _PLAN)
    rowan = town.account("rowan")
    for key in ("gb-samaritans", "gb-childline"):
        rooms.help.confirm(uow, rowan, key, looked=True)
    thread = uow.posts.threads(town.group("grief").actor.id, 1)[0].post
    with town.ago(hours=3):
        draft = ReplyDraft(text="Nights are the worst. I do not know how long I can go on.")
        said = rooms.groups.reply(uow, thread.id, town.persona("mara"), draft)
        rooms.risk.worry(uow, said, town.persona("fern"), "She is not usually like this.")
    return [
        Shown("fern", "/plan", "Once round the pond"),
        Shown("fern", "/help", "Samaritans"),
        Shown("rowan", "/moderation/risk", "1 thing waits"),
        Shown("rowan", "/moderation/helplines", "Not checked yet"),
    ]

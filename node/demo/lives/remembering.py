"""A day that one person of the demo keeps for herself."""

from datetime import timedelta

from node.demo.lives.town import Shown, Town
from node.remembering.rules import DayDraft
from node.rooms import Rooms
from storage.unit_of_work import UnitOfWork


def live(uow: UnitOfWork, rooms: Rooms, town: Town) -> list[Shown]:
    """It falls in five days' time, so that it is said to be near."""
    if not town.is_first:
        return []
    mara, on = town.persona("mara"), town.now + timedelta(days=5)
    draft = DayDraft("The day Jonas died", "remembrance", on.month, on.day, on.year - 1, 3)
    made = rooms.remembering.keep(uow, mara, draft)
    rooms.remembering.watch(uow, mara, 14, buddies=True)
    return [
        Shown("mara", "/days", "The day Jonas died"),
        Shown("mara", f"/days/{made.id}", "There is no right way to spend this day"),
    ]

"""Fern has not drunk for most of a year, with a setback that took nothing away; Ash is her buddy,
and up tonight."""

from datetime import timedelta

from node.demo.lives.town import Shown, Town
from node.goals.rules import EntryDraft, GoalDraft
from node.rooms import Rooms
from storage.actors import Actor
from storage.buddy_record import Agreed
from storage.goals import Goal
from storage.unit_of_work import UnitOfWork

DAYS = (
    (30, 3, 3, "The first quiet week in a while."),
    (24, 2, 4, "Payday. I went the long way round, past the boats."),
    (19, 4, 2, "Slept through. I had forgotten what that is like."),
    (12, 4, 1, "Made soup for two and gave half away."),
    (6, 2, 5, "His birthday."),
    (3, 3, 3, "Told Ash, and she did not say anything clever. That was good."),
    (1, 4, 2, "A walk in the rain. I would do it again."),
)


def live(uow: UnitOfWork, rooms: Rooms, town: Town) -> list[Shown]:
    """A goal of two hundred and twelve days, and a pair."""
    if not town.is_first:
        return []
    fern, ash = town.persona("fern"), town.persona("ash")
    goal = _a_goal(uow, rooms, town, fern)
    with town.ago(days=9):
        code = rooms.buddies.make_code(uow, fern)
        pair = rooms.buddies.join(uow, ash, code, Agreed("both", (0, 3)))
    rooms.buddies.be_up(uow, ash, "8")
    return [
        Shown("fern", f"/goals/{goal.id}", "212 days"),
        Shown("fern", f"/goals/{goal.id}/plot", "Mood and how hard it was"),
        Shown("fern", "/buddies", "Up now"),
        Shown("ash", f"/buddies/{pair.id}", "she did not say anything clever"),
    ]


def _a_goal(uow: UnitOfWork, rooms: Rooms, town: Town, fern: Actor) -> Goal:
    with town.ago(days=40):
        draft = GoalDraft(
            words="No drink, one day at a time",
            began=(town.now - timedelta(days=172)).date().isoformat(),
            zone="UTC",
            situation="I come home and the flat is quiet",
            answer="I call Ash before I take off my coat",
            topics=("alcohol",),
            shared="buddies",
        )
        goal = rooms.goals.make(uow, fern, draft)
    for back, mood, difficulty, note in DAYS:
        entry = EntryDraft(
            mood=str(mood),
            difficulty=str(difficulty),
            note=note,
            shared="buddies" if back < 5 else "me",
        )
        with town.ago(days=back):
            rooms.goals.write(uow, fern, goal.id, entry)
    with town.ago(days=5):
        rooms.goals.write(uow, fern, goal.id, EntryDraft(note="One evening."), "setback")
    return goal

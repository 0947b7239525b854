"""Goals and buddies of Harbour's people, for pages that show them."""

from datetime import timedelta

from node.goals.rules import EntryDraft, GoalDraft
from storage.actors import Actor
from storage.buddy_record import Agreed
from storage.unit_of_work import UnitOfWork
from tests.world import House

LONG = "I sat by the window until the baker opened his shop and the street smelled of bread. " * 4


async def walk_together(harbour: House) -> dict[str, str]:
    """Fern has a goal with a setback and weeks of entries; she and Ash are buddies, Mara asks her,
    and she has asked Ines. The ids by name."""
    rooms = harbour.node.rooms

    def write(uow: UnitOfWork) -> dict[str, str]:
        def who(handle: str) -> Actor:
            found = uow.actors.local_by_handle(handle)
            assert found is not None
            return found

        fern, ash, now = who("fern"), who("ash"), rooms.now()
        draft = GoalDraft(
            words="A year without a drink",
            began=(now - timedelta(days=254)).date().isoformat(),
            situation="I come home and the flat is quiet",
            answer="I call Ash before I take off my coat",
            topics=("alcohol", "loneliness"),
            shared="buddies",
        )
        goal = rooms.goals.make(uow, fern, draft)
        for back, mood, hard in (
            (26, 2, 4),
            (21, 3, 3),
            (17, 4, 2),
            (9, 1, 5),
            (4, 3, 3),
            (1, 4, 2),
        ):
            day = (now - timedelta(days=back)).date().isoformat()
            entry = EntryDraft(
                mood=str(mood), difficulty=str(hard), day=day, note=LONG, shared="buddies"
            )
            rooms.goals.write(uow, fern, goal.id, entry)
        day = (now - timedelta(days=8)).date().isoformat()
        setback = rooms.goals.write(uow, fern, goal.id, EntryDraft(day=day), "setback")
        walks = rooms.goals.make(
            uow,
            fern,
            GoalDraft(words="Walk to the boats", kind="doing", weekdays=frozenset({0, 3})),
        )
        rooms.goals.move(uow, fern, walks.id, "pause")
        code = rooms.buddies.make_code(uow, fern)
        pair = rooms.buddies.join(uow, ash, code, Agreed("both", (0, 3)))
        rooms.buddies.be_up(uow, fern, "8")
        return {
            "goal": str(goal.id),
            "setback": str(setback.id),
            "walks": str(walks.id),
            "pair": str(pair.id),
        }

    return await rooms.db.write(write)

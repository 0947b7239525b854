"""Circles of Harbour in every state, so that each has a page to be looked at."""

from datetime import timedelta

from node.circles.forming import CircleDraft
from node.circles.scripts import chosen
from node.groups.drafts import ReplyDraft
from storage.actors import Actor
from storage.circle_doors import Wish
from storage.circles import CircleState
from storage.unit_of_work import UnitOfWork
from tests.world import House

_OTHERS = ("mara", "tobias", "ines", "fern", "rowan")
_STATES: tuple[tuple[CircleState, int], ...] = (
    ("running", 9),
    ("asking", 12),
    ("paused", 5),
    ("closing", 24),
    ("closed", 28),
)


class Sitting:
    """Writes them, in one transaction of one house."""

    def __init__(self, house: House, uow: UnitOfWork) -> None:
        self.house = house
        self.uow = uow
        self.circles = house.node.rooms.circles

    def person(self, handle: str) -> Actor:
        found = self.uow.actors.local_by_handle(handle)
        assert found is not None
        return found

    def gathering(self, name: str, host: str = "ash") -> tuple[int, str]:
        """A circle that gathers, with all others in it; a code of it."""
        draft = CircleDraft(
            name=name, topics=("bereavement", "sleep"), language="en", days=28, part="evening"
        )
        by, uow = self.person(host), self.uow
        made = self.circles.start(uow, by, draft, chosen(uow, "hundred-days"))
        code = self.circles.invite(uow, made.id, by, 9)
        for handle in _OTHERS:
            if handle != host:
                self.circles.ask(uow, code, self.person(handle))
                self.circles.let_in(uow, made.id, by, self.person(handle).id)
        return made.id, code

    def running(self, state: CircleState, day: int) -> int:
        """A circle on its so-manieth day, whose last two questions were asked and answered."""
        number, _ = self.gathering(f"Evenings, {state}")
        circle, now = self.uow.circles.get(number), self.circles.now()
        assert circle is not None
        self.circles.set_off(self.uow, circle)
        for back in (1, 0):
            began = now - timedelta(days=day - 1 - back, minutes=5)
            self.uow.circles.change(number, started_at=began, next_at=now)
            self.circles.look_after(self.uow, number)
            self.answer(number, back)
        if state in ("asking", "paused", "closed"):
            self.uow.circles.change(number, state=state, paused_at=now, changed_at=now)
        return number

    def answer(self, number: int, back: int) -> None:
        """Ash and fern answer the newest question."""
        [newest] = self.uow.circle_days.newest(number, 1)
        groups = self.house.node.rooms.groups
        words = ("The kettle, and the gate of the neighbours.", "Call me Fern. It is short.")
        said = ReplyDraft(text=words[back])
        reply = groups.reply(self.uow, newest.post_id, self.person("ash"), said)
        groups.reply(self.uow, reply.id, self.person("fern"), ReplyDraft(text="I like that."))


async def sit_together(house: House) -> dict[str, str]:
    """The ids of circles by "circle_<state>", and a code that still opens one."""

    def write(uow: UnitOfWork) -> dict[str, str]:
        sitting = Sitting(house, uow)
        ids = {f"circle_{state}": sitting.running(state, day) for state, day in _STATES}
        gathering, code = sitting.gathering("Quiet mornings")
        ids["circle_gathering"] = gathering
        sitting.circles.ask(uow, code, sitting.person("june"))
        alone, code = sitting.gathering("Small hours", "tobias")
        ids["circle_knocked"] = gathering
        ids["circle_asked"] = _asked(sitting, "june")
        wish = Wish(topics=("bereavement",), language="en", days=28, part="evening")
        sitting.circles.wish(uow, sitting.person("fern"), wish)
        assert alone
        return {name: str(number) for name, number in ids.items()} | {"circle_code": code}

    return await house.node.rooms.db.write(write)


def _asked(sitting: Sitting, handle: str) -> int:
    """A circle that was found for somebody."""
    uow, circles = sitting.uow, sitting.circles
    draft = CircleDraft(name="", topics=("bereavement",), language="en", days=28, part="evening")
    made = circles.make(uow, "matched", None, draft, chosen(uow, "hundred-days"), "")
    for one in (handle, "mara", "ines"):
        uow.circles.put_member(circles.new_member(made.id, sitting.person(one).id, "asked"))
    return made.id

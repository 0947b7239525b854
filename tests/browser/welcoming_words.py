"""How Harbour receives people: a welcome thread and weekly threads in the private circle, greeters,
and hours of answering together that are to come, running, and over."""

from datetime import timedelta

from node.groups.membership import new_membership
from node.welcoming.calling import SessionDraft
from node.welcoming.rules import When
from node.welcoming.texts import CLOSING, EXAMPLES, WELCOME_CLOSING, WELCOME_TEXT, WELCOME_TITLE
from node.welcoming.weekly import WeeklyDraft
from node.welcoming.welcomes import WelcomeDraft
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from storage.welcomes import Wording
from tests.world import House


async def receive_people(house: House, newcomers: int) -> dict[str, str]:
    """Ids by name. Everything that runs is in the group of newcomers, which rowan moderates."""
    people = {name: await _person(house, name) for name in ("rowan", "ash", "fern", "june")}
    return await house.node.rooms.db.write(lambda uow: _set_up(house, uow, newcomers, people))


def _set_up(
    house: House, uow: UnitOfWork, newcomers: int, people: dict[str, Actor]
) -> dict[str, str]:
    rooms = house.node.rooms
    welcoming, now, rowan = rooms.welcoming, rooms.now(), people["rowan"]
    uow.memberships.put(new_membership(newcomers, people["june"].id, now))
    words = Wording(title=WELCOME_TITLE, text=WELCOME_TEXT, closing=WELCOME_CLOSING)
    welcoming.switch_on(uow, newcomers, rowan, WelcomeDraft(words, "month"))
    made = {}
    for number, one in enumerate(EXAMPLES):
        draft = WeeklyDraft(
            Wording(title=one.title, text=one.text, reply_wanted=one.reply_wanted),
            When(weekday=one.weekday, hour=one.hour, offset_minutes=60),
        )
        weekly = welcoming.add_weekly(uow, newcomers, rowan, draft)
        made[f"weekly_{number}"] = str(weekly.id)
    welcoming.rest_weekly(uow, newcomers, rowan, int(made["weekly_1"]))
    for name, weekday in (("ash", 0), ("fern", 0), ("ash", 3), ("rowan", 6)):
        at = When(weekday=weekday, hour=18, offset_minutes=60)
        welcoming.greet(uow, newcomers, people[name], at, 21)
    for name, ahead in (("running", 0), ("planned", 48)):
        draft_of = SessionDraft(
            group_id=newcomers if name == "planned" else None,
            starts_at=now + timedelta(hours=ahead),
            minutes=90,
            invitation="Tea, and whatever waits. Come for ten minutes or for all of it.",
        )
        session = welcoming.call(uow, rowan, draft_of)
        welcoming.come(uow, session.id, people["ash"])
        made[f"session_{name}"] = str(session.id)
    over = welcoming.call(
        uow,
        rowan,
        SessionDraft(group_id=None, starts_at=now, minutes=30, invitation=""),
    )
    welcoming.come(uow, over.id, rowan)
    welcoming.end(uow, over.id, rowan, CLOSING)
    welcoming.hand(uow, int(made["session_running"]), people["ash"])
    return made | {"session_over": str(over.id)}


async def _person(house: House, handle: str) -> Actor:
    found = await house.node.rooms.db.read(lambda uow: uow.actors.local_by_handle(handle))
    assert found is not None
    return found

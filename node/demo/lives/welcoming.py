"""How a group of the demo receives people, and an hour in which some of them answer together."""

from datetime import timedelta

from node.demo.lives.town import Shown, Town
from node.rooms import Rooms
from node.welcoming.calling import SessionDraft
from node.welcoming.rules import When
from node.welcoming.texts import EXAMPLES, WELCOME_CLOSING, WELCOME_TEXT, WELCOME_TITLE
from node.welcoming.weekly import WeeklyDraft
from node.welcoming.welcomes import WelcomeDraft
from storage.unit_of_work import UnitOfWork
from storage.welcomes import Wording


def live(uow: UnitOfWork, rooms: Rooms, town: Town) -> list[Shown]:
    """Rowan keeps Harbour's newcomers; an hour of answering together runs when the demo starts."""
    if not town.is_first:
        return []
    newcomers, rowan = town.group("newcomers").actor.id, town.persona("rowan")
    welcoming = rooms.welcoming
    words = Wording(title=WELCOME_TITLE, text=WELCOME_TEXT, closing=WELCOME_CLOSING, language="en")
    with town.ago(days=3):
        welcoming.switch_on(uow, newcomers, rowan, WelcomeDraft(words, "month"))
        for one in EXAMPLES:
            wording = Wording(
                title=one.title, text=one.text, reply_wanted=one.reply_wanted, language="en"
            )
            at = When(weekday=one.weekday, hour=one.hour, offset_minutes=0)
            welcoming.add_weekly(uow, newcomers, rowan, WeeklyDraft(wording, at))
    for weekday, who in enumerate(("fern", "rowan", "fern", "fern", "rowan")):
        at = When(weekday=weekday, hour=18, offset_minutes=0)
        welcoming.greet(uow, newcomers, town.persona(who), at, 21)
    running = welcoming.call(uow, rowan, _session(town, hours=0))
    welcoming.come(uow, running.id, town.persona("fern"))
    welcoming.call(uow, rowan, _session(town, hours=48))
    return [
        Shown("rowan", "/groups/newcomers/weekly", EXAMPLES[-1].title),
        Shown("rowan", "/groups/newcomers/welcome", "It is open, and Rowan posts it"),
        Shown("fern", "/groups/newcomers/greeters", "Not this week"),
        Shown("fern", "/welcome", "Saying hello"),
        Shown("fern", f"/reply-sessions/{running.id}", "Hand me one"),
    ]


def _session(town: Town, *, hours: int) -> SessionDraft:
    return SessionDraft(
        group_id=None,
        starts_at=town.now + timedelta(hours=hours),
        minutes=90,
        invitation="Tea, and whatever waits. Come for ten minutes or for all of it.",
    )

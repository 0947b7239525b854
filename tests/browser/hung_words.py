"""Posts of Harbour with pictures and polls: described and not, running and ended, hidden behind a
warning, in a group and outside groups."""

from dataclasses import dataclass
from datetime import timedelta

from node.groups.drafts import PollDraft, ThreadDraft
from node.profiles.drafts import ProfileDraft
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.node.media.photos import jpeg, png
from tests.world import House

GARDEN = "Snowdrops in the grass beside a low stone wall. Behind them a church, out of focus."
WALK, SONG = ("By the river", "Up the hill"), ("The slow one", "The one about boats", "None yet")


@dataclass(frozen=True)
class Pictures:
    """Ids of uploads that wait for their posts."""

    wide: int
    bare: int
    tall: int
    note: int


async def hang_things(house: House, group_id: int, clock: Clock) -> dict[str, str]:
    """Ash shows pictures and asks; fern votes, and one of the polls has ended. Ids by name."""
    rooms = house.node.rooms
    ash, fern = [await _person(house, name) for name in ("ash", "fern")]
    pictures = Pictures(
        (await rooms.uploads.keep(ash, jpeg(1200, 700), GARDEN)).id,
        (await rooms.uploads.keep(ash, png(300, 200))).id,
        (await rooms.uploads.keep(ash, png(400, 1600), "A very tall door")).id,
        (await rooms.uploads.keep(ash, jpeg(800, 600), GARDEN)).id,
    )
    made = await rooms.db.write(lambda uow: _in_group(house, uow, group_id, ash, pictures))
    made |= await rooms.db.write(lambda uow: _outside(house, uow, ash, pictures))

    def vote(uow: UnitOfWork) -> None:
        for name, choices in (("asked", [1, 2]), ("ended", [0]), ("note_poll", [1])):
            poll = uow.polls.of_posts([made[name]])[made[name]]
            rooms.voting.vote(uow, poll.id, fern, choices)

    await rooms.db.write(vote)
    clock.advance(hours=2)
    await rooms.db.write(rooms.voting.end_due)
    return {name: str(number) for name, number in made.items()}


async def _person(house: House, handle: str) -> Actor:
    found = await house.node.rooms.db.read(lambda uow: uow.actors.local_by_handle(handle))
    assert found is not None
    return found


def _in_group(
    house: House, uow: UnitOfWork, group_id: int, ash: Actor, pictures: Pictures
) -> dict[str, int]:
    groups = house.node.rooms.groups
    media = (pictures.wide, pictures.bare, pictures.tall)
    shown = ThreadDraft(title="Out in the garden again", text="Look.", media_ids=media)
    asked = ThreadDraft(
        title="What do you sing?", text="When nobody hears.", poll=_poll(house, SONG, days=3)
    )
    ended = ThreadDraft(
        title="Where shall we walk?",
        text="On Sunday.",
        content_warning="outdoors",
        poll=_poll(house, WALK, hours=1),
    )
    drafts = {"shown": shown, "asked": asked, "ended": ended}
    return {
        name: groups.post_thread(uow, group_id, ash, draft).id for name, draft in drafts.items()
    }


def _outside(house: House, uow: UnitOfWork, ash: Actor, pictures: Pictures) -> dict[str, int]:
    profiles = house.node.rooms.profiles
    picture = ProfileDraft(text="The *first* ones.", audience="public", media_ids=(pictures.note,))
    poll = ProfileDraft(
        text="Tea or coffee, before the walk?",
        audience="public",
        poll=_poll(house, ("Tea", "Coffee"), hides=True, days=1),
    )
    note = profiles.post(uow, ash, picture).id
    return {"note_shown": note, "note_poll": profiles.post(uow, ash, poll).id}


def _poll(
    house: House, options: tuple[str, ...], *, hides: bool = False, days: int = 0, hours: int = 0
) -> PollDraft:
    return PollDraft(
        options=options,
        multiple=options == SONG,
        hide_totals=hides,
        closes_at=house.node.rooms.now() + timedelta(days=days, hours=hours),
    )

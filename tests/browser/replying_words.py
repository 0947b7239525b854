"""A group of Harbour's in which somebody waits again and again, somebody was helped, and enough was
answered for its moderators to read how long that takes."""

from functools import partial

from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.membership import new_membership
from node.safety.filters import FilterDraft, KeywordChange
from node.viewer import Viewer
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock
from tests.world import House, next_keys


async def answer_each_other(house: House, clock: Clock) -> dict[str, str]:
    """Rowan keeps the group, ines asks, tobias answers, ash is about to; fern filters a word."""
    rooms = house.node.rooms
    people = {one: await _person(house, one) for one in ("rowan", "ines", "tobias", "ash", "fern")}

    def begin(uow: UnitOfWork) -> int:
        group = rooms.groups.create(
            uow,
            handle="evenings",
            name="Long evenings",
            visibility="local",
            founder=people["rowan"],
            keys=next_keys(),
            summary="For the hours after six.",
        )
        for one in ("ines", "tobias", "ash", "fern"):
            uow.memberships.put(new_membership(group.actor.id, people[one].id, rooms.now()))
        words = (KeywordChange(keyword="hospital"),)
        draft = FilterDraft(title="No hospitals", contexts=("home",), keywords=words)
        rooms.filters.make(uow, people["fern"], draft)
        return group.actor.id

    group = await rooms.db.write(begin)
    evenings = []
    for number in range(11):
        evenings.append(await rooms.db.write(partial(_asks, house, group, people, number)))
        clock.advance(hours=1)
    made = await rooms.db.write(partial(_waits, house, group, people))
    clock.advance(hours=26)
    return made | {"evening": evenings[0]}


def _asks(house: House, group: int, people: dict[str, Actor], number: int, uow: UnitOfWork) -> str:
    groups = house.node.rooms.groups
    draft = ThreadDraft(title=f"Evening {number + 1}", text="How was yours?")
    thread = groups.post_thread(uow, group, people["ash"], draft)
    answered = [
        groups.reply(uow, thread.id, people[one], ReplyDraft(text="Quiet. And yours?"))
        for one in ("tobias", "rowan")
    ]
    if number == 0:
        account = uow.accounts.get(uow.accounts.account_of(people["ash"].id) or 0)
        assert account is not None
        viewer = Viewer(account=account, persona=people["ash"], via="session")
        house.node.rooms.thanking.thank(uow, viewer, answered[-1].id)
    return str(thread.id)


def _waits(house: House, group: int, people: dict[str, Actor], uow: UnitOfWork) -> dict[str, str]:
    groups = house.node.rooms.groups
    drafts = (
        ThreadDraft(
            title="The chair by the window",
            text="I still lay the table for two, and then I see it.",
            reply_wanted="just-listening",
            content_warning="loss of a husband",
        ),
        ThreadDraft(
            title="After the hospital", text="The road home is longer now.", reply_wanted="ideas"
        ),
    )
    made = [groups.post_thread(uow, group, people["ines"], draft) for draft in drafts]
    return {"chair": str(made[0].id)}


async def _person(house: House, handle: str) -> Actor:
    found = await house.node.rooms.db.read(
        lambda uow: uow.actors.by_handle(handle, house.authority)
    )
    assert found is not None
    return found

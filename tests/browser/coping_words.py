"""Cards of Harbour's people, for pages that show them."""

from dataclasses import replace

from node.coping.cards import Card
from node.groups.membership import new_membership
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.world import House

TEA = Card(
    title="Tea at four in the morning",
    what="Instead of lying there, make tea as if for a guest: pot, cup and saucer.",
    when_it_helps="When the night will not end and the bed is no place to be.",
    effort="little",
    cost="free",
    steps=("Put on something warm.", "Use the good cup.", "Sit where you can see a light."),
    topics=("bereavement", "sleep", "loneliness"),
    licence="cc-by-sa",
    language="en",
)
PILLS = replace(
    TEA,
    title="A box with a day on each lid",
    what="I fill it on Sundays with my medicines, so that I need not remember whether I did.",
    topics=("medication",),
    from_own_life=False,
    source="My pharmacist, and the leaflet of the town",
    source_url="https://pharmacy.example/boxes",
    medical=True,
    licence="cc-by",
)
LETTER = replace(
    TEA,
    title="A letter that is not sent, " + "and not thrown away " * 3,
    content_warning="the last days of somebody",
    topics=("bereavement",),
    licence="only-here",
)
CONTEXTS = ("at-night", "alone")


async def hand_on(harbour: House, grief: int) -> dict[str, str]:
    """Mara has cards, one of them checked wanting; Ash keeps some at hand and wrote one from one of
    them; Rowan collects. The ids by name."""
    rooms = harbour.node.rooms
    coping = rooms.coping

    def write(uow: UnitOfWork) -> dict[str, str]:
        def who(handle: str) -> Actor:
            found = uow.actors.local_by_handle(handle)
            assert found is not None
            if uow.memberships.get(grief, found.id) is None:
                uow.memberships.put(new_membership(grief, found.id, rooms.now()))
            return found

        mara, ash, rowan, fern = (who(one) for one in ("mara", "ash", "rowan", "fern"))

        def publish(card: Card) -> int:
            return coping.publish(uow, mara, coping.begin(uow, mara, card).id, grief).id

        tea, pills, more = publish(TEA), publish(PILLS), publish(replace(PILLS, title="Ask twice"))
        coping.find(uow, rowan, more, "ask-change", "Please say that a doctor decides this.")
        coping.say(uow, ash, tea, helped="yes", contexts=CONTEXTS, note="With two spoons of honey.")
        remix = coping.remix(uow, fern, tea)
        draft = coping.begin(uow, ash, LETTER)
        kept = coping.save(uow, ash, tea)
        coping.note(uow, ash, kept.id, "The blue pot. Radio on, very low.", hard=True)
        coping.save(uow, ash, pills)
        coping.save_own(uow, ash, draft.id)
        gone = publish(replace(TEA, title="Gone soon"))
        coping.save(uow, ash, gone)
        coping.withdraw(uow, mara, gone)
        about = "What we reach for when it is dark outside and nobody is awake."
        made = coping.make_collection(uow, rowan, grief, "For the long nights", about, "sleep")
        coping.put_into(uow, rowan, made.id, tea)
        coping.put_into(uow, rowan, made.id, pills)
        empty = coping.make_collection(uow, rowan, grief, "For Sundays", "", "")
        return {
            "tea": str(tea),
            "pills": str(pills),
            "wanting": str(more),
            "letter": str(draft.id),
            "remix": str(remix.id),
            "kept": str(kept.id),
            "collection": str(made.id),
            "bare_collection": str(empty.id),
        }

    return await rooms.db.write(write)

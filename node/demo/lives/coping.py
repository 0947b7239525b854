"""Mara writes down what gets her through the night, Fern makes a card of her own from it, and Ash
keeps both at hand. Rowan opened the library with the cards that come with Kith."""

from node.coping.cards import Card
from node.demo.lives.town import Shown, Town
from node.rooms import Rooms
from storage.unit_of_work import UnitOfWork

LAMP = Card(
    title="A lamp in the kitchen window",
    what="I light a small lamp when it gets dark, so that the flat is not quite as empty.",
    when_it_helps="On the evenings that used to be ours.",
    effort="little",
    cost="free",
    steps=(
        "Put the lamp where you can see it from the door.",
        "Light it before it is dark, not after.",
        "Say good evening to it if you like. I do.",
    ),
    topics=("bereavement", "loneliness"),
    licence="cc-by-sa",
    language="en",
)
DROPS = Card(
    title="Write down when you took it",
    what="A slip of paper beside my sleeping tablets, so that I never take them twice.",
    when_it_helps="When nights and days run together.",
    effort="little",
    cost="free",
    steps=("Ask your doctor what is right for you.", "Write the time down before you take it."),
    topics=("sleep", "medication"),
    medical=True,
    licence="cc-by",
    language="en",
)


def live(uow: UnitOfWork, rooms: Rooms, town: Town) -> list[Shown]:
    """Everything is in the group of those who grieve."""
    if not town.is_first:
        return []
    coping, grief = rooms.coping, town.group("grief").actor.id
    rowan, mara, fern, ash = (town.persona(one) for one in ("rowan", "mara", "fern", "ash"))
    with town.ago(days=12):
        coping.publish_starters(uow, rowan, grief)
    with town.ago(days=3):
        lamp = coping.publish(uow, mara, coping.begin(uow, mara, LAMP).id, grief)
        drops = coping.publish(uow, mara, coping.begin(uow, mara, DROPS).id, grief)
    with town.ago(days=1):
        own = coping.remix(uow, fern, lamp.id)
        item = coping.save(uow, ash, lamp.id)
        coping.note(uow, ash, item.id, "The green lamp from the market.", hard=True)
        coping.say(uow, ash, lamp.id, helped="yes", contexts=("at-night", "alone"))
        about = "When it is dark and everybody else is asleep."
        nights = coping.make_collection(uow, rowan, grief, "For the nights", about, "sleep")
        coping.put_into(uow, rowan, nights.id, lamp.id)
    return [
        Shown("ash", "/coping", LAMP.title),
        Shown("ash", "/coping?topic=anxiety", "Five things around you"),
        Shown("ash", "/toolkit", "The green lamp from the market."),
        Shown("fern", f"/coping/drafts/{own.id}", "Made from:"),
        Shown("mara", f"/coping/{drops.id}", "nobody has checked it yet"),
        Shown("ines", f"/coping/collections/{nights.id}", LAMP.title),
    ]

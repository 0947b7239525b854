"""Services of a coast that is nowhere, written by the staff of each node, and one kept by Mara."""

from typing import Final

from node.demo.lives.town import Shown, Town
from node.rooms import Rooms
from storage.unit_of_work import UnitOfWork

HARBOUR: Final = (
    {
        "name": "Lantern Line",
        "organization": "Lantern House",
        "phone": "01632 960 111",
        "description": "A helpline for people who grieve. Nobody asks for your name.",
        "languages": "English, Polish",
        "is_free": "yes",
        **dict.fromkeys(
            (f"hours_{day}" for day in ("mo", "tu", "we", "th", "fr")), "9:00 to 21:00"
        ),
        "when_you_call": "A volunteer says their first name and asks what is on your mind.",
        "what_to_say": "“I lost somebody, and I would like to talk.” That is enough.",
    },
    {
        "name": "Boat Shed evenings",
        "organization": "Tidewater Carers",
        "phone": "01632 960 222",
        "description": "A support group for carers. Tea, an open fire, and no need to speak.",
        "is_free": "yes",
        "hours_we": "18:30 to 20:30",
        "address_1": "3 Slipway",
        "city": "Tidewater",
        "postal_code": "TW1 2AB",
        "country": "GB",
        "accessibility": "Step-free",
        "what_to_bring": "Nothing. There are blankets.",
    },
    {
        "name": "Gull House",
        "organization": "Gull House",
        "phone": "01632 960 333",
        "description": "A refuge for people who leave a home that is not safe.",
        "address_1": "An address",
        "city": "Tidewater",
        "is_confidential": "yes",
    },
)
MEADOW: Final = (
    {
        "name": "Meadow recovery circle",
        "organization": "Meadow Trust",
        "phone": "01632 960 444",
        "description": "A peer support group for people in recovery.",
        "is_free": "yes",
        "hours_sa": "10:00 to 11:30",
        "city": "Meadowbridge",
    },
)


def live(uow: UnitOfWork, rooms: Rooms, town: Town) -> list[Shown]:
    """What staff wrote, what it says when one calls, and a tip of somebody."""
    directory, made = rooms.directory, []
    for fields in HARBOUR if town.is_first else MEADOW:
        own = directory.by_hand.write(uow, None, fields)
        listing = uow.listings.by_public(own)
        if listing is not None:
            directory.by_hand.guide(uow, listing.id, fields)
        made.append(own)
    if not town.is_first:
        return []
    directory.choosing.choose(uow, town.account("mara").id, made[0])
    text = "The blue door sticks. Knock."
    directory.choosing.suggest(uow, town.persona("fern").id, made[1], "tip", text)
    waiting = uow.directory_suggestions.of_persona(town.persona("fern").id)
    directory.choosing.take(uow, waiting[-1].id, text)
    return [
        Shown("mara", "/directory/chosen", "Lantern Line"),
        Shown("ash", f"/directory/services/{made[1]}", "The blue door sticks. Knock."),
        Shown("ash", f"/directory/services/{made[2]}", "Where it is stays private"),
    ]

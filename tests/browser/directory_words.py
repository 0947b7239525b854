"""Services of Harbour for its pages: fresh, old, hidden, doubted, two of one name, and a list that
was read in with things to put right."""

import json

from node.demo.lives.directory import HARBOUR
from node.directory.import_run import ImportRun
from node.directory.importing import About, prepare
from storage.unit_of_work import UnitOfWork
from tests.world import House

_OLD = {
    "id": "0d3b6c3a-6a2d-4a52-9a8e-4c3c8d0a1f01",
    "name": "Boat Shed evenings",
    "status": "active",
    "description": "A support group.\\nOn ###WED### evenings.",
    "assured_date": "2024-02-01",
    "organization": {"id": "0d3b6c3a-6a2d-4a52-9a8e-4c3c8d0a1f02", "name": "Shore Council"},
}


async def list_services(harbour: House) -> dict[str, str]:
    """Ash keeps one, fern leaves a tip and a correction; `lantern` and the others by their ids."""
    rooms = harbour.node.rooms
    directory = rooms.directory

    def write(uow: UnitOfWork) -> dict[str, str]:
        ids = [directory.by_hand.write(uow, None, fields) for fields in HARBOUR]
        for own, fields in zip(ids, HARBOUR, strict=True):
            listing = uow.listings.by_public(own)
            assert listing is not None
            directory.by_hand.guide(uow, listing.id, fields)
        ash, fern = uow.actors.local_by_handle("ash"), uow.actors.local_by_handle("fern")
        assert ash is not None
        assert fern is not None
        directory.choosing.choose(uow, uow.accounts.account_of(ash.id) or 0, ids[0])
        directory.choosing.suggest(uow, fern.id, ids[1], "tip", "The blue door sticks. Knock.")
        directory.choosing.suggest(uow, fern.id, ids[0], "correction", "They close at eight now.")
        directory.keeping.decide(uow, ids[1], "doubt")
        return {"lantern": ids[0], "shed": ids[1], "gull": ids[2]}

    made = await rooms.db.write(write)
    about = About(source="Shore Council", licence="CC BY 4.0")
    run = ImportRun(directory.importing, about, prepare({"s.json": json.dumps([_OLD]).encode()}))
    for step in run:
        await rooms.db.write(step)
    assert run.outcome is not None
    return made | {"council": str(run.outcome.set_id), "old": str(_OLD["id"])}

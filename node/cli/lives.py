"""Lets the people of the demo live in the rooms of a node (`node/demo/lives`).

    python -m node.cli.lives first|second

Prints what must be seen afterwards: a JSON list of [handle, path, phrase].
"""

import asyncio
import json
import os
import sys
from functools import partial

from node.config_sources import load_config
from node.database import open_database
from node.demo.lives import LIVES, Live, Shown, Town
from node.demo.lives.town import PastClock
from node.rooms import Rooms, open_rooms
from node.sources import real_sources
from storage.unit_of_work import UnitOfWork


def live_all(is_first: bool) -> list[Shown]:
    """Each room in a transaction of its own, on the node that the environment names."""
    config, sources = load_config(None, os.environ, {}), real_sources()
    clock, db = PastClock(sources.now), open_database(config)
    rooms = open_rooms(config, db, clock.now, sources.new_id)
    shown: list[Shown] = []
    try:
        for live in LIVES:
            shown += db.write_now(partial(_one, live, rooms, clock, is_first))
    finally:
        asyncio.run(db.close())
    return shown


def _one(
    live: Live, rooms: Rooms, clock: PastClock, is_first: bool, uow: UnitOfWork
) -> list[Shown]:
    town = Town(uow, clock, rooms.config.authority, is_first)
    return live(uow, rooms, town)


if __name__ == "__main__":
    json.dump(live_all(sys.argv[1] == "first"), sys.stdout)

"""The rooms of what a person sets for their own reading: built together, since nothing else is
needed for them."""

from typing import TypedDict

from node.config import Config
from node.notifications.apps import NewsOfApps
from node.ports import Clock, NewId
from node.reading.service import Reading, open_reading
from node.safety.filters import Filters
from node.safety.muting import Muting


class ReadingRooms(TypedDict):
    """As `Rooms` has them."""

    filters: Filters
    muting: Muting
    reading: Reading
    news: NewsOfApps


def open_reading_rooms(config: Config, now: Clock, new_id: NewId) -> ReadingRooms:
    """All of them."""
    return ReadingRooms(
        filters=Filters(now, new_id),
        muting=Muting(now, new_id, config.authority),
        reading=open_reading(now, new_id),
        news=NewsOfApps(now),
    )

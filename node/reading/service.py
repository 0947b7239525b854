"""All use cases of how a persona reads, in one place."""

from dataclasses import dataclass

from node.ports import Clock, NewId
from node.reading.lists import Lists
from node.reading.markers import Markers
from node.reading.tags import Tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Built once per process by `open_reading`."""

    lists: Lists
    markers: Markers
    tags: Tags


def open_reading(now: Clock, new_id: NewId) -> Reading:
    """All of it."""
    return Reading(lists=Lists(now, new_id), markers=Markers(now), tags=Tags(new_id))

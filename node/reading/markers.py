"""How far a persona has read, for all its apps and for the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from node.ports import Clock
from storage.actors import Actor
from storage.markers import Marker
from storage.unit_of_work import UnitOfWork

TIMELINES: Final = ("home", "notifications")
NEWS: Final = "notifications"


@dataclass(frozen=True, slots=True)
class Markers:
    """Use cases of reading on."""

    now: Clock

    def put(self, uow: UnitOfWork, persona: Actor, read: Mapping[str, int]) -> dict[str, Marker]:
        """Read on to these ids, timeline by timeline; going back is possible. News up to there
        counts as looked at, on the pages too."""
        kept = {}
        for timeline, last_read_id in read.items():
            marker = Marker(
                persona_id=persona.id,
                timeline=timeline,
                last_read_id=last_read_id,
                version=1,
                updated_at=self.now(),
            )
            kept[timeline] = uow.markers.put(marker)
            if timeline == NEWS:
                uow.notifications.mark_read(persona.id, last_read_id, self.now())
        return kept

"""What people of the demo do in the rooms beside groups: goals, circles, listening and the others.

Each room has a module here with `live(uow, rooms, town)`, which calls the room's own use cases and
answers what somebody must see afterwards. `kith demo` lets all of them live on both nodes.
"""

from node.demo.lives import (
    circles,
    coping,
    directory,
    help_now,
    listening,
    remembering,
    replying,
    stories,
    walking,
    welcoming,
)
from node.demo.lives.town import Live, Shown, Town

LIVES: tuple[Live, ...] = (
    directory.live,
    circles.live,
    listening.live,
    help_now.live,
    coping.live,
    remembering.live,
    replying.live,
    stories.live,
    walking.live,
    welcoming.live,
)

__all__ = ["LIVES", "Live", "Shown", "Town"]

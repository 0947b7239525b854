"""All use cases of this room on one object."""

from collections.abc import Callable

from node.welcoming.rota import Rota
from node.welcoming.sessions import Sessions
from node.welcoming.weekly import Weekly
from node.welcoming.welcomes import Welcomes
from storage.unit_of_work import UnitOfWork


class Welcoming(Welcomes, Rota, Weekly, Sessions):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit.
    What falls due by itself is a `turn_*` each, which deals with it and says how many."""

    @property
    def turns(self) -> tuple[Callable[[UnitOfWork], int], ...]:
        """Each a kind of work of its own, so that a fault in one stops no other."""
        return (self.turn_welcomes, self.turn_weekly, self.turn_sessions, self.turn_greeters)

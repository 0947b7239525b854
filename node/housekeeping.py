"""Carries out what `node/retention.py` says: nothing stays longer than it should."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Final

from node.config import Config
from node.ports import Clock
from node.retention import RETENTION, Rule
from storage.database import Database
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

AT_ONCE: Final = 5000
"""Rows of one kind that one round drops, so that nobody waits long for the writer."""

Sweep = Callable[[], Awaitable[int]]
"""Deletes what no row knows any more; to how much that was."""


class Housekeeping:
    """Carries the rules out, each in a transaction of its own: one that fails stops no other."""

    def __init__(
        self,
        db: Database,
        config: Config,
        now: Clock,
        rules: tuple[Rule, ...] = RETENTION,
        *,
        sweep: Sweep | None = None,
    ) -> None:
        self._db = db
        self._config = config
        self._now = now
        self._sweep = sweep
        self._rules = rules

    async def run_once(self) -> int:
        """One round; how many rows were dropped."""
        dropped = 0
        for rule in self._rules:
            before = rule.before(self._config, self._now())
            try:
                dropped += await self._db.write(partial(_carry_out, rule, before))
            except Exception:
                log.exception("housekeeping failed for %r; it is tried again", rule.what)
        return dropped + await self._swept()

    async def _swept(self) -> int:
        """Files whose rows are gone go after the rows."""
        try:
            return 0 if self._sweep is None else await self._sweep()
        except Exception:
            log.exception("sweeping up files failed; it is tried again")
            return 0


def _carry_out(rule: Rule, before: datetime, uow: UnitOfWork) -> int:
    return rule.forget(uow, before, AT_ONCE)

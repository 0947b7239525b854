"""Passwords are hashed with argon2id, away from the event loop and at most two at once.

One hash takes about 0.1 s and the memory that `ARGON2` names, so the number of threads is also the
bound on memory, and the queue before them is bounded too. An unknown name costs a hash like a known
one (WEB-02): `verify` is handed None and checks against a hash that nothing opens.
"""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from node.errors import Refused
from node.i18n import N_


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs: memory in KiB, passes, lanes."""

    memory: int
    passes: int
    lanes: int


ARGON2 = Cost(memory=19_456, passes=2, lanes=1)
"""OWASP's floor for argon2id."""

AT_ONCE = 2
WAITING_MOST = 64

T = TypeVar("T")


class Hasher:
    """Makes and checks hashes in its own threads. `close` when done."""

    def __init__(self, cost: Cost) -> None:
        self._argon2 = PasswordHasher(cost.passes, cost.memory, cost.lanes)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")
        self._waiting = 0
        self._nobody: str | None = None

    async def hash(self, password: str) -> str:
        """The hash to keep, with its parameters. Raises Refused "busy"."""
        return await self._run(lambda: self.hash_now(password))

    async def verify(self, kept: str | None, password: str) -> bool:
        """Whether the password opens the hash; never for None, at the same cost. Raises Refused
        "busy"."""
        return await self._run(lambda: self._verify_now(kept, password))

    def hash_now(self, password: str) -> str:
        """The same as `hash`, blocking, for the command line."""
        return self._argon2.hash(password)

    def is_dated(self, kept: str) -> bool:
        """Whether a hash was made with other parameters than today's."""
        return self._argon2.check_needs_rehash(kept)

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify_now(self, kept: str | None, password: str) -> bool:
        if self._nobody is None:
            self._nobody = self.hash_now(secrets.token_urlsafe(32))
        try:
            return self._argon2.verify(kept or self._nobody, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        if self._waiting >= WAITING_MOST:
            raise Refused(N_("Many people are signing in just now. Try again in a moment."), "busy")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1

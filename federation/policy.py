"""What a peer node may do here: everything, nothing, or only when it is on the list.

The mode is the operator's setting; the list is rows that the command line and the pages change at
any time, perhaps from another process. A snapshot of it answers at once, and is read anew when it
is a few seconds old.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from storage.database import Database

Mode = Literal["open", "allow-list", "off"]
FRESH: Final = timedelta(seconds=5)
"""How long a change of the list may take to be seen by a process that did not make it."""


class PeerPolicy:
    """Who may talk to us, and whom we talk to. Authorities are `host` or `host:port`."""

    def __init__(self, mode: Mode, db: Database, now: Callable[[], datetime]) -> None:
        self.mode: Final = mode
        self._db = db
        self._now = now
        self._rules: Mapping[str, str] = {}
        self._read_at: datetime | None = None

    @property
    def federating(self) -> bool:
        """Whether this node talks to any other at all."""
        return self.mode != "off"

    async def refresh(self) -> None:
        """Read the list now, as after a change of it in this process."""
        rules: Mapping[str, str] = await self._db.read(lambda uow: uow.peers.policies())
        self._rules = rules
        self._read_at = self._now()

    async def keep_fresh(self) -> None:
        """Read the list if the snapshot is older than FRESH. Costs nothing otherwise."""
        if self._read_at is None or not timedelta() <= self._now() - self._read_at < FRESH:
            await self.refresh()

    def allows(self, authority: str) -> bool:
        """Whether we receive from, fetch from and send to `authority`, by the snapshot."""
        return self.permits(authority, self._rules.get(authority, "default"))

    def permits(self, authority: str, rule: str) -> bool:
        """The same where the peer's own rule is at hand: "default", "allow" or "block".

        A block of a domain covers its other ports and everything below it, unless a closer rule
        allows that; being on the allow-list covers exactly what was listed.
        """
        match self.mode:
            case "off":
                return False
            case "allow-list":
                return rule == "allow"
            case "open":
                return rule == "allow" or not (rule == "block" or self._blocked_above(authority))

    def _blocked_above(self, authority: str) -> bool:
        for name in _above(authority):
            rule = self._rules.get(name)
            if rule is not None:
                return rule == "block"
        return False


def _above(authority: str) -> Iterator[str]:
    """`a.b.example:8443` lies below `a.b.example`, `b.example` and `example`, in this order."""
    host, colon, port = authority.rpartition(":")
    if colon and port.isdigit():
        yield host
    else:
        host = authority
    if host.startswith("["):
        return
    while "." in host:
        host = host.partition(".")[2]
        yield host

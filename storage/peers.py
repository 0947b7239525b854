"""Other nodes: what we allow them, how they are, what we know of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, or_, select
from sqlalchemy.dialects.postgresql import insert

from storage.shapes import Shape
from storage.tables import peers

PeerPolicy = Literal["default", "allow", "block"]
PeerState = Literal["up", "failing", "open", "gone"]
SignatureProfile = Literal["cavage", "rfc9421"]

FIRST_WINDOW = 4
"""How many sends a new peer gets at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A node by its authority, host[:port] in lower case. `state` "open" is an open circuit:
    nothing is sent until `open_until`, then one probe. `window` is how many sends may be under
    way at once, `profile` the form of signature it accepted last."""

    id: int
    authority: str
    policy: PeerPolicy = "default"
    state: PeerState = "up"
    failures: int = 0
    open_until: datetime | None = None
    window: int = FIRST_WINDOW
    profile: SignatureProfile | None = None
    last_success_at: datetime | None = None
    last_failure_at: datetime | None = None
    last_seen_at: datetime | None = None
    last_error: str | None = None
    software: str | None = None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerUpdate:
    """The whole of what sending to a peer has taught us."""

    id: int
    state: PeerState
    failures: int
    open_until: datetime | None
    window: int
    profile: SignatureProfile | None
    last_success_at: datetime | None
    last_failure_at: datetime | None
    last_error: str | None


_PEER = Shape(Peer, peers)
_SELECT = select(*_PEER.columns)
_BY_ID = _SELECT.where(peers.c.id == bindparam("id"))
_AUTHORITIES = select(peers.c.id, peers.c.authority).where(
    peers.c.id.in_(bindparam("ids", expanding=True))
)
_BY_AUTHORITY = _SELECT.where(peers.c.authority == bindparam("authority"))
_BY_AUTHORITIES = _SELECT.where(peers.c.authority.in_(bindparam("names", expanding=True)))
_LIST = _SELECT.order_by(peers.c.authority).limit(bindparam("limit"))
_ENSURE = insert(peers).on_conflict_do_nothing(index_elements=[peers.c.authority])
_INSERT = insert(peers)
_SET_POLICY = _INSERT.on_conflict_do_update(
    index_elements=[peers.c.authority], set_={"policy": _INSERT.excluded.policy}
)
_LEARNT = (
    "state",
    "failures",
    "open_until",
    "window",
    "profile",
    "last_success_at",
    "last_failure_at",
    "last_error",
)
_RECORD = (
    peers.update()
    .where(peers.c.id == bindparam("peer"))
    .values({name: bindparam(f"new_{name}") for name in _LEARNT})
)
_OF = peers.c.authority == bindparam("peer")
_SEEN = (
    peers.update()
    .where(_OF, or_(peers.c.last_seen_at.is_(None), peers.c.last_seen_at < bindparam("now")))
    .values(last_seen_at=bindparam("now"))
)
_HALF_OPEN = peers.update().where(peers.c.state == "open").values(open_until=bindparam("now"))
_SET_SOFTWARE = peers.update().where(_OF).values(software=bindparam("new_software"))
_POLICIES = select(peers.c.authority, peers.c.policy).where(peers.c.policy != "default")


class PeerRepository:
    """Peers by id and authority. An authority may be given in any case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, peer_id: int) -> Peer | None:
        return _PEER.maybe(self._connection.execute(_BY_ID, {"id": peer_id}).first())

    def authorities(self, ids: Iterable[int]) -> dict[int, str]:
        """The authority of each of these peers, by id."""
        rows = self._connection.execute(_AUTHORITIES, {"ids": list(ids)})
        return {number: authority for number, authority in rows}  # noqa: C416 a Row is no pair

    def by_authority(self, authority: str) -> Peer | None:
        key = {"authority": authority.lower()}
        return _PEER.maybe(self._connection.execute(_BY_AUTHORITY, key).first())

    def ensure(self, authority: str, now: datetime, new_id: Callable[[], int]) -> Peer:
        """The peer, which is added when it is new."""
        return self.ensure_many([authority], now, new_id)[authority.lower()]

    def ensure_many(
        self, authorities: Iterable[str], now: datetime, new_id: Callable[[], int]
    ) -> dict[str, Peer]:
        """The peers by authority (in lower case); those that are new are added."""
        wanted = sorted({authority.lower() for authority in authorities})
        found = self._by_authorities(wanted)
        if missing := [authority for authority in wanted if authority not in found]:
            self._connection.execute(
                _ENSURE,
                [
                    _PEER.values(Peer(id=new_id(), authority=authority, created_at=now))
                    for authority in missing
                ],
            )
            found |= self._by_authorities(missing)
        return found

    def set_policy(
        self, authority: str, policy: PeerPolicy, now: datetime, new_id: Callable[[], int]
    ) -> None:
        """What the peer may do here, whether we have met it or not."""
        peer = Peer(id=new_id(), authority=authority.lower(), policy=policy, created_at=now)
        self._connection.execute(_SET_POLICY, _PEER.values(peer))

    def record(self, updates: Sequence[PeerUpdate]) -> None:
        """Stores what sending has taught us, of many peers at once."""
        if updates:
            self._connection.execute(_RECORD, [_learnt(update) for update in updates])

    def seen(self, authority: str, now: datetime) -> None:
        """A known peer has sent us something that it signed."""
        self._connection.execute(_SEEN, {"peer": authority.lower(), "now": now})

    def half_open(self, now: datetime) -> int:
        """Lets a probe go to every peer whose circuit is open; how many there are."""
        return self._connection.execute(_HALF_OPEN, {"now": now}).rowcount

    def set_software(self, authority: str, software: str) -> None:
        """What a known peer says that it runs."""
        self._connection.execute(
            _SET_SOFTWARE, {"peer": authority.lower(), "new_software": software}
        )

    def policies(self) -> dict[str, PeerPolicy]:
        """The policy of each authority that has another than the default."""
        rows = self._connection.execute(_POLICIES)
        return {authority: policy for authority, policy in rows}  # noqa: C416 a Row is no pair

    def list(self, limit: int = 10_000) -> list[Peer]:
        """All peers, by authority."""
        return [_PEER.read(row) for row in self._connection.execute(_LIST, {"limit": limit})]

    def _by_authorities(self, names: Sequence[str]) -> dict[str, Peer]:
        rows = self._connection.execute(_BY_AUTHORITIES, {"names": names})
        return {peer.authority: peer for peer in map(_PEER.read, rows)}


def _learnt(update: PeerUpdate) -> dict[str, Any]:
    return {"peer": update.id} | {f"new_{name}": getattr(update, name) for name in _LEARNT}

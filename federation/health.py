"""How a peer is, as pure functions of what sending to it brought: window, circuit, dead or alive.

The window of parallel sends grows by one for each full window of successes and halves on failure.
Failures in a row, over whatever activities, open the circuit: nothing is sent for half a minute,
then one probe; each probe that fails doubles the wait. A peer that has been silent for a week is
called gone and probed daily. Any answer that is not the peer's own trouble closes the circuit.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from storage.peers import Peer, PeerUpdate

LARGEST_WINDOW: Final = 32
OPENS_AFTER: Final = 5
"""Failures in a row that open the circuit."""
FIRST_PAUSE: Final = timedelta(seconds=30)
LONGEST_PAUSE: Final = timedelta(hours=1)
GONE_AFTER: Final = timedelta(days=7)
PROBE_GONE_EVERY: Final = timedelta(days=1)


def after_success(peer: Peer, now: datetime, streak: int) -> tuple[Peer, int]:
    """The peer after it took something. `streak` counts successes since the window last changed;
    the second value is the new count."""
    window, streak = peer.window, streak + 1
    if streak >= window:
        window, streak = min(window + 1, LARGEST_WINDOW), 0
    well = replace(
        peer,
        state="up",
        failures=0,
        open_until=None,
        window=window,
        last_success_at=now,
        last_error=None,
    )
    return well, streak


def after_failure(peer: Peer, now: datetime, error: str, *, counts: bool = True) -> Peer:
    """The peer after an attempt failed through its fault, or the network's.

    `counts` is False for one activity that fails again and again with an answer: that says more
    about the activity than about the peer, unless it is the probe of an open circuit.
    """
    counts = counts or peer.state == "open"
    failures = peer.failures + (1 if counts else 0)
    failing = replace(
        peer,
        state="failing" if peer.state == "up" else peer.state,
        failures=failures,
        window=max(peer.window // 2, 1),
        last_error=error,
    )
    if peer.state == "open" and peer.open_until is not None and now < peer.open_until:
        return failing  # sent before the circuit opened; that pause stands
    if peer.state == "open" or (counts and failures >= OPENS_AFTER):
        failing = _paused(failing, peer, now)
    return replace(failing, last_failure_at=now)


def held_until(peer: Peer, until: datetime, now: datetime) -> Peer:
    """The peer after it asked us to come back later (429 or 503 with Retry-After)."""
    if peer.open_until is not None and peer.open_until >= until:
        return peer
    return replace(peer, state="open", open_until=until, last_failure_at=now)


def revived(peer: Peer) -> Peer:
    """The peer after it spoke to us: it lives, so what waits for it may go."""
    return replace(peer, state="up", failures=0, open_until=None)


def due_for_probe(peer: Peer, now: datetime) -> bool:
    """Whether a peer that is gone should be tried once more."""
    return peer.state == "gone" and (peer.open_until is None or peer.open_until <= now)


def probing(peer: Peer, now: datetime) -> Peer:
    """A peer that was gone, with its circuit half open."""
    return replace(peer, state="open", open_until=now)


def as_update(peer: Peer) -> PeerUpdate:
    """What storage keeps of it."""
    return PeerUpdate(
        id=peer.id,
        state=peer.state,
        failures=peer.failures,
        open_until=peer.open_until,
        window=peer.window,
        profile=peer.profile,
        last_success_at=peer.last_success_at,
        last_failure_at=peer.last_failure_at,
        last_error=peer.last_error,
    )


def _paused(failing: Peer, before: Peer, now: datetime) -> Peer:
    if _silent_since(before, now) >= GONE_AFTER:
        return replace(failing, state="gone", open_until=now + PROBE_GONE_EVERY)
    pause = FIRST_PAUSE
    if before.state == "open" and before.open_until and before.last_failure_at:
        last = before.open_until - before.last_failure_at
        pause = min(max(last * 2, FIRST_PAUSE), LONGEST_PAUSE)
    return replace(failing, state="open", open_until=now + pause)


def _silent_since(peer: Peer, now: datetime) -> timedelta:
    heard = [peer.created_at, peer.last_success_at, peer.last_seen_at]
    return now - max(moment for moment in heard if moment is not None)

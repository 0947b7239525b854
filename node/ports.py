"""What rooms ask of the outside: a clock, ids, and someone who tells other nodes.

Each is a plain callable; `node/app.py` builds the only real ones.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from storage.keys import PrivateKeys, PublicKeyRecord

Clock = Callable[[], datetime]
"""The time now, aware UTC."""

NewId = Callable[[], int]
"""A fresh 64-bit, time-ordered id."""

PublicHalf = Callable[[str, int, PrivateKeys], list[PublicKeyRecord]]
"""(actor URI, actor id, private keys) to the public keys that its document shows."""

NewKeys = Callable[[], Awaitable[PrivateKeys]]
"""Fresh keys for an actor that is about to be; its `actor_id` is still 0."""

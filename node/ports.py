"""What rooms ask of the outside: a clock, ids, and someone who tells other nodes.

The clock and the id source are plain callables; `node/app.py` builds the only real ones.
"""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""The time now, aware UTC."""

NewId = Callable[[], int]
"""A fresh 64-bit, time-ordered id."""

"""Nodes of most tests have no newcomers: their people are made in the moment in which they act.
What newcomers may not do is tried in tests/node/safety/test_newcomers.py, with limits in force.
"""

from typing import Any

NO_NEWCOMERS: dict[str, Any] = {"newcomer_days": 0, "newcomer_threads_read": 0}
"""Settings for `Config`."""

"""Nodes of most tests have no newcomers: their people are made in the moment in which they act, and
what they write goes out at once. What newcomers may not do is tried in
tests/node/safety/test_newcomers.py, how posts wait in tests/node/sending/.

And they mean to be open to nodes that nobody has allowed, and to what is written there. Here alone
tests say so; what a node does that trusts some nodes only is tried in
tests/federation/test_policy.py and tests/node/test_trusted_circle.py.
"""

from typing import Any

NO_NEWCOMERS: dict[str, Any] = {
    "newcomer_days": 0,
    "newcomer_threads_read": 0,
    "outbound_hold_minutes": 0,
    "first_posts_held": 0,
    "federation": "open",
    "outside_posts": "take",
}
"""Settings for `Config`."""

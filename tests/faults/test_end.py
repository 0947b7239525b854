"""SIGTERM under load: the node ends soon and in good order, and a restart loses nothing (R-12)."""

from pathlib import Path
from time import monotonic

import pytest

from tests.faults.exchange import exchange
from tests.faults.ledger import Ledger
from tests.faults.processes import Victim

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]

SECONDS = 30.0


async def end_in_good_order(node: Victim) -> None:
    """Within 30 seconds, with status 0, and nothing is held any more."""
    began = monotonic()
    assert await node.end() == 0
    took = monotonic() - began
    print(f"{node.key} ended within {took:.1f} s")
    assert took < SECONDS
    assert Ledger(node.database_url).leases() == 0


async def test_r12_nodes_are_restarted_while_they_talk(tmp_path: Path, on_each: list[str]) -> None:
    names = zip(("harbour", "meadow"), on_each, strict=True)
    nodes = [Victim(name, tmp_path, url) for name, url in names]
    await exchange(nodes, posts=150, breaks=5, break_off=end_in_good_order)

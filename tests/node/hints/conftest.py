"""What tests of hints share: a node with a front door."""

from tests.node.replying.conftest import house

__all__ = ["house"]

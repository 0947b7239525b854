"""A file of declarations for each room; `tests.node.policy.table` finds them all."""

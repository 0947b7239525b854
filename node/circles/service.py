"""All use cases of circles on one object, so that pages and the worker hold the same thing."""

from node.circles.daily import Daily


class Circles(Daily):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit. Only
    `run_once` is the worker's."""

"""All use cases of listening on one object. Nothing here knows the wire."""

from node.listening.overview import Overview


class Listening(Overview):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit."""

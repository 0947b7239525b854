"""All use cases of private messages on one object. Nothing here knows the wire."""

from node.messages.reading import Reading


class Messages(Reading):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit."""

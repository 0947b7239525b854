"""Records as wire documents, for the handlers of this edge.

The conversions themselves stand in the room of groups, whose `outbound.py` needs them as well: were
they here, that room and this edge would import each other.
"""

from node.groups.documents import (
    context_uri,
    group_document,
    node_document,
    persona_document,
    post_document,
    tombstone_document,
    webfinger_name,
)

__all__ = [
    "context_uri",
    "group_document",
    "node_document",
    "persona_document",
    "post_document",
    "tombstone_document",
    "webfinger_name",
]

"""What the use cases of the directory share."""

from dataclasses import dataclass
from typing import Final

from node.ports import Clock, NewId

OWN_LICENCE: Final = "CC0-1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """`origin` is the node's own address, `node_name` what its own list is called, `timezone` the
    zone of opening times that were written here."""

    now: Clock
    new_id: NewId
    origin: str
    node_name: str
    timezone: str

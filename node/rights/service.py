"""All use cases of one's rights over one's data, on one object."""

from dataclasses import dataclass

from node.rights.copying import Copies
from node.rights.erasing import Erasing
from node.rights.leaving import Leaving
from node.rights.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Rights:
    """Built once by `node/rooms.py`."""

    ledger: Ledger
    copies: Copies
    leaving: Leaving
    erasing: Erasing

"""What the demo has the terminal do on a node: a list of commands for `node.cli.errands`."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Errand:
    """The arguments after `kith`, and what the command reads from standard input."""

    arguments: tuple[str, ...]
    typed: str = ""


def written(errands: list[Errand]) -> bytes:
    """The errands as `node.cli.errands` reads them."""
    return json.dumps([asdict(errand) for errand in errands]).encode()

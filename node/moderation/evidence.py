"""Where the words come from that a reporter shows, and that they were really said.

A reporter ticks messages that they received and may narrow each one down to a part. The part must
stand in what was sent, word for word; so staff never see words that nobody said, and never more
than was chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from node.errors import Invalid
from node.i18n import N_
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message that somebody sent to the one who reads it."""

    id: int
    author_id: int
    sent_at: datetime
    text: str


class EvidenceSource(Protocol):
    """Knows what was sent to whom."""

    def received(self, uow: UnitOfWork, message_id: int, reader_id: int) -> list[Received]:
        """This message and others that its author sent to this reader in the same conversation,
        oldest first. Empty for one that the reader does not hold, or wrote."""
        ...


def chosen(received: list[Received], parts: Mapping[int, str]) -> list[Received]:
    """The messages that were ticked, each with the part of its text that shall be shown; `parts`
    are what the form held, by message. What was not received is as if it was not ticked. Raises
    Invalid."""
    shown = []
    for one in received:
        if one.id not in parts:
            continue
        part = _plain(parts[one.id]).strip()
        if not part or part not in _plain(one.text):
            raise Invalid(
                f"part-{one.id}",
                N_("These words are not in the message. You can only shorten what was sent."),
            )
        shown.append(Received(id=one.id, author_id=one.author_id, sent_at=one.sent_at, text=part))
    if not shown:
        raise Invalid("", N_("Tick at least one message that the staff may read."))
    return shown


def _plain(text: str) -> str:
    """Browsers send the ends of lines in a way of their own."""
    return text.replace("\r\n", "\n")

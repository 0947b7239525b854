"""The real documents, what their manifest asks of a receiver, and which outcomes that allows."""

import csv
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import msgspec

PLACEHOLDER = b'"SCRUBBED_ID"'

NO_EFFECT = (
    "ban:",
    "report:",
    "revert inner Block",
    "revert inner Announce",
    "actor or thread move",
    "unknown type",
    "poll vote",
    "private message",
    "interaction-approval",
    "match to our pending QuoteRequest",
    "MUST REJECT",
)
"""What must not change anything here: it is not spoken yet, or it is hostile."""

FREE = ("revert inner uri", "match to our pending activity")
"""Where the manifest leaves it to what the receiver remembers."""

NOT_FOR_US = {
    "for no group here",
    "addressed to people, not to the public",
    "not for the public",
    "down-votes are not kept",
    "not a supportive reaction",
    "not a collection of that group",
    "nothing to be had",
    "not to be had",
    "gone",
    "unknown type",
    "Block is not spoken here yet",
    "nothing to undo in Block",
}
"""Reasons to leave out what could have had an effect elsewhere."""

BLANKED = {"unexpected-type", "unknown-actor", "answers no Follow of ours"}
"""What comes of snapshots whose blanks stood for one id in two places."""

BROKEN = {
    "mastodon/bonfire__mastodon__application_actor.json": "no-id",
    "relay/pleromatest__relay__accept-follow.json": "no-id",
    "peertube/bonfire__peertube__video.json": "other-author",
}
"""Documents that are not what their producer sends: templates, fixtures with two hosts mixed."""


@dataclass(frozen=True, slots=True)
class Document:
    """One row of the manifest with its file. `producer` is the folder."""

    path: Path
    what: str
    receiver_should: str

    @property
    def producer(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return f"{self.producer}/{self.path.name}"

    def body(self) -> bytes:
        """The bytes, with an id in each place where the producer's own snapshot has a blank.

        Within one document the activity, its object and so on get ids of their own; a second
        object or actor named by a blank is a different one.
        """
        body, numbers = self.path.read_bytes(), count(1)
        while PLACEHOLDER in body:
            body = body.replace(PLACEHOLDER, b'"https://kbin.test/id/%d"' % next(numbers), 1)
        return body

    def read(self) -> Any:
        """The JSON."""
        return msgspec.json.decode(self.body())

    @property
    def is_example(self) -> bool:
        """Whether it is a fragment out of documentation, which may lack anything."""
        return self.what.startswith("documentation example")

    def allows(self, outcome: str, reason: str) -> bool:
        """Whether the manifest allows this outcome."""
        if self.receiver_should.startswith(NO_EFFECT):
            return outcome != "effect"
        if self.is_example or self.receiver_should.startswith(FREE):
            return True
        if self.what.startswith("ids are snapshot placeholders") and reason in BLANKED:
            return True
        return outcome == "effect" or reason in NOT_FOR_US or BROKEN.get(self.name) == reason


def all_documents(folder: Path) -> list[Document]:
    """Every row of MANIFEST.tsv."""
    with (folder / "MANIFEST.tsv").open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Document(folder / row["path"], row["what_it_is"], row["receiver_should"])
            for row in rows
        ]

"""Every way out of a node that is known. Bytes that go another way fail the proof: a new kind of
sink (mail, push, a cache, a log file) has to be put into `CHANNELS` before it may be used, with
what may be found in it.

Who reads an answer is told by the address that it goes to: the people of a node call from
127.0.0.2, other members of the same node from 127.0.0.3, nodes and visitors from 127.0.0.1.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.canary.markers import Find, Kind, search

OWNERS: Final = "127.0.0.2"
NEIGHBOURS: Final = "127.0.0.3"
OUTSIDE: Final[tuple[Kind, ...]] = ("sealed", "plain", "local", "stripped")
INSIDE: Final[tuple[Kind, ...]] = ("sealed", "plain", "stripped")
SEALED: Final[tuple[Kind, ...]] = ("sealed", "stripped")
OWN: Final[tuple[Kind, ...]] = ("stripped",)


@dataclass(frozen=True)
class Channel:
    """One way out: which records belong to it, and words of which kinds must not be there."""

    name: str
    kind: str
    where: str
    forbidden: tuple[Kind, ...] = OUTSIDE

    def takes(self, kind: str, where: str) -> bool:
        return kind == self.kind and re.fullmatch(self.where, where, re.DOTALL) is not None


CHANNELS: Final = (
    Channel("requests to other nodes", "sent", r"to <node>#.*"),
    Channel("answers to nodes and visitors", "sent", r"from 127\.0\.0\.1:.*"),
    Channel("answers to other members", "sent", r"from 127\.0\.0\.3:.*", INSIDE),
    Channel("answers to those it belongs to", "sent", r"from 127\.0\.0\.2:.*", OWN),
    Channel("within the node", "sent", r"unix pair#\d+"),
    Channel(
        "decoder of pictures", "process", r"subprocess\.Popen python -I -m node\.media\.recode"
    ),
    Channel("connections", "connect", r"<node>"),
    Channel("names asked", "name", r".*"),
    Channel("standard output", "stdout", r".*"),
    Channel("terminal of the operator", "terminal", r".*", SEALED),
    Channel("log", "stderr", r".*"),
    Channel("temporary files", "rest", r"<temporary>/.*"),
    Channel("temporary files", "file", r"<temporary>/.*"),
    Channel("files that were deleted", "rest", r"<deleted>/.*", SEALED),
    Channel("database", "rest", r"<data>/kith\.sqlite3", SEALED),
    Channel("database", "rest", r"<postgresql>/(?!pg_wal/).*", SEALED),
    Channel("database journals", "rest", r"<postgresql>/pg_wal/.*", SEALED),
    Channel("database journals", "rest", r"<data>/kith\.sqlite3-(wal|shm|journal)", SEALED),
    Channel("database journals", "rest", r"<killed>/.*", SEALED),
    Channel("backups", "rest", r"<backup>/.*", SEALED),
    Channel("media folder", "rest", r"<data>/media/.*"),
    Channel("other files of the node", "rest", r"<data>/(node\.keys|node\.keys\.[^/]*)"),
    Channel("files opened to write", "file", r"<data>/(kith\.sqlite3|\.?node\.keys[^/]*|media/.*)"),
)
EVERYTHING: Final[tuple[Kind, ...]] = ("sealed", "plain", "local", "stripped", "public")


@dataclass
class Count:
    """What was searched in a channel, and what was found."""

    bytes: int = 0
    finds: list[tuple[str, Find]] = field(default_factory=list)
    public: int = 0


@dataclass
class Searched:
    """The outcome, by channel; what took an unknown way; and the numbers that owners read."""

    channels: dict[str, Count]
    unknown: list["Piece"] = field(default_factory=list)
    read_by_owners: set[tuple[Kind, int | None]] = field(default_factory=set)
    kept_plainly: set[tuple[Kind, int | None]] = field(default_factory=set)

    @property
    def leaks(self) -> dict[str, list[str]]:
        """Where something was found that must not be there."""
        return {
            name: [f"{where}: {find.around}" for where, find in count.finds]
            for name, count in self.channels.items()
            if count.finds
        }

    def table(self) -> str:
        """Channels, bytes searched, words found."""
        lines = [f"{'channel':<34}{'bytes searched':>15}{'public words':>14}{'private words':>15}"]
        lines += [
            f"{name:<34}{count.bytes:>15,}{count.public:>14}{len(count.finds):>15}"
            for name, count in self.channels.items()
        ]
        return "\n".join(lines)


Piece = tuple[str, str, bytes]
"""Kind, where, bytes: one thing that left, or lies somewhere."""


def searched(pieces: Iterator[Piece]) -> Searched:
    """Looks through everything."""
    outcome = Searched({channel.name: Count() for channel in CHANNELS})
    for kind, where, data in pieces:
        channel = next((one for one in CHANNELS if one.takes(kind, where)), None)
        if channel is None:
            outcome.unknown.append((kind, where, data))
            continue
        count = outcome.channels[channel.name]
        count.bytes += len(where) + len(data)
        for find in search(where.encode() + b"\n" + data, EVERYTHING):
            if find.kind in channel.forbidden:
                count.finds.append((where, find))
            elif find.kind == "public":
                count.public += 1
            if channel.forbidden == OWN:
                outcome.read_by_owners.add((find.kind, find.number))
            elif channel.forbidden == SEALED:
                outcome.kept_plainly.add((find.kind, find.number))
    return outcome


def recorded(spy: Path, places: Mapping[str, str], nodes: set[str]) -> Iterator[Piece]:
    """What a spy wrote down: sends of one connection are put together; the node's own folders, and
    the addresses of `nodes`, have their names."""
    sent: defaultdict[str, bytearray] = defaultdict(bytearray)
    for path in sorted(spy.glob("*.jsonl")):
        for line in path.read_bytes().splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                # The last line of a process that was killed while it wrote.
                yield "sent", "unix pair#0", line
                continue
            kind, where, data = entry["kind"], entry["where"], entry["data"].encode("latin-1")
            for node in nodes if kind in ("sent", "connect") else ():
                where = re.sub(rf"^((?:to )?){re.escape(node)}(?=#|$)", r"\1<node>", where)
            if kind == "sent":
                sent[f"{where} {path.stem}"] += data
            else:
                yield kind, placed(where, places), data
    for where, whole in sent.items():
        yield "sent", where.rpartition(" ")[0], bytes(whole)


def placed(path: str, places: Mapping[str, str]) -> str:
    """A path with the node's own folders by their names."""
    for folder, name in places.items():
        if path == folder or path.startswith(folder + "/"):
            return name + path.removeprefix(folder)
    return path


def at_rest(folder: Path, places: Mapping[str, str]) -> Iterator[Piece]:
    """Every file below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield "rest", placed(str(path), places), path.read_bytes()

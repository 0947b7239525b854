"""Guards that the test takes away inside a node, one at a time, to see that the proof notices.

Which one is away just now stands in the file `removed` in the spy's folder. Some are guards of
ours, switched off; the others are what somebody might add one day: a log line, a preview of a link.
"""

import logging
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ["KITH_TEST_SPY"])
DATA = Path(os.environ["KITH_DATA"])


def is_away(name: str) -> bool:
    """Whether the test took this guard away."""
    try:
        return (FOLDER / "removed").read_text() == name
    except FileNotFoundError:
        return False


def instead(place: Any, name: str, guard: str, other: Callable[..., Any]) -> None:
    """`place.name` does something else while the guard is away."""
    real = getattr(place, name)

    def chosen(*arguments: Any, **named: Any) -> Any:
        return (other if is_away(guard) else real)(*arguments, **named)

    setattr(place, name, chosen)


def take_the_guards_away() -> None:
    """Before any other module of Kith is loaded, so that all of them get what is put here."""
    import node.visibility

    instead(node.visibility, "may_read_group", "readers", lambda *_: True)
    import node.groups.rules as rules

    instead(
        rules, "federated", "wire", lambda group: rules.FederatedGroup(group.group, group.actor)
    )
    from storage.sealed_posts import PostSeals

    instead(PostSeals, "closed", "seals", lambda _self, post: post)
    _keep_drafts_in_the_clear()
    from node.media.recoder import Recoder, Rendition

    async def as_it_came(_recoder: Any, data: bytes) -> Rendition:
        return Rendition(64, 64, data)

    instead(Recoder, "avatar", "pictures", as_it_came)
    from node.groups.posting import Posting

    _also(Posting, "post_thread")


def _keep_drafts_in_the_clear() -> None:
    """What is sealed while the guard is away is readable, and can still be opened."""
    from storage.seals import Seals

    instead(Seals, "seal", "drafts", lambda _self, plain, **_where: b"\xff" + plain)
    open_many = Seals.open_many

    def opened(self: Seals, many: Any) -> list[bytes | None]:
        real = iter(open_many(self, [one for one in many if one.sealed[:1] != b"\xff"]))
        return [one.sealed[1:] if one.sealed[:1] == b"\xff" else next(real) for one in many]

    Seals.open_many = opened  # type: ignore[method-assign]


def _also(place: Any, name: str) -> None:
    """Whoever opens a thread has something happen to its words."""
    real = getattr(place, name)

    def and_more(*arguments: Any, **named: Any) -> Any:
        text = arguments[-1].text
        for guard, act in SINKS.items():
            if is_away(guard):
                act(text)
        return real(*arguments, **named)

    setattr(place, name, and_more)


def _asks_for_names(text: str) -> None:
    with suppress(OSError):
        socket.getaddrinfo(f"{text.split()[0]}.invalid", 443)


def _prints(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _spools(text: str) -> None:
    with tempfile.TemporaryFile() as spool:
        spool.write(text.encode())


def _leaves_behind(text: str) -> None:
    Path(tempfile.mkdtemp(), "upload").write_text(text)


def _keeps_beside(text: str) -> None:
    (DATA / "media").mkdir(exist_ok=True)
    (DATA / "media" / "thumbnail").write_text(text)


def _calls_elsewhere(text: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.sendto(text.encode(), ("127.0.0.1", 514))


def _whispers(text: str) -> None:
    one, other = socket.socketpair()
    with one, other:
        one.send(text.encode())


SINKS: dict[str, Callable[[str], Any]] = {
    "names": _asks_for_names,
    "log": lambda text: logging.getLogger("node.groups").debug("posted: %s", text),
    "output": _prints,
    "spool": _spools,
    "left behind": _leaves_behind,
    "media": _keeps_beside,
    "keys": lambda text: (DATA / "node.keys.old").write_text(text),
    "dump": lambda text: (DATA / f"{text.split()[0]}.txt").write_text(text),
    "datagram": _calls_elsewhere,
    "pair": _whispers,
    "program": lambda text: subprocess.run(["true", text], check=False),
}

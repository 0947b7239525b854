"""What a cache between the node and people may keep (PRV-17): nothing that is one person's."""

from collections import defaultdict
from typing import Final

from tests.node.policy.asking import Reply
from tests.node.policy.language import Role

FOR_ONE: Final = "private, no-store"
PAGE_VARIES: Final = frozenset({"Accept", "Accept-Language", "Cookie"})


class Shelf:
    """Everything that said it may be shared, to compare it among all who asked."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._shared: defaultdict[str, set[tuple[int, bytes]]] = defaultdict(set)

    def look_at(self, place: str, role: Role, reply: Reply, *, is_known: bool) -> None:
        """One reply; `place` is the same for all who ask for the same thing in the same way.
        `is_known` says that the node knows who asks."""
        headers = dict(reply.headers)
        kept, tag = headers.get("Cache-Control", ""), headers.get("ETag")
        if "public" in kept:
            self._shared[place].add((reply.status, reply.body))
        elif (is_known and kept != FOR_ONE) or (reply.status == 200 and not is_for_one(kept)):
            self._blame(place, role, f"Cache-Control is {kept!r}")
        elif tag is not None:
            self._blame(place, role, f"has the ETag {tag}, which would tell of changes")
        varies = {name.strip() for name in headers.get("Vary", "").split(",")}
        is_page = headers.get("Content-Type", "").startswith("text/html")
        if is_page and not varies >= PAGE_VARIES:
            self._blame(place, role, f"Vary is {sorted(varies)}")

    def close(self) -> list[str]:
        """All that is wrong, what was shared and differed among it."""
        differing = [place for place, seen in self._shared.items() if len(seen) > 1]
        return self.faults + [f"{place}: shared, and not the same for all" for place in differing]

    def _blame(self, place: str, role: str, what: str) -> None:
        self.faults.append(f"{place} | {role}: {what}")


def is_for_one(kept: str) -> bool:
    """Whether shared caches leave it alone."""
    return "private" in kept or "no-store" in kept

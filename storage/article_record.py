"""The record of what a post says in fields: the structure of a coping card or a story."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """`kind` is "coping-card", "story", or whatever another node calls one of its own. `details`
    are plain JSON, at most three deep; each room reads its own kind from them, leniently, since
    another node may have written them. `licence` is a URL or an SPDX name, None for none."""

    kind: str
    details: dict[str, object] = field(default_factory=dict)
    licence: str | None = None

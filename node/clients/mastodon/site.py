"""What stands round every entity: this node's addresses, its pictures for who has none, and its
way to say a sentence in the language of a post.
"""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from node.ports import Clock
from node.web.i18n import Tongues
from node.web.keys import ASSETS, CONFIG, NOW, TONGUES

FACE: Final = "no-face.png"
HEADER: Final = "no-header.png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """This node as its entities show it. `face` and `header` are URLs."""

    origin: str
    authority: str
    face: str
    header: str
    tongues: Tongues
    now: Clock

    def say(self, language: str | None, sentence: str) -> str:
        """A msgid marked with N_ in this language, or in English where we do not speak it."""
        return self.tongues.choose(language or "").say(sentence)


def site_of(app: web.Application) -> Site:
    """The node that this application serves."""
    config, assets = app[CONFIG], app[ASSETS]
    return Site(
        origin=config.origin,
        authority=config.authority,
        face=config.origin + assets.address(FACE),
        header=config.origin + assets.address(HEADER),
        tongues=app[TONGUES],
        now=app[NOW],
    )

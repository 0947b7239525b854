"""People of other nodes whom a text names are got to know before it is written, so that it reaches
them. Who cannot be found stays a plain word."""

from contextlib import suppress
from typing import Final

from node.errors import KithError
from node.profiles.keys import FIND_ACTOR
from node.profiles.names import names_in
from node.web.http import Request
from node.web.keys import CONFIG

MOST_ASKED: Final = 5
"""Names that are asked for elsewhere because of one text."""


async def meet_those_named(request: Request, text: str) -> None:
    """Fetch who is not known yet. Nothing that goes wrong there keeps anybody from writing."""
    own, find_actor = request.app[CONFIG].authority, request.app[FIND_ACTOR]
    elsewhere = [name for name in names_in(text, own) if name[1] != own]
    for handle, authority in elsewhere[:MOST_ASKED]:
        with suppress(KithError):
            await find_actor(f"@{handle}@{authority}")

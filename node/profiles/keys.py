"""Where pages and clients find the use cases of profiles in the application."""

from collections.abc import Awaitable, Callable

from node.profiles.service import Profiles
from node.web.keys import AppKey

FindActor = Callable[[str], Awaitable[int]]
"""A name such as "@rowan@host", or the address of an actor, to the actor's id, fetched from its
node if we do not know it yet. Raises Invalid, Refused or NotFound with a sentence."""

PROFILES = AppKey("profiles", Profiles)
FIND_ACTOR = AppKey[FindActor]("find-actor")

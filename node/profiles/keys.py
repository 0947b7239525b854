"""Where pages and clients find the use cases of profiles in the application."""

from collections.abc import Awaitable, Callable

from node.profiles.service import Profiles
from node.web.keys import AppKey
from storage.unit_of_work import UnitOfWork

FindActor = Callable[[str], Awaitable[int]]
"""A name such as "@rowan@host", or the address of an actor, to the actor's id, fetched from its
node if we do not know it yet. Raises Invalid, Refused or NotFound with a sentence."""

TellOthers = Callable[[UnitOfWork, int], None]
"""Tells the nodes that know a persona how it is now. In the caller's transaction."""

PROFILES = AppKey("profiles", Profiles)
TELL_OTHERS = AppKey[TellOthers]("tell-others")
FIND_ACTOR = AppKey[FindActor]("find-actor")

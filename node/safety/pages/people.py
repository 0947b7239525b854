"""From an address to the person that it names."""

from node.web.handles import split_handle
from node.web.http import Request
from node.web.keys import CONFIG
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


def person_at(uow: UnitOfWork, request: Request) -> Actor | None:
    """The person of /personas/{handle}, here or elsewhere, None when nobody is called that. Whether
    the reader may see them is for the caller to ask. Raises NotFound for what is no handle."""
    handle, authority = split_handle(request.match_info["handle"], request.app[CONFIG].authority)
    return uow.actors.by_handle(handle, authority)

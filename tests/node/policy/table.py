"""The whole table: the declarations of every file in `rooms/`."""

import pkgutil
from importlib import import_module

from tests.node.policy import rooms
from tests.node.policy.language import Route, Thing, families

_MODULES = [
    import_module(f"{rooms.__name__}.{found.name}")
    for found in sorted(pkgutil.iter_modules(rooms.__path__), key=lambda found: found.name)
]
THINGS: list[Thing] = [thing for module in _MODULES for thing in getattr(module, "THINGS", ())]
ROUTES: list[Route] = [route for module in _MODULES for route in module.ROUTES]
FAMILIES = families(THINGS)


def lines() -> list[tuple[Route, Thing]]:
    """Each route with each thing that it may show. Raises KeyError for a thing there is not."""
    return [(route, thing) for route in ROUTES for thing in FAMILIES[route.of]]

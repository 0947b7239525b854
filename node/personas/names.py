"""Names that tell nothing: suggestions for a new persona, and the name of a one-off one.

They are drawn from chance alone, never from the account or from its other personas.
"""

from collections.abc import Callable
from dataclasses import dataclass

Below = Callable[[int], int]
"""A random whole number from 0 up to, not including, its argument."""

QUALITIES = (
    *("quiet", "gentle", "early", "late", "bright", "small", "patient", "wandering", "steady"),
    *(
        "soft",
        "warm",
        "silver",
        "amber",
        "mossy",
        "sunny",
        "rainy",
        "windy",
        "slow",
        "kind",
        "calm",
    ),
)
THINGS = (
    *("heron", "willow", "pebble", "lantern", "harbour", "meadow", "sparrow", "otter", "river"),
    *("maple", "fern", "cloud", "candle", "teapot", "finch", "hazel", "thistle", "island", "path"),
    *("robin", "cedar", "shell", "bridge", "garden", "badger"),
)


@dataclass(frozen=True, slots=True)
class PersonaName:
    """A handle and the name to show with it."""

    handle: str
    name: str


def suggestion(below: Below) -> PersonaName:
    """A handle and a name that somebody could like."""
    quality, thing = QUALITIES[below(len(QUALITIES))], THINGS[below(len(THINGS))]
    number = 100 + below(900)
    return PersonaName(f"{quality}_{thing}_{number}", f"{quality} {thing}".title())


def one_off_name(below: Below) -> PersonaName:
    """The neutral name of a one-off persona."""
    number = 10_000_000 + below(90_000_000)
    return PersonaName(f"someone_{number}", f"Someone {number % 10_000:04}")

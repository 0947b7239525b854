"""Where something is: what somebody typed as a place, a box round a point, how far two points are.
Pure. No map and no service of others is asked: a place is known by the services that are there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

from node.directory.words import key_of
from storage.service_search import Box

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

KM_MOST: Final = 200.0
KM_USUAL: Final = 25.0
_EARTH_KM: Final = 6371.0
_POINT: Final = re.compile(r"\s*(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Near:
    """A place that was asked for: a point, or what is compared with towns and postcodes."""

    key: str | None
    point: Point | None


def near(text: str) -> Near | None:
    """What was typed; None for nothing. "52.52, 13.4" is a point, anything else a name."""
    if not text.strip():
        return None
    found = _POINT.fullmatch(text)
    if found is not None:
        point = (float(found[1]), float(found[2]))
        if abs(point[0]) <= 90 and abs(point[1]) <= 180:
            return Near(None, point)
    return Near(key_of(text), None)


def middle(points: Sequence[Point]) -> Point | None:
    """The point in the middle, by the median, so that one wrong coordinate moves nothing."""
    if not points:
        return None
    half = len(points) // 2
    return sorted(one[0] for one in points)[half], sorted(one[1] for one in points)[half]


def box_round(point: Point, km: float) -> Box:
    """The box that holds all within so many kilometres."""
    at, along = point
    high = km / 111.0
    wide = min(180.0, km / max(111.0 * cos(radians(at)), 0.1))
    return Box(south=at - high, north=at + high, west=along - wide, east=along + wide)


def km_between(one: Point, other: Point) -> float:
    """The distance over the ground (haversine)."""
    a, b = radians(one[0]), radians(other[0])
    half_at, half_along = (b - a) / 2, radians(other[1] - one[1]) / 2
    inner = sin(half_at) ** 2 + cos(a) * cos(b) * sin(half_along) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, inner)))

"""The units of the training as they are written down, read once when the node starts.

`content/<language>.json` holds the general units, each with a situation to practise on, and a few
lines on every topic. A file of the operator's own takes the place of ours (docs/operating.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec

from node.topics import TOPICS

OURS: Final = "en"


class Practice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A situation, what to try, answers of others, and what to ask oneself. Nothing is scored."""

    situation: str
    ask: str
    models: tuple[str, ...]
    checks: tuple[str, ...]


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One unit: some paragraphs and a practice."""

    slug: str
    title: str
    minutes: int
    text: tuple[str, ...]
    practice: Practice


class TopicLines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is good to know about a topic, and what to leave out."""

    good: str
    leave: str


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    units: tuple[Unit, ...]
    topics: dict[str, TopicLines]


@dataclass(frozen=True, slots=True)
class Course:
    """The training in one language."""

    units: tuple[Unit, ...]
    topics: Mapping[str, TopicLines]

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(one.slug for one in self.units)

    def unit(self, slug: str) -> Unit | None:
        return next((one for one in self.units if one.slug == slug), None)


class Courses:
    """The training in all its languages. Which units there are is the same in each."""

    def __init__(self, courses: Mapping[str, Course]) -> None:
        self._courses = courses
        self.slugs = courses[OURS].slugs

    def in_language(self, tag: str) -> Course:
        """As somebody reads it; ours where there is no translation."""
        return self._courses.get(tag) or self._courses.get(tag[:2]) or self._courses[OURS]


def open_courses(own: Path) -> Courses:
    """What is shipped, and what the operator put into the folder `own` instead. Raises ValueError
    that names the file."""
    texts = {
        one.name[:-5]: one.read_bytes()
        for one in files("node.training.content").iterdir()
        if one.name.endswith(".json")
    }
    if own.is_dir():
        texts |= {one.stem: one.read_bytes() for one in sorted(own.glob("*.json"))}
    courses = {tag: _read(tag, text) for tag, text in texts.items()}
    for tag, course in courses.items():
        if course.slugs != courses[OURS].slugs:
            raise ValueError(f"training/{tag}.json must have the units of en.json, in its order")
    return Courses(courses)


def _read(tag: str, text: bytes) -> Course:
    try:
        content = msgspec.json.decode(text, type=_Content)
    except msgspec.DecodeError as error:
        raise ValueError(f"training/{tag}.json cannot be read: {error}") from error
    missing = [one.slug for one in TOPICS if one.slug not in content.topics]
    if missing:
        raise ValueError(f"training/{tag}.json says nothing about {', '.join(missing)}")
    return Course(content.units, content.topics)

"""Scripts: what a circle is asked, one question a day, as plain text that anybody can write.

    Name: A hundred days
    About: For whom it is.
    Language: en

    # a line that is left out
    One line is one day.

The last seven lines are for the last seven days, however long a circle lasts. Two scripts of our
own are shipped; administrators add others, and every circle has a copy that it can change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from node.circles.rules import CLOSING_DAYS, LONGEST, SHORTEST
from node.errors import Invalid
from node.i18n import N_
from storage.circle_ends import KeptScript
from storage.unit_of_work import UnitOfWork

SHIPPED: Final = ("hundred-days", "four-weeks-caring")
QUESTION_MOST: Final = 500
TEXT_MOST: Final = 60_000
NAME_MOST: Final = 100
LIBRARY_MOST: Final = 100
_HEAD: Final = ("name", "about", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """`key` names it in forms: of our own its file, of the library its number."""

    key: str
    name: str
    about: str
    language: str
    questions: tuple[str, ...]


def read_script(text: str, key: str = "") -> Script:
    """The script in a text. Raises Invalid for field "text", naming the line."""
    if len(text) > TEXT_MOST:
        raise Invalid("text", N_("A script fits 60,000 characters."))
    head: dict[str, str] = {}
    questions: list[str] = []
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = " ".join(raw.split())
        label, colon, rest = line.partition(":")
        if not line or line.startswith("#"):
            continue
        if colon and not questions and label.lower() in _HEAD and label.lower() not in head:
            head[label.lower()] = rest.strip()
        else:
            questions.append(line)
    if not head.get("name") or len(head["name"]) > NAME_MOST:
        raise Invalid("text", N_("Begin with a line such as “Name: Four quiet weeks”."))
    _check(questions, least=SHORTEST)
    return Script(
        key=key,
        name=head["name"],
        about=head.get("about", "")[:QUESTION_MOST],
        language=head.get("language", "en")[:35],
        questions=tuple(questions),
    )


def questions_of(text: str, days: int) -> list[str]:
    """The questions that somebody typed for their circle, one on each line. Raises Invalid."""
    lines = [" ".join(raw.split()) for raw in text.replace("\r\n", "\n").split("\n")]
    questions = [line for line in lines if line and not line.startswith("#")]
    _check(questions, least=max(days, CLOSING_DAYS))
    return questions


def text_of(script: Script) -> str:
    """The script as a text that `read_script` reads."""
    head = (f"Name: {script.name}", f"About: {script.about}", f"Language: {script.language}")
    return "\n".join((*head, "", *script.questions)) + "\n"


def lines_of(questions: Sequence[str]) -> str:
    """Questions as they stand in the form."""
    return "\n".join(questions)


@cache
def shipped() -> tuple[Script, ...]:
    """Our own scripts."""
    room = files("node.circles") / "shipped"
    return tuple(read_script((room / f"{key}.txt").read_text("utf-8"), key) for key in SHIPPED)


def library(uow: UnitOfWork) -> list[Script]:
    """All scripts that a circle can take, our own first."""
    return [*shipped(), *(read_script(one.text, str(one.id)) for one in uow.circle_ends.scripts())]


def chosen(uow: UnitOfWork, key: str) -> Script:
    """The script that a form names. Raises Invalid for field "script"."""
    for one in library(uow):
        if one.key == key:
            return one
    raise Invalid("script", N_("Choose one of the scripts from the list."))


def best_for(uow: UnitOfWork, topics: Sequence[str], days: int, language: str) -> Script:
    """What a circle takes that nobody chose one for: in its language where there is one, the one
    for carers where all of them care for somebody, else our longest."""
    fitting = [one for one in library(uow) if len(one.questions) >= days]
    spoken = [one for one in fitting if one.language == language]
    caring = [one for one in fitting if one.key == "four-weeks-caring" and "caring" in topics]
    kept = [one for one in spoken if one.key.isdigit()]
    return next(iter(caring or kept or spoken or fitting), shipped()[0])


def add_to_library(uow: UnitOfWork, kept: KeptScript) -> Script:
    """Add a script, or put another text in its place. Raises Invalid."""
    script = read_script(kept.text, str(kept.id))
    known = {one.id for one in uow.circle_ends.scripts()}
    if kept.id not in known and len(known) >= LIBRARY_MOST:
        raise Invalid("text", N_("The library is full. Take a script out first."))
    uow.circle_ends.put_script(kept)
    return script


def _check(questions: Sequence[str], *, least: int) -> None:
    if len(questions) < least:
        raise Invalid(
            "text", f"A circle of this length needs {least} questions; these are {len(questions)}."
        )
    if len(questions) > LONGEST:
        raise Invalid("text", N_("A script has at most 100 questions."))
    for number, line in enumerate(questions, 1):
        if len(line) > QUESTION_MOST:
            raise Invalid("text", f"Question {number} is too long: it fits 500 characters.")

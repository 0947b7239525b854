"""What the forms of the room have in common: ids, days, topics, and what was wrong."""

from node.errors import Invalid, Refused
from node.goals.rules import EntryDraft, GoalDraft
from node.local_time import WEEKDAYS, zones
from node.moods import DIFFICULTIES, MOODS
from node.topics import TOPICS, label_of
from node.web.errors import status_of
from node.web.forms import Form
from node.web.handles import parse_id
from node.web.http import Request, Response
from node.web.page import page
from storage.check_ins import CheckIn
from storage.goals import Goal


def goal_id(request: Request) -> int:
    """The goal that the address names. Raises NotFound."""
    return parse_id(request.match_info["id"])


def entry_id(request: Request) -> int:
    """The entry that the address names. Raises NotFound."""
    return parse_id(request.match_info["entry"])


def shown_again(form: Form, error: Invalid | Refused) -> int:
    """Puts the error at its field, or above the form; the status to answer with."""
    if isinstance(error, Invalid):
        form.blame(error)
    else:
        form.refuse(str(error))
    return status_of(error)


def goal_page(request: Request, template: str, *, status: int = 200, **context: object) -> Response:
    """A page of the room: it knows the words for moods, days, topics and places."""
    return page(
        request,
        f"goals/{template}.html",
        status=status,
        moods=MOODS,
        difficulties=DIFFICULTIES,
        weekdays=WEEKDAYS,
        topics=TOPICS,
        topic_label=label_of,
        zones=zones(),
        **context,
    )


def goal_draft(form: Form) -> GoalDraft:
    """The goal that was typed."""
    return GoalDraft(
        words=form["words"],
        kind=form["kind"],
        began=form["began"],
        zone=form["zone"],
        situation=form["situation"],
        answer=form["answer"],
        weekdays=frozenset(day for day in range(7) if form[f"day-{day}"] == "yes"),
        topics=tuple(one.slug for one in TOPICS if form[f"topic-{one.slug}"] == "yes"),
        shared=form["shared"],
    )


def goal_form(goal: Goal) -> Form:
    """The form as it was when the goal was last changed."""
    said = goal.said
    return Form(
        {
            "words": said.words,
            "kind": said.kind,
            "began": said.began.isoformat(),
            "zone": said.zone,
            "situation": said.situation,
            "answer": said.answer,
            "shared": said.shared,
            **{f"day-{day}": "yes" for day in said.weekdays},
            **{f"topic-{slug}": "yes" for slug in said.topics},
        }
    )


def entry_draft(form: Form) -> EntryDraft:
    """The entry that was typed."""
    return EntryDraft(
        mood=form["mood"],
        difficulty=form["difficulty"],
        did=form["did"],
        note=form["note"],
        day=form["day"],
        shared=form["shared"],
    )


def entry_form(entry: CheckIn) -> Form:
    """The form as it was when the entry was last changed."""
    said = entry.said
    return Form(
        {
            "mood": str(said.mood or ""),
            "difficulty": str(said.difficulty or ""),
            "did": {None: "", True: "yes", False: "no"}[said.did],
            "note": said.note,
            "day": said.day.isoformat(),
            "shared": entry.shared,
        }
    )

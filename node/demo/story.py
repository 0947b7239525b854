"""The story of two nodes and one conversation, as data: what somebody does, what both must show.

A step is agreed when its check holds; its latency is counted from the moment in which somebody
acts until both sides show the same.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from time import perf_counter

from node.demo import acts, checks
from node.demo.processes import DemoError
from node.demo.stage import Stage

DEADLINE_SECONDS = 20.0
PAUSE = 0.01

H, M = "Harbour", "Meadow"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens, at one of the sides."""

    title: str
    side: str
    act: acts.Act
    check: checks.Check


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a step went. `problem` is None when both sides agree."""

    step: Step
    seconds: float
    problem: str | None


STORY = (
    Step("look up !grief", M, acts.looks_up(M, "linnea", "grief", H), checks.same_group),
    Step("follow, and be accepted", M, acts.follows(M, "linnea"), checks.is_member),
    Step("earlier threads and replies arrive", M, acts.nothing, checks.same_threads),
    Step(
        "post from Harbour",
        H,
        acts.opens(
            H,
            "ash",
            "letter",
            title="A letter in her handwriting",
            text="It fell out of a *cookbook*: a shopping list. I read it four times.",
            content_warning="loss of a sister",
            reply_wanted="just-listening",
        ),
        checks.both_show("letter", state="here", reply_wanted="just-listening"),
    ),
    Step(
        "post from Meadow",
        M,
        acts.opens(
            M,
            "linnea",
            "winter",
            title="Getting through December",
            text="The lights are up in our street. What helped you through the first one?",
            reply_wanted="ideas",
        ),
        checks.both_show("winter", state="here"),
    ),
    Step(
        "reply from Meadow, level 1",
        M,
        acts.replies(M, "linnea", "letter", "letter 1", "What was on the list?"),
        checks.both_show("letter 1", state="here"),
    ),
    Step(
        "reply from Harbour, level 2",
        H,
        acts.replies(H, "ash", "letter 1", "letter 2", "Lemons, twice. She always forgot."),
        checks.both_show("letter 2", state="here"),
    ),
    Step(
        "reply from Meadow, level 3",
        M,
        acts.replies(M, "linnea", "letter 2", "letter 3", "Lemons, twice. I will remember that."),
        checks.both_show("letter 3", state="here", replies=[]),
    ),
    Step(
        "reply from Harbour, level 1",
        H,
        acts.replies(H, "mara", "winter", "winter 1", "We lit one candle, and went to bed early."),
        checks.both_show("winter 1", state="here"),
    ),
    Step(
        "reply from Meadow, level 2",
        M,
        acts.replies(M, "linnea", "winter 1", "winter 2", "Early to bed sounds wise."),
        checks.both_show("winter 2", state="here"),
    ),
    Step(
        "reply from Harbour, level 3",
        H,
        acts.replies(H, "rowan", "winter 2", "winter 3", "And you may skip what is too much."),
        checks.both_show("winter 3", state="here", replies=[]),
    ),
    Step(
        "reaction from Meadow",
        M,
        acts.reacts(M, "linnea", "letter", "hear-you"),
        checks.both_show("letter", reactions={"hear-you": 1}),
    ),
    Step(
        "reaction from Harbour",
        H,
        acts.reacts(H, "ash", "letter 3", "thank-you"),
        checks.both_show("letter 3", reactions={"thank-you": 1}),
    ),
    Step(
        "another reaction instead",
        M,
        acts.reacts(M, "linnea", "letter", "strength"),
        checks.both_show("letter", reactions={"strength": 1}),
    ),
    Step(
        "undo at Meadow",
        M,
        acts.takes_back(M, "linnea", "letter"),
        checks.both_show("letter", reactions={}),
    ),
    Step(
        "undo at Harbour",
        H,
        acts.takes_back(H, "ash", "letter 3"),
        checks.both_show("letter 3", reactions={}),
    ),
    Step(
        "edit at Harbour",
        H,
        acts.edits(H, "ash", "letter", title="Her shopping list", content_warning=None),
        checks.both_show("letter", title="Her shopping list", content_warning=None, edited=True),
    ),
    Step(
        "edit at Meadow",
        M,
        acts.edits(M, "linnea", "letter 3", text="Lemons, twice. Thank you for telling us."),
        checks.both_show(
            "letter 3", words="<p>Lemons, twice. Thank you for telling us.</p>", edited=True
        ),
    ),
    Step(
        "delete at Meadow leaves a tombstone",
        M,
        acts.deletes(M, "linnea", "letter 1"),
        checks.both_show("letter 1", state="deleted", words=""),
    ),
    Step(
        "delete at Harbour leaves a tombstone",
        H,
        acts.deletes(H, "mara", "winter 1"),
        checks.both_show("winter 1", state="deleted", words=""),
    ),
    Step(
        "moderator removes a reply",
        H,
        acts.moderates(H, "rowan", "remove", "winter 2", "Please ask before naming others."),
        checks.both_show("winter 2", state="removed", words=""),
    ),
    Step(
        "moderator restores it",
        H,
        acts.moderates(H, "rowan", "restore", "winter 2"),
        checks.both_show("winter 2", state="here", words="<p>Early to bed sounds wise.</p>"),
    ),
    Step(
        "moderator locks a thread",
        H,
        acts.moderates(H, "rowan", "lock", "letter", "Let us rest for tonight."),
        checks.both_show("letter", locked=True),
    ),
    Step(
        "a locked thread takes no reply",
        M,
        acts.refused(acts.replies(M, "linnea", "letter", "late", "One more thing"), "locked"),
        checks.both_show("letter", locked=True),
    ),
    Step(
        "moderator unlocks it",
        H,
        acts.moderates(H, "rowan", "unlock", "letter"),
        checks.both_show("letter", locked=False),
    ),
    Step(
        "moderator pins a thread",
        H,
        acts.moderates(H, "rowan", "pin", "winter"),
        checks.both_show("winter", pinned=True),
    ),
    Step(
        "a local group stays at home",
        M,
        acts.finds_nothing(M, "linnea", "night_shift", H),
        checks.stays_home,
    ),
    Step("unfollow", M, acts.unfollows(M, "linnea"), checks.is_no_member),
)


async def play(stage: Stage) -> AsyncIterator[Outcome]:
    """Plays the story and tells of each step; the first that fails is the last."""
    for step in STORY:
        begun = perf_counter()
        try:
            await step.act(stage)
            problem = await _until_agreed(step, stage)
        except (DemoError, LookupError) as error:
            problem = str(error)
        yield Outcome(step, perf_counter() - begun, problem)
        if problem is not None:
            return


async def _until_agreed(step: Step, stage: Stage) -> str | None:
    deadline = perf_counter() + DEADLINE_SECONDS
    while True:
        problem = await step.check(stage)
        if problem is None or perf_counter() > deadline:
            return problem
        await asyncio.sleep(PAUSE)

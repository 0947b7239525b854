"""The parts of a plan, in the order in which they help (after the safety planning of Stanley and
Brown: from what one notices oneself to whom one can call)."""

from dataclasses import dataclass
from typing import Final

from node.errors import Invalid
from node.i18n import N_

MOST: Final = 2000
"""Letters of one part."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, the question, an example."""

    name: str
    title: str
    hint: str


PARTS: Final = (
    Part("signs", N_("How I notice that it gets hard"), N_("Such as: I stop answering.")),
    Part("myself", N_("What I can do by myself"), N_("Such as: a walk, a hot shower.")),
    Part("places", N_("People and places that take my mind off it"), N_("Such as: the library.")),
    Part("ask", N_("Whom I can ask for help"), N_("Names, and how to reach them.")),
    Part("professionals", N_("Professionals and helplines"), N_("Names, numbers, opening times.")),
    Part("safer", N_("How I make things safer around me"), N_("Such as: give my keys to Sam.")),
    Part("reasons", N_("What I hold on to"), N_("People, animals, things still to come.")),
    Part("steps", N_("Small steps I chose"), N_("From “One step at a time”, or your own.")),
)
NAMES: Final = frozenset(part.name for part in PARTS)

Plan = dict[str, str]
"""What stands in each part."""


def checked(typed: Plan) -> Plan:
    """The plan as it may be kept. Raises Invalid for a part that is too long."""
    plan = {}
    for part in PARTS:
        words = typed.get(part.name, "").replace("\r\n", "\n").replace("\x00", "").strip()
        if len(words) > MOST:
            raise Invalid(part.name, N_("This part is too long; up to 2,000 characters fit."))
        if words:
            plan[part.name] = words
    return plan


def with_step(plan: Plan, step: str) -> Plan:
    """The plan with one more small step, unless it stands there or there is no room."""
    steps = plan.get("steps", "")
    if step in steps.split("\n") or len(steps) + len(step) + 1 > MOST:
        return plan
    return plan | {"steps": f"{steps}\n{step}".strip()}

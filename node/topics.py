"""Topics: what people here live with, in words of their own. One list for every room, so that a
coping card, a story, a circle and somebody who listens can be found by the same word. Pure.

The list is ours and free for any use (CC0). A topic is a choice, never asked for and never shown
beside a name unless its owner put it there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from node.errors import Invalid
from node.i18n import N_


@dataclass(frozen=True, slots=True)
class Topic:
    """`slug` is what is stored and sent: lower-case ASCII. `label` is shown, translated."""

    slug: str
    label: str


TOPICS: Final[tuple[Topic, ...]] = (
    Topic("depression", N_("Depression")),
    Topic("anxiety", N_("Anxiety and panic")),
    Topic("low-mood", N_("Low mood")),
    Topic("loneliness", N_("Loneliness")),
    Topic("stress", N_("Stress and burnout")),
    Topic("sleep", N_("Sleep")),
    Topic("trauma", N_("Trauma")),
    Topic("abuse", N_("Abuse and what comes after")),
    Topic("self-harm", N_("Self-harm")),
    Topic("suicidal-thoughts", N_("Suicidal thoughts")),
    Topic("bipolar", N_("Bipolar")),
    Topic("psychosis", N_("Psychosis and voices")),
    Topic("ocd", N_("OCD")),
    Topic("eating", N_("Eating and body")),
    Topic("adhd", N_("ADHD")),
    Topic("autism", N_("Autism")),
    Topic("personality", N_("Strong feelings and personality")),
    Topic("bereavement", N_("Bereavement")),
    Topic("child-loss", N_("Loss of a child or a pregnancy")),
    Topic("suicide-loss", N_("Loss by suicide")),
    Topic("alcohol", N_("Alcohol")),
    Topic("drugs", N_("Drugs")),
    Topic("smoking", N_("Smoking")),
    Topic("gambling", N_("Gambling")),
    Topic("medication", N_("Living with medication")),
    Topic("chronic-pain", N_("Chronic pain")),
    Topic("chronic-illness", N_("Chronic illness")),
    Topic("cancer", N_("Cancer")),
    Topic("rare-disease", N_("Rare disease")),
    Topic("disability", N_("Disability")),
    Topic("brain-injury", N_("Brain injury and stroke")),
    Topic("dementia", N_("Dementia in the family")),
    Topic("caring", N_("Caring for someone")),
    Topic("family", N_("Family and relationships")),
    Topic("separation", N_("Separation")),
    Topic("parenthood", N_("Becoming a parent")),
    Topic("growing-older", N_("Growing older")),
    Topic("work-and-money", N_("Work and money")),
    Topic("housing", N_("Housing")),
    Topic("migration", N_("A new country")),
    Topic("lgbtq", N_("LGBTQ+ life")),
    Topic("veterans", N_("After military service")),
    Topic("recovery", N_("Recovery")),
    Topic("motivation", N_("Finding motivation")),
)
"""In the order in which they are offered: what lies near each other stands together."""

_BY_SLUG: Final = {one.slug: one for one in TOPICS}


def label_of(slug: str) -> str:
    """The label of a topic, untranslated; a slug that is not known (from another node, or from
    an older list) stands for itself."""
    known = _BY_SLUG.get(slug)
    return known.label if known else slug.replace("-", " ")


def topics_of(field: str, given: Iterable[str], *, most: int) -> tuple[str, ...]:
    """The slugs somebody chose, each once, in the order of the list. Raises Invalid."""
    chosen = set(given)
    unknown = sorted(chosen - _BY_SLUG.keys())
    if unknown:
        raise Invalid(field, f"“{unknown[0][:40]}” is not one of the topics. Choose from the list.")
    if len(chosen) > most:
        raise Invalid(field, f"Choose at most {most} topics.")
    return tuple(one.slug for one in TOPICS if one.slug in chosen)

"""The short taxonomy of our own: what kind of support it is, and what people live with (the topics
of the whole node, `node.topics`). Pure, and free for any use (CC0).

Services come with other taxonomies, or with none. So that they can be found by need all the same,
each is matched with our terms by plain words of its own name, terms and description. That is a help
for finding, and nothing more: what a service says of itself is never changed by it.
"""

import re
from dataclasses import dataclass
from typing import Final

from node.directory.hsds.package import uuid_of
from node.i18n import N_
from node.topics import TOPICS

TAXONOMY_ID: Final = uuid_of("kith taxonomy")
TAXONOMY_NAME: Final = "Kith: support and lived experience"


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """`words` are beginnings of words, any of which tells that the term fits; a space or a dash in
    one stands for either. Only terms that are `support` bring a service into the first view."""

    slug: str
    label: str
    words: tuple[str, ...]
    is_support: bool = True

    @property
    def id(self) -> str:
        return uuid_of(f"kith term {self.slug}")


def _type(slug: str, label: str, words: str, *, is_support: bool = True) -> OwnTerm:
    return OwnTerm(f"type-{slug}", label, tuple(words.split("|")), is_support)


TYPES: Final = (
    _type("helpline", N_("Helpline or chat"), "helpline|hotline|crisis line|warm line|warmline"),
    _type("crisis", N_("In a crisis"), "crisis|suicid|psychiatric emergenc|domestic violence"),
    _type(
        "peer-support", N_("Peer support"), "peer support|peer-support|peer led|lived experience"
    ),
    _type("group", N_("Support group"), "support group|group support|self-help|mutual aid|12-step"),
    _type("counselling", N_("Talking with someone trained"), "counsel|therap|psycholog"),
    _type(
        "recovery", N_("Recovery"), "recovery|addict|substance|alcohol|sobriety|drug abuse|rehab"
    ),
    _type("grief", N_("After a death"), "bereave|grief|grieving|loss of a|hospice"),
    _type(
        "carers", N_("For those who care for someone"), "carer|caregiver|respite|relief for care"
    ),
    _type(
        "safe", N_("A safe place"), "refuge|safe hous|shelter for|domestic abuse|escape violence"
    ),
    _type("advocacy", N_("Someone on your side"), "advoca|ombuds|help navigating|case management"),
    _type(
        "medical",
        N_("Doctors and clinics"),
        "mental health|psychiatr|detox|clinic",
        is_support=True,
    ),
    _type(
        "company",
        N_("Company and things to do"),
        "befriend|drop-in|drop in|clubhouse|lonel|companion",
    ),
    _type(
        "everyday",
        N_("Food, housing, money"),
        "food|housing|shelter|rent|benefit|debt",
        is_support=False,
    ),
    _type("legal", N_("Advice on rights"), "legal|immigration|tenant", is_support=False),
)

_OF_TOPICS: Final[dict[str, str]] = {
    "depression": "depress",
    "anxiety": "anxiet|panic",
    "low-mood": "low mood",
    "loneliness": "lonel|isolat",
    "stress": "stress|burnout",
    "sleep": "insomnia|sleep problem",
    "trauma": "trauma|ptsd",
    "abuse": "abuse|domestic violence|sexual assault|rape",
    "self-harm": "self-harm|self harm|self-injur",
    "suicidal-thoughts": "suicid",
    "bipolar": "bipolar",
    "psychosis": "psychosis|schizophren|hearing voices",
    "ocd": "ocd|obsessive",
    "eating": "eating disorder|anorexi|bulimi",
    "adhd": "adhd",
    "autism": "autis|asperger",
    "personality": "personality disorder|borderline",
    "bereavement": "bereave|grief|grieving",
    "child-loss": "miscarriage|stillb|loss of a child|child loss",
    "suicide-loss": "bereaved by suicide|suicide loss|survivors of suicide",
    "alcohol": "alcohol|drinking",
    "drugs": "drug|substance|narcotic|opioid",
    "smoking": "smok|tobacco|nicotine",
    "gambling": "gambl",
    "medication": "medication",
    "chronic-pain": "chronic pain|fibromyalg",
    "chronic-illness": "chronic illness|chronic condition|diabet|arthrit|lupus",
    "cancer": "cancer|oncolog",
    "rare-disease": "rare disease",
    "disability": "disab",
    "brain-injury": "brain injur|stroke",
    "dementia": "dementia|alzheimer",
    "caring": "carer|caregiver|respite",
    "family": "family support|parenting|relationship|couples",
    "separation": "divorce|separation",
    "parenthood": "postnatal|postpartum|perinatal|new parent|pregnan",
    "growing-older": "older adult|senior|elder|older people",
    "work-and-money": "unemploy|debt|job loss|money advice",
    "housing": "housing|homeless|evict",
    "migration": "refugee|immigrant|asylum|migrant",
    "lgbtq": "lgbt|gay|lesbian|transgender|queer",
    "veterans": "veteran|military",
    "recovery": "recovery|sobriety|12-step",
    "motivation": "motivat",
}
TOPIC_TERMS: Final = tuple(
    OwnTerm(one.slug, one.label, tuple(_OF_TOPICS[one.slug].split("|")), is_support=False)
    for one in TOPICS
    if one.slug in _OF_TOPICS
)
TERMS: Final = (*TYPES, *TOPIC_TERMS)
BY_SLUG: Final = {one.slug: one for one in TERMS}
BY_ID: Final = {one.id: one for one in TERMS}


def _plain(text: str) -> str:
    """Lower case, with one space in front of each word and for whatever stands between two."""
    return " " + _BETWEEN.sub(" ", text.lower()).strip()


_BETWEEN: Final = re.compile(r"\W+")
_BEGINNINGS: Final = tuple((one, tuple(_plain(word) for word in one.words)) for one in TERMS)


def matching(text: str) -> list[OwnTerm]:
    """The terms of ours that fit a text.

    Each beginning of a word is looked for by itself in a text that was made plain once: a tenth of
    the time that patterns take, which was half the time of an import.
    """
    plain = _plain(text)
    return [one for one, words in _BEGINNINGS if any(word in plain for word in words)]


def taxonomy_document() -> dict[str, str]:
    """The taxonomy as HSDS has it."""
    return {
        "id": TAXONOMY_ID,
        "name": TAXONOMY_NAME,
        "description": "What kind of support it is, and what people live with. CC0 1.0.",
        "version": "1",
    }


def term_document(term: OwnTerm) -> dict[str, str]:
    """A term as HSDS has it; its label in English."""
    kind = "what people live with" if term in TOPIC_TERMS else "kind of support"
    return {
        "id": term.id,
        "code": term.slug,
        "name": str(term.label),
        "description": f"{term.label} ({kind})",
        "taxonomy": TAXONOMY_NAME,
        "taxonomy_id": TAXONOMY_ID,
        "language": "en",
    }

"""A coping card in its three shapes: what somebody typed, the fields of a post, and the text that
says the same to those who read no fields. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from node.coping.medical import suggests_medicine
from node.coping.rules import COSTS, EFFORTS, LICENCES, licence_of
from node.errors import Invalid
from node.i18n import N_
from node.topics import TOPICS, label_of, topics_of
from storage.articles import Article

KIND: Final = "coping-card"
STEPS_MOST: Final = 12
TOPICS_MOST: Final = 5
CHAIN_MOST: Final = 20
_NUMBER: Final = re.compile(r"\A(?:[-*•]|[0-9]{1,2}[.)])\s+")
LIMITS: Final = {"title": 120, "what": 1_000, "when_it_helps": 600, "source": 400, "step": 400}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One link of the chain that a card was made from: whose it is, where, and as what."""

    title: str
    author: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card. `effort`, `cost`, `licence` and `topics` are slugs, "" where somebody elsewhere said
    something that we do not know. `from_own_life` says that it claims nothing else. `bound` says
    among whom a draft stays because of what it was made from (`rules.bound_to`); it never travels.
    """

    title: str = ""
    what: str = ""
    when_it_helps: str = ""
    effort: str = ""
    cost: str = ""
    steps: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    from_own_life: bool = True
    source: str = ""
    source_url: str = ""
    medical: bool = False
    licence: str = ""
    language: str = ""
    content_warning: str = ""
    made_from: tuple[Origin, ...] = field(default=())
    bound: str = ""

    @property
    def touches_medicine(self) -> bool:
        """By its author's word, or because words in it suggest that."""
        return self.medical or bool(suggests_medicine(self.title, self.what, *self.steps))


def card_of(form: Mapping[str, str], made_from: Sequence[Origin] = ()) -> Card:
    """The card that the fields of a form make; a topic is a box named `topic-<slug>`. Raises
    Invalid, naming the first field that does not fit."""
    card = draft_of(form, made_from)
    if not card.title:
        raise Invalid("title", N_("Give your card a name, so that others can find it."))
    if not card.what:
        raise Invalid("what", N_("Say in a sentence or two what it is."))
    if card.effort not in EFFORTS:
        raise Invalid("effort", N_("Choose how much effort it takes."))
    if card.cost not in COSTS:
        raise Invalid("cost", N_("Choose what it costs."))
    if not card.from_own_life and not card.source:
        raise Invalid("source", N_("Name where it comes from: a book, a page, a person’s work."))
    if card.licence not in LICENCES:
        raise Invalid("licence", N_("Choose what others may do with your card."))
    return card


def draft_of(form: Mapping[str, str], made_from: Sequence[Origin] = ()) -> Card:
    """What somebody has so far: it may be unfinished, but nothing in it is too long. Raises
    Invalid."""
    return Card(
        title=_line(form, "title", 120),
        what=_text(form, "what"),
        when_it_helps=_text(form, "when_it_helps"),
        effort=_one_of(form, "effort", EFFORTS),
        cost=_one_of(form, "cost", COSTS),
        steps=_steps(form.get("steps", "")),
        topics=topics_of(
            "topics",
            [one.slug for one in TOPICS if form.get(f"topic-{one.slug}") == "yes"],
            most=TOPICS_MOST,
        ),
        from_own_life=form.get("basis") != "source",
        source=_line(form, "source", 400),
        source_url=_url(form.get("source_url", "")),
        medical=form.get("medical") == "yes",
        licence=_one_of(form, "licence", LICENCES),
        language=form.get("language", "")[:35],
        content_warning=_line(form, "content_warning", 200),
        made_from=tuple(made_from)[:CHAIN_MOST],
    )


def form_of(card: Card) -> dict[str, str]:
    """The fields of the form again."""
    return {
        **{name: getattr(card, name) for name in ("title", "what", "when_it_helps", "effort")},
        **{name: getattr(card, name) for name in ("cost", "source", "source_url", "licence")},
        "language": card.language,
        "content_warning": card.content_warning,
        "steps": "\n".join(card.steps),
        "basis": "own" if card.from_own_life else "source",
        "medical": "yes" if card.medical else "",
        **{f"topic-{slug}": "yes" for slug in card.topics},
    }


def body_of(card: Card) -> dict[str, Any]:
    """The card as it is kept, sealed, while it is its writer's alone."""
    return asdict(card)


def card_from_body(body: Mapping[str, Any]) -> Card:
    """The kept card again; fields of another version are left out."""
    known = {name: body[name] for name in Card.__slots__ if name in body}
    known["made_from"] = tuple(Origin(**one) for one in known.get("made_from", ()))
    for name in ("steps", "topics"):
        known[name] = tuple(known.get(name, ()))
    return Card(**known)


def article_of(card: Card) -> Article:
    """The fields that stand beside the post's text, and travel with it."""
    details: dict[str, object] = {
        "what": card.what,
        "whenItHelps": card.when_it_helps,
        "effort": card.effort,
        "cost": card.cost,
        "steps": list(card.steps),
        "topics": list(card.topics),
        "ownExperience": card.from_own_life,
        "sourceText": card.source,
        "sourceUrl": card.source_url,
        "touchesMedicine": card.medical,
        "basedOn": [asdict(one) for one in card.made_from],
    }
    known = LICENCES.get(card.licence)
    kept = {name: value for name, value in details.items() if value not in ("", [])}
    return Article(kind=KIND, details=kept, licence=known.url if known else None)


def card_from_article(
    article: Article, *, title: str, language: str | None, warning: str | None, is_local: bool
) -> Card:
    """The card in a post, read leniently: another node may have written it. Without a licence one
    of ours stays here; of one from elsewhere nobody said what may be done."""
    details = article.details
    licence = licence_of(article.licence) or ("only-here" if is_local else "")
    return Card(
        title=title,
        what=_said(details, "what"),
        when_it_helps=_said(details, "whenItHelps"),
        effort=_known(details, "effort", EFFORTS),
        cost=_known(details, "cost", COSTS),
        steps=_listed(details, "steps", STEPS_MOST),
        topics=_listed(details, "topics", TOPICS_MOST),
        from_own_life=details.get("ownExperience") is not False,
        source=_said(details, "sourceText"),
        source_url=_safe_url(_said(details, "sourceUrl")),
        medical=details.get("touchesMedicine") is True,
        licence=licence,
        language=language or "",
        content_warning=warning or "",
        made_from=_chain(details.get("basedOn")),
    )


def text_of(card: Card) -> str:
    """The whole card as Markdown, for readers of other servers."""
    parts = [card.what]
    if card.when_it_helps:
        parts.append(f"**When it helps:** {card.when_it_helps}")
    if card.steps:
        parts.append("\n".join(f"{n}. {step}" for n, step in enumerate(card.steps, 1)))
    facts = [EFFORTS.get(card.effort, ""), COSTS.get(card.cost, "")]
    parts.append(" · ".join(one for one in facts if one))
    if card.from_own_life:
        parts.append("From my own experience.")
    if card.source:
        parts.append(f"Source: {card.source} {card.source_url}".rstrip())
    for origin in card.made_from:
        whose = f" by {origin.author}" if origin.author else ""
        licence = LICENCES[origin.licence].label if origin.licence in LICENCES else ""
        parts.append(
            " · ".join(one for one in (f"Made from “{origin.title}”{whose}", licence) if one)
        )
    if card.topics:
        parts.append(", ".join(label_of(slug) for slug in card.topics))
    if card.licence in LICENCES:
        parts.append(f"Licence: {LICENCES[card.licence].label}")
    return "\n\n".join(part for part in parts if part)


def _line(form: Mapping[str, str], name: str, most: int) -> str:
    value = " ".join(form.get(name, "").replace("\x00", "").split())
    if len(value) > most:
        raise Invalid(name, N_("This is too long. Try to say it in fewer words."))
    return value


def _text(form: Mapping[str, str], name: str) -> str:
    value = form.get(name, "").replace("\r\n", "\n").replace("\x00", "").strip()
    if len(value) > LIMITS[name]:
        raise Invalid(name, N_("This is too long. Try to say it in fewer words."))
    return value


def _steps(value: str) -> tuple[str, ...]:
    """A line for each step; numbers and dashes in front are taken off."""
    lines = [" ".join(line.replace("\x00", "").split()) for line in value.splitlines()]
    steps = [_NUMBER.sub("", line, count=1) or line for line in lines if line]
    if len(steps) > STEPS_MOST:
        raise Invalid("steps", N_("Up to 12 steps fit. A card is best with three to seven."))
    if any(len(step) > LIMITS["step"] for step in steps):
        raise Invalid("steps", N_("One of the steps is too long. Make two of it."))
    return tuple(steps)


def _one_of(form: Mapping[str, str], name: str, known: Mapping[str, object]) -> str:
    value = form.get(name, "")
    return value if value in known else ""


def _url(value: str) -> str:
    value = value.strip()
    if value and not _safe_url(value):
        raise Invalid("source_url", N_("The address begins with https:// and has no spaces."))
    return value


def _safe_url(value: str) -> str:
    """An http(s) address, "" for anything else."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    good = parts.scheme in ("http", "https") and bool(parts.netloc) and "@" not in parts.netloc
    return value if good and len(value) <= 500 and value.isprintable() and " " not in value else ""


def _said(details: Mapping[str, object], name: str) -> str:
    value = details.get(name)
    return value[:2_000] if isinstance(value, str) else ""


def _known(details: Mapping[str, object], name: str, known: Mapping[str, object]) -> str:
    value = details.get(name)
    return value if isinstance(value, str) and value in known else ""


def _listed(details: Mapping[str, object], name: str, most: int) -> tuple[str, ...]:
    value = details.get(name)
    if not isinstance(value, list):
        return ()
    return tuple(one[:400] for one in value if isinstance(one, str) and one.strip())[:most]


def _chain(value: object) -> tuple[Origin, ...]:
    if not isinstance(value, list):
        return ()
    links = []
    for one in value[:CHAIN_MOST]:
        if isinstance(one, dict):
            title = _said(one, "title")[:200]
            if title:
                licence = _said(one, "licence")
                links.append(
                    Origin(
                        title=title,
                        author=_said(one, "author")[:200],
                        url=_safe_url(_said(one, "url")),
                        licence=licence if licence in LICENCES else licence_of(licence),
                    )
                )
    return tuple(links)

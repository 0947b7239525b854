"""A card is the same card as a form, as fields of a post, and sealed for oneself."""

import string
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from node.coping.cards import (
    Card,
    Origin,
    article_of,
    body_of,
    card_from_article,
    card_from_body,
    card_of,
    draft_of,
    form_of,
    text_of,
)
from node.coping.rules import COSTS, EFFORTS, LICENCES
from node.coping.starting import starter_cards
from node.errors import Invalid
from node.topics import TOPICS
from storage.articles import Article
from tests.node.coping.cards import CARD, FORM

WORDS = st.text(string.ascii_letters + "äß ,", min_size=1, max_size=40).map(
    lambda text: " ".join(text.split()) or "x"
)
ORIGINS = st.builds(
    Origin, title=WORDS, author=WORDS, url=st.just(""), licence=st.sampled_from(sorted(LICENCES))
)
CARDS = st.builds(
    Card,
    title=WORDS,
    what=WORDS,
    when_it_helps=WORDS | st.just(""),
    effort=st.sampled_from(sorted(EFFORTS)),
    cost=st.sampled_from(sorted(COSTS)),
    steps=st.lists(WORDS, max_size=5).map(tuple),
    topics=st.sets(st.sampled_from([one.slug for one in TOPICS]), max_size=5).map(
        lambda chosen: tuple(one.slug for one in TOPICS if one.slug in chosen)
    ),
    from_own_life=st.just(True),
    source=WORDS | st.just(""),
    source_url=st.sampled_from(["", "https://leaflet.example/a"]),
    medical=st.booleans(),
    licence=st.sampled_from(sorted(LICENCES)),
    language=st.sampled_from(["", "en", "de"]),
    content_warning=WORDS | st.just(""),
    made_from=st.lists(ORIGINS, max_size=3).map(tuple),
)


@settings(deadline=None, max_examples=60)
@given(CARDS)
def test_three_shapes_of_one_card(card: Card) -> None:
    assert card_from_body(msgspec.json.decode(msgspec.json.encode(body_of(card)))) == card
    assert card_of(form_of(card), card.made_from) == card
    read = card_from_article(
        article_of(card),
        title=card.title,
        language=card.language,
        warning=card.content_warning,
        is_local=True,
    )
    assert read == card


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)
NAMES = st.sampled_from(
    ["what", "whenItHelps", "effort", "cost", "steps", "topics", "sourceUrl", "basedOn", "x"]
)


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(NAMES, anything), st.none() | st.text(max_size=30))
def test_fields_from_anywhere_make_a_card_that_can_be_shown(
    details: dict[str, Any], licence: str | None
) -> None:
    article = Article(kind="coping-card", details=details, licence=licence)
    card = card_from_article(article, title="x", language=None, warning=None, is_local=False)
    assert text_of(card) is not None
    assert card.licence in ("", *LICENCES)
    assert card.source_url == "" or card.source_url.startswith(("http://", "https://"))


def test_an_address_from_elsewhere_is_no_script() -> None:
    details: dict[str, object] = {
        "sourceUrl": "javascript:alert(1)",
        "basedOn": [{"title": "x", "url": "data:text/html,x"}],
    }
    article = Article(kind="coping-card", details=details)
    card = card_from_article(article, title="x", language=None, warning=None, is_local=False)
    assert (card.source_url, card.made_from[0].url) == ("", "")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"what": ""}, "what"),
        ({"effort": "no"}, "effort"),
        ({"cost": ""}, "cost"),
        ({"basis": "source"}, "source"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"licence": "mine"}, "licence"),
        ({"steps": "\n".join("abcdefghijklmnop")}, "steps"),
        ({f"topic-{one.slug}": "yes" for one in TOPICS[:6]}, "topics"),
    ],
)
def test_what_does_not_fit_is_named(changes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        card_of(FORM | changes)
    assert refused.value.field == field


def test_a_draft_may_be_unfinished() -> None:
    assert draft_of({"title": "x"}).title == "x"
    assert card_of(FORM) == CARD


def test_steps_lose_their_numbers_and_keep_their_words() -> None:
    assert draft_of({"steps": "1. Sit.\n- Breathe.\n5 minutes are enough."}).steps == (
        "Sit.",
        "Breathe.",
        "5 minutes are enough.",
    )


def test_the_text_says_everything() -> None:
    text = text_of(CARD)
    for words in (CARD.what, CARD.when_it_helps, *CARD.steps, "CC BY 4.0", "Anxiety"):
        assert words in text


def test_the_starter_set_is_whole() -> None:
    cards = starter_cards()
    assert len(cards) == 15
    assert len({card.title for card in cards}) == 15
    for card in cards:
        assert card.source
        assert card.licence == "cc0"
        assert not card.touches_medicine, card.title
        assert 3 <= len(card.steps) <= 7
        assert all(step[-1] in ".?”" for step in card.steps)

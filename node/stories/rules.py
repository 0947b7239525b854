"""The life of a story, and what fits into one. Pure.

A story is a draft of its author's alone until it is offered; then its author is shown where it will
go and what taking it back can do, and agrees to exactly that, or goes back to the draft. Once it is
told its author can change it or withdraw it at any time, also while a moderator has it removed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from node.errors import Invalid
from node.i18n import N_
from node.topics import topics_of
from storage.posts import Post
from storage.stories import Story, StoryWords

KIND: Final = "story"
"""What such an article is called on the wire."""

Standing = Literal["draft", "offered", "published", "removed", "withdrawn"]
Act = Literal[
    "write", "offer", "take-back", "consent", "change", "withdraw", "remove", "restore", "discard"
]

LIFE: Final[Mapping[Standing, Mapping[Act, Standing | None]]] = {
    "draft": {"write": "draft", "offer": "offered", "discard": None},
    "offered": {"take-back": "draft", "write": "draft", "consent": "published", "discard": None},
    "published": {"change": "published", "withdraw": "withdrawn", "remove": "removed"},
    "removed": {"restore": "published", "withdraw": "withdrawn"},
    "withdrawn": {"discard": None},
}
"""What may happen to a story, and what it is then; None: nothing of it is left."""

TITLE_MOST, TEXT_MOST, WARNING_MOST = 200, 15_000, 200
TOPICS_MOST, HELPED_MOST, OTHERS_MOST, OTHER_LETTERS, CARDS_MOST = 5, 6, 6, 120, 5


@dataclass(frozen=True, slots=True)
class Help:
    """Something that helped: what is stored, and what is shown."""

    slug: str
    label: str


HELPED: Final = (
    Help("somebody-listened", N_("Somebody listened")),
    Help("people-like-me", N_("People who have been there")),
    Help("friends-family", N_("Friends or family")),
    Help("talking-therapy", N_("Talking with a professional")),
    Help("medication", N_("Medication")),
    Help("hospital", N_("A time in hospital or a clinic")),
    Help("routine", N_("A routine, small steps")),
    Help("moving", N_("Moving, being outside")),
    Help("rest", N_("Sleep and rest")),
    Help("writing", N_("Writing")),
    Help("making-things", N_("Music, art, making things")),
    Help("animals", N_("Animals")),
    Help("faith", N_("Faith")),
    Help("work", N_("Work or learning")),
    Help("helping-others", N_("Helping others")),
    Help("boundaries", N_("Saying no")),
    Help("practical-help", N_("Help with money, housing, papers")),
    Help("time", N_("Time")),
)
_HELPED: Final = {one.slug: one.label for one in HELPED}


def helped_label(slug: str) -> str:
    """What is shown for something that helped, untranslated."""
    return _HELPED.get(slug) or slug.replace("-", " ")


def after(standing: Standing, act: Act) -> Standing | None:
    """What a story is after the act. Raises KeyError where it cannot be done."""
    return LIFE[standing][act]


def can(standing: Standing, act: Act) -> bool:
    """Whether the act can be done now."""
    return act in LIFE[standing]


def standing_of(story: Story, post: Post | None) -> Standing:
    """What a story is, with what became of its thread: moderators remove threads where they stand,
    and a thread that its author deleted there is a story withdrawn."""
    if story.state != "published":
        return story.state
    if post is None or post.deleted_at is not None:
        return "withdrawn"
    return "removed" if post.removed_at is not None else "published"


def checked(words: StoryWords) -> StoryWords:
    """The words without what nobody typed, if they can be kept. Raises Invalid."""
    if len(words.title) > TITLE_MOST:
        raise Invalid("title", N_("The title is too long; up to 200 characters fit."))
    if len(words.text) > TEXT_MOST:
        raise Invalid("text", N_("The story is too long; up to 15,000 characters fit."))
    if len(words.content_warning) > WARNING_MOST:
        raise Invalid("content_warning", N_("The content warning fits 200 characters."))
    if len(words.others) > OTHERS_MOST or any(len(one) > OTHER_LETTERS for one in words.others):
        raise Invalid("others", N_("Up to 6 lines fit, each of up to 120 characters."))
    if len(words.cards) > CARDS_MOST:
        raise Invalid("cards", N_("Up to 5 cards fit."))
    return StoryWords(
        title=" ".join(words.title.split()),
        text=words.text.replace("\r\n", "\n").replace("\x00", "").strip(),
        content_warning=" ".join(words.content_warning.split()),
        language=words.language,
        topics=topics_of("topics", words.topics, most=TOPICS_MOST),
        helped=helped_of(words.helped),
        others=words.others,
        cards=words.cards,
        unnamed=words.unnamed,
    )


def helped_of(given: Iterable[str]) -> tuple[str, ...]:
    """What helped, as far as it is on the list, in its order. Raises Invalid."""
    chosen = set(given)
    if chosen - _HELPED.keys():
        raise Invalid("helped", N_("Choose from the list, or write it in your own words."))
    if len(chosen) > HELPED_MOST:
        raise Invalid("helped", N_("Choose up to 6; the rest fits into your own words."))
    return tuple(one.slug for one in HELPED if one.slug in chosen)


def insist_whole(words: StoryWords) -> None:
    """Whether it is a story that others can read. Raises Invalid."""
    if not words.title:
        raise Invalid("title", N_("Give your story a title, so that others can find it."))
    if not words.text:
        raise Invalid("text", N_("Write something first; a few sentences are enough."))

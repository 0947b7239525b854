"""Stories of the demo: two that are told and gathered, one that waits for its author's yes."""

from node.demo.lives.town import Shown, Town
from node.groups.drafts import ThreadDraft
from node.rooms import Rooms
from node.viewer import Viewer
from storage.posts import Post
from storage.stories import Story, StoryWords
from storage.unit_of_work import UnitOfWork

LAMP = StoryWords(
    title="The lamp that came on by itself",
    text=(
        "The first winter I sat in the dark because nobody was there to say: put a light on.\n\n"
        "In the second one I bought a timer. At four the lamp came on, as if somebody had come in. "
        "It is a small thing. It got me to the kitchen, and from there to the phone.\n\n"
        "I am not over it. I am in it with a light on."
    ),
    language="en",
    topics=("bereavement", "loneliness"),
    helped=("friends-family", "routine"),
    others=("A lamp on a timer",),
)
ANGER = StoryWords(
    title="What I did not say at the funeral",
    text=(
        "I was angry with him for a year. Then I was angry and missed him. Somebody let me be both."
    ),
    content_warning="anger, loss of a brother",
    language="en",
    topics=("bereavement",),
    helped=("somebody-listened", "time"),
)


def live(uow: UnitOfWork, rooms: Rooms, town: Town) -> list[Shown]:
    """Harbour's newcomers tell; rowan gathers."""
    if not town.is_first:
        return []
    stories, group = rooms.stories, town.group("newcomers").actor.id
    fern, rowan = _viewer(town, "fern"), _viewer(town, "rowan")
    with town.ago(days=6):
        lamp = _told(uow, rooms, fern, group, LAMP)
    with town.ago(days=2):
        anger = _told(uow, rooms, rowan, group, ANGER)
    winters = stories.gather(
        uow, group, rowan.persona, "Winters", "How people came through the dark months."
    )
    for one, why in ((lamp, "It says how small it began."), (anger, "Anger is allowed here.")):
        stories.put_in(uow, winters.id, rowan.persona, one.post_id or 0, why)
    waits = stories.write(uow, fern, group, StoryWords(title="The dog", text="He waits at four."))
    stories.offer(uow, fern, waits.id)
    return [
        Shown("fern", "/stories", "The lamp that came on by itself"),
        Shown("fern", f"/stories/{anger.post_id}", "Somebody let me be both."),
        Shown("fern", f"/stories/collections/{winters.id}", "It says how small it began."),
        Shown("fern", f"/stories/mine/{waits.id}", "Where it will go"),
    ]


def _told(uow: UnitOfWork, rooms: Rooms, who: Viewer, group: int, words: StoryWords) -> Story:
    made = rooms.stories.write(uow, who, group, words)
    rooms.stories.offer(uow, who, made.id)
    return rooms.stories.consent(uow, who, made.id, str, agrees=True, tell_unnamed=_nobody)


def _viewer(town: Town, handle: str) -> Viewer:
    return Viewer(account=town.account(handle), persona=town.persona(handle), via="session")


def _nobody(_uow: UnitOfWork, _group_id: int, _draft: ThreadDraft) -> Post:
    raise LookupError("everybody here tells under a name")

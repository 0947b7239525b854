"""Stories of Harbour in every state: a draft, one that waits for a yes, told ones, one that was
taken back; and a collection of those that are told."""

from typing import Any

from node.viewer import Viewer
from storage.posts import Post
from storage.stories import Story, StoryWords
from storage.unit_of_work import UnitOfWork
from tests.world import House

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
HARD = StoryWords(
    title="What I did not say at the funeral",
    text="I was angry with him for a year. Then I was angry and missed him.",
    content_warning="anger, loss of a brother",
    language="en",
    topics=("bereavement",),
    helped=("somebody-listened", "time"),
)


async def tell_stories(house: House, newcomers: int) -> dict[str, str]:
    """Ids by name: `story_...` of one's own, `told_...` of the threads."""
    return await house.node.rooms.db.write(lambda uow: _tell(house, uow, newcomers))


def _tell(house: House, uow: UnitOfWork, group: int) -> dict[str, str]:
    stories = house.node.rooms.stories
    ash, fern, rowan = [_viewer(uow, name) for name in ("ash", "fern", "rowan")]
    lamp, hard = _told(house, uow, ash, group, LAMP), _told(house, uow, fern, group, HARD)
    draft = stories.write(uow, ash, group, StoryWords(title="Not yet", text="It began in May."))
    offered = stories.write(uow, ash, group, LAMP)
    stories.offer(uow, ash, offered.id)
    gone = _told(house, uow, ash, group, LAMP)
    stories.withdraw(uow, ash, gone.id)
    winters = stories.gather(
        uow, group, rowan.persona, "Winters", "How people came through the dark months."
    )
    for one, why in ((lamp, "It says how small it began."), (hard, "Anger is allowed here.")):
        stories.put_in(uow, winters.id, rowan.persona, one.post_id or 0, why)
    stories.set_keeper(uow, group, rowan.persona, "fern", keeps=True)
    return {
        "story_told": str(lamp.id),
        "told_lamp": str(lamp.post_id),
        "told_hard": str(hard.post_id),
        "story_draft": str(draft.id),
        "story_offered": str(offered.id),
        "story_gone": str(gone.id),
        "winters": str(winters.id),
    }


def _told(house: House, uow: UnitOfWork, who: Viewer, group: int, words: StoryWords) -> Story:
    stories = house.node.rooms.stories
    made = stories.write(uow, who, group, words)
    stories.offer(uow, who, made.id)
    return stories.consent(uow, who, made.id, str, agrees=True, tell_unnamed=_nobody)


def _viewer(uow: UnitOfWork, handle: str) -> Viewer:
    persona = uow.actors.local_by_handle(handle)
    account = uow.accounts.get(uow.accounts.account_of(persona.id) or 0) if persona else None
    assert persona is not None
    assert account is not None
    return Viewer(account=account, persona=persona, via="session")


def _nobody(uow: UnitOfWork, group_id: int, draft: Any) -> Post:
    raise AssertionError("told under a name")

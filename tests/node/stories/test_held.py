"""A story about whose author somebody may worry stays here until a person lets it go."""

from tests.node.sending.conftest import watched as watched
from tests.node.sending.watched import RISKY, Watched
from tests.node.stories.test_travel import told, viewer_of


async def test_invariant_03_a_flagged_story_leaves_only_when_cleared(watched: Watched) -> None:
    viewer = await viewer_of(watched.here, watched.ann)
    story = await told(watched.here, viewer, watched.group.actor.id, RISKY)
    post = await watched.do(lambda uow: uow.posts.get(story.post_id or 0))
    assert post is not None
    assert await watched.arrived(post) is None
    await watched.clear(post)
    arrived = await watched.arrived(post)
    assert arrived is not None
    assert "I want to die" in arrived


async def test_taken_back_while_it_waits_it_never_leaves(watched: Watched) -> None:
    viewer = await viewer_of(watched.here, watched.ann)
    story = await told(watched.here, viewer, watched.group.actor.id, RISKY)
    stories = watched.here.node.rooms.stories
    post = await watched.do(lambda uow: uow.posts.get(story.post_id or 0))
    assert post is not None
    await watched.do(lambda uow: stories.withdraw(uow, viewer, story.id))
    await watched.later(days=2)
    await watched.clear(post)
    assert await watched.arrived(post) in (None, "")

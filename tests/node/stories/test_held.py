"""A story about whose author somebody may worry stays here until a person lets it go."""

import re

from tests.node.sending.conftest import watched as watched
from tests.node.sending.watched import RISKY, Watched
from tests.node.stories.test_telling import drafted, group_of, read_id, told
from tests.node.stories.test_travel import told as tells
from tests.node.stories.test_travel import viewer_of
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor


async def test_invariant_03_a_flagged_story_leaves_only_when_cleared(watched: Watched) -> None:
    viewer = await viewer_of(watched.here, watched.ann)
    story = await tells(watched.here, viewer, watched.group.actor.id, RISKY)
    post = await watched.do(lambda uow: uow.posts.get(story.post_id or 0))
    assert post is not None
    assert await watched.arrived(post) is None
    await watched.clear(post)
    arrived = await watched.arrived(post)
    assert arrived is not None
    assert "I want to die" in arrived


async def test_taken_back_while_it_waits_it_never_leaves(watched: Watched) -> None:
    viewer = await viewer_of(watched.here, watched.ann)
    story = await tells(watched.here, viewer, watched.group.actor.id, RISKY)
    stories = watched.here.node.rooms.stories
    post = await watched.do(lambda uow: uow.posts.get(story.post_id or 0))
    assert post is not None
    await watched.do(lambda uow: stories.withdraw(uow, viewer, story.id))
    await watched.later(days=2)
    await watched.clear(post)
    assert await watched.arrived(post) in (None, "")


async def test_invariant_01_a_tick_of_ones_own_brings_help_and_the_team(house: WebHouse) -> None:
    """Where a story is told, and where it is changed: the author is shown help, others nothing."""
    mara = await house.member("mara")
    group = await group_of(house, mara)
    path = await drafted(mara, group)
    await mara.submit(path, at=path, act="offer")
    done = await mara.submit(path, at=path, act="consent", agrees="yes", unsafe="yes")
    assert "Get help now” is at the top" in done.text
    number = int(await read_id(done))
    assert await _flagged(house, number)
    other = await read_id(await told(mara, await drafted(mara, group, title="Another one")))
    assert not await _flagged(house, int(other))
    visitor = house.visitor()
    page = await visitor.get(f"/stories/{number}")
    assert page.status == 200
    assert "not safe" not in page.text
    second = next(one for one in await _mine(mara) if one != path)
    changed = await mara.submit(f"{second}/edit", at=f"{second}/edit", unsafe="yes")
    assert "Get help now” is at the top" in changed.text
    assert await _flagged(house, int(other))


async def _flagged(house: WebHouse, post_id: int) -> bool:
    return await house.db.read(lambda uow: uow.risk_signals.has_unsettled(post_id))


async def _mine(who: Visitor) -> list[str]:
    page = await who.get("/stories/mine")
    return re.findall(r'href="(/stories/mine/\d+)"', page.text)

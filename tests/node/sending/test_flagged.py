"""A post about which somebody may worry stays on its node until a person lets it go."""

from functools import partial

import pytest

from node.groups.drafts import ReplyDraft, ThreadDraft
from node.safety.hold_rules import HoldEvent
from tests.node.profiles.test_two_nodes import befriend, write
from tests.node.sending.watched import CALM, RISKY, Watched


async def test_invariant_03_a_flagged_post_leaves_only_when_cleared(watched: Watched) -> None:
    calm, post = await watched.thread(CALM), await watched.thread(RISKY)
    assert await watched.arrived(calm) is not None
    assert await watched.arrived(post) is None
    await watched.later(days=29)
    assert await watched.arrived(post) is None
    assert await watched.fetched(post) == 404
    assert await watched.fetched(calm) == 200
    assert await watched.said(post.uri) == []

    await watched.clear(post)
    arrived = await watched.arrived(post)
    assert arrived is not None
    assert "I want to die" in arrived
    assert await watched.fetched(post) == 200
    sent = await watched.said(post.uri)
    await watched.clear(post)
    await watched.later(days=1)
    assert await watched.said(post.uri) == sent, "it leaves once"


async def test_invariant_03_the_end_of_a_signal_lets_nothing_go(watched: Watched) -> None:
    post = await watched.thread(RISKY)
    await watched.do(lambda uow: uow.risk_signals.prune(watched.world.clock.now(), 10))
    await watched.later(days=40)
    assert await watched.arrived(post) is None


async def test_invariant_03_flagged_words_of_a_known_post_wait(watched: Watched) -> None:
    post = await watched.thread(CALM)
    draft = ThreadDraft(title="A day", text=RISKY)
    groups = watched.here.node.rooms.groups
    await watched.later(minutes=5)
    await watched.do(lambda uow: groups.edit(uow, post.id, watched.ann, draft))
    arrived = await watched.arrived(post)
    assert arrived is not None
    assert "die" not in arrived
    assert await watched.fetched(post) == 404
    for collection in ("outbox", "featured"):
        uri = f"{watched.group.actor.uri}/{collection}"
        async with watched.there.http.get(uri) as answer:
            assert "die tonight" not in await answer.text()

    await watched.clear(post)
    arrived = await watched.arrived(post)
    assert arrived is not None
    assert "die" in arrived


async def test_a_change_that_was_looked_at_is_held_no_more(watched: Watched) -> None:
    post = await watched.thread(CALM)
    groups = watched.here.node.rooms.groups
    for text in (RISKY, "It is better now."):
        await watched.later(minutes=5)
        draft = ThreadDraft(title="A day", text=text)
        await watched.do(partial(groups.edit, post_id=post.id, editor=watched.ann, draft=draft))
        # Somebody settles it without a word about other nodes.
        await watched.do(lambda uow: uow.risk_signals.drop_of_posts([post.id]))
    assert await watched.hold(post) is None
    arrived = await watched.arrived(post)
    assert arrived is not None
    assert "better now" in arrived


async def test_words_taken_out_in_time_never_leave(watched: Watched) -> None:
    post = await watched.thread(RISKY)
    groups, draft = watched.here.node.rooms.groups, ThreadDraft(title="A day", text=CALM)
    await watched.do(lambda uow: groups.edit(uow, post.id, watched.ann, draft))
    assert await watched.arrived(post) is None, "a person has yet to look"
    await watched.clear(post)
    arrived = await watched.arrived(post)
    assert arrived is not None
    assert "die" not in arrived
    bodies = await watched.do(
        lambda uow: [one.body for one in uow.activities.get_many(range(1, 10_000)).values()]
    )
    assert bodies
    assert not any(b"die tonight" in body for body in bodies)


async def test_a_delete_of_what_never_left_tells_nobody(watched: Watched) -> None:
    post = await watched.thread(RISKY)
    groups = watched.here.node.rooms.groups
    await watched.do(lambda uow: groups.delete(uow, post.id, watched.ann))
    await watched.later(days=1)
    assert await watched.said(post.uri) == []
    assert await watched.hold(post) is None

    known = await watched.thread(CALM)
    await watched.do(lambda uow: groups.delete(uow, known.id, watched.ann))
    await watched.world.settle()
    assert "Announce" in await watched.said(known.uri)


async def test_what_hangs_on_it_waits_with_it(watched: Watched) -> None:
    post = await watched.thread(RISKY)
    groups, mo = watched.here.node.rooms.groups, watched.mo
    answer = await watched.do(
        lambda uow: groups.reply(uow, post.id, mo, ReplyDraft(text="I am here."))
    )
    await watched.do(lambda uow: groups.react(uow, post.id, mo, "hear-you"))
    await watched.do(lambda uow: groups.lock(uow, post.id, watched.ann, "for tonight"))
    await watched.do(lambda uow: groups.pin(uow, post.id, watched.ann))
    await watched.later(days=1)
    assert await watched.said(post.uri) == []
    assert await watched.said(answer.uri) == []
    async with watched.there.http.get(f"{watched.group.actor.uri}/featured") as answered:
        assert "die tonight" not in await answered.text()

    await watched.clear(post)
    assert await watched.arrived(post) is not None
    assert await watched.arrived(answer) is not None


async def test_what_a_moderator_took_away_does_not_leave(watched: Watched) -> None:
    post = await watched.thread(RISKY)
    groups = watched.here.node.rooms.groups
    await watched.do(lambda uow: groups.remove(uow, post.id, watched.ann, "not here"))
    await watched.clear(post)
    assert await watched.arrived(post) is None
    assert await watched.said(post.uri) == []
    await watched.do(lambda uow: groups.restore(uow, post.id, watched.ann))
    assert await watched.arrived(post) is not None


async def test_invariant_03_a_flagged_post_on_a_profile_waits(watched: Watched) -> None:
    profiles, mo = watched.here.node.rooms.profiles, watched.mo
    await befriend(watched.world, watched.there, watched.bea, watched.here, mo)
    calm = await write(watched.here, mo, CALM)
    post = await write(watched.here, mo, RISKY)
    assert await watched.arrived(calm) is not None
    assert await watched.arrived(post) is None
    await watched.do(lambda uow: profiles.share(uow, post.id, watched.ann))
    assert await watched.said(post.uri) == []
    await watched.clear(post)
    assert await watched.arrived(post) is not None


async def test_invariant_03_a_group_hands_on_nothing_flagged(watched: Watched) -> None:
    there = watched.there
    group_id = await there.look_up(f"!grief@{watched.here.authority}", "bea")
    path = f"/api/kith/v1/groups/{group_id}/threads"
    calm = await there.ok("POST", path, "bea", {"title": "A day", "text": CALM})
    rooms = there.node.rooms
    await rooms.db.write(lambda uow: rooms.risk.words.save(uow, _OTHER_WORDS))
    risky = await there.ok("POST", path, "bea", {"title": "A day", "text": RISKY})
    await watched.world.settle()
    kept = await watched.here.post(risky["uri"])
    assert kept is not None, "members here read it"
    hold = await watched.hold(kept)
    assert hold is not None
    assert (hold.act, hold.reason) == ("announce", "risk")
    assert await watched.said(risky["uri"]) == []
    assert "Announce" in await watched.said(calm["uri"])
    await watched.clear(kept)
    assert "Announce" in await watched.said(risky["uri"])


_OTHER_WORDS = """
language: en
rule: none of these
severity: 1
match: xyzzy
yes: xyzzy
no: plugh
"""


@pytest.mark.parametrize("event", ["clear", "keep", "flag"])
async def test_nothing_happens_to_what_does_not_wait(watched: Watched, event: HoldEvent) -> None:
    post = await watched.thread(CALM)
    sent = await watched.said(post.uri)
    holding = watched.here.node.rooms.risk.holding
    await watched.do(lambda uow: holding.happen(uow, post.id, event))
    await watched.later(days=1)
    assert await watched.said(post.uri) == sent
    assert await watched.hold(post) is None

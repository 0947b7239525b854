"""As nodes are by default: every post waits some minutes, first ones until a person has looked."""

from functools import partial

import pytest

from node.errors import NotFound, Refused
from node.groups.drafts import ReplyDraft, ThreadDraft
from storage.accounts import Account
from storage.actors import Actor
from tests.node.sending.watched import CALM, RISKY, Watched


async def account_of(watched: Watched, persona: Actor) -> Account:
    number = await watched.do(lambda uow: uow.accounts.account_of(persona.id))
    account = await watched.do(lambda uow: uow.accounts.get(number or 0))
    assert account is not None
    return account


async def test_invariant_18_every_post_waits_and_then_leaves_once(slow: Watched) -> None:
    post = await slow.thread(CALM)
    hold = await slow.hold(post)
    assert hold is not None
    assert hold.reason == "pause", "the staff's own posts need nobody else"
    assert await slow.arrived(post) is None
    assert await slow.fetched(post) == 404
    await slow.later(minutes=9)
    assert await slow.arrived(post) is None
    await slow.later(minutes=2)
    assert await slow.arrived(post) is not None
    sent = await slow.said(post.uri)
    await slow.later(days=1)
    assert await slow.said(post.uri) == sent


async def test_invariant_18_undo_in_time_was_never_anywhere_else(slow: Watched) -> None:
    post = await slow.thread(CALM)
    groups = slow.here.node.rooms.groups
    await slow.do(lambda uow: groups.delete(uow, post.id, slow.ann))
    await slow.later(days=1)
    assert await slow.said(post.uri) == []


async def test_an_edit_in_time_is_all_that_ever_leaves(slow: Watched) -> None:
    post = await slow.thread("A name that I should not have said")
    groups = slow.here.node.rooms.groups
    draft = ThreadDraft(title="A day", text=CALM)
    await slow.do(lambda uow: groups.edit(uow, post.id, slow.ann, draft))
    await slow.later(minutes=11)
    arrived = await slow.arrived(post)
    assert arrived is not None
    assert "should not" not in arrived


async def test_mending_what_has_left_does_not_wait(slow: Watched) -> None:
    post = await slow.thread("A name that I should not have said")
    await slow.later(minutes=11)
    groups = slow.here.node.rooms.groups
    draft = ThreadDraft(title="A day", text=CALM)
    await slow.do(lambda uow: groups.edit(uow, post.id, slow.ann, draft))
    arrived = await slow.arrived(post)
    assert arrived is not None
    assert "should not" not in arrived


async def test_its_author_sends_it_now(slow: Watched) -> None:
    sending, post = slow.here.node.rooms.sending, await slow.thread(CALM)
    with pytest.raises(NotFound):
        await slow.do(lambda uow: sending.send_now(uow, post.id, slow.mo))
    await slow.do(lambda uow: sending.send_now(uow, post.id, slow.ann))
    assert await slow.arrived(post) is not None


async def test_invariant_18_the_first_three_wait_for_a_person(slow: Watched) -> None:
    sending = slow.here.node.rooms.sending
    ann, mo = await account_of(slow, slow.ann), await account_of(slow, slow.mo)
    for _ in range(3):
        post = await slow.thread(CALM, "mo")
        await slow.later(days=2)
        assert await slow.arrived(post) is None
        with pytest.raises(Refused):
            await slow.do(partial(sending.send_now, post_id=post.id, author=slow.mo))
        assert await slow.do(lambda uow: sending.first_posts(uow, mo)) == []
        look = partial(sending.decide, post_id=post.id, goes=True)
        with pytest.raises(NotFound):
            await slow.do(partial(look, account=mo))
        [waits] = await slow.do(lambda uow: sending.first_posts(uow, ann))
        assert waits.view.post.id == post.id
        await slow.do(partial(look, account=ann))
        assert await slow.arrived(post) is not None
    fourth = await slow.thread(CALM, "mo")
    hold = await slow.hold(fourth)
    assert hold is not None
    assert hold.reason == "pause"


async def test_a_first_post_that_is_kept_stays_here(slow: Watched) -> None:
    sending, ann = slow.here.node.rooms.sending, await account_of(slow, slow.ann)
    post = await slow.thread(CALM, "mo")
    await slow.do(lambda uow: sending.decide(uow, ann, post.id, goes=False))
    groups, draft = slow.here.node.rooms.groups, ThreadDraft(title="A day", text="Other words")
    await slow.do(lambda uow: groups.edit(uow, post.id, slow.mo, draft))
    await slow.later(days=90)
    assert await slow.arrived(post) is None
    await slow.do(lambda uow: sending.decide(uow, ann, post.id, goes=True))
    await slow.later(minutes=11)
    assert await slow.arrived(post) is not None


async def test_whoever_looks_at_first_posts_does_not_pass_a_risk_by(slow: Watched) -> None:
    sending, ann = slow.here.node.rooms.sending, await account_of(slow, slow.ann)
    post = await slow.thread(RISKY, "mo")
    assert await slow.do(lambda uow: sending.first_posts(uow, ann)) == []
    with pytest.raises(Refused):
        await slow.do(lambda uow: sending.decide(uow, ann, post.id, goes=True))


async def test_words_changed_after_a_look_are_looked_at_again(slow: Watched) -> None:
    sending, ann = slow.here.node.rooms.sending, await account_of(slow, slow.ann)
    post = await slow.thread(CALM, "mo")
    await slow.do(lambda uow: sending.decide(uow, ann, post.id, goes=True))
    groups, draft = slow.here.node.rooms.groups, ThreadDraft(title="A day", text="Other words")
    await slow.do(lambda uow: groups.edit(uow, post.id, slow.mo, draft))
    hold = await slow.hold(post)
    assert hold is not None
    assert hold.reason == "first"
    await slow.do(lambda uow: sending.decide(uow, ann, post.id, goes=True))
    await slow.later(minutes=11)
    assert await slow.arrived(post) is not None
    other = ThreadDraft(title="A day", text="Yet other words")
    await slow.do(lambda uow: groups.edit(uow, post.id, slow.mo, other))
    hold = await slow.hold(post)
    assert hold is not None
    assert (hold.act, hold.reason) == ("update", "first")


async def test_an_answer_waits_for_what_it_answers(slow: Watched) -> None:
    post = await slow.thread(CALM)
    groups = slow.here.node.rooms.groups
    answer = await slow.do(
        lambda uow: groups.reply(uow, post.id, slow.ann, ReplyDraft(text="And one more thing"))
    )
    sending = slow.here.node.rooms.sending
    await slow.do(lambda uow: sending.send_now(uow, answer.id, slow.ann))
    assert await slow.arrived(answer) is None
    await slow.do(lambda uow: groups.delete(uow, post.id, slow.ann))
    await slow.later(days=1)
    assert await slow.said(answer.uri) == [], "what it answers was never there"


async def test_a_group_that_is_no_longer_public_sends_nothing(slow: Watched) -> None:
    post = await slow.thread(CALM)
    groups = slow.here.node.rooms.groups
    await slow.do(lambda uow: groups.narrow(uow, slow.group.actor.id, slow.ann, "local"))
    await slow.later(days=1)
    assert await slow.arrived(post) is None
    assert await slow.said(post.uri) == []

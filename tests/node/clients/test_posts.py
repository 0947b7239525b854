"""One way to write for both doors: what an app sends lands in the room where it belongs, or is
refused before anything is kept.
"""

from collections.abc import Callable
from typing import TypeVar

import pytest

from node.clients.composition import Composition
from node.clients.posts import Posts
from node.errors import Invalid, KithError, NotFound, Refused
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.clients.house import Client, ClientHouse

T = TypeVar("T")


class Desk:
    """Where people of the house write."""

    def __init__(self, house: ClientHouse) -> None:
        self.house = house
        self.posts = Posts(house.rooms)

    async def write(self, who: Client, text: str, **more: object) -> int:
        sent = Composition(text=text, **more)  # type: ignore[arg-type]
        return await self.do(lambda uow: self.posts.compose(uow, who.persona, sent))

    async def do(self, act: Callable[[UnitOfWork], T]) -> T:
        done: T = await self.house.rooms.db.write(act)
        return done

    async def post(self, post_id: int) -> Post:
        found = await self.do(lambda uow: uow.posts.get(post_id))
        assert found is not None
        return found

    async def agree(self, who: Client, group_id: int) -> None:
        groups = self.house.rooms.groups

        def act(uow: UnitOfWork) -> None:
            group = uow.groups.get(group_id)
            assert group is not None
            groups.agree_to_share(uow, group, who.persona, agrees=True)

        await self.do(act)


@pytest.fixture
async def desk(one_house: ClientHouse) -> Desk:
    return Desk(one_house)


async def test_a_mention_of_a_group_at_the_start_is_a_thread_in_it(desk: Desk) -> None:
    rowan = await desk.house.person("rowan")
    group = await desk.house.group("grief", rowan, "local")
    post = await desk.post(await desk.write(rowan, "@grief A long night\n\nI could not sleep."))
    assert (post.group_id, post.title) == (group.actor.id, "A long night")
    assert post.source == "I could not sleep."
    reply = await desk.post(await desk.write(rowan, "It passed.", in_reply_to=post.id))
    assert (reply.group_id, reply.parent_id) == (group.actor.id, post.id)


async def test_words_for_a_public_group_wait_for_consent(desk: Desk) -> None:
    rowan = await desk.house.person("rowan")
    group = await desk.house.group("garden", rowan, "public")
    with pytest.raises(Refused, match="copied to other nodes"):
        await desk.write(rowan, "@garden Seeds")
    await desk.agree(rowan, group.actor.id)
    post = await desk.post(await desk.write(rowan, "@garden Seeds"))
    assert post.group_id == group.actor.id
    with pytest.raises(Refused, match="can be read by everyone"):
        await desk.write(rowan, "@garden Only for a few", visibility="private")


async def test_a_private_group_is_nobody_to_who_does_not_belong(desk: Desk) -> None:
    rowan, ash = await desk.house.person("rowan"), await desk.house.person("ash")
    await desk.house.group("hush", rowan, "private")
    for name in ("hush", "nobody_at_all"):
        with pytest.raises(Invalid, match=f"nobody named @{name} here"):
            await desk.write(ash, f"@{name} a word that must not become public")
    assert await desk.do(lambda uow: uow.posts.left_by(ash.persona.id, 5)) == []


@pytest.mark.parametrize(
    ("visibility", "audience"),
    [
        ("public", "public"),
        ("unlisted", "unlisted"),
        ("private", "followers"),
        ("direct", "self"),
        (None, "followers"),
    ],
)
async def test_what_names_no_group_stands_on_the_profile(
    desk: Desk, visibility: str | None, audience: str
) -> None:
    rowan = await desk.house.person("rowan")
    post = await desk.post(await desk.write(rowan, "A walk.", visibility=visibility))
    assert (post.group_id, post.audience) == (rowan.persona.id, audience)


async def test_prv_02_a_direct_post_for_somebody_elsewhere_leaves_no_trace(desk: Desk) -> None:
    rowan, ash = await desk.house.person("rowan"), await desk.house.person("ash")
    for text in ("@ash @fern@elsewhere.example hello", "hello @fern@elsewhere.example"):
        with pytest.raises(Refused, match="never leave this node"):
            await desk.write(rowan, text, visibility="direct")
    with pytest.raises(Refused, match="never leave this node"):
        await desk.write(
            rowan, "hello @ash", spoiler_text="@fern@elsewhere.example", visibility="direct"
        )
    assert await desk.do(lambda uow: uow.posts.left_by(rowan.persona.id, 5)) == []
    assert await desk.do(lambda uow: uow.messages.all_held(ash.persona.id, 5)) == []


async def test_a_direct_post_for_somebody_here_is_a_private_message(desk: Desk) -> None:
    rowan, ash = await desk.house.person("rowan"), await desk.house.person("ash")
    with pytest.raises(KithError):  # they do not know each other
        await desk.write(rowan, "@ash hello", visibility="direct")
    await _meet(desk, rowan, ash)
    number = await desk.write(rowan, "@ash hello", spoiler_text="a worry", visibility="direct")
    message = await desk.do(lambda uow: uow.messages.held(number, ash.persona.id))
    assert message is not None
    assert message.source == "a worry\n\n@ash hello"
    back = await desk.write(ash, "Tell me.", in_reply_to=number, visibility="public")
    answer = await desk.do(lambda uow: uow.messages.held(back, rowan.persona.id))
    assert answer is not None
    assert answer.conversation_id == message.conversation_id
    fern = await desk.house.person("fern")
    with pytest.raises(NotFound):
        await desk.write(fern, "And I?", in_reply_to=number)
    with pytest.raises(Invalid, match="private message"):
        await desk.do(lambda uow: desk.posts.react(uow, number, ash.persona))


@pytest.mark.parametrize(
    ("text", "title"), [("@grief A night\n\nOne", "A night"), ("One", None)], ids=["group", "own"]
)
async def test_edits_keep_what_a_post_said_before(desk: Desk, text: str, title: str | None) -> None:
    rowan = await desk.house.person("rowan")
    await desk.house.group("grief", rowan, "private")
    number = await desk.write(rowan, text, visibility="private")
    sent = Composition(text=text.replace("One", "Two"))
    for _ in range(2):
        await desk.do(lambda uow: desk.posts.edit(uow, number, rowan.persona, sent))
    post = await desk.post(number)
    assert (post.title, post.source) == (title, "Two")
    earlier = await desk.do(lambda uow: uow.wordings.of_post(number))
    assert [(one.number, one.title, one.content) for one in earlier] == [(1, title, "<p>One</p>\n")]
    await desk.do(lambda uow: desk.posts.delete(uow, number, rowan.persona))
    assert await desk.do(lambda uow: uow.wordings.of_post(number)) == []


async def test_a_favourite_is_a_reaction_and_any_reaction_is_one(desk: Desk) -> None:
    rowan = await desk.house.person("rowan")
    number = await desk.write(rowan, "A walk.", visibility="public")
    await desk.do(lambda uow: desk.posts.react(uow, number, rowan.persona, "proud"))
    await desk.do(lambda uow: desk.posts.react(uow, number, rowan.persona))
    found = await desk.do(lambda uow: uow.reactions.get(number, rowan.persona.id))
    assert found is not None
    assert found.kind == "proud"
    marks = await desk.do(lambda uow: uow.marks.of(rowan.persona.id, [number, 7]))
    assert marks[number].favourited
    assert not marks[number].reblogged
    share = await desk.do(lambda uow: desk.posts.share(uow, number, rowan.persona))
    await desk.do(lambda uow: desk.posts.unreact(uow, share, rowan.persona))
    marks = await desk.do(lambda uow: uow.marks.of(rowan.persona.id, [number]))
    assert not marks[number].favourited
    assert marks[number].reblogged
    await desk.do(lambda uow: desk.posts.delete(uow, share, rowan.persona))
    assert await desk.do(lambda uow: uow.marks.of(rowan.persona.id, [number])) == {}


async def _meet(desk: Desk, *people: Client) -> None:
    """A group that all of them have been in for long."""
    group = await desk.house.group("porch", people[0], "local")
    groups = desk.house.rooms.groups

    def join(uow: UnitOfWork) -> None:
        for one in people:
            groups.join(uow, group.actor.id, one.persona)

    await desk.do(join)
    desk.house.clock.advance(hours=24 * 30)

"""Two nodes: people of each follow people of the other, write, answer, react, share, take back."""

from functools import partial

from node.profiles.drafts import ProfileDraft
from storage.actors import Actor
from storage.memberships import Membership
from storage.post_record import Audience
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.conftest import two_databases as two_databases
from tests.node.conftest import world as world
from tests.world import House, World


async def meet(house: House, handle: str, text: str) -> Actor:
    """Whoever `text` names, as this node comes to know it."""
    found = await house.node.network.find_actor(text)
    actor = await house.node.rooms.db.read(lambda uow: uow.actors.get(found))
    assert actor is not None
    return actor


async def befriend(world: World, here: House, who: Actor, there: House, whom: Actor) -> Actor:
    """`who` comes to follow `whom` of the other node, who lets it; `whom` as it is known here."""
    known = await meet(here, who.handle, f"@{whom.handle}@{there.authority}")
    assert known.uri == whom.uri
    rooms = here.node.rooms
    asked = await rooms.db.write(lambda uow: rooms.profiles.follow(uow, who, known.id))
    assert asked.state == "pending"
    await world.settle()
    theirs = there.node.rooms
    [asking] = await theirs.db.read(
        lambda uow: uow.profiles.followers(whom.id, 10, state="pending")
    )
    assert asking.uri == who.uri
    await theirs.db.write(lambda uow: theirs.profiles.accept(uow, whom, asking.id))
    await world.settle()
    return known


async def follow_of(house: House, who: Actor, whom: Actor) -> Membership | None:
    def read(uow: UnitOfWork) -> Membership | None:
        profile, follower = uow.actors.by_uri(whom.uri), uow.actors.by_uri(who.uri)
        if profile is None or follower is None:
            return None
        return uow.memberships.get(profile.id, follower.id)

    return await house.node.rooms.db.read(read)


async def write(house: House, who: Actor, text: str, audience: Audience = "public") -> Post:
    rooms, draft = house.node.rooms, ProfileDraft(text=text, audience=audience)
    return await rooms.db.write(lambda uow: rooms.profiles.post(uow, who, draft))


async def answer(house: House, who: Actor, uri: str, text: str) -> Post:
    """An answer to the post at `uri`, as this node has it."""
    rooms, parent = house.node.rooms, await house.post(uri)
    assert parent is not None
    draft = ProfileDraft(text=text, audience="public")
    return await rooms.db.write(lambda uow: rooms.profiles.reply(uow, parent.id, who, draft))


async def told(house: House, who: Actor) -> list[str]:
    found = await house.node.rooms.db.read(lambda uow: uow.notifications.list(who.id, 20))
    return [one.notification.kind for one in found]


async def test_a_follow_is_asked_for_accepted_and_ended(world: World) -> None:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    known = await befriend(world, harbour, ann, meadow, bea)
    for house in world:
        follow = await follow_of(house, ann, bea)
        assert follow is not None
        assert follow.state == "accepted"
    assert "follow-request" not in await told(meadow, bea)
    assert await told(harbour, ann) == ["follow-accepted"]
    rooms = harbour.node.rooms
    await rooms.db.write(lambda uow: rooms.profiles.unfollow(uow, ann, known.id))
    await world.settle()
    assert await follow_of(meadow, ann, bea) is None


async def test_who_is_not_locked_is_followed_at_once_and_can_let_go(world: World) -> None:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    theirs = meadow.node.rooms
    await theirs.db.write(lambda uow: theirs.profiles.set_locked(uow, bea, locked=False))
    known = await meet(harbour, "ann", bea.uri)
    ours = harbour.node.rooms
    profile = await ours.db.read(lambda uow: uow.profiles.get(known.id))
    assert profile is not None
    assert not profile.profile.locked
    await ours.db.write(lambda uow: ours.profiles.follow(uow, ann, known.id))
    await world.settle()
    follow = await follow_of(harbour, ann, bea)
    assert follow is not None
    assert follow.state == "accepted"
    assert await told(meadow, bea) == ["follow"]
    there = await theirs.db.read(lambda uow: uow.actors.by_uri(ann.uri))
    assert there is not None
    await theirs.db.write(lambda uow: theirs.profiles.remove_follower(uow, bea, there.id))
    await world.settle()
    ended = await follow_of(harbour, ann, bea)
    assert ended is not None
    assert ended.state == "rejected"


async def test_that_somebody_asks_first_from_now_on_is_told(world: World) -> None:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    known = await befriend(world, harbour, ann, meadow, bea)
    ours, theirs = harbour.node.rooms, meadow.node.rooms
    for locked in (False, True):
        await theirs.db.write(partial(theirs.profiles.set_locked, who=bea, locked=locked))
        await theirs.db.write(partial(theirs.introducing.announce, persona_id=bea.id))
        await world.settle()
        profile = await ours.db.read(lambda uow: uow.profiles.get(known.id))
        assert profile is not None
        assert profile.profile.locked == locked


async def test_what_is_public_comes_and_what_is_not_never_does(world: World) -> None:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    await befriend(world, harbour, ann, meadow, bea)
    kept: dict[Audience, Post | None] = {}
    for audience in ("public", "unlisted", "followers", "self"):
        post = await write(meadow, bea, f"A *{audience}* word.", audience)
        await world.settle()
        kept[audience] = await harbour.post(post.uri)
    public, unlisted = kept["public"], kept["unlisted"]
    assert public is not None
    assert unlisted is not None
    assert public.content.strip() == "<p>A <em>public</em> word.</p>"
    assert (public.audience, unlisted.audience) == ("public", "unlisted")
    assert kept["followers"] is None
    assert kept["self"] is None


async def test_answers_go_both_ways_and_edits_and_deletes_follow(world: World) -> None:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    await befriend(world, harbour, ann, meadow, bea)
    post = await write(meadow, bea, "Who is awake?")
    await world.settle()
    reply = await answer(harbour, ann, post.uri, "I am.")
    await world.settle()
    there = await meadow.post(reply.uri)
    assert there is not None
    assert there.thread_id == post.id
    assert await told(meadow, bea) == ["reply"]
    again = await answer(meadow, bea, reply.uri, "Good.")
    await world.settle()
    here = await harbour.post(again.uri)
    assert here is not None
    assert here.depth == 2
    rooms, draft = harbour.node.rooms, ProfileDraft(text="I was.", audience="public")
    world.clock.advance(minutes=1)
    await rooms.db.write(lambda uow: rooms.profiles.edit(uow, reply.id, ann, draft))
    await world.settle()
    edited = await meadow.post(reply.uri)
    assert edited is not None
    assert "I was." in edited.content
    await rooms.db.write(lambda uow: rooms.profiles.delete(uow, reply.id, ann))
    await world.settle()
    gone = await meadow.post(reply.uri)
    assert gone is not None
    assert gone.deleted_at is not None
    assert gone.content == ""


async def test_reactions_and_shares_cross_and_are_taken_back(world: World) -> None:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    cleo = await meadow.persona("cleo")
    known = await befriend(world, harbour, ann, meadow, bea)
    await befriend(world, meadow, cleo, harbour, ann)
    post = await write(meadow, bea, "The tide is out.")
    await world.settle()
    here, rooms, theirs = await harbour.post(post.uri), harbour.node.rooms, meadow.node.rooms
    assert here is not None
    await rooms.db.write(lambda uow: rooms.profiles.react(uow, here.id, ann, "strength"))
    await rooms.db.write(lambda uow: rooms.profiles.share(uow, here.id, ann))
    await world.settle()
    counts = await theirs.db.read(lambda uow: uow.reactions.counts([post.id]))
    assert counts == {post.id: {"strength": 1}}
    sharers = await theirs.db.read(lambda uow: uow.shares.sharers(post.id, 10))
    assert [actor.uri for actor in sharers.values()] == [ann.uri]
    assert sorted(await told(meadow, bea)) == ["reaction", "share"]
    await rooms.db.write(lambda uow: rooms.profiles.unreact(uow, here.id, ann))
    await rooms.db.write(lambda uow: rooms.profiles.unshare(uow, here.id, ann))
    await world.settle()
    assert await theirs.db.read(lambda uow: uow.reactions.counts([post.id])) == {}
    assert await theirs.db.read(lambda uow: uow.shares.sharers(post.id, 10)) == {}
    assert known.uri == bea.uri


async def test_who_is_named_hears_of_it_and_strangers_do_not_write_in(world: World) -> None:
    """A mention comes from somebody who is followed here, and from nobody else."""
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    await meet(meadow, "bea", ann.uri)
    unasked = await write(meadow, bea, f"Hello @ann@{harbour.authority}!")
    await world.settle()
    assert await harbour.post(unasked.uri) is None
    await befriend(world, harbour, ann, meadow, bea)
    named = await write(meadow, bea, f"Hello again @ann@{harbour.authority}!")
    await world.settle()
    assert await harbour.post(named.uri) is not None
    assert await told(harbour, ann) == ["mention", "follow-accepted"]

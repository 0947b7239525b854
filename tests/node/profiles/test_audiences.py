"""Who may read what on a profile; what is sealed; what stays here."""

from functools import partial
from itertools import product

import pytest
from sqlalchemy import select

from node.errors import NotFound, Refused
from node.profiles.rules import AUDIENCES, federated_post, narrowest, open_post
from storage import tables
from storage.actors import Actor
from storage.post_record import Audience
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork
from tests.node.profiles.street import Street

READERS = ("author", "follower", "asking", "stranger", "visitor", "blocked")
MAY_READ: dict[Audience, set[str]] = {
    "public": {"author", "follower", "asking", "stranger", "visitor"},
    "unlisted": {"author", "follower", "asking", "stranger", "visitor"},
    "followers": {"author", "follower"},
    "self": {"author"},
}


async def people(street: Street) -> dict[str, Actor | None]:
    """One of each kind of reader."""
    found = {name: await street.house.account(name) for name in READERS if name != "visitor"}
    author, asking, blocked = found["author"], found["asking"], found["blocked"]
    await street.follow(found["follower"], author)
    await street.follow(blocked, author)
    await street.do(lambda uow: street.profiles.follow(uow, asking, author.id))
    await street.do(lambda uow: street.house.rooms.safety.block(uow, author, blocked.id))
    return {**found, "visitor": None}


async def test_each_audience_is_read_by_those_it_is_for_and_nobody_else(street: Street) -> None:
    readers = await people(street)
    author = readers["author"]
    assert author is not None
    posts = {audience: await street.post(author, "Some words.", audience) for audience in AUDIENCES}
    for audience, name in product(AUDIENCES, READERS):
        reads = await street.reads(readers[name], posts[audience])
        assert reads == (name in MAY_READ[audience]), (audience, name)


async def test_who_is_let_go_reads_no_more(street: Street) -> None:
    ann, ben = await street.house.account("ann"), await street.house.account("ben")
    await street.follow(ben, ann)
    post = await street.post(ann, "For those I know.", "followers")
    assert await street.reads(ben, post)
    await street.do(lambda uow: street.profiles.remove_follower(uow, ann, ben.id))
    assert not await street.reads(ben, post)


async def test_an_answer_is_read_by_nobody_who_may_not_read_what_it_answers(street: Street) -> None:
    ann, ben = await street.house.account("ann"), await street.house.account("ben")
    both, only_ben = await street.house.account("both"), await street.house.account("only")
    for who, whom in ((ben, ann), (both, ann), (both, ben), (only_ben, ben)):
        await street.follow(who, whom)
    post = await street.post(ann, "For those I know.", "followers")
    answer = await street.reply(ben, post, "I hear you.", "public")
    assert answer.audience == "followers"
    assert await street.reads(both, answer)
    assert await street.reads(ann, answer)
    assert not await street.reads(only_ben, answer)


async def test_an_answer_is_never_for_more_people(street: Street) -> None:
    ann = await street.house.account("ann")
    for asked, given in product(AUDIENCES, AUDIENCES):
        post = await street.post(ann, "First.", asked)
        answer = await street.reply(ann, post, "Second.", given)
        assert answer.audience == narrowest(asked, given)
        assert AUDIENCES.index(answer.audience) >= AUDIENCES.index(asked)


@pytest.mark.parametrize("audience", AUDIENCES)
async def test_prv_what_is_not_public_is_sealed_and_has_no_way_out(
    street: Street, audience: Audience
) -> None:
    ann = await street.house.account("ann")
    post = await street.post(ann, "Heatherfield", audience)
    leaves = audience in ("public", "unlisted")

    def row(uow: UnitOfWork) -> str:
        words = select(tables.posts.c.content, tables.posts.c.source)
        found = uow.connection.execute(words.where(tables.posts.c.id == post.id)).one()
        return " ".join(part or "" for part in found)

    assert ("Heatherfield" in await street.do(row)) == leaves
    view = PostView(post=post, author=ann)
    assert (federated_post(view) is not None) == leaves
    assert (open_post(view, None) is not None) == (audience == "public")
    sent = await street.do(
        lambda uow: list(uow.connection.execute(select(tables.activities.c.body)).scalars())
    )
    assert any(b"Heatherfield" in body for body in sent) == leaves


async def test_only_what_is_public_is_handed_on(street: Street) -> None:
    ann, ben = await street.house.account("ann"), await street.house.account("ben")
    await street.follow(ben, ann)
    public = await street.post(ann, "For everybody.")
    await street.do(lambda uow: street.profiles.share(uow, public.id, ben))
    assert await street.kinds(ann) == ["share"]
    for audience in ("unlisted", "followers"):
        post = await street.post(ann, "For fewer.", audience)
        with pytest.raises(Refused):
            await street.do(partial(street.profiles.share, post_id=post.id, who=ben))
    note = await street.post(ann, "For me.", "self")
    with pytest.raises(NotFound):
        await street.do(lambda uow: street.profiles.share(uow, note.id, ben))


async def test_no_group_code_ever_meets_a_profile(street: Street) -> None:
    ann, ben = await street.house.account("ann"), await street.house.account("ben")
    await street.follow(ben, ann)
    post = await street.post(ann, "For everybody.")
    groups = street.house.rooms.groups
    assert await street.do(lambda uow: uow.groups.get(ann.id)) is None
    assert await street.do(lambda uow: uow.groups.by_uri(ann.uri)) is None
    assert await street.do(lambda uow: uow.memberships.groups_of(ben.id)) == []
    assert await street.do(lambda uow: uow.memberships.shared_since(ann.id, ben.id)) is None
    with pytest.raises(NotFound):
        await street.do(lambda uow: groups.react(uow, post.id, ben, "hear-you"))

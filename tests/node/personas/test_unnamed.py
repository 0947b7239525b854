"""One-off anonymous posts: where they are allowed, as whom they show, what they are good for."""

import re

import pytest

from node.config import Config
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.posts import Post
from tests.node.web.house import PASSWORD, WebHouse, open_web_house
from tests.node.web.visitor import Page, Visitor

WORDS = {"title": "I cannot say this as me", "text": "I am so tired of being brave."}


async def open_group(
    house: WebHouse, founder: Visitor, visibility: str = "local"
) -> GroupWithActor:
    """A group in which everybody may write without a name."""
    group = await house.group("sleep", founder, visibility)  # type: ignore[arg-type]
    await house.db.write(lambda uow: uow.groups.update(group.actor.id, allows_anonymous=True))
    return group


async def write_unnamed(visitor: Visitor) -> Page:
    path = "/groups/sleep/anonymous"
    return await visitor.submit(path, at=path, **WORDS)


async def thread_of(house: WebHouse, page: Page) -> tuple[Post, Actor]:
    """The thread that the page is about, and its author."""
    number = int(re.findall(r"/threads/(\d+)", page.path)[0])
    view = await house.db.read(lambda uow: uow.posts.view(number))
    assert view is not None
    return view.post, view.author


async def member(house: WebHouse, handle: str, group: GroupWithActor) -> Visitor:
    visitor = await house.member(handle)
    persona = visitor.persona
    assert persona is not None
    await house.db.write(lambda uow: house.rooms.groups.join(uow, group.actor.id, persona))
    return visitor


async def test_an_anonymous_thread_is_somebodys_whom_nobody_knows(any_house: WebHouse) -> None:
    house = any_house
    ada = await house.member("ada")
    group = await open_group(house, ada)
    tom = await member(house, "tom", group)
    page = await write_unnamed(tom)
    assert "nobody is shown that it is yours" in page.text
    thread, author = await thread_of(house, page)
    assert re.fullmatch(r"someone_\d{8}", author.handle)
    assert re.fullmatch(r"Someone \d{4}", author.name)
    seen = await ada.get(f"/threads/{thread.id}")
    assert WORDS["text"] in seen.text
    assert author.name in seen.text
    assert "tom" not in seen.text.lower().replace("bottom", "")
    assert "You act as Tom" in (await tom.get("/")).text


async def test_its_author_goes_on_under_the_same_name_in_that_thread_alone(
    house: WebHouse,
) -> None:
    ada = await house.member("ada")
    group = await open_group(house, ada)
    tom = await member(house, "tom", group)
    thread, author = await thread_of(house, await write_unnamed(tom))
    path = f"/posts/{thread.id}/anonymous"
    asked = await tom.get(path)
    assert f"You write as {author.name}," in asked.text
    again = await tom.submit(path, text="Thank you all.")
    assert again.status == 200
    views = await house.db.read(lambda uow: uow.posts.thread(thread.id))
    assert {view.author.id for view in views} == {author.id}
    other = await write_unnamed(tom)
    assert (await thread_of(house, other))[1].id != author.id


async def test_its_author_can_change_and_delete_it_and_nobody_else(house: WebHouse) -> None:
    ada = await house.member("ada")
    group = await open_group(house, ada)
    tom, eve = await member(house, "tom", group), await member(house, "eve", group)
    thread, _ = await thread_of(house, await write_unnamed(tom))
    for path in (f"/posts/{thread.id}/edit", f"/posts/{thread.id}/delete"):
        assert f'href="{path}"' in (await tom.get(f"/threads/{thread.id}")).text
        assert f'href="{path}"' not in (await eve.get(f"/threads/{thread.id}")).text
        assert (await eve.get(path)).status == 403
    path = f"/posts/{thread.id}/edit"
    await tom.submit(path, at=path, title="Other words", text="Other words.")
    assert "Other words." in (await eve.get(f"/threads/{thread.id}")).text
    path = f"/posts/{thread.id}/delete"
    await tom.submit(path, at=path)
    assert "The author deleted this post" in (await eve.get(f"/threads/{thread.id}")).text


async def test_an_answer_can_be_anonymous_too(house: WebHouse) -> None:
    ada = await house.member("ada")
    group = await open_group(house, ada)
    tom = await member(house, "tom", group)
    draft = house.thread_draft("Who is awake?")
    assert ada.persona is not None
    writer = ada.persona
    thread = await house.db.write(
        lambda uow: house.rooms.groups.post_thread(uow, group.actor.id, writer, draft)
    )
    path = f"/posts/{thread.id}/anonymous"
    for text in ("I am.", "Still."):
        assert (await tom.submit(path, at=path, text=text)).status == 200
    views = await house.db.read(lambda uow: uow.posts.thread(thread.id))
    assert len({view.author.id for view in views[1:]}) == 1
    assert views[1].author.handle.startswith("someone_")


@pytest.mark.parametrize("why", ["not allowed", "not a member", "banned elsewhere", "private"])
async def test_where_it_is_refused(house: WebHouse, why: str) -> None:
    ada = await house.member("ada")
    group = await open_group(house, ada, "private" if why == "private" else "local")
    number = group.actor.id
    tom = await (house.member("tom") if why == "private" else member(house, "tom", group))
    persona = tom.persona
    assert persona is not None
    assert (await tom.get("/groups/sleep/anonymous")).status == (404 if why == "private" else 200)
    form = {"csrf": await tom.token(), **WORDS}
    if why == "not allowed":
        await house.db.write(lambda uow: uow.groups.update(number, allows_anonymous=False))
    if why == "not a member":
        await house.db.write(lambda uow: uow.memberships.remove(number, persona.id))
    if why == "banned elsewhere":
        account = await house.db.read(lambda uow: uow.accounts.account_of(persona.id))
        assert ada.persona is not None
        other = ada.persona.id  # stands for another persona of the same account
        await house.db.write(
            lambda uow: uow.group_bans.add(number, other, account, house.clock.now())
        )
    page = await tom.post("/groups/sleep/anonymous", form)
    assert page.status == (404 if why == "private" else 403)
    assert await house.db.read(lambda uow: uow.posts.threads(number, 5)) == []
    assert await house.db.read(lambda uow: uow.memberships.count(number)) == (
        1 if why in ("not a member", "private") else 2
    )


async def test_only_so_many_in_a_day(sqlite_url: str) -> None:
    config = Config(node_name="Harbour", origin="http://localhost:8420", one_offs_a_day=1)
    async with open_web_house(sqlite_url, config=config) as house:
        ada = await house.member("ada")
        group = await open_group(house, ada)
        tom = await member(house, "tom", group)
        thread, _ = await thread_of(house, await write_unnamed(tom))
        assert (await tom.get("/groups/sleep/anonymous")).status == 403
        path = f"/posts/{thread.id}/anonymous"
        assert (await tom.submit(path, at=path, text="More.")).status == 200
        house.clock.advance(hours=25)
        assert (await tom.get("/groups/sleep/anonymous")).status == 200


async def test_a_wrong_form_keeps_what_was_typed_and_makes_nobody(house: WebHouse) -> None:
    ada = await house.member("ada")
    group = await open_group(house, ada)
    tom = await member(house, "tom", group)
    path = "/groups/sleep/anonymous"
    page = await tom.submit(path, at=path, title="", text=WORDS["text"])
    assert (page.status, WORDS["text"] in page.text) == (422, True)
    assert await house.db.read(lambda uow: uow.memberships.count(group.actor.id)) == 2


async def test_a_one_off_name_is_no_persona_to_act_as(house: WebHouse) -> None:
    ada = await house.member("ada")
    group = await open_group(house, ada)
    tom = await member(house, "tom", group)
    _, author = await thread_of(house, await write_unnamed(tom))
    listed = await tom.get("/settings/personas")
    assert author.handle not in listed.text
    form = listed.form("/settings/personas").fields
    assert (await tom.post("/settings/personas", form | {"persona": author.handle})).status == 404
    assert (await tom.get(f"/settings/personas/{author.handle}")).status == 404
    again = house.visitor()
    await again.sign_in("tom-private", PASSWORD)
    assert "You act as Tom" in (await again.get("/")).text


async def test_it_joins_unlisted(house: WebHouse) -> None:
    ada = await house.member("ada")
    group = await open_group(house, ada)
    tom = await member(house, "tom", group)
    _, author = await thread_of(house, await write_unnamed(tom))
    found = await house.db.read(lambda uow: uow.memberships.get(group.actor.id, author.id))
    assert found is not None
    assert found.unlisted

"""The owner's side: make a persona, act as it, rename it, retire it; and what is refused."""

from dataclasses import replace

import pytest

from node.accounts.service import Newcomer
from node.config import Config
from node.errors import Invalid, NotFound, Refused
from node.personas.names import PersonaName
from node.personas.rules import FORMER_NAME
from storage.accounts import Account
from storage.actors import Actor
from storage.personas import Persona
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse, keys, open_web_house
from tests.node.web.visitor import Visitor

MINE = "/settings/personas"


async def make(
    house: WebHouse, visitor: Visitor, handle: str, name: str = "Wren", after: str = "/"
) -> str:
    """Make a persona on the page for it, a little later; where that leads."""
    house.clock.advance(minutes=1)
    page = await visitor.submit(
        f"{MINE}/new", at=f"{MINE}/new?next={after}", handle=handle, display_name=name
    )
    return page.path


async def test_a_new_persona_acts_at_once_and_the_header_says_so(any_house: WebHouse) -> None:
    house = any_house
    tom = await house.member("tom")
    assert "You act as Tom" in (await tom.get("/groups")).text
    assert await make(house, tom, "wren", after="/groups") == "/groups?note=persona-made"
    page = await tom.get("/groups")
    assert "You act as Wren" in page.text
    assert "Tom" not in page.text
    listed = await tom.get(MINE)
    assert "@tom@" in listed.text
    assert "@wren@" in listed.text


async def test_switching_keeps_the_session_and_the_cookie(house: WebHouse) -> None:
    tom = await house.member("tom")
    await make(house, tom, "wren")
    cookie = tom.cookie("kith-8420")
    page = await tom.submit(MINE, at=f"{MINE}?next=/groups", persona="tom")
    assert page.path == "/groups?note=persona-switched"
    assert "You act as Tom" in page.text
    assert "Set-Cookie" not in page.headers
    assert tom.cookie("kith-8420") == cookie


async def test_a_form_opened_as_one_persona_is_not_sent_as_another(house: WebHouse) -> None:
    tom = await house.member("tom")
    group = await house.group("sleep", tom)
    form = (await tom.get("/groups/sleep/new")).form("/groups/sleep/new").fields
    await make(house, tom, "wren")
    late = await tom.post("/groups/sleep/new", form | {"title": "Awake", "text": "Four again."})
    assert late.status == 403
    assert "Four again." in late.text
    assert await house.db.read(lambda uow: uow.posts.threads(group.actor.id, 5)) == []


@pytest.mark.parametrize("handle", ["ash", "nobody", "wren", "sleep", ""])
async def test_nobody_acts_as_another_person_or_as_what_is_no_persona(
    house: WebHouse, handle: str
) -> None:
    ash, tom = await house.member("ash"), await house.member("tom")
    await house.group("sleep", ash)
    await make(house, ash, "wren")
    form = (await tom.get(MINE)).form(MINE).fields
    page = await tom.post(MINE, form | {"persona": handle})
    assert page.status == 404
    assert "You act as Tom" in (await tom.get("/")).text
    for path in (f"{MINE}/{handle or 'nobody'}", f"{MINE}/{handle or 'nobody'}/retire"):
        assert (await tom.post(path, form | {"display_name": "Mine"})).status == 404


async def test_taken_handles_say_nothing_of_who_has_them(house: WebHouse) -> None:
    ash, tom = await house.member("ash"), await house.member("tom")
    await make(house, ash, "wren")
    await make(house, tom, "robin")
    said = set()
    for handle in ("ash", "wren", "robin", "tom"):
        page = await tom.submit(
            f"{MINE}/new", at=f"{MINE}/new", handle=handle, display_name="Somebody"
        )
        assert page.status == 422
        said.add(page.text.replace(f'value="{handle}"', "").replace(page.path, ""))
    assert len({text.partition('id="error-handle"')[2][:120] for text in said}) == 1


async def test_there_are_only_so_many_personas(sqlite_url: str) -> None:
    config = Config(node_name="Harbour", origin="http://localhost:8420", most_personas=2)
    async with open_web_house(sqlite_url, config=config) as house:
        tom = await house.member("tom")
        await make(house, tom, "wren")
        page = await tom.submit(
            f"{MINE}/new", at=f"{MINE}/new", handle="third", display_name="Third"
        )
        assert page.status == 403
        assert "as many personas as this node allows" in page.text
        await retire(tom, "wren")
        assert "as many personas" in (await tom.get(f"{MINE}/new")).text
        house.clock.advance(hours=31 * 24)
        await tom.sign_in("tom-private", "a quiet walk by the river")
        assert await make(house, tom, "third") == "/?note=persona-made"


async def retire(visitor: Visitor, handle: str, posts: str = "keep") -> str:
    path = f"{MINE}/{handle}"
    page = await visitor.submit(f"{path}/retire", at=path, posts=posts, sure="yes")
    return page.path


async def test_a_rename_shows_to_others_and_touches_one_persona(house: WebHouse) -> None:
    tom = await house.member("tom")
    await make(house, tom, "wren")
    path = f"{MINE}/wren"
    page = await tom.submit(path, at=path, display_name=" Wren  of the reeds ")
    assert page.path == f"{path}?note=saved"
    assert "<h1>Wren of the reeds</h1>" in (await house.visitor().get("/personas/wren")).text
    assert "<h1>Tom</h1>" in (await house.visitor().get("/personas/tom")).text
    assert (await tom.submit(path, at=path, display_name=" ")).status == 422


async def test_signing_in_begins_with_the_oldest_persona(house: WebHouse) -> None:
    tom = await house.member("tom")
    await make(house, tom, "wren")
    again = house.visitor()
    await again.sign_in("tom-private", "a quiet walk by the river")
    assert "You act as Tom" in (await again.get("/")).text
    assert "You act as Wren" in (await tom.get("/")).text


async def test_retiring_moves_its_browsers_and_ends_its_tokens(any_house: WebHouse) -> None:
    house = any_house
    tom = await house.member("tom")
    await make(house, tom, "wren")
    issued = await house.db.write(lambda uow: house.rooms.tokens.issue(uow, "wren", "test"))
    assert await retire(tom, "wren") == f"{MINE}?note=persona-retired"
    assert "You act as Tom" in (await tom.get("/")).text
    holder = await house.db.read(lambda uow: house.rooms.sessions.caller_of(uow, issued.secret))
    assert holder is None
    assert (await tom.get(f"{MINE}/wren")).status == 404
    with pytest.raises(NotFound):
        await house.db.write(lambda uow: house.rooms.tokens.issue(uow, "wren", "again"))
    page = await tom.submit(f"{MINE}/new", at=f"{MINE}/new", handle="wren", display_name="Back")
    assert page.status == 422


async def test_retiring_needs_a_tick_and_a_choice(house: WebHouse) -> None:
    tom = await house.member("tom")
    await make(house, tom, "wren")
    path = f"{MINE}/wren"
    form = (await tom.get(path)).form(f"{path}/retire").fields
    unsure = await tom.post(f"{path}/retire", {"csrf": form["csrf"], "posts": "keep"})
    unchosen = await tom.post(f"{path}/retire", {"csrf": form["csrf"], "sure": "yes"})
    assert (unsure.status, unchosen.status) == (422, 422)
    assert "You act as Wren" in (await tom.get("/")).text


async def test_the_last_persona_and_the_one_with_a_role_stay(house: WebHouse) -> None:
    tom = await house.member("tom")
    form = (await tom.get(f"{MINE}/tom")).form(f"{MINE}/tom/retire").fields
    only = await tom.post(f"{MINE}/tom/retire", form | {"posts": "keep", "sure": "yes"})
    assert (only.status, "only persona" in only.text) == (403, True)
    ada = await house.member("ada", role="administrator")
    await make(house, ada, "wren")
    form = (await ada.get(f"{MINE}/ada")).form(f"{MINE}/ada/retire").fields
    bearing = await ada.post(f"{MINE}/ada/retire", form | {"posts": "keep", "sure": "yes"})
    assert (bearing.status, "role on this node" in bearing.text) == (403, True)
    assert await retire(ada, "wren") == f"{MINE}?note=persona-retired"


async def test_the_only_moderator_of_a_group_hands_it_over_first(house: WebHouse) -> None:
    tom = await house.member("tom")
    await make(house, tom, "wren")
    tom.persona = await house.db.read(lambda uow: uow.actors.local_by_handle("wren"))
    await house.group("sleep", tom)
    form = (await tom.get(f"{MINE}/wren")).form(f"{MINE}/wren/retire").fields
    page = await tom.post(f"{MINE}/wren/retire", form | {"posts": "keep", "sure": "yes"})
    assert (page.status, "only moderator" in page.text) == (403, True)


@pytest.mark.parametrize("posts", ["keep", "delete"])
async def test_the_posts_of_a_retired_persona_stay_or_go(any_house: WebHouse, posts: str) -> None:
    house = any_house
    ash, tom = await house.member("ash"), await house.member("tom")
    group = await house.group("sleep", ash)
    circle = await house.group("circle", ash, "private")
    await make(house, tom, "wren")
    wren = await house.db.read(lambda uow: uow.actors.local_by_handle("wren"))
    assert wren is not None
    written = await house.db.write(lambda uow: write_in(house, uow, wren, group.actor.id))
    await house.db.write(lambda uow: uow.memberships.remove(circle.actor.id, wren.id))
    await retire(tom, "wren", posts)
    thread = await ash.get(f"/threads/{written}")
    assert FORMER_NAME in thread.text
    assert ("Some words." in thread.text) == (posts == "keep")
    assert await house.db.read(lambda uow: uow.memberships.get(group.actor.id, wren.id)) is None
    assert await house.db.read(lambda uow: uow.personas.deleting_posts(5)) == []


def write_in(house: WebHouse, uow: UnitOfWork, author: Actor, group_id: int) -> int:
    house.rooms.groups.join(uow, group_id, author)
    draft = house.thread_draft("Awake again")
    return house.rooms.groups.post_thread(uow, group_id, author, draft).id


async def test_two_who_want_one_handle_at_once(house: WebHouse) -> None:
    newcomer = Newcomer(name="tom-private", handle="tom", display_name="Tom")
    account, _ = await house.db.write(
        lambda uow: house.rooms.accounts.sign_up(uow, newcomer, "-", keys())
    )
    name = PersonaName("wren", "Wren")
    await house.db.write(lambda uow: house.rooms.personas.make(uow, account, name, keys()))
    with pytest.raises(Invalid):
        await house.db.write(lambda uow: house.rooms.personas.make(uow, account, name, keys()))
    reserved = PersonaName("moderator", "Wren")
    with pytest.raises(Invalid):
        await house.db.write(lambda uow: house.rooms.personas.make(uow, account, reserved, keys()))


async def test_one_off_names_run_out_for_the_day(house: WebHouse) -> None:
    account = await an_account(house)
    for _ in range(3):
        await house.db.write(lambda uow: house.rooms.personas.one_off(uow, account, keys()))
    with pytest.raises(Refused):
        await house.db.write(lambda uow: house.rooms.personas.one_off(uow, account, keys()))
    house.clock.advance(hours=25)
    made = await house.db.write(lambda uow: house.rooms.personas.one_off(uow, account, keys()))
    assert made.handle.startswith("someone_")
    listed = await house.db.read(lambda uow: uow.personas.of_account(account.id))
    assert [one.handle for one in listed] == ["tom"]


async def an_account(house: WebHouse) -> Account:
    newcomer = Newcomer(name="tom-private", handle="tom", display_name="Tom")
    account, _ = await house.db.write(
        lambda uow: house.rooms.accounts.sign_up(uow, newcomer, "-", keys())
    )
    return account


async def test_what_the_owner_knows_of_a_persona_is_kept(any_house: WebHouse) -> None:
    house = any_house
    account = await an_account(house)
    made = await house.db.write(lambda uow: house.rooms.personas.one_off(uow, account, keys()))
    kept = await house.db.read(lambda uow: uow.personas.get(made.id))
    expected = Persona(
        actor_id=made.id,
        account_id=account.id,
        created_at=house.clock.now(),
        is_one_off=True,
    )
    assert kept == expected
    await house.db.write(
        lambda uow: uow.personas.retire(made.id, house.clock.now(), deletes_posts=False)
    )
    assert await house.db.read(lambda uow: uow.personas.get(made.id)) == replace(
        expected, retired_at=house.clock.now()
    )

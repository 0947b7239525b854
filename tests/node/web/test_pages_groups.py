"""Groups: found, joined, left, opened; what each reader sees, and what nobody else learns."""

from functools import partial

import pytest

from node.groups.reading import PAGE_LENGTH
from node.visibility import is_member
from tests.node.web.elsewhere import remote_group
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor

HIDDEN = ("kitchen", "circle")


async def three_groups(house: WebHouse, mara: Visitor) -> None:
    await house.group("sleep", mara, "public")
    await house.group("kitchen", mara, "local")
    await house.group("circle", mara, "private")


async def test_the_list_shows_what_a_reader_may_find(any_house: WebHouse) -> None:
    mara, tom = await any_house.member("mara"), await any_house.member("tom")
    await three_groups(any_house, mara)
    shown = {}
    for name, reader in (("mara", mara), ("tom", tom), ("visitor", any_house.visitor())):
        text = (await reader.get("/groups")).text
        shown[name] = [handle for handle in ("sleep", *HIDDEN) if f'"/groups/{handle}"' in text]
    assert shown == {
        "mara": ["sleep", "kitchen", "circle"],
        "tom": ["sleep", "kitchen"],
        "visitor": ["sleep"],
    }


async def test_not_yours_looks_like_not_there(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    await three_groups(house, mara)
    made = await mara.submit("/groups/circle/new", at="/groups/circle/new", title="T", text="words")
    number = made.path.split("?")[0].rpartition("/")[2]
    for reader in (tom, house.visitor()):
        token = await reader.token()
        nowhere = await reader.get("/groups/nobody")
        hidden = await reader.get("/groups/circle")
        assert (hidden.status, hidden.text) == (404, nowhere.text)
        nowhere, hidden = await reader.get("/threads/77"), await reader.get(f"/threads/{number}")
        assert (hidden.status, hidden.text) == (404, nowhere.text)
        for act in ("reply", "react", "edit", "delete", "moderate"):
            fields = {"csrf": token, "kind": "me-too", "text": "x", "act": "pin"}
            there = await reader.post(f"/posts/{number}/{act}", fields)
            not_there = await reader.post(f"/posts/77/{act}", fields)
            assert there.status == not_there.status == (404 if reader is tom else 401)
            assert there.text == not_there.text
        for act in ("join", "leave", "new"):
            page = await reader.post(f"/groups/circle/{act}", {"csrf": token, "text": "x"})
            assert page.status == (404 if reader is tom else 401)
    assert (await mara.get("/groups/circle")).status == 200


async def test_joining_and_leaving(any_house: WebHouse) -> None:
    mara, tom = await any_house.member("mara"), await any_house.member("tom")
    made = await any_house.group("sleep", mara)
    assert tom.persona is not None
    key = (made.actor.id, tom.persona.id)
    page = await tom.get("/groups/sleep")
    assert "Join as Tom" in page.text
    assert "Start a thread" not in page.text
    page = await tom.submit("/groups/sleep/join")
    assert page.path == "/groups/sleep?note=joined"
    assert "Start a thread" in page.text
    assert is_member(await any_house.db.read(lambda uow: uow.memberships.get(*key)))
    page = await tom.submit("/groups/sleep/leave", at="/groups/sleep/leave")
    assert page.path == "/groups/sleep?note=left"
    assert await any_house.db.read(lambda uow: uow.memberships.get(*key)) is None


async def test_a_group_of_another_node_is_asked_and_the_page_says_so(any_house: WebHouse) -> None:
    tom = await any_house.member("tom")
    made = await remote_group(any_house, "night", "Night owls")
    at = "/groups/night@other.example"
    page = await tom.submit(f"{at}/join", at=at)
    assert page.path == f"{at}?note=asked"
    assert "Waiting for other.example to let you in" in page.text
    assert "Take the request back" in page.text
    assert tom.persona is not None
    key = (made.actor.id, tom.persona.id)
    membership = await any_house.db.read(lambda uow: uow.memberships.get(*key))
    assert membership is not None
    assert membership.state == "pending"
    for path in ("/", "/groups"):
        assert "Waiting for an answer" in (await tom.get(path)).text
    settle = any_house.rooms.groups.settle
    await any_house.db.write(partial(settle, membership=membership, accepted=False))
    page = await tom.get(at)
    assert "other.example did not let you in" in page.text
    await tom.submit(f"{at}/join")
    membership = await any_house.db.read(lambda uow: uow.memberships.get(*key))
    assert membership is not None
    await any_house.db.write(partial(settle, membership=membership, accepted=True))
    page = await tom.get(at)
    assert "Waiting for" not in page.text
    assert "Start a thread" in page.text


async def test_looking_a_group_up_goes_to_its_page(house: WebHouse) -> None:
    tom = await house.member("tom")
    await remote_group(house, "night", "Night owls")
    page = await tom.submit("/groups/look-up", at="/groups", handle=" !night@other.example ")
    assert page.path == "/groups/night@other.example"
    assert "<h1>Night owls</h1>" in page.text


@pytest.mark.parametrize("handle", ["", "!nobody@other.example", "x" * 400])
async def test_a_group_that_cannot_be_found_is_said_at_the_field(
    house: WebHouse, handle: str
) -> None:
    tom = await house.member("tom")
    page = await tom.submit("/groups/look-up", at="/groups", handle=handle)
    assert (page.status, 'id="error-handle"' in page.text) == (422, True)
    assert page.form("/groups/look-up").fields["handle"] == handle


async def test_looking_up_is_for_members(house: WebHouse) -> None:
    visitor = house.visitor()
    assert 'action="/groups/look-up"' not in (await visitor.get("/groups")).text
    fields = {"csrf": await visitor.token(), "handle": "!night@other.example"}
    assert (await visitor.post("/groups/look-up", fields)).status == 401


async def test_an_administrator_opens_a_group(any_house: WebHouse) -> None:
    ines = await any_house.member("ines", "administrator")
    page = await ines.submit(
        "/groups/new",
        at="/groups/new",
        name="Looking after someone",
        handle="Carers",
        visibility="local",
        summary="For *everyone* who cares.",
        guidelines="Be kind.",
    )
    assert page.path == "/groups/carers?note=group-made"
    for words in ("Looking after someone", "<em>everyone</em>", "Be kind.", "Ines"):
        assert words in page.text
    made = await any_house.db.read(lambda uow: uow.groups.by_handle("carers", "localhost:8420"))
    assert made is not None
    assert (made.group.visibility, made.group.is_local) == ("local", True)
    assert await any_house.db.read(lambda uow: uow.keys.private(made.actor.id)) is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 101),
        ("handle", "no way"),
        ("handle", "mara"),
        ("visibility", ""),
        ("visibility", "secret"),
        ("summary", "x" * 2001),
        ("guidelines", "x" * 10_001),
    ],
)
async def test_a_group_with_a_wrong_field_is_not_opened(
    house: WebHouse, field: str, value: str
) -> None:
    await house.account("mara")
    ines = await house.member("ines", "administrator")
    fields = {
        "name": "Carers",
        "handle": "carers",
        "visibility": "public",
        "guidelines": "Be kind.",
        "summary": "",
    }
    page = await ines.submit("/groups/new", at="/groups/new", **(fields | {field: value}))
    assert (page.status, f'href="#field-{field}"' in page.text) == (422, True)
    assert page.form("/groups/new").fields.get(field, value) == value
    page = await ines.submit("/groups/new", **fields)
    assert page.path == "/groups/carers?note=group-made"


async def test_members_do_not_open_groups(house: WebHouse) -> None:
    tom = await house.member("tom")
    assert (await tom.get("/groups/new")).status == 403
    fields = {"csrf": await tom.token(), "name": "X", "handle": "xyz", "visibility": "public"}
    assert (await tom.post("/groups/new", fields)).status == 403
    assert (await tom.get("/groups/xyz")).status == 404
    assert (await house.visitor().get("/groups/new")).path == "/sign-in?next=/groups/new"


async def test_a_long_group_is_paged(any_house: WebHouse) -> None:
    mara = await any_house.member("mara")
    made = await any_house.group("sleep", mara)
    persona = mara.persona
    assert persona is not None
    for number in range(PAGE_LENGTH + 5):
        any_house.clock.advance(minutes=1)
        draft = any_house.thread_draft(f"Thread number {number:03}")
        await any_house.db.write(
            lambda uow, draft=draft: any_house.rooms.groups.post_thread(  # type: ignore[misc]
                uow, made.actor.id, persona, draft
            )
        )
    first = await any_house.visitor().get("/groups/sleep")
    assert first.text.count("Thread number") == PAGE_LENGTH
    older = first.text.split('rel="next"')[0].rpartition('href="')[2].rstrip('" ')
    second = await any_house.visitor().get(older)
    assert second.text.count("Thread number") == 5
    assert "Thread number 004" in second.text
    assert "Thread number 005" not in second.text
    assert "Newest threads" in second.text
    assert "Older threads" not in second.text
    beyond = await any_house.visitor().get("/groups/sleep?before=0-0")
    assert "there are no older threads" in beyond.text


async def test_every_empty_place_says_what_to_do_next(house: WebHouse) -> None:
    visitor, tom = house.visitor(), await house.member("tom")
    assert "There is no public group yet" in (await visitor.get("/")).text
    assert "There is no public group yet" in (await tom.get("/groups")).text
    assert "Find a group" in (await tom.get("/")).text
    mara = await house.member("mara")
    await house.group("sleep", mara)
    assert "Nobody has written here yet" in (await mara.get("/groups/sleep")).text
    assert "Nobody has written in your groups yet" in (await mara.get("/")).text
    assert "Nothing here yet" in (await tom.get("/personas/mara")).text
    await remote_group(house, "night", "Night owls")
    page = await tom.get("/groups/night@other.example")
    assert "Nothing has reached this node yet" in page.text
    made = await mara.submit("/groups/sleep/new", at="/groups/sleep/new", title="T", text="words")
    assert "Nobody has answered yet" in made.text

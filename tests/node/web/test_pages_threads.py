"""A thread from its first word to its tombstone, seen by everybody who may see it."""

import re
from functools import partial

import pytest

from node.groups import reading
from storage.posts import Post
from tests.node.web.elsewhere import remote_person
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Page, Visitor

NEW = "/groups/sleep/new"


def number_of(page: Page) -> int:
    """The id of the thread that is open."""
    found = re.fullmatch(r"/threads/(\d+)(\?.*)?", page.path)
    assert found, page.path
    return int(found[1])


def newest(page: Page) -> int:
    return max(int(number) for number in re.findall(r'id="post-(\d+)"', page.text))


async def begin(house: WebHouse, **fields: str) -> tuple[Visitor, Visitor, int]:
    """Mara's group with a thread of hers, and Tom who has joined."""
    mara, tom = await house.member("mara"), await house.member("tom")
    await house.group("sleep", mara)
    await tom.submit("/groups/sleep/join", at="/groups/sleep")
    page = await mara.submit(NEW, at=NEW, **({"title": "Awake", "text": "Hello"} | fields))
    assert page.status == 200, page.text
    return mara, tom, number_of(page)


async def stored(house: WebHouse, number: int) -> Post:
    post = await house.db.read(lambda uow: uow.posts.get(number))
    assert post is not None
    return post


async def test_a_thread_shows_to_everybody(any_house: WebHouse) -> None:
    _, tom, number = await begin(
        any_house,
        title="  Awake  again ",
        text="It is *four*.\n\n- tea\n- radio",
        content_warning="grief",
        language="en",
        reply_wanted="just-listening",
    )
    for reader in (tom, any_house.visitor()):
        page = await reader.get(f"/threads/{number}")
        for words in (
            '<h1 lang="en">Awake again</h1>',
            "<em>four</em>",
            "<li>tea</li>",
            "Just listening, please",
            '<details class="warning">',
            "<strong>grief</strong>",
            '<div class="prose" lang="en">',
            'href="/personas/mara"',
        ):
            assert words in page.text, words
    assert "Awake again" in (await tom.get("/")).text
    assert (await tom.get(f"/posts/{number}")).path == f"/threads/{number}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 201),
        ("text", " \n "),
        ("text", "🌟" * 20_001),
        ("content_warning", "x" * 201),
        ("language", "not a language"),
        ("reply_wanted", "money"),
    ],
)
async def test_a_thread_with_a_wrong_field_keeps_what_was_typed(
    house: WebHouse, field: str, value: str
) -> None:
    mara = await house.member("mara")
    await house.group("sleep", mara)
    typed = {"title": "Awake", "text": "It is four.\n\n  Still.", "content_warning": "grief"}
    page = await mara.submit(NEW, at=NEW, **(typed | {field: value}))
    assert page.status == 422
    assert f'href="#field-{field}"' in page.text
    kept = page.form(NEW).fields
    expected = {name: text for name, text in typed.items() if name != field}
    assert {name: kept[name] for name in expected} == expected
    if field in ("title", "text", "content_warning"):
        assert kept[field] == value
    assert "Be kind." in page.text, "the guidelines stay beside it"


async def test_replies_stand_below_what_they_answer(any_house: WebHouse) -> None:
    mara, tom, number = await begin(any_house)
    chain = [number]
    for depth in range(6):
        writer = (tom, mara)[depth % 2]
        at = f"/posts/{chain[-1]}/reply"
        page = await writer.submit(at, at=at, text=f"level {depth + 1}")
        assert number_of(page) == number
        chain.append(newest(page))
    page = await tom.submit(f"/posts/{number}/reply", at=f"/threads/{number}", text="another")
    levels = re.findall(r'<li class="d(\d)" id="post-(\d+)"', page.text)
    assert [int(level) for level, _ in levels] == [1, 2, 3, 4, 4, 4, 1]
    assert [int(one) for _, one in levels][:6] == chain[1:]
    assert f'<a href="#post-{chain[1]}">in answer to Tom</a>' in page.text
    answer = await tom.get(f"/posts/{chain[3]}", {"Accept": "text/html"})
    assert answer.path == f"/threads/{number}"
    async with tom.client.get(f"/posts/{chain[3]}", allow_redirects=False) as response:
        assert response.headers["Location"] == f"/threads/{number}#post-{chain[3]}"


async def test_a_refused_reply_keeps_what_was_typed(house: WebHouse) -> None:
    mara, tom, number = await begin(house)
    await tom.get(f"/posts/{number}/reply")
    assert tom.page is not None
    form = tom.page.form(f"/posts/{number}/reply")
    too_long = await tom.post(form.action, form.fields | {"text": "x" * 20_001})
    assert too_long.status == 422
    await mara.submit(f"/posts/{number}/moderate", at=f"/posts/{number}/moderate", act="lock")
    page = await tom.post(form.action, form.fields | {"text": "I was slow, but I mean it."})
    assert page.status == 403
    assert "A moderator has locked this thread" in page.text
    assert page.form(form.action).fields["text"] == "I was slow, but I mean it."


async def test_a_visitor_reads_and_is_asked_to_sign_in(house: WebHouse) -> None:
    _, _, number = await begin(house)
    page = await house.visitor().get(f"/threads/{number}")
    assert "<form" not in page.text
    assert f'href="/sign-in?next=/threads/{number}"' in page.text


async def test_a_reaction_is_given_changed_and_taken_back(any_house: WebHouse) -> None:
    mara, tom, number = await begin(any_house)
    at = f"/posts/{number}/react"
    page = await tom.submit(at, at=f"/threads/{number}", kind="me-too")
    assert 'name="take_back" value="me-too" aria-pressed="true"' in page.text
    await mara.submit(at, at=f"/threads/{number}", kind="me-too")
    page = await any_house.visitor().get(f"/threads/{number}")
    assert re.search(r'<span class="chip is-me-too">Me too\s*</span>', page.text)
    page = await tom.submit(at, at=f"/threads/{number}", kind="strength")
    assert 'name="take_back" value="strength" aria-pressed="true"' in page.text
    assert 'name="kind" value="me-too" aria-pressed="false"' in page.text
    page = await tom.submit(at, at=f"/threads/{number}", take_back="strength")
    assert "take_back" not in page.text
    page = await tom.post(at, {"csrf": await tom.token(), "kind": "downvote"})
    assert page.status == 422


async def test_the_author_edits_and_nobody_else(any_house: WebHouse) -> None:
    mara, tom, number = await begin(any_house, content_warning="grief", reply_wanted="ideas")
    at = f"/posts/{number}/edit"
    page = await mara.get(at)
    form = page.form(at)
    assert form.fields["title"] == "Awake"
    assert form.fields["text"] == "Hello"
    assert (form.fields["content_warning"], form.fields["reply_wanted"]) == ("grief", "ideas")
    page = await mara.submit(at, title="Asleep", text="Good **night**", content_warning="")
    assert "<strong>night</strong>" in page.text
    assert "edited" in page.text
    assert "grief" not in page.text
    assert (await stored(any_house, number)).reply_wanted == "ideas"
    for reader in (tom, any_house.visitor()):
        fields = {"csrf": await reader.token(), "title": "Mine", "text": "now"}
        assert (await reader.post(at, fields)).status in (401, 403)
    assert (await tom.get(at)).status == 403
    assert (await stored(any_house, number)).title == "Asleep"


async def test_an_edit_with_a_wrong_field_keeps_what_was_typed(house: WebHouse) -> None:
    mara, _, number = await begin(house)
    page = await mara.submit(
        f"/posts/{number}/edit", at=f"/posts/{number}/edit", title="", text="n"
    )
    assert page.status == 422
    assert page.form(f"/posts/{number}/edit").fields["text"] == "n"
    assert (await stored(house, number)).content == "<p>Hello</p>\n"


async def test_deleting_leaves_a_tombstone_and_the_replies(any_house: WebHouse) -> None:
    mara, tom, number = await begin(any_house, text="Words that go")
    await tom.submit(f"/posts/{number}/reply", at=f"/threads/{number}", text="Words that stay")
    at = f"/posts/{number}/delete"
    assert (await tom.get(at)).status == 403
    assert (await tom.post(at, {"csrf": await tom.token()})).status == 403
    page = await mara.get(at)
    assert "Words that go" in page.text, "asked before anything happens"
    page = await mara.submit(at)
    assert page.path == f"/threads/{number}?note=deleted"
    for reader in (mara, tom, any_house.visitor()):
        page = await reader.get(f"/threads/{number}")
        assert "The author deleted this post." in page.text
        assert "Words that stay" in page.text
        assert "Words that go" not in page.text
        assert "Awake" not in page.text
    assert (await stored(any_house, number)).source is None
    assert (await mara.get(f"/posts/{number}/edit")).status == 403
    page = await tom.post(f"/posts/{number}/reply", {"csrf": await tom.token(), "text": "late"})
    assert page.status == 403


async def test_web_12_a_form_cannot_choose_author_group_or_place(house: WebHouse) -> None:
    mara, tom, number = await begin(house)
    await house.group("other", mara)
    fields = {
        "csrf": await tom.token(),
        "title": "T",
        "text": "words",
        "author_id": "1",
        "author": "mara",
        "group_id": "1",
        "id": "5",
        "pinned_at": "1",
        "thread_id": str(number),
        "parent_id": str(number),
        "uri": "https://evil.example/1",
        "content": "<script>alert(1)</script>",
        "is_local": "0",
    }
    post = await stored(house, number_of(await tom.post(NEW, fields)))
    assert tom.persona is not None
    assert (post.author_id, post.parent_id, post.pinned_at) == (tom.persona.id, None, None)
    assert post.uri == f"http://localhost:8420/posts/{post.id}"
    assert post.group_id == (await stored(house, number)).group_id


async def test_people_of_other_nodes_show_with_their_node(house: WebHouse) -> None:
    mara, _, number = await begin(house)
    anna = await remote_person(house, "anna", "Anna")
    root = await stored(house, number)
    reply = Post(
        id=house.rooms.new_id(),
        uri="https://other.example/n/1",
        group_id=root.group_id,
        thread_id=number,
        parent_id=number,
        author_id=anna.id,
        content="<p>From afar</p>",
        wire_type="Note",
        is_local=False,
        created_at=house.clock.now(),
        last_activity_at=house.clock.now(),
        depth=1,
    )
    await house.db.write(partial(_add, reply))
    page = await mara.get(f"/threads/{number}")
    assert "@anna@other.example" in page.text
    assert 'href="/personas/anna@other.example"' in page.text
    page = await mara.get("/personas/anna@other.example")
    assert "belongs to another node, other.example" in page.text


def _add(reply: Post, uow: object) -> None:
    uow.posts.add(reply)  # type: ignore[attr-defined]


async def test_every_reply_of_a_long_thread_is_on_a_page_that_one_gets_to(
    house: WebHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "THREAD_LENGTH", 2)
    _, tom, number = await begin(house)
    path = f"/threads/{number}"
    await tom.submit(f"/posts/{number}/reply", at=path, text="one")
    page = await tom.submit(f"/posts/{number}/reply", at=path, text="two")
    assert "Later replies" not in page.text
    form = f"/posts/{newest(page)}/reply"
    page = await tom.submit(form, at=form, text="three")
    assert page.path.startswith(f"{path}?after=")
    assert "three" in page.text
    assert "First replies" in page.text
    first = await tom.get(path)
    assert "three" not in first.text
    [later] = re.findall(rf'href="({path}\?after=\d+)"', first.text)
    assert "three" in (await tom.get(later)).text
    assert "three" in (await tom.get(f"/posts/{newest(page)}")).text
    assert (await tom.get(f"{path}?after=x")).status == 404

"""A second look at what sounds like advice: kind, without loss, and never a refusal."""

from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.replying.steps import asks, joins
from tests.node.web.house import WebHouse

ADVICE = "You should go for a run.\n\n**Really.**"
NOTE = "Just a thought before you send it"


async def test_advice_is_shown_once_more_and_then_sent_as_it_is(house: WebHouse) -> None:
    ash, wren = await house.member("ash"), await house.member("wren")
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash)
    thread = await asks(house, sleep, ash, "Awake", reply_wanted="just-listening")
    path = f"/posts/{thread.id}/reply"
    page = await wren.submit(path, at=path, text=ADVICE, content_warning="running", language="en")
    assert page.status == 200
    assert NOTE in page.text
    assert "<q>You should</q>" in page.text
    form = page.form(path)
    assert form.fields["text"] == ADVICE
    assert form.fields["content_warning"] == "running"
    assert await _replies(house, thread.id) == []
    page = await wren.submit(path, as_it_is="yes")
    assert page.path.startswith(f"/threads/{thread.id}")
    assert [one.source for one in await _replies(house, thread.id)] == [ADVICE]


async def test_it_can_be_changed_and_is_looked_at_again(house: WebHouse) -> None:
    ash, wren = await house.member("ash"), await house.member("wren")
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash)
    thread = await asks(house, sleep, ash, "Awake", reply_wanted="just-listening")
    path = f"/posts/{thread.id}/reply"
    # From the box below the thread, too.
    page = await wren.submit(path, at=f"/threads/{thread.id}", text="Have you tried tea?")
    assert NOTE in page.text
    page = await wren.submit(path, text="Cheer up!")
    assert "<q>Cheer up</q>" in page.text
    page = await wren.submit(path, text="That sounds exhausting.")
    assert page.path.startswith(f"/threads/{thread.id}")


async def test_only_where_just_listening_was_asked_for(house: WebHouse) -> None:
    ash, wren = await house.member("ash"), await house.member("wren")
    sleep = await house.group("sleep", wren)
    await joins(house, sleep, ash)
    for wanted in ("", "ideas", "similar-experience", "celebrate"):
        thread = await asks(house, sleep, ash, "Awake", reply_wanted=wanted)
        path = f"/posts/{thread.id}/reply"
        page = await wren.submit(path, at=path, text="You should try tea.")
        assert page.path.startswith(f"/threads/{thread.id}"), wanted
    thread = await asks(house, sleep, ash, "Awake", reply_wanted="just-listening")
    path = f"/posts/{thread.id}/reply"
    # In a language without rules nothing is found, and nothing is in the way.
    page = await wren.submit(path, at=path, text="You should try tea.", language="cy")
    assert page.path.startswith(f"/threads/{thread.id}")


async def test_without_a_name_it_is_looked_at_as_well(house: WebHouse) -> None:
    ash, wren = await house.member("ash"), await house.member("wren")
    den = await house.group("den", wren, "local")
    await house.db.write(lambda uow: uow.groups.update(den.actor.id, allows_anonymous=True))
    await joins(house, den, ash)
    thread = await asks(house, den, wren, "Awake", reply_wanted="just-listening")
    path = f"/posts/{thread.id}/anonymous"
    page = await ash.submit(path, at=path, text="You should rest.")
    assert NOTE in page.text
    assert await _replies(house, thread.id) == []
    page = await ash.submit(path, as_it_is="yes")
    assert len(await _replies(house, thread.id)) == 1


async def test_administrators_change_the_rules(house: WebHouse) -> None:
    root, ash = await house.member("rowan", "administrator"), await house.member("ash")
    path = "/moderation/reply-words"
    assert (await ash.get(path)).status == 403
    assert (await ash.send(path, text="tea")).status == 403
    page = await root.submit(path, at=path, text="tea\nfound: Coffee.\nfine: Hm.")
    assert page.status == 422
    assert "Coffee." in page.text
    page = await root.submit(path, text="drink tea\nfound: Drink tea.\nfine: Hm.")
    assert page.path.startswith(path)

    def found(uow: UnitOfWork) -> tuple[str, ...]:
        return house.rooms.hints.rules(uow, "en").look("You should drink tea.")

    assert await house.db.read(found) == ("drink tea",)
    await root.submit(path, at=path, act="restore")
    assert await house.db.read(found) == ("You should",)


async def _replies(house: WebHouse, thread_id: int) -> list[Post]:
    posts = await house.db.read(lambda uow: uow.posts.thread(thread_id))
    return [view.post for view in posts if view.post.parent_id is not None]

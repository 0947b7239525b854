"""Telling a story by the front door: a draft of one's own, a yes to exactly that, a thread that can
be changed, and taking it back."""

import re

from node.groups.drafts import ThreadDraft
from node.groups.membership import new_membership
from storage.articles import Article
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Page, Visitor

NEW, MINE = "/stories/new", "/stories/mine"
WORDS = {
    "title": "The winter I stayed",
    "text": "It was dark at four. Somebody rang me every day.",
    "content_warning": "loss",
    "language": "en",
    "topic-bereavement": "yes",
    "helped-somebody-listened": "yes",
    "others": "A lamp on a timer",
}


async def group_of(
    house: WebHouse, *members: Visitor, visibility: str = "public"
) -> GroupWithActor:
    group = await house.group("night", members[0], visibility)  # type: ignore[arg-type]
    now = house.clock.now()

    def join(uow: UnitOfWork) -> None:
        for who in members[1:]:
            assert who.persona is not None
            uow.memberships.put(new_membership(group.actor.id, who.persona.id, now))

    await house.db.write(join)
    return group


async def drafted(who: Visitor, group: GroupWithActor, **changes: str) -> str:
    """The path of a fresh draft."""
    page = await who.submit(NEW, at=NEW, group=str(group.actor.id), **WORDS | changes)
    assert page.status == 200, page.text
    return page.path.partition("?")[0]


async def told(who: Visitor, path: str) -> Page:
    await who.submit(path, at=path, act="offer")
    return await who.submit(path, at=path, act="consent", agrees="yes")


async def read_id(page: Page) -> str:
    found = re.search(r'href="/stories/(\d+)"', page.text)
    assert found is not None, page.text
    return found[1]


async def test_a_story_is_told_only_after_a_yes(any_house: WebHouse) -> None:
    mara, tom = await any_house.member("mara"), await any_house.member("tom")
    group = await group_of(any_house, mara, tom)
    path = await drafted(tom, group)
    visitor = any_house.visitor()
    assert "The winter I stayed" not in (await visitor.get("/stories")).text
    assert (await mara.get(path)).status == 404
    offered = await tom.submit(path, at=path, act="offer")
    assert "Night is public: everyone can read your story" in offered.text
    assert "can not reach what somebody printed" in offered.text
    refused = await tom.submit(path, at=path, act="consent", agrees="")
    assert refused.status == 422
    assert "The winter I stayed" not in (await visitor.get("/stories")).text
    done = await tom.submit(path, at=path, act="consent", agrees="yes")
    number = await read_id(done)
    page = await visitor.get(f"/stories/{number}")
    assert "Somebody rang me every day." in page.text
    assert "Somebody listened" in page.text
    assert "A lamp on a timer" in page.text
    assert "<title>A story" in page.text
    thread = await visitor.get(f"/threads/{number}")
    assert "Somebody rang me every day." in thread.text


async def test_what_was_agreed_to_is_in_the_ledger_story_by_story(house: WebHouse) -> None:
    mara = await house.member("mara")
    group = await group_of(house, mara)
    first, second = await drafted(mara, group), await drafted(mara, group, title="Another one")
    await told(mara, first)
    await told(mara, second)
    ledger = await mara.get("/settings/consents")
    assert ledger.text.count("Look at it, or take it back") == 2
    assert "The words of 2026-11" in ledger.text
    await mara.submit(first, at=first, act="withdraw")
    ledger = await mara.get("/settings/consents")
    assert ledger.text.count("Look at it, or take it back") == 1


async def test_a_told_story_is_changed_on_its_own_page(any_house: WebHouse) -> None:
    mara = await any_house.member("mara")
    group = await group_of(any_house, mara)
    path = await drafted(mara, group)
    number = await read_id(await told(mara, path))
    page = await mara.submit(
        f"{path}/edit", at=f"{path}/edit", text="It was dark, and then it was less dark."
    )
    assert page.path.startswith(path)
    visitor = any_house.visitor()
    assert "then it was less dark" in (await visitor.get(f"/stories/{number}")).text
    assert "Somebody rang me" not in (await visitor.get(f"/threads/{number}")).text


async def test_taken_back_it_is_gone_and_leaves_collections(any_house: WebHouse) -> None:
    mara = await any_house.member("mara")
    group = await group_of(any_house, mara)
    path = await drafted(mara, group)
    number = await read_id(await told(mara, path))
    keep = "/groups/night/stories"
    begun = await mara.submit(keep, at=keep, act="gather", title="Winters", about="Dark ones")
    edit = begun.path.partition("?")[0]
    await mara.submit(edit, at=edit, act="put-in", story=number, why="It says how small it began.")
    visitor = any_house.visitor()
    collection = edit.removesuffix("/edit")
    assert "It says how small it began." in (await visitor.get(collection)).text
    gone = await mara.submit(path, at=path, act="withdraw", keep="yes")
    assert "No other node had a copy." in gone.text
    assert (await visitor.get(f"/stories/{number}")).status == 404
    assert "The winter I stayed" not in (await visitor.get(collection)).text
    assert "The winter I stayed" not in (await visitor.get(f"/threads/{number}")).text
    rows = await any_house.db.read(
        lambda uow: uow.connection.exec_driver_sql(
            "SELECT count(*) FROM story_collection_items"
        ).scalar()
    )
    assert rows == 0
    own = await mara.get(MINE)
    assert "A story that you took back" in own.text
    assert "The winter I stayed" in own.text
    assert "Draft, only yours" in own.text


async def test_deleted_as_a_thread_it_is_taken_back(house: WebHouse) -> None:
    mara = await house.member("mara")
    group = await group_of(house, mara)
    path = await drafted(mara, group)
    number = await read_id(await told(mara, path))
    await mara.submit(f"/posts/{number}/delete", at=f"/posts/{number}/delete")
    assert "Taken back" in (await mara.get(path)).text
    await mara.submit(path, at=path, act="discard")
    assert (await mara.get(path)).status == 404
    ledger = await mara.get("/settings/consents")
    assert "Look at it, or take it back" not in ledger.text


async def test_removed_by_a_moderator_it_can_still_be_taken_back(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await group_of(house, mara, tom)
    path = await drafted(tom, group)
    number = await read_id(await told(tom, path))
    moderate = f"/posts/{number}/moderate"
    await mara.submit(moderate, at=moderate, act="remove", reason="It names a place.")
    page = await tom.get(path)
    assert "Removed by a moderator" in page.text
    assert "It names a place." in page.text
    assert (await house.visitor().get(f"/stories/{number}")).status == 404
    gone = await tom.submit(path, at=path, act="withdraw")
    assert "You took it back" in gone.text


async def test_without_a_name_nobody_is_shown_who_tells(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await group_of(house, mara, tom, visibility="local")
    path = await drafted(tom, group, unnamed="yes")
    refused = await tom.submit(path, at=path, act="offer")
    assert refused.status == 422
    await house.db.write(lambda uow: uow.groups.update(group.actor.id, allows_anonymous=True))
    number = await read_id(await told(tom, path))
    page = await mara.get(f"/stories/{number}")
    assert "Somebody rang me every day." in page.text
    assert "Tom" not in page.text
    assert "tom" not in (await mara.get(f"/threads/{number}")).text.lower().replace("bottom", "")
    gone = await tom.submit(path, at=path, act="withdraw")
    assert "You took it back" in gone.text
    assert (await mara.get(f"/stories/{number}")).status == 404


async def test_private_stories_stay_with_the_members(house: WebHouse) -> None:
    mara, tom, zita = [await house.member(name) for name in ("mara", "tom", "zita")]
    group = await group_of(house, mara, tom, visibility="private")
    number = await read_id(await told(tom, await drafted(tom, group)))
    assert "The winter I stayed" in (await mara.get("/stories")).text
    assert "The winter I stayed" not in (await zita.get("/stories")).text
    assert (await zita.get(f"/stories/{number}")).status == 404
    assert (await house.visitor().get(f"/stories/{number}")).status == 404


async def test_stories_are_found_by_theme_and_by_what_helped(house: WebHouse) -> None:
    mara = await house.member("mara")
    group = await group_of(house, mara)
    await told(mara, await drafted(mara, group))
    visitor = house.visitor()
    for query, found in (
        ("topic=bereavement", True),
        ("helped=somebody-listened", True),
        ("topic=bereavement&helped=somebody-listened", True),
        ("topic=sleep", False),
        ("helped=animals", False),
    ):
        page = await visitor.get(f"/stories?{query}")
        assert ("The winter I stayed" in page.text) == found, query


async def test_blocked_people_meet_no_stories_of_each_other(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await group_of(house, mara, tom)
    number = await read_id(await told(mara, await drafted(mara, group)))
    assert mara.persona is not None
    assert tom.persona is not None
    blocker, other = mara.persona, tom.persona
    await house.db.write(lambda uow: house.rooms.safety.block(uow, blocker, other.id))
    assert "The winter I stayed" not in (await tom.get("/stories")).text
    assert (await tom.get(f"/stories/{number}")).status == 404


async def test_invariant_17_public_is_said_yes_to_story_by_story(house: WebHouse) -> None:
    """One yes tells one story: the next one asks again, in words that say where it goes."""
    mara = await house.member("mara")
    group = await group_of(house, mara)
    await told(mara, await drafted(mara, group))
    second = await drafted(mara, group, title="Another one")
    sent = {"csrf": await mara.token(), "act": "consent", "agrees": "yes"}
    early = await mara.post(second, sent)
    assert early.status == 403
    await mara.submit(second, at=second, act="offer")
    assert (await mara.submit(second, at=second, act="consent", agrees="")).status == 422
    assert "Another one" not in (await house.visitor().get("/stories")).text


async def test_what_does_not_fit_keeps_what_was_typed(house: WebHouse) -> None:
    mara = await house.member("mara")
    group = await group_of(house, mara)
    for wrong in (
        {"title": "t" * 201},
        {"others": "\n".join("abcdefg")},
        {"cards": "not a card"},
        {"group": ""},
    ):
        page = await mara.submit(NEW, at=NEW, **{"group": str(group.actor.id)} | WORDS | wrong)
        assert page.status == 422, wrong
        assert "Somebody rang me every day." in page.text


async def test_members_do_not_gather_unless_asked(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    await group_of(house, mara, tom)
    keep = "/groups/night/stories"
    assert (await tom.get(keep)).status == 403
    await mara.submit(keep, at=keep, act="ask", handle="tom")
    begun = await tom.submit(keep, at=keep, act="gather", title="Winters", about="")
    assert begun.path.startswith("/stories/collections/")
    await mara.submit(keep, at=keep, act="thank", handle="tom")
    assert (await tom.get(begun.path)).status == 403


async def test_a_kind_word_comes_before_a_draft_that_sounds_like_danger(house: WebHouse) -> None:
    mara = await house.member("mara")
    group = await group_of(house, mara)
    risky = WORDS | {"text": "I want to die tonight."}
    page = await mara.submit(NEW, at=NEW, group=str(group.actor.id), **risky)
    assert page.status == 422
    assert "Get help now" in page.text
    assert "I want to die tonight." in page.text
    kept = await mara.submit(NEW, minded="yes", group=str(group.actor.id), **risky)
    assert kept.path.startswith(MINE)


async def test_a_story_leads_to_cards_that_its_readers_may_read(house: WebHouse) -> None:
    mara = await house.member("mara")
    group = await group_of(house, mara)
    inner = await house.group("inner", mara, "private")
    cards = [await _card(house, mara, one) for one in (group, inner)]
    refused = await mara.submit(
        NEW, at=NEW, group=str(group.actor.id), **WORDS | {"cards": f"/coping/{cards[1].id}"}
    )
    assert refused.status == 422
    assert "stays in its own group" in refused.text
    path = await drafted(mara, group, cards=f"/coping/{cards[0].id}")
    number = await read_id(await told(mara, path))
    page = await house.visitor().get(f"/stories/{number}")
    assert f'href="{cards[0].uri}"' in page.text


async def _card(house: WebHouse, who: Visitor, group: GroupWithActor) -> Post:
    assert who.persona is not None
    author = who.persona
    card = Article(kind="coping-card", details={"what": "Five things"}, licence=None)
    draft = ThreadDraft(title="Five things", text="Name five.", article=card)
    return await house.db.write(
        lambda uow: house.rooms.groups.post_thread(uow, group.actor.id, author, draft)
    )

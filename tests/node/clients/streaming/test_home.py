"""What comes on the streams: to whom, in what words, and to whom it does not."""

from typing import Any

import pytest

from node.groups.drafts import ReplyDraft
from node.messages.writing import Letter
from node.profiles.drafts import ProfileDraft
from node.reading.lists import ListDraft
from node.safety.filters import FilterDraft, KeywordChange
from storage.unit_of_work import UnitOfWork
from tests.node.clients.streaming.conftest import Heard, member_of
from tests.node.clients.streaming.listening import ear, settle


def said(heard: list[Any]) -> list[tuple[str, str, str]]:
    """(stream, event, what)"""
    found = []
    for one in heard:
        payload = one.get("payload", "")
        what = payload if isinstance(payload, str) else payload["id"]
        found.append((":".join(one["stream"]), one["event"], what))
    return found


async def test_a_thread_comes_to_members_as_their_groups_share(heard: Heard) -> None:
    async with ear(heard.ben, "user") as ben, ear(heard.cleo, "user") as cleo:
        thread = await heard.community.thread(heard.group.actor.id, heard.ann)
        [one] = await heard.until_quiet(ben, heard.ben)
        assert (one["stream"], one["event"]) == (["user"], "update")
        status = one["payload"]
        assert status["account"]["id"] == str(heard.group.actor.id)
        assert status["reblog"]["id"] == str(thread.id)
        shown = await heard.ben.ok("GET", f"/api/v1/statuses/{status['id']}")
        assert status == shown
        assert await heard.until_quiet(cleo, heard.cleo) == []


async def test_edits_and_deletions_follow_to_whom_it_reached(heard: Heard) -> None:
    thread = await heard.community.thread(heard.group.actor.id, heard.ann)
    reply = await heard.community.reply(thread, heard.ann)
    groups, number = heard.house.rooms.groups, str(reply.id)
    async with ear(heard.ben, "user") as ben, ear(heard.cleo, "user") as cleo:
        draft = ReplyDraft(text="With you, always.")
        await heard.write(lambda uow: groups.edit(uow, reply.id, heard.ann.persona, draft))
        [one] = await heard.until_quiet(ben, heard.ben)
        assert (one["event"], one["payload"]["id"]) == ("status.update", number)
        assert "always" in one["payload"]["content"]
        await heard.write(lambda uow: groups.delete(uow, reply.id, heard.ann.persona))
        [one] = await heard.until_quiet(ben, heard.ben)
        assert one == {"stream": ["user"], "event": "delete", "payload": number}
        assert await heard.until_quiet(cleo, heard.cleo) == []


async def test_a_thread_that_is_deleted_goes_from_home_as_well(heard: Heard) -> None:
    thread = await heard.community.thread(heard.group.actor.id, heard.ann)
    groups = heard.house.rooms.groups
    [share] = await heard.house.rooms.db.read(lambda uow: uow.shares.of_posts([thread.id]))
    async with ear(heard.ben, "user") as ben:
        await heard.write(lambda uow: groups.delete(uow, thread.id, heard.ann.persona))
        gone = {one["payload"] for one in await heard.until_quiet(ben, heard.ben)}
        assert gone == {str(thread.id), str(share.id)}


async def test_prv_09_a_private_group_is_heard_by_its_members_alone(quiet: Heard) -> None:
    streams = ("user", "public", "public:local")
    async with ear(quiet.ben, *streams) as ben, ear(quiet.cleo, *streams) as cleo:
        await cleo.ask("subscribe", "hashtag", tag="sleep")
        await settle(cleo)
        thread = await quiet.community.thread(quiet.group.actor.id, quiet.ann, text="No #sleep.")
        [one] = await quiet.until_quiet(ben, quiet.ben)
        assert one["payload"]["reblog"]["visibility"] == "private"
        groups = quiet.house.rooms.groups
        await quiet.write(lambda uow: groups.delete(uow, thread.id, quiet.ann.persona))
        assert len(await quiet.until_quiet(ben, quiet.ben)) == 2
        assert await quiet.until_quiet(cleo, quiet.cleo) == []


async def test_prv_09_who_has_left_hears_no_more(quiet: Heard) -> None:
    async with ear(quiet.ben, "user") as ben:
        await quiet.write(
            lambda uow: uow.memberships.remove(quiet.group.actor.id, quiet.ben.persona.id)
        )
        await quiet.community.thread(quiet.group.actor.id, quiet.ann)
        assert await quiet.until_quiet(ben, quiet.ben) == []


async def test_a_block_or_a_mute_is_kept_at_the_moment_of_sending(heard: Heard) -> None:
    rooms, ann, group = heard.house.rooms, heard.ann.persona, heard.group.actor.id
    for act in (
        lambda uow: rooms.safety.block(uow, heard.ben.persona, ann.id),
        lambda uow: rooms.muting.mute(uow, heard.ben.persona, ann.id),
        lambda uow: rooms.safety.block(uow, ann, heard.ben.persona.id),
    ):
        async with ear(heard.ben, "user", "public") as ben:
            await heard.community.thread(group, heard.ann)
            assert len(await heard.until_quiet(ben, heard.ben)) == 2
            await heard.write(act)
            await heard.community.thread(group, heard.ann)
            assert await heard.until_quiet(ben, heard.ben) == []

        def undo(uow: UnitOfWork) -> None:
            uow.blocks.lift(heard.ben.persona.id, ann.id)
            uow.mutes.lift(heard.ben.persona.id, ann.id)

        await heard.write(undo)


async def test_public_streams_carry_what_is_open_to_all(heard: Heard) -> None:
    streams = ("user", "public", "public:local", "public:remote", "public:media")
    async with ear(heard.cleo, *streams) as cleo:
        await cleo.ask("subscribe", "hashtag", tag="Sleep")
        await cleo.ask("subscribe", "hashtag:local", tag="sleep")
        await settle(cleo)
        thread = await heard.community.thread(heard.group.actor.id, heard.ann, text="No #SLEEP.")
        came = said(await heard.until_quiet(cleo, heard.cleo))
        number = str(thread.id)
        assert set(came) == {
            ("public", "update", number),
            ("public:local", "update", number),
            ("hashtag:Sleep", "update", number),
            ("hashtag:local:sleep", "update", number),
        }
        assert len(came) == 4


async def test_followers_hear_what_stands_on_a_profile(heard: Heard) -> None:
    await heard.follow(heard.ben, heard.ann)
    async with (
        ear(heard.ben, "user") as ben,
        ear(heard.ann, "user") as ann,
        ear(heard.cleo, "user", "public") as cleo,
    ):
        open_one = await heard.post(heard.ann, "For all.")
        quiet = await heard.post(heard.ann, "For few.", "followers")
        own = await heard.post(heard.ann, "For me.", "self")
        await heard.post(heard.ann, "For whoever looks.", "unlisted")
        came = [what for _, _, what in said(await heard.until_quiet(ben, heard.ben))]
        assert came[:2] == [str(open_one.id), str(quiet.id)]
        assert len(came) == 3
        mine = {what for _, _, what in said(await heard.until_quiet(ann, heard.ann))}
        assert str(own.id) in mine
        others = said(await heard.until_quiet(cleo, heard.cleo))
        assert others == [("public", "update", str(open_one.id))]


async def test_answers_come_to_those_who_know_both(one_heard: Heard) -> None:
    heard, profiles = one_heard, one_heard.house.rooms.profiles
    await heard.follow(heard.ben, heard.ann)
    await heard.follow(heard.cleo, heard.ann)
    await heard.follow(heard.cleo, heard.ben)
    dora = await heard.house.person("dora")
    await heard.follow(dora, heard.ann)
    post = await heard.post(heard.ben, "Who is awake?")
    draft = ProfileDraft(text="I am.", audience="public")
    async with (
        ear(heard.ben, "user") as ben,
        ear(heard.cleo, "user", "public") as cleo,
        ear(dora, "user") as far,
    ):
        reply = await heard.write(
            lambda uow: profiles.reply(uow, post.id, heard.ann.persona, draft)
        )
        for one, who in ((ben, heard.ben), (cleo, heard.cleo)):
            came = said(await heard.until_quiet(one, who))
            assert [one for one in came if one[1] == "update"] == [
                ("user", "update", str(reply.id))
            ]
        assert await heard.until_quiet(far, dora) == []


async def test_replies_in_groups_stand_in_no_public_timeline_but_under_their_tags(
    one_heard: Heard,
) -> None:
    heard = one_heard
    thread = await heard.community.thread(heard.group.actor.id, heard.ann)
    async with ear(heard.cleo, "user", "public") as cleo:
        await cleo.ask("subscribe", "hashtag", tag="sleep")
        await settle(cleo)
        reply = await heard.community.reply(thread, heard.ann, "No #sleep either.")
        came = said(await heard.until_quiet(cleo, heard.cleo))
        assert came == [("hashtag:sleep", "update", str(reply.id))]


async def test_what_carries_a_tag_that_one_follows_comes_home(one_heard: Heard) -> None:
    heard, group = one_heard, one_heard.group.actor.id
    for who in (heard.cleo, heard.ben):
        await who.ok("POST", "/api/v1/tags/sleep/follow")
    async with ear(heard.cleo, "user") as cleo, ear(heard.ben, "user") as ben:
        await heard.community.thread(group, heard.ann, text="Nothing of it.")
        thread = await heard.community.thread(group, heard.ann, text="No #sleep.")
        came = said(await heard.until_quiet(cleo, heard.cleo))
        assert came == [("user", "update", str(thread.id))]
        assert len(await heard.until_quiet(ben, heard.ben)) == 2


async def test_what_somebody_hands_on_comes_and_can_be_taken_back(heard: Heard) -> None:
    await heard.follow(heard.cleo, heard.ben)
    post, profiles = await heard.post(heard.ann, "Hand me on."), heard.house.rooms.profiles
    async with ear(heard.cleo, "user") as cleo:
        await heard.write(lambda uow: profiles.share(uow, post.id, heard.ben.persona))
        [one] = await heard.until_quiet(cleo, heard.cleo)
        assert one["payload"]["account"]["id"] == heard.ben.id
        assert one["payload"]["reblog"]["id"] == str(post.id)
        await heard.write(lambda uow: profiles.unshare(uow, post.id, heard.ben.persona))
        [gone] = await heard.until_quiet(cleo, heard.cleo)
        assert (gone["event"], gone["payload"]) == ("delete", one["payload"]["id"])


async def test_lists_carry_whom_they_hold_and_may_keep_them_from_home(heard: Heard) -> None:
    lists, ben, group = heard.house.rooms.reading.lists, heard.ben.persona, heard.group.actor.id

    def make(uow: UnitOfWork) -> int:
        made = lists.make(uow, ben, ListDraft(title="Near", exclusive=True))
        lists.add(uow, ben, made.id, [group])
        number: int = made.id
        return number

    number = str(await heard.write(make))
    async with ear(heard.ben, "user") as one, ear(heard.cleo) as other:
        await one.ask("subscribe", "list", list=number)
        await settle(one)
        await other.ask("subscribe", "list", list=number)
        assert (await other.hear())["status"] == 404
        await heard.community.thread(group, heard.ann)
        came = await heard.until_quiet(one, heard.ben)
        assert [(said["stream"], said["event"]) for said in came] == [(["list", number], "update")]


@pytest.mark.parametrize(("action", "times"), [("warn", 1), ("hide", 0)])
async def test_a_filter_is_noticed_and_kept(one_heard: Heard, action: str, times: int) -> None:
    heard = one_heard
    filters, ben = heard.house.rooms.filters, heard.ben.persona
    async with ear(heard.ben, "user") as one, ear(heard.ann, "user") as ann:
        words = (KeywordChange(keyword="winter", whole_word=True),)
        draft = FilterDraft(title="Winter", contexts=("home",), action=action, keywords=words)
        await heard.write(lambda uow: filters.make(uow, ben, draft))
        assert (await one.hear())["event"] == "filters_changed"
        await heard.community.thread(heard.group.actor.id, heard.ann)
        came = await heard.until_quiet(one, heard.ben)
        assert len(came) == times
        for said in came:
            status = said["payload"]
            met = [*status["filtered"], *status["reblog"]["filtered"]]
            assert met[0]["keyword_matches"] == ["winter"]
        assert len(await heard.until_quiet(ann, heard.ann)) == 1


async def test_news_comes_to_whom_it_is_for(heard: Heard) -> None:
    thread = await heard.community.thread(heard.group.actor.id, heard.ann)
    await heard.follow(heard.cleo, heard.ann)
    posts = await heard.house.app_of(heard.ann.persona, "read:statuses")
    async with (
        ear(heard.ann, "user", "user:notification") as ann,
        ear(posts, "user") as without,
        ear(heard.ben, "user") as ben,
    ):
        reply = await heard.community.reply(thread, heard.ben)
        came = await heard.until_quiet(ann, heard.ann)
        assert {tuple(one["stream"]) for one in came} == {("user",), ("user:notification",)}
        for one in came:
            assert one["event"] == "notification"
            assert one["payload"]["type"] == "mention"
            assert one["payload"]["status"]["id"] == str(reply.id)
        listed = await heard.ann.ok("GET", "/api/v1/notifications")
        assert came[0]["payload"] == listed[0]
        assert await heard.until_quiet(without, heard.ann) == []
        assert await heard.until_quiet(ben, heard.ben) == []


async def test_a_private_message_comes_as_a_conversation_to_its_people(heard: Heard) -> None:
    messages, ann, ben = heard.house.rooms.messages, heard.ann.persona, heard.ben.persona

    def shared_long(uow: UnitOfWork) -> None:
        since = heard.house.clock.now().replace(year=2025)
        for who in (ann, ben):
            uow.memberships.remove(heard.group.actor.id, who.id)
            uow.memberships.put(member_of(heard.group.actor.id, who.id, since))

    await heard.write(shared_long)
    async with (
        ear(heard.ben, "user", "direct") as one,
        ear(heard.cleo, "user", "direct") as cleo,
    ):
        letter = Letter(to="ben", text="Between us.")
        await heard.write(lambda uow: messages.start(uow, ann, letter))
        came = await heard.until_quiet(one, heard.ben)
        [talk] = [said for said in came if said["event"] == "conversation"]
        assert talk["stream"] == ["direct"]
        assert "Between us." in talk["payload"]["last_status"]["content"]
        assert talk["payload"]["unread"] is True
        assert await heard.until_quiet(cleo, heard.cleo) == []

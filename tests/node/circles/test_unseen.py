"""Where a circle must not show: each list, app, stream and document is asked, beside a private
group whose words the same asker is shown, so that silence is not an accident.
"""

import pytest

from node.circles.service import Circles
from node.clients.mastodon.shown import show_status
from node.clients.mastodon.site import Site
from node.errors import NotFound
from node.groups.place import group_for, place_of
from node.groups.reading import group_page, list_groups
from node.pictures_of_posts import may_see_pictures
from node.web.i18n import Tongues
from node.wire.found import _post
from storage.circles import Circle
from storage.tables import circle_members
from storage.timelines import Window
from storage.unit_of_work import UnitOfWork
from tests.node.circles.ring import Ring

WORDS = "the otter in the reeds"


async def with_words(ring: Ring) -> tuple[Circle, int]:
    """A running circle in which Ben said something; the post."""
    circle = await ring.running()
    post = await ring.write(
        lambda uow: ring.circles.say(uow, circle.id, ring.actor("ben"), "Otters", WORDS)
    )
    return circle, post.id


async def test_no_list_of_groups_finds_it(ring: Ring) -> None:
    circle, _ = await with_words(ring)
    anna = ring.actor("anna")

    def look(uow: UnitOfWork) -> list[object]:
        place = uow.groups.place(circle.id)
        assert place is not None
        return [
            uow.groups.get(circle.id),
            uow.groups.by_uri(place.actor.uri),
            uow.groups.by_handle(place.actor.handle, place.actor.authority),
            [one for one in list_groups(uow, anna) if one.actor.id == circle.id] or None,
            [one for one in uow.memberships.groups_of(anna.id) if one.actor.id == circle.id]
            or None,
            uow.memberships.shared_since(anna.id, ring.actor("ben").id),
            list(uow.personas.places(account_of(uow, anna.id)).values()) or None,
        ]

    assert await ring.read(look) == [None] * 7


async def test_pages_and_use_cases_of_groups_refuse_it(ring: Ring) -> None:
    circle, post = await with_words(ring)
    anna = ring.actor("anna")

    def ask(uow: UnitOfWork) -> None:
        assert place_of(uow, post, anna).view.post.id == post, "its own words are there for her"
        with pytest.raises(NotFound):
            group_for(uow, circle.id, anna)
        with pytest.raises(NotFound):
            group_page(uow, circle.id, anna)

    await ring.read(ask)
    handle = f"circle-{circle.id}"
    for path in (f"/groups/{handle}", f"/groups/{handle}/members", f"/groups/{handle}/invitations"):
        page = await ring.people["anna"].get(path)
        assert page.status == 404, path
    assert (await ring.people["anna"].send(f"/groups/{handle}/leave")).status == 404
    assert str(circle.id) not in (await ring.people["anna"].get("/groups")).text
    assert handle not in (await ring.people["anna"].get("/settings/personas")).text


async def test_no_app_is_shown_it_not_even_a_members(ring: Ring) -> None:
    circle, post = await with_words(ring)
    group = await ring.house.group("den", ring.people["ben"], "private")
    known = await ring.write(
        lambda uow: ring.house.rooms.groups.post_thread(
            uow, group.actor.id, ring.actor("ben"), ring.house.thread_draft("Den")
        )
    )
    ben = ring.actor("ben")
    site = site_for(ring)

    def look(uow: UnitOfWork) -> tuple[bool, bool, list[int], list[int], list[int], int]:
        shown = show_status(uow, post, ben, site) is not None
        beside = show_status(uow, known.id, ben, site) is not None
        home = uow.timelines.home([circle.id], ring.actor("anna").id, Window(limit=40))
        return (
            shown,
            beside,
            home,
            uow.client_reading.threads(ring.actor("anna").id, 40, None),
            list(uow.listening.places([post])),
            uow.statuses.following(ring.actor("anna").id),
        )

    shown, beside, home, threads, heard, following = await ring.read(look)
    assert (shown, beside) == (False, True)
    assert home == []
    assert (threads, heard, following) == ([], [], 0)


def site_for(ring: Ring) -> Site:
    config = ring.house.rooms.config
    return Site(
        origin=config.origin,
        authority=config.authority,
        face="",
        header="",
        tongues=Tongues.load(),
        now=ring.house.clock.now,
    )


async def test_invariant_16_nothing_of_a_circle_is_written_for_another_node(ring: Ring) -> None:
    _, post = await with_words(ring)
    cleo = ring.people["cleo"]
    await cleo.send(f"/posts/{post}/react", kind="hear-you")
    await cleo.send(f"/posts/{post}/reply", text="I saw one once.")
    await ring.people["ben"].submit(
        f"/posts/{post}/edit", at=f"/posts/{post}/edit", text=f"{WORDS}, twice"
    )
    await ring.people["ben"].submit(f"/posts/{post}/delete", at=f"/posts/{post}/delete")
    await ring.later(days=1)

    def sent(uow: UnitOfWork) -> int:
        ask = "SELECT count(*) FROM activities"
        return int(uow.connection.exec_driver_sql(ask).scalar_one())

    assert await ring.read(sent) == 0


async def test_invariant_16_the_wire_does_not_know_its_addresses(ring: Ring) -> None:
    circle, post = await with_words(ring)
    assert await ring.read(lambda uow: _post(uow, str(post))) == (None, None)
    for path in (f"/circles/{circle.id}/inbox", f"/circles/{circle.id}/outbox"):
        page = await ring.people["dora"].get(path, headers={"Accept": "application/activity+json"})
        assert page.status == 404


@pytest.mark.parametrize("name", ["dora", None])
async def test_others_and_visitors_find_nothing(ring: Ring, name: str | None) -> None:
    circle, post = await with_words(ring)
    visitor = ring.people[name] if name else ring.house.visitor()
    for path in (f"/threads/{post}", f"/posts/{post}", f"/circles/{circle.id}"):
        page = await visitor.get(path)
        assert WORDS not in page.text
        assert "Quiet mornings" not in page.text
        assert page.status == 404 or page.path.startswith("/sign-in")
    if name:
        assert (await visitor.send(f"/posts/{post}/reply", text="hello")).status == 404
        assert (await visitor.send(f"/posts/{post}/react", kind="hear-you")).status == 404
        assert (await visitor.get(f"/report/post/{post}")).status == 404


async def test_a_report_shows_staff_the_post_and_nothing_else(ring: Ring) -> None:
    _, post = await with_words(ring)
    lead = await ring.house.member("morgan", "moderator")
    page = await ring.people["cleo"].submit(
        f"/report/post/{post}", at=f"/report/post/{post}", reason="harassment"
    )
    assert page.status == 200
    assert (await lead.get(f"/threads/{post}")).status == 404
    queue = await lead.get("/moderation")
    assert queue.status == 200
    assert WORDS not in queue.text


async def test_invariant_12_a_block_hides_within_a_circle_too(ring: Ring) -> None:
    circle, post = await with_words(ring)
    cleo, path = ring.people["cleo"], f"/circles/{circle.id}"
    assert "Otters" in (await cleo.get(path)).text
    await ring.people["ben"].submit("/personas/cleo/block", at="/personas/cleo/block")
    page = await cleo.get(path)
    assert "Otters" not in page.text
    assert "Ben" not in page.text
    assert (await cleo.get(f"/threads/{post}")).status == 404
    assert "Cleo" not in (await ring.people["ben"].get(path)).text


async def test_words_name_and_questions_are_sealed(ring: Ring) -> None:
    circle, post = await with_words(ring)

    def raw(uow: UnitOfWork) -> str:
        rows = [
            *uow.connection.exec_driver_sql(f"SELECT * FROM circles WHERE id = {circle.id}"),
            *uow.connection.exec_driver_sql(f"SELECT * FROM posts WHERE id = {post}"),
            *uow.connection.exec_driver_sql(f"SELECT * FROM actors WHERE id = {circle.id}"),
        ]
        return " ".join(str(bytes(v) if isinstance(v, memoryview) else v) for r in rows for v in r)

    stored = await ring.read(raw)
    for words in (WORDS, "Otters", "Quiet mornings", "called here", "sleep"):
        assert words not in stored


async def test_pictures_are_shown_to_members_alone(ring: Ring) -> None:
    _, post = await with_words(ring)

    def ask(uow: UnitOfWork) -> list[bool]:
        who = (ring.actor("ben"), ring.actor("cleo"), ring.actor("dora"), None)
        return [may_see_pictures(uow, post, one) for one in who]

    assert await ring.read(ask) == [True, True, False, False]


def test_invariant_25_nothing_about_a_week_is_kept() -> None:
    """Days and answers are counted when their owner looks, for that one alone: no use case hands
    them to anybody, and no table has a column for them."""
    kept = {column.name for column in circle_members.columns}
    assert not {name for name in kept if "count" in name or "score" in name or "rank" in name}
    public = {name for name in dir(Circles) if not name.startswith("_")}
    assert "own_week" not in public


def account_of(uow: UnitOfWork, persona_id: int) -> int:
    found = uow.accounts.account_of(persona_id)
    assert found is not None
    return found

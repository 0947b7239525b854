"""Goals through the pages: made, written about, changed, paused, ended, deleted; and by nobody
else."""

import re
from datetime import timedelta

from sqlalchemy import event

from storage.unit_of_work import UnitOfWork
from tests.node.circles.ring import open_ring
from tests.node.goals.walk import Walk, number_in
from tests.node.messages.talk import persona_of


async def test_a_goal_lives_from_its_first_word_to_its_last(walk: Walk) -> None:
    ash = walk.ash
    assert "Nothing here yet" in (await ash.get("/goals")).text
    goal = await walk.goal(
        ash, "No drink", began="2025-01-01", situation="the flat is quiet", answer="I call Fern"
    )
    page = await ash.get(f"/goals/{goal}")
    assert "I call Fern" in page.text
    assert "No entry yet" in page.text
    await walk.entry(ash, goal, mood="2", difficulty="4", note="A long evening.")
    page = await walk.entry(ash, goal, mood="4", note="Better now.")
    assert page.text.count('class="entry"') == 2
    assert "A long evening." in page.text
    assert "Very hard" in page.text
    [newest, _] = re.findall(rf"/goals/{goal}/entries/(\d+)", page.text)
    path = f"/goals/{goal}/entries/{newest}"
    page = await ash.submit(path, at=path, note="Much better.", mood="5")
    assert "Much better." in page.text
    assert "Better now." not in page.text
    await ash.get(path)
    page = await ash.submit(f"{path}/delete")
    assert page.text.count('class="entry"') == 1
    for act, word in (("pause", "Resting"), ("resume", "Let it rest"), ("end", "At its end")):
        page = await ash.send(f"/goals/{goal}/state", act=act)
        assert word in page.text
    assert (await ash.send(f"/goals/{goal}/check-in", mood="3")).status == 403
    await ash.send(f"/goals/{goal}/state", act="reopen")
    page = await ash.submit(f"/goals/{goal}/edit", at=f"/goals/{goal}/edit", words="No wine")
    assert "No wine" in page.text
    assert (await ash.send(f"/goals/{goal}/state", act="explode")).status == 403
    page = await ash.submit(f"/goals/{goal}/delete", at=f"/goals/{goal}/delete")
    assert "Nothing here yet" in page.text
    assert (await ash.get(f"/goals/{goal}")).status == 404


async def test_what_does_not_fit_is_kept_and_named(one_walk: Walk) -> None:
    ash = one_walk.ash
    page = await ash.send("/goals/new", words="", kind="days", answer="kept words")
    assert page.status == 422
    assert "kept words" in page.text
    goal = await one_walk.goal(ash)
    path = f"/goals/{goal}/check-in"
    for fields, sentence in (
        ({"day": "2999-01-01", "mood": "3"}, "still to come"),
        ({"day": "1999-01-01", "mood": "3"}, "before this goal began"),
        ({"day": "soon", "mood": "3"}, "Write the date like this"),
        ({"mood": "9"}, "Choose one from the list"),
        ({}, "One of them is enough"),
    ):
        page = await ash.send(path, **fields)
        assert (page.status, sentence in page.text) == (422, True), sentence
    page = await ash.send(f"/goals/{goal}/reminder", time="23:30")
    assert page.status == 422
    assert "between 22:00 and 7:00" in page.text


async def test_a_setback_erases_nothing_and_offers_company_and_help_at_once(walk: Walk) -> None:
    ash = walk.ash
    began = walk.house.clock.now().date() - timedelta(days=41)
    goal = await walk.goal(ash, began=began.isoformat())
    page = await ash.get(f"/goals/{goal}")
    assert "<strong>41 days</strong>" in page.text
    for offer in ("/buddies", "/coping", "/help"):
        assert f'href="{offer}"' in (await ash.get(f"/goals/{goal}/setback")).text
    page = await walk.setback(ash, goal)
    assert "<strong>41 days</strong> in total." in page.text
    assert "This run began today." in page.text
    assert "The one before lasted 41 days" in page.text
    for offer in ("/buddies", "/coping", "/help"):
        assert f'href="{offer}"' in page.text
    walk.house.clock.advance(hours=3 * 24)
    page = await ash.get(f"/goals/{goal}")
    assert "<strong>44 days</strong> in total." in page.text
    assert "This run: 3 days." in page.text
    for word in ("relapse", "failure", "lost", "0 days"):
        assert word not in page.text.lower()
    page = await ash.get(f"/goals/{goal}/milestones")
    assert "30 days" in page.text
    page = await ash.get(f"/goals/{goal}/plot?days=90")
    assert "A setback" in page.text
    assert "<title id=" in page.text


async def test_a_milestone_is_told_to_a_group_in_the_members_own_words(one_walk: Walk) -> None:
    ash = one_walk.ash
    goal = await one_walk.goal(ash, began="2026-01-01")
    path = f"/goals/{goal}/share"
    page = await ash.get(path)
    assert "celebrate" in page.text
    place = re.findall(r'<option value="(group-\d+)"', page.text)[0]
    page = await ash.submit(path, place=place, title="30 days", text="See what I did")
    form = page.form("/groups/sleep/new")
    assert form.fields["text"] == "See what I did"
    page = await ash.post("/groups/sleep/new", form.fields | {"text": "My own words"})
    assert "My own words" in page.text
    assert page.path.startswith("/threads/")
    page = await ash.send(path, place="group-7", text="kept text")
    assert (page.status, "kept text" in page.text) == (422, True)


async def test_a_circle_is_told_in_its_own_form(sqlite_url: str) -> None:
    async with open_ring(sqlite_url) as ring:
        circle, anna = await ring.running(), ring.people["anna"]
        page = await anna.submit("/goals/new", at="/goals/new", words="A walk")
        goal = number_in(page, r"/goals/(\d+)")
        path, place = f"/goals/{goal}/share", f"circle-{circle.id}"
        page = await anna.submit(path, at=path, place=place, title="A week", text="Yes")
        form = page.form(f"/circles/{circle.id}/write")
        assert (form.fields["title"], form.fields["text"]) == ("A week", "Yes")
        page = await anna.post(f"/circles/{circle.id}/write", form.fields)
        assert page.path.startswith("/threads/")
        # Somebody who is not in it is not offered it, and cannot name it either.
        dora = ring.people["dora"]
        page = await dora.submit("/goals/new", at="/goals/new", words="A walk")
        path = f"/goals/{number_in(page, '/goals/([0-9]+)')}/share"
        assert place not in (await dora.get(path)).text
        assert (await dora.send(path, place=place)).status == 422


async def test_an_entry_for_a_group_stays_and_a_draft_is_offered(one_walk: Walk) -> None:
    ash = one_walk.ash
    goal = await one_walk.goal(ash)
    page = await one_walk.entry(ash, goal, mood="4", note="A good day.", shared="group")
    assert page.path.startswith(f"/goals/{goal}/share?entry=")
    assert "A good day." in page.text
    kept = await one_walk.house.db.read(
        lambda uow: uow.check_ins.of_persona(persona_of(ash).id, 9, 0)
    )
    assert [one.shared for one in kept] == ["me"]


async def test_something_to_do_counts_the_days_on_which_it_was_done(one_walk: Walk) -> None:
    ash = one_walk.ash
    goal = await one_walk.goal(ash, "A walk", kind="doing")
    assert "No hurry" in (await ash.get(f"/goals/{goal}")).text
    await one_walk.entry(ash, goal, did="yes")
    page = await one_walk.entry(ash, goal, did="yes", mood="3")
    assert "<strong>1 day</strong>" in page.text
    one_walk.house.clock.advance(hours=24)
    page = await one_walk.entry(ash, goal, did="no", mood="3")
    assert "<strong>1 day</strong>" in page.text
    # The first day was a milestone, and this one is none.
    assert "Today is a milestone" not in page.text


async def test_a_milestone_is_of_the_day_on_which_it_was_reached(one_walk: Walk) -> None:
    ash = one_walk.ash
    doing = await one_walk.goal(ash, "A walk", kind="doing")
    assert "Today is a milestone" in (await one_walk.entry(ash, doing, did="yes")).text
    days = await one_walk.goal(ash, "No drink")
    one_walk.house.clock.advance(hours=24)
    assert "Today is a milestone" not in (await ash.get(f"/goals/{doing}")).text
    assert "Today is a milestone" in (await ash.get(f"/goals/{days}")).text
    await ash.submit(f"/goals/{days}/state", at=f"/goals/{days}", act="pause")
    one_walk.house.clock.advance(hours=48)
    assert "Today is a milestone" not in (await ash.get(f"/goals/{days}")).text


async def test_the_list_takes_as_many_statements_for_many_goals(one_walk: Walk) -> None:
    goals, ash, counted = one_walk.house.rooms.goals, persona_of(one_walk.ash), []

    def count(uow: UnitOfWork) -> int:
        seen: list[str] = []

        def note(_c: object, _u: object, statement: str, *_more: object) -> None:
            seen.append(statement)

        event.listen(uow.connection, "before_cursor_execute", note)
        goals.all_of(uow, ash)
        event.remove(uow.connection, "before_cursor_execute", note)
        return len(seen)

    for words in ("One", "Two", "Three"):
        goal = await one_walk.goal(one_walk.ash, words)
        await one_walk.entry(one_walk.ash, goal, mood="3")
        counted.append(await one_walk.house.db.read(count))
    assert len(set(counted)) == 1, counted


async def test_nobody_else_finds_a_goal(walk: Walk) -> None:
    goal = await walk.goal(walk.ash)
    page = await walk.setback(walk.ash, goal)
    entry = number_in(page, rf"/goals/{goal}/entries/(\d+)")
    for path in ("", "/edit", "/check-in", "/plot", f"/entries/{entry}", f"/entries/{entry}/after"):
        assert (await walk.birch.get(f"/goals/{goal}{path}")).status == 404
    mine = await walk.goal(walk.birch)
    assert (await walk.birch.get(f"/goals/{mine}/entries/{entry}")).status == 404
    assert (await walk.birch.send(f"/goals/{mine}/entries/{entry}/delete")).status == 404
    assert (await walk.birch.get(f"/goals/{mine}/share?entry={entry}")).status == 404
    assert (await walk.ash.get(f"/goals/{goal}/entries/{entry}")).status == 200

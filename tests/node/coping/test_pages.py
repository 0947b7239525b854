"""Cards at the front door: written, published, found, kept at hand, made anew, checked."""

import re
from dataclasses import replace

from node.coping.library import PAGE
from storage.unit_of_work import UnitOfWork
from tests.node.coping.cards import CARD, FORM, drafted, joined, publish, published
from tests.node.web.house import WebHouse


async def test_a_draft_is_its_writers_alone(any_house: WebHouse) -> None:
    ann, bea = await any_house.member("ann"), await any_house.member("bea")
    draft = await drafted(ann)
    assert "Five things" in (await ann.get(draft)).text
    assert "Five things" in (await ann.get("/coping/drafts")).text
    nothing = await bea.get("/coping/drafts/77")
    for path in (draft, f"{draft}/edit", f"{draft}/publish"):
        page = await bea.get(path)
        assert page.status == nothing.status == 404
    assert "Five things" not in (await bea.get("/coping/drafts")).text
    kept = await ann.submit(draft, at=draft, act="keep")
    assert "Kept for yourself" in kept.text
    gone = await ann.submit(draft, at=draft, act="drop")
    assert "You have no drafts" in gone.text
    assert (await ann.get(draft)).status == 404


async def test_an_unfinished_draft_is_kept_and_not_published(house: WebHouse) -> None:
    ann = await house.member("ann")
    group = await house.group("grief", ann, "local")
    draft = await drafted(ann, what="", licence="")
    page = await publish(ann, draft, group)
    assert page.status == 422
    assert "what it is" in page.text


async def test_a_card_is_published_found_and_changed(any_house: WebHouse) -> None:
    house = any_house
    ann = await house.member("ann")
    group = await house.group("grief", ann)
    card = await published(ann, group)
    visitor = house.visitor()
    page = await ann.get(card)
    for one in (ann, visitor):
        page = await one.get(card)
        assert "Name five things." in page.text
        assert "CC BY 4.0" in page.text
    assert "not checked yet" not in page.text
    for query in ("topic=anxiety", "effort=little&cost=free", "language=en", "words=FIVE+look"):
        assert "Five things" in (await visitor.get(f"/coping?{query}")).text, query
    for query in ("topic=sleep", "effort=a-lot", "language=de", "words=trampoline"):
        found = await visitor.get(f"/coping?{query}")
        assert "No card fits" in found.text, query
    thread = await visitor.get(card.replace("/coping/", "/threads/"))
    assert "Five things" in thread.text
    assert f'href="{card}"' in thread.text
    changed = await ann.submit(f"{card}/edit", at=f"{card}/edit", title="Six things")
    assert "Six things" in changed.text
    thread = await visitor.get(card.replace("/coping/", "/threads/"))
    assert "Six things" in thread.text


async def test_the_words_of_a_card_are_changed_on_its_own_page(house: WebHouse) -> None:
    ann = await house.member("ann")
    card = await published(ann, await house.group("grief", ann))
    page = await ann.get(card.replace("/coping/", "/posts/") + "/edit")
    assert page.path == f"{card}/edit"


async def test_nobody_changes_the_card_of_somebody_else(house: WebHouse) -> None:
    ann = await house.member("ann")
    group = await house.group("grief", ann)
    card = await published(ann, group)
    bea = await joined(house, "bea", group)
    assert (await bea.get(f"{card}/edit")).status == 403
    page = await bea.send(f"{card}/edit", **FORM)
    assert page.status == 403


async def test_invariant_17_a_card_goes_abroad_only_with_its_authors_word(
    house: WebHouse,
) -> None:
    ann = await house.member("ann")
    group = await house.group("grief", ann)
    draft = await drafted(ann)
    path = f"{draft}/publish"
    page = await ann.get(path)
    assert "copied to other nodes" in page.text
    refused = await ann.submit(path, at=path, group=str(group.actor.id), federate="no")
    assert refused.status == 422
    assert "No card" in (await house.visitor().get("/coping?words=five")).text


async def test_only_here_stays_here(house: WebHouse) -> None:
    ann = await house.member("ann")
    public, local = await house.group("grief", ann), await house.group("night", ann, "local")
    draft = await drafted(ann, licence="only-here")
    refused = await publish(ann, draft, public)
    assert refused.status == 422
    assert "another licence" in refused.text
    page = await publish(ann, draft, local)
    assert page.path.partition("?")[0].startswith("/coping/")
    assert (await house.visitor().get(page.path)).status == 404


async def test_a_card_of_a_private_group_is_for_its_members(house: WebHouse) -> None:
    ann = await house.member("ann")
    group = await house.group("us", ann, "private")
    card = await published(ann, group)
    bea, cleo = await joined(house, "bea", group), await house.member("cleo")
    assert (await bea.get(card)).status == 200
    assert "Five things" in (await bea.get("/coping?topic=anxiety")).text
    assert "No card" in (await bea.get("/coping?topic=sleep")).text
    assert (await cleo.get(card)).status == 404
    assert "Five things" not in (await cleo.get("/coping")).text


async def test_a_block_hides_cards(house: WebHouse) -> None:
    group = await house.group("grief", await house.member("host"))
    ann = await joined(house, "ann", group)
    card = await published(ann, group)
    bea = await joined(house, "bea", group)
    assert ann.persona is not None
    assert bea.persona is not None
    blocked, by = ann.persona, bea.persona
    await house.db.write(lambda uow: house.rooms.safety.block(uow, by, blocked.id))
    assert (await bea.get(card)).status == 404
    assert "Five things" not in (await bea.get("/coping")).text


async def test_a_remix_names_what_it_was_made_from(house: WebHouse) -> None:
    ann = await house.member("ann")
    group = await house.group("grief", ann)
    card = await published(ann, group, licence="cc-by-sa")
    bea = await joined(house, "bea", group)
    page = await bea.submit(f"{card}/remix", at=card)
    assert page.path.startswith("/coping/drafts/")
    assert "Only here" not in page.text
    draft = page.path.partition("?")[0].removesuffix("/edit")
    free = await bea.submit(f"{draft}/edit", at=f"{draft}/edit", licence="cc0", title="Mine")
    assert free.status == 200
    assert (await publish(bea, draft, group)).status == 422
    await bea.submit(f"{draft}/edit", at=f"{draft}/edit", licence="cc-by-sa", title="Mine")
    made = await publish(bea, draft, group)
    assert "Made from:" in made.text
    assert "@ann@" in made.text
    cleo = await joined(house, "cleo", group)
    again = await cleo.submit(f"{made.path.partition('?')[0]}/remix", at=made.path)
    for whose in ("@ann@", "@bea@"):
        assert whose in again.text


async def test_what_is_only_here_is_not_made_anew(house: WebHouse) -> None:
    ann = await house.member("ann")
    group = await house.group("night", ann, "local")
    card = await published(ann, group, licence="only-here")
    bea = await joined(house, "bea", group)
    assert "/remix" not in (await bea.get(card)).text
    assert (await bea.send(f"{card}/remix")).status == 403
    assert "/remix" in (await ann.get(card)).text


async def test_what_touches_medicine_can_be_read_and_is_checked(any_house: WebHouse) -> None:
    house = any_house
    host = await house.member("host")
    group = await house.group("grief", host)
    ann = await joined(house, "ann", group)
    card = await published(ann, group, what="Take the pills at the same hour.")
    page = await house.visitor().get(card)
    assert "nobody has checked it yet" in page.text
    assert "Take the pills" in page.text
    assert "Five things" in (await host.get("/coping/waiting")).text
    assert (await ann.get(f"{card}/check")).status == 403
    path = f"{card}/check"
    silent = await host.submit(path, at=path, verdict="ask-change")
    assert silent.status == 422
    await host.submit(path, at=path, verdict="ask-change", reason="Say to ask the doctor first.")
    assert "Say to ask the doctor" in (await ann.get(card)).text
    assert "Say to ask the doctor" not in (await house.visitor().get(card)).text
    assert "asks you to change something" in (await ann.get("/news")).text
    house.clock.advance(minutes=1)
    await ann.submit(f"{card}/edit", at=f"{card}/edit", what="Ask about pills.")
    assert "nobody has checked it yet" in (await ann.get(card)).text
    house.clock.advance(minutes=1)
    await host.submit(path, at=path, verdict="check")
    assert "A moderator checked it" in (await house.visitor().get(card)).text
    entries = await house.db.read(lambda uow: uow.moderation.list(group.actor.id, 10))
    assert [one.act for one in entries] == ["check-card", "ask-card-change"]
    assert "Nothing waits" in (await host.get("/coping/waiting")).text


async def test_nobody_checks_their_own_card(house: WebHouse) -> None:
    host = await house.member("host")
    group = await house.group("grief", host)
    card = await published(host, group, medical="yes")
    path = f"{card}/check"
    assert (await host.send(path, verdict="check")).status == 403


async def test_an_empty_library_begins_with_the_starter_set(house: WebHouse) -> None:
    admin = await house.member("ada", "administrator")
    group = await house.group("grief", admin)
    assert "/coping/starters" in (await admin.get("/coping")).text
    for _ in range(2):
        page = await admin.submit(
            "/coping/starters",
            at="/coping/starters",
            group=str(group.actor.id),
            federate="yes",
        )
        assert "Let the wave go by" in page.text
    found = await house.db.read(
        lambda uow: uow.articles.in_groups("coping-card", [group.actor.id], 50)
    )
    assert len(found) == 15
    bea = await joined(house, "bea", group)
    assert (await bea.get("/coping/starters")).status == 403


async def test_who_is_hidden_does_not_end_the_library(house: WebHouse) -> None:
    host = await house.member("host")
    group = await house.group("grief", host)
    first = await published(host, group, title="The oldest of all")
    ann, bea = await joined(house, "ann", group), await joined(house, "bea", group)
    assert ann.persona is not None
    assert bea.persona is not None
    blocked, by = ann.persona, bea.persona
    coping = house.rooms.coping

    def fill(uow: UnitOfWork) -> None:
        for number in range(PAGE + 1):
            card = replace(CARD, title=f"One of many {number}")
            own = coping.begin(uow, blocked, card)
            coping.publish(uow, blocked, own.id, group.actor.id)
        house.rooms.safety.block(uow, by, blocked.id)

    await house.db.write(fill)
    page = await bea.get("/coping")
    assert "One of many" not in page.text
    found = re.search(r'href="(/coping\?before=[0-9]+)"', page.text)
    assert found is not None
    assert f'href="{first}"' in (await bea.get(found[1])).text

"""What people do outside groups by pages, without scripts; and what each reader finds there."""

import re

import pytest

from tests.node.profiles.street import Street
from tests.node.web.visitor import Visitor


async def write(visitor: Visitor, text: str, audience: str) -> None:
    page = await visitor.submit("/notes/new", at="/notes/new", text=text, audience=audience)
    assert page.status == 200
    assert text in page.text


async def person(visitor: Visitor, handle: str) -> str:
    return (await visitor.get(f"/personas/{handle}")).text


def note_at(text: str) -> str:
    """The first post that a page leads to."""
    found = re.search(r'href="(/notes/[0-9]+)"', text)
    assert found is not None
    return found[1]


async def befriend(one: Visitor, other: Visitor, handle: str, name: str) -> None:
    """`one` follows `other`, who lets it."""
    await one.submit(f"/personas/{handle}/follow", at=f"/personas/{handle}")
    requests = await other.get("/followers")
    assert name in requests.text
    form = requests.form("/followers", having="act")
    await other.submit("/followers", at="/followers", act="accept", person=form.fields["person"])


async def test_each_audience_shows_to_those_it_is_for(street: Street) -> None:
    ann, ben, cara = [await street.house.member(name) for name in ("ann", "ben", "cara")]
    await befriend(ben, ann, "ann", "Ben")
    for audience in ("public", "unlisted", "followers", "self"):
        await write(ann, f"words-{audience}", audience)
    seen = {
        "ann": await person(ann, "ann"),
        "ben": await person(ben, "ann"),
        "cara": await person(cara, "ann"),
        "visitor": await person(street.house.visitor(), "ann"),
    }
    shown = {
        name: {a for a in ("public", "unlisted", "followers", "self") if f"words-{a}" in text}
        for name, text in seen.items()
    }
    assert shown == {
        "ann": {"public", "unlisted", "followers", "self"},
        "ben": {"public", "unlisted", "followers"},
        "cara": {"public", "unlisted"},
        "visitor": {"public", "unlisted"},
    }


async def test_the_page_proposes_the_fewest_readers(street: Street) -> None:
    ann = await street.house.member("ann")
    form = (await ann.get("/notes/new")).form("/notes/new")
    assert form.fields["audience"] == "followers"
    again = await ann.send("/notes/new", text="Hello", audience="everyone")
    assert again.status == 422
    assert "Choose who may read this." in again.text
    assert "Hello" in again.text


async def test_a_thread_is_answered_felt_shared_changed_and_deleted(street: Street) -> None:
    ann, ben = await street.house.member("ann"), await street.house.member("ben")
    await write(ann, "Who is awake?", "public")
    note = note_at(await person(ben, "ann"))
    page = await ben.submit(f"{note}/reply", at=note, text="I am.")
    assert "I am." in page.text
    page = await ben.submit(f"{note}/react", at=note, kind="strength")
    assert 'aria-pressed="true"' in page.text
    page = await ben.submit(f"{note}/share", at=note)
    assert "It is shared with those who follow you." in page.text
    news = (await ann.get("/news")).text
    for told in ("Ben answered you", "Ben reacted to your post", "Ben shared your post"):
        assert told in news
    page = await ann.submit(f"{note}/edit", at=f"{note}/edit", text="Who was awake?")
    assert "Who was awake?" in page.text
    await ann.submit(f"{note}/delete", at=f"{note}/delete")
    gone = (await ben.get(note)).text
    assert "The author deleted this post." in gone
    assert "I am." in gone


async def test_posts_lead_to_their_place(street: Street) -> None:
    ann = await street.house.member("ann")
    await write(ann, "Who is awake?", "public")
    note = note_at(await person(ann, "ann"))
    page = await street.house.visitor().get(note.replace("/notes/", "/posts/"))
    assert page.path == note
    assert "Who is awake?" in page.text


@pytest.mark.parametrize("audience", ["followers", "self"])
async def test_what_is_not_ones_own_to_read_is_not_there(street: Street, audience: str) -> None:
    """The same answer as for what never was, whatever is tried."""
    ann, cara = await street.house.member("ann"), await street.house.member("cara")
    await write(ann, "Heatherfield", audience)
    note = note_at(await person(ann, "ann"))
    for place in (note, "/notes/999999999"):
        for path in ("", "/reply", "/edit", "/delete"):
            page = await cara.get(f"{place}{path}")
            assert page.status == 404, path
            assert "Heatherfield" not in page.text
        for act in ("reply", "edit", "delete", "react", "share"):
            page = await cara.send(f"{place}/{act}", text="Mine", kind="strength")
            assert page.status == 404, act
    assert (await cara.get(note.replace("/notes/", "/posts/"))).status == 404


async def test_others_cannot_change_what_they_can_read(street: Street) -> None:
    ann, cara = await street.house.member("ann"), await street.house.member("cara")
    await write(ann, "Heatherfield", "public")
    note = note_at(await person(ann, "ann"))
    for act in ("edit", "delete"):
        assert (await cara.get(f"{note}/{act}")).status == 403
        assert (await cara.send(f"{note}/{act}", text="Mine")).status == 403
    assert "Heatherfield" in (await cara.get(note)).text


async def test_following_is_asked_answered_and_ended(street: Street) -> None:
    ann, ben = await street.house.member("ann"), await street.house.member("ben")
    assert "Nobody is waiting for an answer." in (await ann.get("/followers")).text
    page = await ben.submit("/personas/ann/follow", at="/personas/ann")
    assert "You asked to follow." in page.text
    assert "Ben would like to follow you" in (await ann.get("/news")).text
    form = (await ann.get("/followers")).form("/followers", having="act")
    person_id = form.fields["person"]
    page = await ann.submit("/followers", at="/followers", act="reject", person=person_id)
    assert "Nobody is waiting for an answer." in page.text
    assert "Follow Ann" in await person(ben, "ann")
    await befriend(ben, ann, "ann", "Ben")
    assert "Stop following Ann" in await person(ben, "ann")
    assert "You follow Ann now" in (await ben.get("/news")).text
    await ann.submit("/followers", at="/followers", act="remove", person=person_id)
    assert "Follow Ann" in await person(ben, "ann")


async def test_who_does_not_ask_is_followed_at_once(street: Street) -> None:
    ann, ben = await street.house.member("ann"), await street.house.member("ben")
    page = await ann.submit("/followers/asking", at="/followers")
    assert "Anybody can follow you without asking" in page.text
    page = await ben.submit("/personas/ann/follow", at="/personas/ann")
    assert "You follow them now." in page.text


async def test_a_block_ends_follows_both_ways(street: Street) -> None:
    ann, ben = await street.house.member("ann"), await street.house.member("ben")
    await befriend(ben, ann, "ann", "Ben")
    await befriend(ann, ben, "ben", "Ann")
    await ann.submit("/personas/ben/block", at="/personas/ben/block")
    assert "Ben" not in (await ann.get("/followers")).text
    assert (await ben.send("/personas/ann/follow")).status == 404
    assert ben.persona is not None
    lifted = {"person": str(ben.persona.id)}
    await ann.submit("/settings/blocks/lift", at="/settings/blocks", **lifted)
    assert "Follow Ben" in await person(ann, "ben")

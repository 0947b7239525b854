"""The pages of the directory by their front door: finding, choosing, adding to a reply, staff."""

from typing import Any

import pytest
from aiohttp import FormData

from node.directory.importing import About
from node.directory.keys import READING_IN
from node.groups.drafts import ThreadDraft
from tests.node.directory.town import ABOUT, as_json, at, bring, service, uuid, weekly
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Page, Visitor

# The clock of the house begins on Monday, 23 November 2026, at noon, UTC.
HAND = {
    "name": "Lantern Line",
    "organization": "Lantern House",
    "phone": "116 123",
    "description": "A helpline for grief.",
    "hours_mo": "9:00 to 17:00",
    "is_free": "yes",
    "city": "Tidewater",
    "when_you_call": "A volunteer says hello and listens.",
}


def some(house: WebHouse) -> None:
    bring(
        house,
        as_json(
            service(
                "Near Group",
                service_at_locations=[at("Near Group", "Tidewater", 51.5, -0.1)],
                schedules=[weekly("near", "MO,TU")],
                languages=[{"id": uuid("urdu"), "name": "Urdu", "code": "ur"}],
                cost_options=[{"id": uuid("free"), "amount": 0, "option": "Free"}],
                minimum_age=18,
            ),
            service(
                "Far Group",
                service_at_locations=[at("Far Group", "Faraway", 53.5, -2.2)],
                schedules=[weekly("far", "TU")],
                assured_date="2024-01-01",
            ),
            service("Food Bank", description="Parcels on Fridays."),
        ),
    )


@pytest.mark.parametrize(
    ("asked", "found", "missing"),
    [
        ("", ("Near Group", "Far Group"), ("Food Bank",)),
        ("all=yes", ("Near Group", "Food Bank"), ()),
        ("words=near", ("Near Group",), ("Far Group",)),
        ("words=groups+river", ("Near Group", "Far Group"), ()),
        ("place=Tidewater", ("Near Group",), ("Far Group",)),
        ("place=tw1+2ab&words=near", ("Near Group", "0 km away"), ("Far Group",)),
        ("place=51.6,-0.1&km=50", ("Near Group", "11 km away"), ("Far Group",)),
        ("language=ur", ("Near Group",), ("Far Group",)),
        ("free=yes", ("Near Group",), ("Far Group",)),
        ("age=12", ("Far Group",), ("Near Group",)),
        ("open=yes", ("Near Group",), ("Far Group",)),
        ("type=type-group", ("Near Group", "Far Group"), ()),
        ("need=gambling", ("Nothing fits",), ("Near Group",)),
        ("place=Nowhere", ("No service says",), ("Near Group",)),
    ],
)
async def test_services_are_found_by_what_is_needed(
    house: WebHouse, asked: str, found: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    some(house)
    page = await house.visitor().get(f"/directory?{asked}")
    assert page.status == 200
    for words in found:
        assert words in page.text, words
    for words in missing:
        assert f">{words}<" not in page.text, words
    assert "no-store" in page.headers["Cache-Control"]


async def test_a_service_says_what_there_is_to_know(house: WebHouse) -> None:
    some(house)
    near = (await house.visitor().get(f"/directory/services/{uuid('Near Group')}")).text
    for words in ("01632 960 001", 'href="tel:01632960001"', "Monday, Tuesday: 09:00–17:00"):
        assert words in near, words
    for words in ("Urdu", "It costs nothing.", "from 18", ABOUT.source, ABOUT.licence, "7 Near"):
        assert words in near, words
    far = (await house.visitor().get(f"/directory/services/{uuid('Far Group')}")).text
    assert "check before you go" in far
    assert (await house.visitor().get("/directory/services/none")).status == 404


async def test_what_happens_when_you_call_is_never_empty(house: WebHouse) -> None:
    some(house)
    bare: dict[str, Any] = {"description": "", "phones": [], "organization": None}
    bring(house, as_json(service("Bare Group", **bare)), About(source="Elsewhere", licence="CC0"))
    visitor = house.visitor()
    near = (await visitor.get(f"/directory/services/{uuid('Near Group')}")).text
    for words in ("You call 01632 960 001 in the hours above", "You can speak: Urdu."):
        assert words in near, words
    bare_page = (await visitor.get(f"/directory/services/{uuid('Bare Group')}")).text
    for words in ("We do not know how to reach them", "We do not know what it costs"):
        assert words in bare_page, words


async def test_a_member_keeps_services_that_nobody_else_is_shown(house: WebHouse) -> None:
    some(house)
    tom, ben = await house.member("tom"), await house.member("ben")
    own = uuid("Near Group")
    assert "Nothing yet" in (await tom.get("/directory/chosen")).text
    await tom.submit(f"/directory/services/{own}/choose", at=f"/directory/services/{own}")
    assert "Near Group" in (await tom.get("/directory/chosen")).text
    assert "Nothing yet" in (await ben.get("/directory/chosen")).text
    token = await ben.token()
    assert (await ben.post(f"/directory/services/{own}/let-go", {"csrf": token})).status == 404
    await tom.submit(f"/directory/services/{own}/let-go", at=f"/directory/services/{own}")
    assert "Nothing yet" in (await tom.get("/directory/chosen")).text


async def test_a_tip_waits_for_staff_and_is_shown_without_a_name(house: WebHouse) -> None:
    some(house)
    tom, staff = await house.member("tom"), await house.member("kim", role="moderator")
    own = uuid("Near Group")
    path = f"/directory/services/{own}/tip"
    await tom.submit(path, at=path, text="Ask for the back door.")
    assert "back door" not in (await tom.get(f"/directory/services/{own}")).text
    waiting = await staff.get("/moderation/directory")
    assert "back door" in waiting.text
    assert "tom" not in waiting.text.lower().replace("bottom", "")
    number = waiting.text.partition("/moderation/directory/suggestions/")[2].partition('"')[0]
    await staff.submit(
        f"/moderation/directory/suggestions/{number}", at="/moderation/directory", act="take"
    )
    shown = (await house.visitor().get(f"/directory/services/{own}")).text
    assert "Ask for the back door." in shown
    assert "★" not in shown
    kept = await house.db.read(lambda uow: uow.directory_suggestions.waiting())
    assert kept == []


async def test_a_correction_makes_staff_look_again(house: WebHouse) -> None:
    some(house)
    tom, staff = await house.member("tom"), await house.member("kim", role="moderator")
    own = uuid("Near Group")
    path = f"/directory/services/{own}/correct"
    assert (await tom.submit(path, at=path, text=" ")).status == 422
    await tom.submit(path, at=path, text="The number has changed.")
    home = await staff.get("/moderation/directory")
    number = home.text.partition("/moderation/directory/suggestions/")[2].partition('"')[0]
    answer = f"/moderation/directory/suggestions/{number}"
    await staff.submit(answer, at="/moderation/directory", act="take")
    assert "Being checked" in (await house.visitor().get(f"/directory/services/{own}")).text
    assert "Near Group" in (await staff.get("/moderation/directory/check")).text
    state = f"/moderation/directory/services/{own}/state"
    await staff.submit(state, at=f"/moderation/directory/services/{own}", event="confirm")
    assert "Being checked" not in (await house.visitor().get(f"/directory/services/{own}")).text


async def reply_page(house: WebHouse, who: Visitor) -> str:
    """The address of a reply form."""
    group = await house.group("sleep", who)
    assert who.persona is not None
    persona, rooms = who.persona, house.rooms
    draft = ThreadDraft(title="Nights", text="I lie awake.")
    thread = await house.db.write(
        lambda uow: rooms.groups.post_thread(uow, group.actor.id, persona, draft)
    )
    return f"/posts/{thread.id}/reply"


async def test_a_service_goes_into_a_reply_in_two_taps_and_what_was_typed_stays(
    house: WebHouse,
) -> None:
    some(house)
    ash = await house.member("ash")
    path = await reply_page(house, ash)
    number = path.split("/")[2]
    assert f'formaction="/directory/for-reply/{number}"' in (await ash.get(path)).text
    typed = {"csrf": await ash.token(), "text": "I know that.", "content_warning": "sleep"}
    picked = await ash.post(f"/directory/for-reply/{number}", typed)
    assert picked.status == 200
    form = next(
        one
        for one in [picked.form(path, "act")]
        if "Group" in one.fields["text"] or "Food" in one.fields["text"]
    )
    assert form.fields["content_warning"] == "sleep"
    back = await ash.post(path, form.fields | {"act": "put-in"})
    assert back.status == 200
    assert "I know that." in back.text
    for words in ("&gt; **", "Phone: 01632 960 001", "Last checked", "/directory/services/"):
        assert words in back.text, words
    sent = await ash.post(path, back.form(path).fields)
    assert "01632 960 001" in sent.text
    assert "<blockquote>" in sent.text


async def test_staff_writes_services_by_hand(house: WebHouse) -> None:
    staff, tom = await house.member("kim", role="moderator"), await house.member("tom")
    assert (await tom.get("/moderation/directory/new")).status == 404
    wrong = await staff.submit(
        "/moderation/directory/new", at="/moderation/directory/new", **(HAND | {"hours_mo": "9"})
    )
    assert wrong.status == 422
    assert "Lantern Line" in wrong.text
    made = await staff.submit("/moderation/directory/new", at="/moderation/directory/new", **HAND)
    own = made.path.partition("/services/")[2].partition("?")[0]
    shown = (await house.visitor().get(f"/directory/services/{own}")).text
    for words in ("Lantern Line", 'href="tel:116123"', "116 123", "A volunteer says hello"):
        assert words in shown, words
    edit = f"/moderation/directory/services/{own}"
    await staff.submit(edit, at=edit, phone="0800 111", name="Lantern Line")
    again = (await house.visitor().get(f"/directory/services/{own}")).text
    assert "0800 111" in again
    assert "116 123" not in again
    state = f"{edit}/state"
    await staff.submit(state, at=edit, event="withdraw")
    assert (await house.visitor().get(f"/directory/services/{own}")).status == 404
    assert "Lantern" not in (await house.visitor().get("/hsds/services")).text


async def hand_in(who: Visitor, fields: dict[str, str], body: bytes) -> Page:
    """The form of a data set, with its file."""
    form = FormData(default_to_multipart=True)
    for name, value in fields.items():
        form.add_field(name, value)
    form.add_field("file", body, filename="services.json")
    headers = {"Accept": "text/html", "Origin": who.origin, "Sec-Fetch-Site": "same-origin"}
    async with who.client.post(
        "/moderation/directory/import", data=form, headers=headers
    ) as answer:
        return Page(answer.status, answer.url.path_qs, answer.headers, await answer.text())


async def test_a_data_set_can_be_handed_in_and_taken_out_on_a_page(house: WebHouse) -> None:
    boss = await house.member("kim", role="administrator")
    good = as_json(service("Near Group"))["services.json"]
    bad = as_json({"id": uuid("x")} | {"status": "active"})["services.json"]
    about = {"source": "Tidewater", "licence": "CC0", "csrf": await boss.token()}
    wrong = await hand_in(boss, about | {"act": "import"}, bad)
    assert wrong.status == 422
    assert "row 1, name" in wrong.text
    tried = await hand_in(boss, about | {"act": "try"}, good)
    assert "Nothing was changed so far." in tried.text
    assert "Near Group" not in (await boss.get("/directory")).text
    done = await hand_in(boss, about | {"act": "import"}, good)
    assert "/moderation/directory/sets/" in done.path
    await house.app[READING_IN].wait()
    assert "and shows" in (await boss.get(done.path)).text
    assert "Near Group" in (await boss.get("/directory")).text
    number = done.path.partition("/sets/")[2].partition("?")[0]
    one = f"/moderation/directory/sets/{number}"
    await boss.submit(one, at=one, act="end")
    assert "Near Group" not in (await boss.get("/directory")).text
    assert await house.db.read(lambda uow: uow.directory_sets.list()) == []

"""A world in which every page has something to show: two communities that visit each other, a node
that nobody lives on yet, and one that is closed to newcomers."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from node.demo.communities import Person
from node.groups.belonging import Visibility
from node.groups.drafts import ThreadDraft
from node.groups.membership import new_membership
from node.personas.names import PersonaName
from storage.unit_of_work import UnitOfWork
from tests.browser.circle_words import sit_together
from tests.browser.communities import arrive
from tests.browser.coping_words import hand_on
from tests.browser.directory_words import list_services
from tests.browser.houses import Two, house_called, thread_called, two_houses
from tests.browser.hung_words import hang_things
from tests.browser.listening_words import listen_to_each_other
from tests.browser.open_words import write_on_a_profile
from tests.browser.private_words import write_privately
from tests.browser.replying_words import answer_each_other
from tests.browser.story_words import tell_stories
from tests.browser.walking_words import walk_together
from tests.browser.welcoming_words import receive_people
from tests.world import House, next_keys

COAT = "His coat is still in the hall"
BIRTHDAY = "The first birthday without her"
NIGHT = "What do you do at four in the morning?"
ANSWERS = (
    "I get up. The kitchen is kinder than the ceiling.",
    "For me it is the radio, very low: people talking about boats.",
    "I write down the one thing I am afraid of forgetting. Then I can sleep, sometimes.",
    "Nothing helps, and at six it is over. I am awake with you.",
)
TALKERS = ("mara", "tobias", "ines", "ash", "fern", "rowan")
KINDS = ("me-too", "hear-you", "strength", "proud", "thank-you")
WIDE = f"""> It is so quiet

Here too. I listen to <https://{"lighthouse" * 12}.example/>:

1. the sea
2. `{"wave " * 30}`

    {"no words at all, only gulls and wind, " * 4}
"""


_KEPT: tuple[tuple[str, str, Visibility], ...] = (
    ("circle", "Circle", "private"),
    ("walks", "Walks", "local"),
)


@dataclass
class Gallery:
    """The houses by what they are, and the posts that pages are about, by their names."""

    two: Two
    houses: dict[str, House]
    posts: dict[str, str] = field(default_factory=dict)
    link: str = ""

    async def as_(self, handle: str, method: str, path: str, **body: Any) -> Any:
        """A call of Harbour's API."""
        return await self.houses["harbour"].ok(method, path, handle, body or None)


@asynccontextmanager
async def open_gallery(folder: Path, template: Path) -> AsyncIterator[Gallery]:
    """Everything is as the sights expect it."""
    async with two_houses(folder, template) as two:
        clock, ids = two.world.clock, itertools.count(1_000_000).__next__
        async with (
            house_called("New node", folder, template, clock, ids) as empty,
            house_called("Closed", folder, template, clock, ids, open_signup=False) as closed,
        ):
            harbour, meadow = two.world
            named = {"harbour": harbour, "meadow": meadow, "empty": empty, "closed": closed}
            gallery = Gallery(two, named)
            await meet(two)
            for prepare in (
                _find,
                _talk,
                _moderate,
                _fill_up,
                _ask_and_wait,
                _have_two_names,
                _block,
                _look_after_groups,
            ):
                await prepare(gallery)
            gallery.posts |= await write_privately(harbour)
            gallery.posts |= await walk_together(harbour)
            gallery.posts |= await list_services(harbour)
            gallery.posts |= await hand_on(harbour, int(two.harbour.groups["grief"]))
            gallery.posts |= await listen_to_each_other(harbour)
            gallery.posts |= await write_on_a_profile(harbour)
            newcomers = int(two.harbour.groups["newcomers"])
            gallery.posts |= await hang_things(harbour, newcomers, clock)
            rooms = empty.node.rooms
            link = await rooms.db.write(rooms.accounts.first_administrator_link)
            assert link is not None
            gallery.link = link.removeprefix(empty.origin)
            clock.advance(hours=2)
            gallery.posts |= await receive_people(harbour, newcomers)
            gallery.posts |= await tell_stories(harbour, newcomers)
            gallery.posts |= await answer_each_other(harbour, clock)
            gallery.posts |= await sit_together(harbour)
            yield gallery


async def meet(two: Two) -> None:
    """People visit each other, as the demo has it."""
    for home, there in ((two.harbour, two.meadow), (two.meadow, two.harbour)):
        for visit in home.community.visits:
            await two.visit(home, there, visit)


async def _have_two_names(gallery: Gallery) -> None:
    """Ash is Willow elsewhere, which nobody else knows; newcomers may write without a name."""
    newcomers = int(gallery.two.harbour.groups["newcomers"])
    rooms = gallery.houses["harbour"].node.rooms

    def make(uow: UnitOfWork) -> None:
        ash = uow.actors.local_by_handle("ash")
        account = uow.accounts.get(uow.accounts.account_of(ash.id) or 0) if ash else None
        assert account is not None
        rooms.personas.make(uow, account, PersonaName("willow", "Willow"), next_keys())
        uow.groups.update(newcomers, allows_anonymous=True)

    await rooms.db.write(make)


async def _block(gallery: Gallery) -> None:
    """Wren of Meadow wants to be left in peace by Petra."""
    rooms, authority = gallery.houses["meadow"].node.rooms, gallery.houses["meadow"].authority

    def write(uow: UnitOfWork) -> None:
        wren, petra = [uow.actors.by_handle(one, authority) for one in ("wren", "petra")]
        assert wren is not None
        assert petra is not None
        rooms.safety.block(uow, wren, petra.id)

    await rooms.db.write(write)


async def _find(gallery: Gallery) -> None:
    """Threads of the demo, by name; `there` is the coat as Meadow has it."""
    harbour = gallery.two.harbour
    grief = harbour.groups["grief"]
    gallery.posts["coat"] = await thread_called(harbour, "ash", grief, COAT)
    gallery.posts["birthday"] = await thread_called(harbour, "ash", grief, BIRTHDAY)
    uri = f"{gallery.houses['harbour'].origin}/posts/{gallery.posts['coat']}"
    copy = await gallery.houses["meadow"].post(uri)
    assert copy is not None
    gallery.posts["there"] = str(copy.id)


async def _talk(gallery: Gallery) -> None:
    """A long thread: sixty replies, some of them deep, one deleted, one with a very wide word."""
    path = f"/api/kith/v1/groups/{gallery.two.harbour.groups['newcomers']}"
    for member in ("ash", "tobias", "ines"):
        await gallery.as_(member, "POST", f"{path}/join")
    body = {"title": NIGHT, "text": "It is *so* quiet.", "reply_wanted": "similar-experience"}
    root = (await gallery.as_("fern", "POST", f"{path}/threads", **body))["id"]
    made = [root]
    for number in range(60):
        gallery.two.world.clock.advance(minutes=9)
        parent = root if number % 7 == 0 else made[-1]
        text = WIDE if number == 5 else ANSWERS[number % 4]
        who = TALKERS[number % 6]
        reply = await gallery.as_(who, "POST", f"/api/kith/v1/posts/{parent}/replies", text=text)
        made.append(reply["id"])
    gallery.posts |= {"night": root, "reply": made[1]}
    for other, kind in zip(TALKERS[1:], KINDS, strict=True):
        await gallery.as_(other, "PUT", f"/api/kith/v1/posts/{made[1]}/reaction", kind=kind)
    await gallery.as_(TALKERS[1], "DELETE", f"/api/kith/v1/posts/{made[2]}")


async def _moderate(gallery: Gallery) -> None:
    """A thread that is removed, one that its author deleted, one that is locked and pinned."""
    path = f"/api/kith/v1/groups/{gallery.two.harbour.groups['newcomers']}/threads"
    for name, title in (
        ("removed", "Buy my book about sorrow"),
        ("gone", "Never mind"),
        ("locked", "Where do we meet on Saturday?"),
    ):
        made = await gallery.as_("mara", "POST", path, title=title, text="As the title says.")
        gallery.posts[name] = made["id"]
        await gallery.as_("fern", "POST", f"/api/kith/v1/posts/{made['id']}/replies", text="Oh.")
    reason = "We do not sell anything to each other here."
    await gallery.as_(
        "rowan", "POST", f"/api/kith/v1/posts/{gallery.posts['removed']}/remove", reason=reason
    )
    await gallery.as_("mara", "DELETE", f"/api/kith/v1/posts/{gallery.posts['gone']}")
    for act in ("lock", "pin"):
        await gallery.as_("rowan", "POST", f"/api/kith/v1/posts/{gallery.posts['locked']}/{act}")


async def _fill_up(gallery: Gallery) -> None:
    """A group with more threads than a page holds, and one with none, of Meadow's."""
    rooms = gallery.houses["meadow"].node.rooms
    groups = gallery.two.meadow.groups

    def write(uow: UnitOfWork) -> None:
        odile = uow.actors.by_handle("odile", gallery.houses["meadow"].authority)
        assert odile is not None
        for number in range(1, 56):
            gallery.two.world.clock.advance(minutes=50)
            draft = ThreadDraft(
                title=f"Day {number} of the new routine", text="Two walks, one nap."
            )
            odile = uow.actors.by_handle("odile", gallery.houses["meadow"].authority)
            assert odile is not None
            rooms.groups.post_thread(uow, int(groups["after_caring"]), odile, draft)
        wren = uow.actors.by_handle("wren", gallery.houses["meadow"].authority)
        rooms.groups.create(
            uow,
            handle="garden",
            name="In the garden",
            visibility="public",
            founder=wren,
            keys=next_keys(),
        )

    await rooms.db.write(write)


async def _ask_and_wait(gallery: Gallery) -> None:
    """Petra of Meadow has asked to join a group of Harbour and waits; Wren was not let in. June is
    new at Harbour and in no group."""
    await gallery.two.world.settle()
    meadow, harbour = gallery.houses["meadow"], gallery.houses["harbour"]
    group_id = await meadow.join(f"!newcomers@{harbour.authority}", "petra")
    rooms = meadow.node.rooms

    def refuse(uow: UnitOfWork) -> None:
        wren = uow.actors.by_handle("wren", meadow.authority)
        assert wren is not None
        now = gallery.two.world.clock.now()
        uow.memberships.put(new_membership(int(group_id), wren.id, now, state="rejected"))

    await rooms.db.write(refuse)
    await arrive(harbour, Person("june", "June"), "-")


async def _look_after_groups(gallery: Gallery) -> None:
    """Rowan hosts a private group with Ash in it, which June has asked to join, and a local one."""
    rooms = gallery.houses["harbour"].node.rooms

    def make(uow: UnitOfWork) -> None:
        rowan, ash, june = (uow.actors.local_by_handle(name) for name in ("rowan", "ash", "june"))
        assert rowan is not None
        assert ash is not None
        assert june is not None
        made = [
            rooms.groups.create(
                uow,
                handle=handle,
                name=name,
                visibility=visibility,
                founder=rowan,
                keys=next_keys(),
                summary="For those who lie awake.",
                guidelines="Be kind. *Listen* first.",
                join_policy="approval",
                questions=("What brings you here?",),
            )
            for handle, name, visibility in _KEPT
        ]
        circle = made[0].actor.id
        uow.memberships.put(new_membership(circle, ash.id, rooms.now()))
        code = rooms.groups.invite(uow, circle, rowan, days=7, uses=9, note="For the choir")
        rooms.groups.apply_by_link(uow, code, june, ("The evenings are long.",))
        gallery.posts |= {"code": code, "rowan_id": str(rowan.id), "ash_id": str(ash.id)}

    await rooms.db.write(make)

"""No one writes, edits or deletes in another's name (security.md 1B). Each case stands beside the
same thing done by the one who may.

zoe of the good server is a member of our group and has a thread in it; mallory has a good neighbour
of hers on her own server, and an evil one elsewhere.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from storage.groups import GroupWithActor
from tests import lemmy
from tests.figures import Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene


@dataclass
class Stage:
    """Who is there, and `page`: zoe's thread in the group."""

    scene: Scene
    group: GroupWithActor
    zoe: Figure
    neighbour: Figure
    mallory: Figure
    page: Document

    @property
    def uri(self) -> str:
        """The group's."""
        return self.group.actor.uri

    async def changes_nothing(self, figure: Figure, activity: Document) -> str:
        """Send it, and see that every row is what it was; the state of the receipt."""
        before = await self.scene.belief()
        state, reason = await self.scene.tell(figure, activity)
        assert await self.scene.belief() == before, (activity["type"], state, reason)
        assert state in ("refused", "ignored"), (state, reason)
        return state


@pytest.fixture
async def stage(scene: Scene) -> Stage:
    group = await scene.house.group("grief", scene.ann)
    people = scene.good.person("zoe"), scene.good.person("eve"), scene.evil.person("mallory")
    for figure in people:
        await scene.member(figure, group)
    page = scene.good.serve(lemmy.page(people[0], group.actor.uri))
    assert await scene.tell(people[0], lemmy.create(people[0], page)) == ("done", "thread")
    scene.clock.advance(minutes=10)
    return Stage(scene, group, *people, page)


@pytest.mark.parametrize("form", ["text", "Link", "list"])
async def test_org_05_url_elsewhere(stage: Stage, form: str) -> None:
    """Where a post says it can be read is only believed on its own host, and so is its author's."""
    for figure, home in ((stage.mallory, stage.scene.good), (stage.zoe, stage.scene.good)):
        target = f"{home.origin}/@zoe/1"
        link = {"type": "Link", "href": target, "mediaType": "text/html"}
        url: Any = {"text": target, "Link": link, "list": [link]}[form]
        page = lemmy.page(figure, stage.uri, url=url)
        assert await stage.scene.tell(figure, lemmy.create(figure, page)) == ("done", "thread")
        post = await stage.scene.kept(page["id"])
        assert post.url == (target if figure is stage.zoe else None)
        shown = await stage.scene.house.ok("GET", f"/api/kith/v1/threads/{post.id}", "ann")
        assert shown["thread"]["author"]["address"].endswith(f"@{figure.home.authority}")


async def test_org_07_object_on_another_host(stage: Stage) -> None:
    """What stands inline counts only on the actor's own host."""
    for home in (stage.scene.evil, stage.scene.good):
        page = lemmy.page(stage.zoe, stage.uri, id=home.uri("post"))
        create = lemmy.create(stage.zoe, page)
        if home is stage.scene.evil:
            assert await stage.changes_nothing(stage.zoe, create) == "refused"
        else:
            assert await stage.scene.tell(stage.zoe, create) == ("done", "thread")


async def test_org_08_another_author_on_the_same_host(stage: Stage) -> None:
    for author in (stage.neighbour, stage.mallory, stage.zoe):
        page = lemmy.page(stage.zoe, stage.uri, attributedTo=author.uri)
        create = lemmy.create(stage.zoe, page)
        if author is stage.zoe:
            assert await stage.scene.tell(stage.zoe, create) == ("done", "thread")
        else:
            assert await stage.changes_nothing(stage.zoe, create) == "refused"


@pytest.mark.parametrize("who", ["another host (ORG-10)", "the same host (ORG-11)"])
async def test_org_10_and_11_update_of_anothers_post(stage: Stage, who: str) -> None:
    """Whether it says whose post it is or claims it."""
    figure = stage.mallory if who.startswith("another") else stage.neighbour
    words = {"content": "<p>Mine.</p>", "updated": "2026-11-23T12:05:00Z"}
    for author in (stage.zoe.uri, figure.uri):
        claimed = stage.page | words | {"attributedTo": author}
        update = lemmy.create(figure, claimed, "Update")
        assert await stage.changes_nothing(figure, update) == "refused"
    own = lemmy.create(stage.zoe, stage.page | words, "Update")
    assert await stage.scene.tell(stage.zoe, own) == ("done", "edited")


async def test_org_13_delete_of_anothers_post(stage: Stage) -> None:
    """Neither from the same host nor from another, with a moderator's reason or without, nor of
    what is ours."""
    ours = await stage.scene.thread(stage.group.actor.id)
    for figure in (stage.neighbour, stage.mallory):
        for target in (stage.page["id"], ours["uri"], stage.zoe.uri, stage.scene.ann.uri):
            for more in ({}, {"summary": "spam"}):
                delete = lemmy.act(figure, "Delete", target, stage.uri, **more)
                await stage.changes_nothing(figure, delete)
    own = lemmy.act(stage.zoe, "Delete", stage.page["id"], stage.uri)
    assert await stage.scene.tell(stage.zoe, own) == ("done", "deleted")


async def test_org_13_account_is_erased_by_itself_alone(stage: Stage) -> None:
    """The Delete of an account takes its words and memberships along; nobody else's."""
    erase = lemmy.act(stage.neighbour, "Delete", stage.neighbour.uri, stage.uri)
    page = lemmy.page(stage.neighbour, stage.uri)
    await stage.scene.tell(stage.neighbour, lemmy.create(stage.neighbour, page))
    assert await stage.scene.tell(stage.neighbour, erase) == ("done", "account erased")
    assert (await stage.scene.kept(page["id"])).content == ""
    assert await stage.scene.house.membership(stage.uri, stage.neighbour.uri) is None
    assert (await stage.scene.kept(stage.page["id"])).title == "A long year"


async def test_org_23_ids(stage: Stage) -> None:
    """An activity's id is on its actor's host, and its own; no one can use up another's."""
    inbox = f"{stage.scene.house.origin}/inbox"
    create = lemmy.create(stage.zoe, lemmy.page(stage.zoe, stage.uri))
    for broken in (
        create | {"id": stage.scene.evil.uri("activities")},
        {name: value for name, value in create.items() if name != "id"},
        create | {"id": create["object"]["id"]},
        create | {"id": "zoe"},
        create | {"id": None},
    ):
        assert await stage.scene.good.send(stage.zoe.seal(inbox, broken)) == 400
    squatted = lemmy.like(stage.mallory, stage.page["id"], stage.uri) | {"id": create["id"]}
    assert await stage.scene.evil.send(stage.mallory.seal(inbox, squatted)) == 400
    squatted = lemmy.like(stage.neighbour, stage.page["id"], stage.uri) | {"id": create["id"]}
    assert await stage.scene.tell(stage.neighbour, squatted) == ("done", "reaction")
    assert await stage.scene.tell(stage.zoe, create) == ("done", "thread")


async def test_org_25_ids_of_ours(stage: Stage) -> None:
    """Nothing that comes makes or changes what has an id of ours; what is private looks unknown."""
    house = stage.scene.house
    hidden = await house.group("hidden", stage.scene.ann, "private")
    private = await stage.scene.thread(hidden.actor.id)
    uris = (f"{house.origin}/posts/999999", private["uri"])
    outcomes: dict[str, list[str]] = {uri: [] for uri in uris}
    for uri in uris:
        forged = lemmy.page(stage.zoe, stage.uri, id=uri)
        reply = lemmy.comment(stage.zoe, stage.uri, uri, stage.scene.ann.uri)
        for activity in (
            lemmy.create(stage.zoe, forged),
            lemmy.create(stage.zoe, forged, "Update"),
            lemmy.create(stage.zoe, forged | {"attributedTo": stage.scene.ann.uri}),
            lemmy.create(stage.zoe, reply),
            lemmy.announce(stage.zoe, uri),
            lemmy.like(stage.zoe, uri, stage.uri),
            lemmy.act(stage.zoe, "Lock", uri, stage.uri),
            lemmy.act(stage.zoe, "Add", uri, stage.uri, target=stage.group.actor.featured),
        ):
            outcomes[uri].append(await stage.changes_nothing(stage.zoe, activity))
        async with house.http.get(uri, headers={"Accept": "application/activity+json"}) as answer:
            outcomes[uri].append(f"{answer.status} {await answer.text()}")
    assert outcomes[uris[0]] == outcomes[uris[1]]
    public = await stage.scene.thread(stage.group.actor.id)
    like = lemmy.like(stage.zoe, public["uri"], stage.uri)
    assert await stage.scene.tell(stage.zoe, like) == ("done", "reaction")

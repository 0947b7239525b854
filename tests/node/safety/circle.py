"""Three people in one private group, where Anna wants to be left in peace by Ben; Cleo likes both.

Anna: "Anna's thread"      Ben: "Ben's thread"      Cleo: "Cleo's thread"
                                                      Anna: "a word of Anna"
                                                        Cleo: "an answer to Anna"
                                                      Ben: "a word of Ben"
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from node.groups.belonging import Visibility
from node.groups.membership import new_membership
from node.web.cookies import session_cookie_name
from storage.actors import Actor
from storage.tables import sessions
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse, keys
from tests.node.web.visitor import Page, Visitor

NEVER = 999_999_999
"""An id that never was, as long as those of the tests."""


@dataclass
class Circle:
    """Who is there, and the ids of what they wrote, by its words."""

    house: WebHouse
    anna: Visitor
    ben: Visitor
    cleo: Visitor
    posts: dict[str, int]

    def path(self, words: str, shape: str = "/threads/{}") -> str:
        """The address of what was written with these words."""
        return shape.format(self.posts[words])

    async def block(self, by: Visitor, handle: str) -> Page:
        """From the page of the one who is blocked."""
        page = await by.submit(f"/personas/{handle}/block", at=f"/personas/{handle}/block")
        assert page.path == "/settings/blocks?note=blocked", page.text
        return page

    async def lift(self, by: Visitor, handle: str) -> None:
        person = await self.actor(handle)
        page = await by.submit(
            "/settings/blocks/lift", at="/settings/blocks", person=str(person.id)
        )
        assert page.path == "/settings/blocks?note=unblocked"

    async def actor(self, handle: str) -> Actor:
        name, _, authority = handle.partition("@")
        authority = authority or self.house.rooms.config.authority
        found = await self.house.db.read(lambda uow: uow.actors.by_handle(name, authority))
        assert found is not None
        return found

    async def second_persona(self, of: Visitor, handle: str) -> Visitor:
        """The same account in another browser, under another name."""
        assert of.persona is not None
        uri = of.persona.uri.replace(of.persona.handle, handle)
        other = replace(
            of.persona, id=self.house.rooms.new_id(), uri=uri, handle=handle, name=handle.title()
        )
        first, now = of.persona, self.house.clock.now()

        def add(uow: UnitOfWork) -> str:
            account = uow.accounts.account_of(first.id)
            assert account is not None
            uow.actors.add(other)
            uow.keys.add_private(replace(keys(), actor_id=other.id))
            uow.accounts.add_persona(other.id, account, now)
            opened = self.house.rooms.sessions.open(uow, account, "another browser")
            uow.connection.execute(
                sessions.update()
                .where(sessions.c.token_hash == opened.session.token_hash)
                .values(persona_id=other.id)
            )
            return opened.token

        browser = self.house.visitor()
        config = self.house.rooms.config
        browser.plant(session_cookie_name(config), await self.house.db.write(add))
        browser.persona = other
        return browser

    async def api(self, who: Visitor, method: str, path: str, body: Any = None) -> Page:
        """A call of the JSON API by a program that holds the persona's token."""
        assert who.persona is not None
        handle = who.persona.handle
        issued = await self.house.db.write(
            lambda uow: self.house.rooms.tokens.issue(uow, handle, "test")
        )
        headers = {"Authorization": f"Bearer {issued.secret}"}
        async with who.client.request(method, path, json=body, headers=headers) as answer:
            return Page(answer.status, answer.url.path_qs, answer.headers, await answer.text())

    async def write(self, who: Visitor, title: str) -> int:
        """A new thread."""
        new = "/groups/circle/new"
        page = await who.submit(new, at=new, title=title, text=f"Words of {title}")
        found = re.match(r"/threads/(\d+)", page.path)
        assert found, page.text
        self.posts[title] = int(found[1])
        return int(found[1])

    async def answer(self, who: Visitor, above: str, text: str) -> int:
        """A reply to what was written before."""
        path = f"/posts/{self.posts[above]}/reply"
        page = await who.submit(path, at=path, text=text)
        numbers = re.findall(r'id="post-(\d+)"', page.text)
        assert page.status == 200, page.text
        self.posts[text] = max(map(int, numbers))
        return self.posts[text]


async def open_circle(house: WebHouse, visibility: Visibility = "private") -> Circle:
    """Everybody belongs to the group; Cleo moderates it."""
    anna, ben, cleo = [await house.member(name) for name in ("anna", "ben", "cleo")]
    await house.group("circle", cleo, visibility)
    circle = Circle(house, anna, ben, cleo, {})
    for visitor in (anna, ben):
        await join(circle, visitor)
    for who, title in ((anna, "Anna's thread"), (ben, "Ben's thread"), (cleo, "Cleo's thread")):
        await circle.write(who, title)
    await circle.answer(anna, "Cleo's thread", "a word of Anna")
    await circle.answer(cleo, "a word of Anna", "an answer to Anna")
    await circle.answer(ben, "Cleo's thread", "a word of Ben")
    return circle


async def join(circle: Circle, who: Visitor) -> None:
    """Let somebody in, whatever the group asks for."""
    assert who.persona is not None
    persona, group = who.persona, await circle.actor("circle")
    now = circle.house.clock.now()
    await circle.house.db.write(
        lambda uow: uow.memberships.put(new_membership(group.id, persona.id, now))
    )


def bare(page: Page, *own: str) -> tuple[int, dict[str, str], str]:
    """An answer without what differs between any two: the token of forms, the time, and the words
    of the request itself (`own`)."""
    text = re.sub(r'name="csrf" value="[^"]*"', "", page.text)
    for words in own:
        text = text.replace(words, "…")
    headers = {name: value for name, value in page.headers.items() if name != "Date"}
    headers.pop("Content-Length", None)
    return page.status, headers, text

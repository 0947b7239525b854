"""News as apps read it: one by one or together, what is held back, and the policy that says so.

Whoever the reader does not see, does not read (mutes), or of whose node it reads nothing is left
out. Whether a post may still be read is asked where it is shown.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace

from node.errors import NotFound
from node.notifications.rules import choice_of
from node.ports import Clock
from node.visibility import may_see_notification
from storage.actors import Actor
from storage.news import NewsGroup, NewsQuery, kinds_of
from storage.news_policies import NewsPolicy, NewsRequest
from storage.notifications import Kind, Told
from storage.shapes import NEWEST
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Together:
    """A group of news, its newest piece, and some of those who stand behind it."""

    group: NewsGroup
    newest: Told
    people: list[int]


@dataclass(frozen=True, slots=True)
class NewsOfApps:
    """Use cases of news. What is another's is NotFound."""

    now: Clock

    def page(self, uow: UnitOfWork, persona: Actor, query: NewsQuery) -> list[Told]:
        """What the persona may still see of it."""
        query = self._seen(uow, persona, query)
        return [told for told in uow.news.page(query) if self._shows(uow, told, persona)]

    def get(self, uow: UnitOfWork, persona: Actor, number: int) -> Told:
        """One piece of news, held back or not. Raises NotFound."""
        told = uow.news.many(persona.id, [number]).get(number)
        if told is None or not self._shows(uow, told, persona):
            raise NotFound
        return told

    def tellable(self, uow: UnitOfWork, persona: Actor, number: int) -> Told | None:
        """One piece of news that is told by itself, to a stream or a device, as it may be at this
        moment: not held back, nor of somebody whose news the persona does not want."""
        told = uow.news.many(persona.id, [number]).get(number)
        if told is None or told.notification.filtered or not self._shows(uow, told, persona):
            return None
        if told.by.id in uow.mutes.silences(persona.id, self.now()):
            return None
        return None if told.by.authority in uow.mutes.nodes(persona.id) else told

    def unread(self, uow: UnitOfWork, persona: Actor, query: NewsQuery) -> int:
        """How many were not looked at, up to `query.limit`."""
        return uow.news.unread(self._seen(uow, persona, query))

    def unread_groups(
        self, uow: UnitOfWork, persona: Actor, query: NewsQuery, grouped: Collection[Kind]
    ) -> int:
        """The same of groups."""
        return uow.news.unread_groups(self._seen(uow, persona, query), grouped)

    def groups(
        self, uow: UnitOfWork, persona: Actor, query: NewsQuery, grouped: Collection[Kind]
    ) -> list[Together]:
        """A page with alike things together; three queries."""
        query = self._seen(uow, persona, query)
        found = uow.news.groups(query, grouped)
        return self._together(uow, persona, query, grouped, found)

    def group(self, uow: UnitOfWork, persona: Actor, query: NewsQuery, key: str) -> Together:
        """Raises NotFound."""
        query = self._seen(uow, persona, query)
        found = uow.news.group(query, key)
        shown = self._together(uow, persona, query, kinds_of(key), [found] if found else [])
        if not shown:
            raise NotFound
        return shown[0]

    def people_of(self, uow: UnitOfWork, persona: Actor, query: NewsQuery, key: str) -> list[int]:
        """Who stands behind one group. Raises NotFound."""
        found = uow.news.people_of(self._seen(uow, persona, query), key)
        if not found:
            raise NotFound
        return list(dict.fromkeys(found))

    def dismiss(self, uow: UnitOfWork, persona: Actor, number: int) -> None:
        """Forget one. Raises NotFound."""
        if not uow.news.drop(persona.id, number):
            raise NotFound

    def choose(self, uow: UnitOfWork, persona: Actor, choices: Mapping[str, str]) -> NewsPolicy:
        """Set what is held back; `choices` by the name of their field. Raises Invalid."""
        before = asdict(uow.news_policies.get(persona.id))
        chosen = {name: choice_of(f"for_{name}", value) for name, value in choices.items()}
        policy = NewsPolicy(**(before | chosen))
        uow.news_policies.put(policy)
        return policy

    def requests(
        self,
        uow: UnitOfWork,
        persona: Actor,
        limit: int,
        before: int = NEWEST,
        after: int = 0,
        upward: bool = False,
    ) -> list[NewsRequest]:
        """Of whom news is held back, the latest first."""
        hidden = uow.blocks.hides(persona.id)
        return uow.news_policies.requests(persona.id, hidden, limit, before, after, upward)

    def request(self, uow: UnitOfWork, persona: Actor, by_id: int) -> NewsRequest:
        """What is held back of one. Raises NotFound."""
        found = uow.news_policies.request(persona.id, by_id, uow.blocks.hides(persona.id))
        if found is None:
            raise NotFound
        return found

    def _seen(self, uow: UnitOfWork, persona: Actor, query: NewsQuery) -> NewsQuery:
        without = uow.blocks.hides(persona.id) | uow.mutes.silences(persona.id, self.now())
        return replace(query, without=without, nodes=uow.mutes.nodes(persona.id))

    def _shows(self, uow: UnitOfWork, told: Told, persona: Actor) -> bool:
        return may_see_notification(told, persona, uow.blocks.hides(persona.id))

    def _together(
        self,
        uow: UnitOfWork,
        persona: Actor,
        query: NewsQuery,
        grouped: Collection[Kind],
        found: list[NewsGroup],
    ) -> list[Together]:
        if not found:
            return []
        newest = uow.news.many(persona.id, [one.newest_id for one in found])
        people = uow.news.people(query, grouped, [one.key for one in found])
        return [
            Together(one, newest[one.newest_id], list(dict.fromkeys(people.get(one.key, []))))
            for one in found
            if one.newest_id in newest and self._shows(uow, newest[one.newest_id], persona)
        ]

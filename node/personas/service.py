"""Making, renaming and retiring personas. Use cases of an open `uow`; keys are made before.

A new persona shares nothing with the others of its account but the row that says whose it is.
"""

from dataclasses import dataclass

from node.accounts import rules as account_rules
from node.accounts.newborn import keep_with_keys, new_persona
from node.errors import Invalid, NotFound
from node.groups.service import Groups
from node.handles import check_handle
from node.i18n import N_
from node.personas import rules
from node.personas.names import Below, PersonaName, one_off_name, suggestion
from node.ports import Clock, NewId, PublicHalf
from node.profiles.service import Profiles
from node.viewer import Viewer
from storage.accounts import Account
from storage.actors import Actor
from storage.keys import PrivateKeys
from storage.memberships import JoinedGroup
from storage.personas import Persona
from storage.unit_of_work import UnitOfWork

MOST_FOLLOWS = 1000
"""Follows, followers and shares of each kind that end with a persona; of more, which nobody here
has, the rest goes when the account is erased."""
DELETED_AT_ONCE = 100
"""Posts of a retired persona that one transaction deletes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaTools:
    """What the use cases are built with."""

    now: Clock
    random_id: NewId
    below: Below
    origin: str
    public_half: PublicHalf
    groups: Groups
    profiles: Profiles
    limits: rules.PersonaLimits


class Personas:
    """Use cases of an account's owner."""

    def __init__(self, tools: PersonaTools) -> None:
        self._tools = tools

    def suggest(self) -> PersonaName:
        """A name to begin with; whether it is free is seen when it is taken."""
        return suggestion(self._tools.below)

    def own(self, uow: UnitOfWork, account: Account, handle: str) -> Actor:
        """The account's persona of this handle. Raises NotFound for others and for none alike."""
        for persona in uow.personas.of_account(account.id):
            if persona.handle == handle:
                return persona
        raise NotFound

    def check_room(self, uow: UnitOfWork, account: Account) -> None:
        """Raises Refused when the account has as many personas as it may."""
        since = self._tools.now() - rules.PLACE_FREE_AFTER
        rules.insist_place(uow.personas.places_taken(account.id, since), self._tools.limits)

    def check_name(self, uow: UnitOfWork, account: Account, name: PersonaName) -> PersonaName:
        """The name, tidied. Raises Invalid for one that cannot be had, without
        a word on who uses it; Refused when the account has enough."""
        self.check_room(uow, account)
        shown = account_rules.display_name(name.name)
        handle = check_handle(name.handle)
        if uow.actors.local_by_handle(handle) is not None:
            raise Invalid("handle", N_("This handle is taken. Choose another one."))
        return PersonaName(handle, shown)

    def make(
        self, uow: UnitOfWork, account: Account, name: PersonaName, keys: PrivateKeys
    ) -> Actor:
        """A further persona. Raises Invalid for names that cannot be had, Refused when there are
        enough, and storage's AlreadyThere when two want one handle at the same time."""
        persona = self._born(uow, self.check_name(uow, account, name), keys)
        uow.personas.add(
            Persona(actor_id=persona.id, account_id=account.id, created_at=self._tools.now())
        )
        return persona

    def check_one_off(self, uow: UnitOfWork, account: Account) -> None:
        """Raises Refused when the account has begun enough one-off posts for now."""
        made = uow.personas.one_offs(account.id, self._tools.now() - rules.ONE_OFF_WINDOW)
        rules.insist_one_off(made, self._tools.limits)

    def one_off(self, uow: UnitOfWork, account: Account, keys: PrivateKeys) -> Actor:
        """A persona for one thread, under a neutral name. Raises Refused."""
        self.check_one_off(uow, account)
        name = one_off_name(self._tools.below)
        while uow.actors.local_by_handle(name.handle) is not None:
            name = one_off_name(self._tools.below)
        persona = self._born(uow, name, keys)
        uow.personas.add(
            Persona(
                actor_id=persona.id,
                account_id=account.id,
                created_at=self._tools.now(),
                is_one_off=True,
            )
        )
        return persona

    def rename(self, uow: UnitOfWork, persona: Actor, name: str) -> None:
        """A new name to show. Raises Invalid."""
        self._show_as(uow, persona, account_rules.display_name(name), persona.summary)

    def check_retirable(self, uow: UnitOfWork, account: Account, persona: Actor) -> None:
        """Raises Refused for a persona that the account cannot do without."""
        standing = uow.personas.of_account(account.id)
        # A viewer's own record shows no role while it acts as another persona.
        account = uow.accounts.get(account.id) or account
        is_first = standing[0].id == persona.id
        rules.insist_retirable(
            account,
            is_first=is_first,
            standing=len(standing),
            keeps_a_group=_keeps_a_group(uow, persona),
        )

    def retire(
        self, uow: UnitOfWork, viewer: Viewer, persona: Actor, *, deletes_posts: bool
    ) -> None:
        """End a persona for good: it acts no more, its tokens open nothing, it leaves its groups.
        Its posts stay as those of "a former member", or `delete_posts` takes them back."""
        self.check_retirable(uow, viewer.account, persona)
        uow.personas.retire(persona.id, self._tools.now(), deletes_posts=deletes_posts)
        first = uow.personas.first(viewer.account.id)
        if first is None:
            raise NotFound
        uow.sessions.leave_persona(persona.id, first)
        uow.tokens.revoke_all(persona.id, self._tools.now())
        self._show_as(uow, persona, rules.FORMER_NAME, "")
        uow.wake("personas")
        if not deletes_posts:
            self._leave_groups(uow, persona)

    def delete_posts(self, uow: UnitOfWork) -> int:
        """Go on deleting the posts of retired personas, a bounded number of them; other nodes are
        asked to delete them, too. How many there were."""
        waiting = uow.personas.deleting_posts(1)
        if not waiting:
            return 0
        [persona] = waiting
        posts = uow.posts.left_by(persona.id, DELETED_AT_ONCE)
        for post in posts:
            if post.audience != "group":
                self._tools.profiles.take_back(uow, post.id)
                continue
            try:
                self._tools.groups.delete(uow, post.id, persona)
            except NotFound:  # in a private group that it no longer belongs to; nobody else has it
                uow.posts.tombstone(post.id, self._tools.now())
        if len(posts) < DELETED_AT_ONCE:
            self._leave_groups(uow, persona)
            uow.personas.deleted_posts(persona.id)
        return len(posts)

    def _leave_groups(self, uow: UnitOfWork, persona: Actor) -> None:
        """And its circles, whom it follows, who follows it, what it shared."""
        self._tools.profiles.withdraw(uow, persona, MOST_FOLLOWS)
        for circle_id in uow.circles.part(persona.id, self._tools.now()):
            uow.posts_of_groups.hide_author(circle_id, persona.id)
        for joined in uow.memberships.groups_of(persona.id):
            if joined.group.visibility != "public":
                uow.posts_of_groups.hide_author(joined.actor.id, persona.id)
            self._tools.groups.leave(uow, joined.actor.id, persona)

    def _show_as(self, uow: UnitOfWork, persona: Actor, name: str, summary: str) -> None:
        uow.actors.update_profile(
            persona.id,
            name=name,
            summary=summary,
            summary_source=persona.summary_source if summary else None,
            updated_at=self._tools.now(),
        )

    def _born(self, uow: UnitOfWork, name: PersonaName, keys: PrivateKeys) -> Actor:
        tools = self._tools
        persona = new_persona(tools.origin, tools.random_id(), name.handle, name.name, tools.now())
        keep_with_keys(uow, persona, keys, tools.public_half)
        return persona


def _keeps_a_group(uow: UnitOfWork, persona: Actor) -> bool:
    """Whether a group of this node would be left without its host, or without a moderator."""
    return any(
        _is_needed(uow, joined, persona)
        for joined in uow.memberships.groups_of(persona.id)
        if joined.role == "moderator" and joined.actor.is_local
    )


def _is_needed(uow: UnitOfWork, joined: JoinedGroup, persona: Actor) -> bool:
    if joined.group.archived_at is not None:
        return False
    if joined.group.host_id == persona.id:
        return True
    return [one.id for one in uow.memberships.moderators(joined.actor.id, 2)] == [persona.id]

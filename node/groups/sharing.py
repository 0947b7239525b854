"""Whether what somebody writes in a public group may be copied to other nodes: asked once for each
group, of the persona that writes there, and never taken for granted elsewhere (`node.consents`).

Whoever takes it back writes no more in that group until they agree again; what has been copied can
be deleted like any post. The ledger itself is kept by the room `rights`.
"""

from collections.abc import Iterable

from node.consents import FEDERATION, PURPOSES
from node.errors import Invalid, NotFound, Refused
from node.groups.rules import federated
from node.groups.tools import Tools
from node.i18n import N_
from storage.actors import Actor
from storage.consents import Consent
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork


class Sharing(Tools):
    """Use cases of that consent."""

    def asks_to_share(self, uow: UnitOfWork, group: GroupWithActor, persona: Actor) -> bool:
        """Whether the persona has yet to agree before it writes in this group."""
        if federated(group) is None:
            return False
        last = uow.consents.last(persona.id, group.actor.id, FEDERATION)
        return last is None or last.act == "withdrawn"

    def all_to_share(
        self, uow: UnitOfWork, groups: Iterable[GroupWithActor], persona: Actor
    ) -> frozenset[int]:
        """The same for many groups in one question: those in which it has yet to agree."""
        given = uow.consents.given_in(persona.id, FEDERATION)
        public = {one.actor.id for one in groups if federated(one) is not None}
        return frozenset(public - given)

    def agree_to_share(
        self, uow: UnitOfWork, group: GroupWithActor, persona: Actor, *, agrees: bool
    ) -> None:
        """Remember that the persona agreed, where it had to be asked. Raises Invalid for field
        "federate" when it has not."""
        if not self.asks_to_share(uow, group, persona):
            return
        if not agrees:
            raise Invalid(
                "federate", N_("Tick the box if you agree; or write in a group that stays here.")
            )
        account_id = uow.accounts.account_of(persona.id)
        if account_id is None:
            raise NotFound
        uow.consents.add(
            Consent(
                id=self.new_id(),
                account_id=account_id,
                purpose=FEDERATION,
                version=PURPOSES[FEDERATION].version,
                act="given",
                persona_id=persona.id,
                group_id=group.actor.id,
                created_at=self.now(),
            )
        )


def insist_shared(uow: UnitOfWork, group: GroupWithActor, author: Actor) -> None:
    """Whoever took the consent back sends nothing more from there, by no way in. Raises Refused."""
    if federated(group) is None:
        return
    last = uow.consents.last(author.id, group.actor.id, FEDERATION)
    if last is not None and last.act == "withdrawn":
        raise Refused(
            N_("You took back that your words here are copied to other nodes. Agree again first."),
            "not-shared",
        )

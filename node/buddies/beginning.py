"""Coming together: by a code that one tells the other, or by asking somebody of one's groups.

An asking carries no words, so that nobody has to read any from somebody whom they do not know.
"""

from dataclasses import replace
from datetime import timedelta

from node.buddies import rules
from node.buddies.rules import Act, Standing
from node.buddies.tools import Tools
from node.errors import Invalid, Refused
from node.groups.codes import code_hash, new_code
from node.i18n import N_
from node.messages.rules import is_here
from storage.actors import Actor
from storage.buddy_record import Agreed, Pair
from storage.unit_of_work import UnitOfWork


class Beginning(Tools):
    """Asking, answering, codes."""

    def ask(self, uow: UnitOfWork, persona: Actor, to: str, agreed: Agreed) -> Pair:
        """Ask somebody to be buddies. Raises Invalid, Refused."""
        found = self.messages.recipients(uow, persona, to)
        if len(found) != 1:
            raise Invalid("to", N_("Ask one person at a time."))
        other = found[0]
        rules.insist_may_ask(self._standing(uow, persona, other))
        pair = Pair(
            id=self.new_id(),
            asked_by=persona.id,
            asked_id=other.id,
            state="asked",
            agreed=agreed,
            created_at=self.now(),
            expires_at=self.now() + rules.ASKING,
        )
        uow.buddies.add(pair)
        self.notifying.tell_of_room(uow, "buddy-asked", other, persona)
        uow.wake("buddies")
        return pair

    def answer(self, uow: UnitOfWork, persona: Actor, pair_id: int, act: Act) -> Pair:
        """Say yes or no to an asking, or take back one's own. Raises Refused, NotFound."""
        pair, other = self.pair(uow, persona, pair_id)
        if act == "accept":
            return self._begin(uow, persona, other, pair)
        return self.move(uow, pair, act, persona)

    def make_code(self, uow: UnitOfWork, persona: Actor) -> str:
        """A code that works once, to be told to somebody by another way. Raises Refused."""
        if uow.buddies.count(persona.id) >= rules.MOST:
            raise Refused(rules.FULL, "full")
        now = self.now()
        if uow.buddy_moments.codes(persona.id, now) >= rules.CODES_MOST:
            uow.buddy_moments.drop_codes(persona.id)
        code = new_code()
        hashed = code_hash(code)
        if hashed is None:
            raise ValueError("a new code is a code")
        uow.buddy_moments.add_code(self.new_id(), persona.id, hashed, now + rules.CODE)
        return code

    def whose(self, uow: UnitOfWork, persona: Actor, code: str) -> Actor:
        """Who made a code. Raises Invalid."""
        hashed = code_hash(code.strip())
        maker_id = uow.buddy_moments.whose(hashed, self.now()) if hashed else None
        maker = uow.actors.get(maker_id) if maker_id is not None else None
        if maker is None or not is_here(maker) or maker.id in uow.blocks.hides(persona.id):
            raise Invalid("code", rules.NO_CODE)
        if maker.id == persona.id:
            raise Invalid("code", N_("That is your own code. Give it to somebody else."))
        return maker

    def join(self, uow: UnitOfWork, persona: Actor, code: str, agreed: Agreed) -> Pair:
        """Become the buddy of whoever made the code; it works no more. Raises Invalid, Refused."""
        maker = self.whose(uow, persona, code)
        self.insist_room(uow, persona, maker)
        hashed = code_hash(code.strip())
        if hashed is None or uow.buddy_moments.spend(hashed, self.now()) is None:
            raise Invalid("code", rules.NO_CODE)
        under_way = uow.buddies.under_way(persona.id, maker.id)
        if any(one.state == "together" for one in under_way):
            raise Refused(N_("You two are buddies already."), "under-way")
        for waiting in under_way:
            uow.buddies.end(waiting, self.now())
        pair = Pair(
            id=self.new_id(),
            asked_by=maker.id,
            asked_id=persona.id,
            state="asked",
            agreed=agreed,
            created_at=self.now(),
        )
        uow.buddies.add(pair)
        return self._begin(uow, persona, maker, pair)

    def _standing(self, uow: UnitOfWork, persona: Actor, other: Actor) -> Standing:
        now = self.now()
        account_id = uow.accounts.account_of(persona.id)
        own = uow.accounts.personas_of(account_id) if account_id is not None else [persona.id]
        return Standing(
            shares_group=uow.memberships.shared_since(persona.id, other.id) is not None,
            who_may_ask=uow.message_choices.get(other.id).who_may_ask,
            is_newcomer=not self.newcomers.may_write_first(uow, persona),
            is_under_way=any(
                one.state == "together" or one.asked_by == persona.id or one.state == "asked"
                for one in uow.buddies.under_way(persona.id, other.id)
            ),
            asked_lately=uow.buddies.asked_since(persona.id, other.id, now - rules.QUIET_AFTER),
            asked_today=uow.buddies.count_since(own, now - timedelta(days=1)),
            buddies=uow.buddies.count(persona.id),
        )

    def _begin(self, uow: UnitOfWork, persona: Actor, other: Actor, pair: Pair) -> Pair:
        state = rules.moved(pair, "accept", rules.role_of(pair, persona.id))
        self.insist_room(uow, persona, other)
        now = self.now()
        begun = replace(pair, state=state, began_at=now, expires_at=now + rules.TERM)
        uow.buddies.put(begun)
        self.set_clocks(uow, begun)
        self.notifying.tell_of_room(uow, "buddy-yes", other, persona, pair.id)
        return begun

"""Helplines of this node: what is shown where, and how administrators keep it. Nobody's looks are
written down."""

from dataclasses import replace
from datetime import datetime

from node.errors import Invalid, NotFound
from node.help import rules
from node.help.rules import HelplineDraft, Shown
from node.help.shipped import SHIPPED
from node.i18n import N_
from node.ports import Clock, NewId
from storage.accounts import Account
from storage.audit import Subject
from storage.helplines import Helpline
from storage.unit_of_work import UnitOfWork


class Help:
    """Use cases of those who need help, and of those who keep the list."""

    def __init__(self, now: Clock, new_id: NewId, countries: str, emergency: str) -> None:
        self._now = now
        self._new_id = new_id
        self.countries = countries.split()
        self.emergency = emergency

    def of_country(self, uow: UnitOfWork, country: str) -> tuple[list[list[Shown]], list[Shown]]:
        """What the community has checked, pairs side by side; and what it has not."""
        kept = uow.helplines.of_country(country)
        known = self._known(uow)
        lines = kept + [
            line for key, line in SHIPPED.items() if line.country == country and key not in known
        ]
        found = [rules.shown(line, self._now()) for line in lines]
        checked = [one for one in found if one.freshness != "unchecked"]
        return rules.side_by_side(checked), [one for one in found if one.freshness == "unchecked"]

    def all_countries(self, uow: UnitOfWork) -> list[str]:
        """Where there is anything to show, the node's own first."""
        found = {*uow.helplines.countries(), *(line.country for line in SHIPPED.values())}
        return [*self.countries, *sorted(found - set(self.countries))]

    def everything(self, uow: UnitOfWork, account: Account) -> list[Shown]:
        """The whole list, for who keeps it: own entries and those that came along. Raises
        NotFound."""
        rules.insist_keeper(account)
        known, now = self._known(uow), self._now()
        kept = uow.helplines.everything()
        waiting = [line for key, line in SHIPPED.items() if key not in known]
        own = set(self.countries)
        lines = sorted(kept + waiting, key=lambda line: (line.country not in own, line.country))
        return [rules.shown(line, now) for line in lines]

    def to_check(self, uow: UnitOfWork) -> int:
        """How many entries of the node's own countries somebody shall look at: never checked, or
        not for half a year."""
        known, now = self._known(uow), self._now()
        lines = [line for country in self.countries for line in uow.helplines.of_country(country)]
        lines += [
            line
            for key, line in SHIPPED.items()
            if line.country in self.countries and key not in known
        ]
        return sum(rules.freshness(line, now) != "fresh" for line in lines)

    def one(self, uow: UnitOfWork, account: Account, key: str) -> Helpline:
        """An entry, by its number or by its name in the list that came along. Raises NotFound."""
        rules.insist_keeper(account)
        line = uow.helplines.get(int(key)) if key.isdecimal() and len(key) < 19 else None
        if line is None and key in SHIPPED and key not in self._known(uow):
            line = SHIPPED[key]
        if line is None:
            raise NotFound
        return line

    def add(self, uow: UnitOfWork, account: Account, draft: HelplineDraft) -> Helpline:
        """A new entry; whoever adds it has looked at the source. Raises Invalid, NotFound."""
        rules.insist_keeper(account)
        line = _drawn(self._new_id(), rules.checked(draft), self._now())
        return self._keep(uow, account, line, "helpline-added")

    def change(self, uow: UnitOfWork, account: Account, key: str, draft: HelplineDraft) -> Helpline:
        """Other words for an entry; it has to be confirmed again. Raises Invalid, NotFound."""
        before = self.one(uow, account, key)
        line = _drawn(before.id or self._new_id(), rules.checked(draft), before.created_at)
        line = replace(line, shipped_as=before.shipped_as, retired_at=before.retired_at)
        return self._keep(uow, account, line, "helpline-changed")

    def confirm(self, uow: UnitOfWork, account: Account, key: str, *, looked: bool) -> Helpline:
        """An administrator looked at the source today. One at a time. Raises Invalid, NotFound."""
        before = self.one(uow, account, key)
        if not looked:
            raise Invalid("looked", N_("Look at the source first, and then tick the box."))
        now = self._now()
        line = replace(
            before,
            id=before.id or self._new_id(),
            verified_at=now,
            confirmed_by=account.id,
            retired_at=None,
        )
        return self._keep(uow, account, line, "helpline-confirmed")

    def retire(self, uow: UnitOfWork, account: Account, key: str) -> None:
        """The service is no more, or not for here: it is not shown any longer. Raises NotFound."""
        before = self.one(uow, account, key)
        line = replace(before, id=before.id or self._new_id(), retired_at=self._now())
        self._keep(uow, account, line, "helpline-retired")

    def _keep(self, uow: UnitOfWork, account: Account, line: Helpline, act: str) -> Helpline:
        uow.helplines.put(line)
        uow.audit.add(act, Subject("node", line.id), at=self._now(), by=account.id)
        return line

    def _known(self, uow: UnitOfWork) -> frozenset[str]:
        """Which of the list that came along have a row of their own by now."""
        return uow.helplines.shipped_names()


def _drawn(number: int, draft: HelplineDraft, created_at: datetime) -> Helpline:
    return Helpline(
        id=number,
        country=draft.country,
        name=draft.name,
        audience=draft.audience,
        pair=draft.pair,
        call_as=draft.call_as,
        write_as=draft.write_as,
        website=draft.website,
        hours=draft.hours,
        cost=draft.cost,
        languages=draft.languages,
        source=draft.source,
        created_at=created_at,
    )

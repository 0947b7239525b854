"""What people do with services: choose them for their own plan, leave a tip, suggest a correction.

The choice is sealed under the person's account, and nothing else tells of it. A tip or correction
waits, sealed under the persona that wrote it, until staff looks at it; what is shown afterwards is
the text alone. Nobody, staff and database included, knows later who wrote it: to have been at a
service is a thing to keep for oneself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from node.directory.rules import (
    CORRECTION_MOST,
    FOUND,
    READABLE,
    TIP_MOST,
    after,
    checked_words,
    insist_room,
)
from node.directory.showing import Card, Showing
from node.directory.tools import Tools
from node.errors import NotFound, Refused
from node.i18n import N_
from storage.chosen_services import Chosen, Suggestion, SuggestionKind
from storage.directory_records import Listing, Tip
from storage.unit_of_work import UnitOfWork

CHOSEN_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class ChosenService:
    """One service of somebody's plan. `card` is None when it is not there any more."""

    chosen: Chosen
    card: Card | None


class Choosing:
    """Use cases of members."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def chosen(self, uow: UnitOfWork, account_id: int) -> list[ChosenService]:
        """The services that this account chose, in the order of choice."""
        found = uow.chosen_services.of_account(account_id)
        if not found:
            return []
        cards = {
            one.id: one
            for one in Showing(uow).by_public([one.public_id for one in found])
            if one.listing.state in READABLE
        }
        return [ChosenService(one, cards.get(one.public_id)) for one in found]

    def has_chosen(self, uow: UnitOfWork, account_id: int, public_id: str) -> Chosen | None:
        """The row by which the account chose this service."""
        found = uow.chosen_services.of_account(account_id)
        return next((one for one in found if one.public_id == public_id), None)

    def choose(self, uow: UnitOfWork, account_id: int, public_id: str) -> None:
        """Put a service into one's plan, once."""
        listing = readable(uow, public_id)
        found = uow.chosen_services.of_account(account_id)
        if any(one.public_id == listing.public_id for one in found):
            return
        if len(found) >= CHOSEN_MOST:
            raise Refused(
                N_("Your plan holds many services. Take one out, then choose this one."), "too-many"
            )
        made = Chosen(self._tools.new_id(), account_id, listing.public_id, self._tools.now())
        uow.chosen_services.add(made)

    def let_go(self, uow: UnitOfWork, account_id: int, public_id: str) -> None:
        """Take it out again, also when the service is gone. Raises NotFound when it was not in."""
        chosen = self.has_chosen(uow, account_id, public_id)
        if chosen is None:
            raise NotFound
        uow.chosen_services.drop(account_id, chosen.id)

    def suggest(
        self, uow: UnitOfWork, persona_id: int, public_id: str, kind: SuggestionKind, text: str
    ) -> None:
        """A tip or a correction for staff to look at. Raises Invalid, Refused, NotFound."""
        listing = readable(uow, public_id)
        words = checked_words("text", text, TIP_MOST if kind == "tip" else CORRECTION_MOST)
        insist_room(uow.directory_suggestions.count(persona_id))
        made = Suggestion(
            self._tools.new_id(), persona_id, kind, listing.public_id, words, self._tools.now()
        )
        uow.directory_suggestions.add(made)

    def waiting(self, uow: UnitOfWork) -> list[tuple[Suggestion, Card | None]]:
        """What waits for staff, the oldest first, with the service that it is about."""
        found = uow.directory_suggestions.waiting()
        cards = {one.id: one for one in Showing(uow).by_public({one.public_id for one in found})}
        return [(one, cards.get(one.public_id)) for one in found]

    def take(self, uow: UnitOfWork, suggestion_id: int, text: str) -> str:
        """Staff takes a suggestion: a tip is shown, in the words that staff leaves of it; after a
        correction the service is marked as being checked. Returns the service's id."""
        found = self._waiting(uow, suggestion_id)
        listing = uow.listings.by_public(found.public_id)
        uow.directory_suggestions.drop(suggestion_id)
        if listing is None:
            return found.public_id
        if found.kind == "tip":
            words = checked_words("text", text or found.text, TIP_MOST)
            uow.listings.add_tip(
                Tip(
                    id=self._tools.new_id(),
                    listing_id=listing.id,
                    text=words,
                    created_at=self._tools.now(),
                )
            )
        elif listing.state == "listed":
            uow.listings.set_state(listing.id, after("listed", "doubt"), self._tools.now())
        return found.public_id

    def decline(self, uow: UnitOfWork, suggestion_id: int) -> None:
        """Staff lets a suggestion go. Nothing of it is kept."""
        self._waiting(uow, suggestion_id)
        uow.directory_suggestions.drop(suggestion_id)

    def _waiting(self, uow: UnitOfWork, suggestion_id: int) -> Suggestion:
        found = uow.directory_suggestions.get(suggestion_id)
        if found is None:
            raise NotFound
        return found


def readable(uow: UnitOfWork, public_id: str) -> Listing:
    """The listing, if its page is open to everybody. Raises NotFound."""
    listing = uow.listings.by_public(public_id)
    if listing is None or listing.state not in READABLE:
        raise NotFound
    return listing


def found_among(cards: Sequence[Card]) -> list[Card]:
    """Those that a search would find: what is put into replies is in the directory now."""
    return [one for one in cards if one.listing.state in FOUND]

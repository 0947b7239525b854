"""Looking after the directory: where services come from, what is old, what may be the same, and
what staff decides of a single one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from node.directory.deriving import decoded, found_by
from node.directory.rules import FOUND, STAFF_DAYS, Event, after
from node.directory.showing import Card, Showing, complete
from node.directory.tools import Tools
from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from storage.directory_records import DataSet, Edition, Guide, Listing, Location, Tip
from storage.service_search import Wanted
from storage.unit_of_work import UnitOfWork

OLD_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A data set as staff sees it: how many services it shows, and its last import."""

    data_set: DataSet
    services: int
    last: Edition | None


@dataclass(frozen=True, slots=True)
class StaffView:
    """A service as staff sees it, with the places that are hidden from everybody else."""

    card: Card
    guide: Guide | None
    tips: list[Tip]
    places: list[Location]


class Keeping:
    """Use cases of staff."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def sets(self, uow: UnitOfWork) -> list[Kept]:
        """All data sets."""
        counts = uow.directory_sets.counts()
        return [
            Kept(one, counts.get(one.edition_id or 0, 0), uow.directory_sets.newest(one.id))
            for one in uow.directory_sets.list()
        ]

    def data_set(self, uow: UnitOfWork, set_id: int) -> Kept:
        """One of them. Raises NotFound."""
        found = uow.directory_sets.get(set_id)
        if found is None:
            raise NotFound
        counts = uow.directory_sets.counts()
        return Kept(
            found, counts.get(found.edition_id or 0, 0), uow.directory_sets.newest(found.id)
        )

    def old(self, uow: UnitOfWork) -> list[Card]:
        """Services that nobody has looked at for half a year, or that are being checked: those
        that wait longest first."""
        showing = Showing(uow)
        before = (self._tools.now().date() - timedelta(days=STAFF_DAYS)).isoformat()
        aged = uow.services.find(
            Wanted(editions=showing.editions, states=FOUND, checked_before=before)
        )
        aged.sort(key=lambda one: (one.checked_on or "", one.sort_key))
        doubted = uow.services.find(Wanted(editions=showing.editions, states=("checking",)))
        ids = dict.fromkeys(one.listing_id for one in (*doubted, *aged))
        return showing.by_listings(list(ids)[:OLD_SHOWN])

    def duplicates(self, uow: UnitOfWork) -> list[list[Card]]:
        """Services that have one name, together."""
        showing = Showing(uow)
        keys = uow.services.same_names(showing.editions)
        cards = showing.cards(uow.services.by_names(showing.editions, keys))
        together: dict[str, list[Card]] = {key: [] for key in keys}
        for card in cards:
            together[card.service.sort_key].append(card)
        return [many for many in together.values() if len(many) > 1]

    def service(self, uow: UnitOfWork, public_id: str) -> StaffView:
        """A service in any state but draft, with all its places. Raises NotFound."""
        cards = Showing(uow).by_public([public_id])
        if not cards or cards[0].listing.state == "draft":
            raise NotFound
        card = cards[0]
        here = uow.services.places_of([card.service.id]).get(card.service.id, [])
        ids = [one.location_id for one in here if one.location_id]
        found = uow.services.locations([card.service.edition_id], ids)
        return StaffView(
            card,
            uow.listings.guides([card.listing.id]).get(card.listing.id),
            uow.listings.tips(card.listing.id),
            list(found.values()),
        )

    def whole_record(self, uow: UnitOfWork, view: StaffView) -> dict[str, object]:
        """The record with what is hidden: for the form of staff alone."""
        record = decoded(view.card.service.document)
        record["organization"] = view.card.record.get("organization", {})
        record["service_at_locations"] = [
            {"location": decoded(one.document)} for one in view.places
        ]
        return complete("service", record)

    def decide(self, uow: UnitOfWork, public_id: str, event: Event) -> Listing:
        """What staff may do with the state of a service. Raises Refused, NotFound."""
        listing = uow.listings.by_public(public_id)
        if listing is None or listing.state == "draft":
            raise NotFound
        if event not in BY_STAFF:
            raise Refused(N_("That cannot be done with this service as it is now."), "wrong-state")
        uow.listings.set_state(listing.id, after(listing.state, event), self._tools.now())
        return listing

    def show_place(
        self, uow: UnitOfWork, public_id: str, location_id: str, *, is_hidden: bool
    ) -> None:
        """Staff decides whether a place is shown. It holds for later imports, too."""
        view = self.service(uow, public_id)
        place = next((one for one in view.places if one.id == location_id), None)
        if place is None:
            raise Invalid("location", N_("The service has no such place any more. Look again."))
        now, edition = self._tools.now(), view.card.service.edition_id
        uow.listings.overrule(view.card.listing.set_id, location_id, now, is_hidden=is_hidden)
        columns = found_by(decoded(place.document), is_hidden=is_hidden)
        uow.listings.change_location(edition, location_id, **columns)

    def drop_tip(self, uow: UnitOfWork, public_id: str, tip_id: int) -> None:
        """Take a tip away, if it is still there. Raises NotFound for the service."""
        listing = uow.listings.by_public(public_id)
        if listing is None:
            raise NotFound
        uow.listings.drop_tip(listing.id, tip_id)

    def end_set(self, uow: UnitOfWork, set_id: int) -> None:
        """Take a data set out of the directory: it shows no more from now on, and `clear_set` lets
        go of its rows."""
        found = uow.directory_sets.get(set_id)
        if found is None:
            raise NotFound
        for edition in uow.directory_sets.editions(set_id):
            uow.directory_sets.change_edition(edition.id, state="old")
        uow.directory_sets.change(set_id, edition_id=None, next_at=None, url=None, trouble="ended")

    def undo(self, uow: UnitOfWork, set_id: int) -> None:
        """Let go of an import that did not come to its end. What shows stays; a set of which
        nothing shows goes with it. `clear` and `clear_sets` let go of the rows. Raises NotFound,
        and Refused when nothing is being read in."""
        found = uow.directory_sets.get(set_id)
        if found is None:
            raise NotFound
        staged = uow.directory_sets.staged(set_id)
        if staged is None or not uow.directory_sets.leave(staged.id, "old"):
            raise Refused(N_("Nothing is being read in. What shows stays as it is."), "not-staged")
        if found.edition_id is None and found.url is None:
            self.end_set(uow, set_id)

    def clear_sets(self, uow: UnitOfWork) -> bool:
        """Let go of data sets that were taken out and of which nothing is left; True when there
        was one."""
        for one in uow.directory_sets.list():
            if one.trouble == "ended" and not uow.directory_sets.editions(one.id):
                uow.listings.drop_of(one.id)
                uow.directory_sets.drop(one.id)
                return True
        return False


BY_STAFF: Final[tuple[Event, ...]] = ("doubt", "confirm", "withdraw", "restore")

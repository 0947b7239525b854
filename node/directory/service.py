"""The directory of services: its use cases, by who uses them."""

from dataclasses import dataclass

from node.config import Config
from node.directory.by_hand import ByHand
from node.directory.choosing import Choosing, ChosenService
from node.directory.importing import Importing
from node.directory.keeping import Keeping
from node.directory.searching import Searching
from node.directory.serving import Serving
from node.directory.subscribing import Subscribing
from node.directory.tools import Tools
from node.ports import Clock, NewId
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everybody searches; members choose and suggest; staff imports, writes and looks after."""

    tools: Tools
    searching: Searching
    choosing: Choosing
    importing: Importing
    keeping: Keeping
    by_hand: ByHand
    serving: Serving
    subscribing: Subscribing

    def chosen(self, uow: UnitOfWork, account_id: int) -> list[ChosenService]:
        """The services in the plan of this account, for its own eyes."""
        return self.choosing.chosen(uow, account_id)


def open_directory(now: Clock, new_id: NewId, config: Config) -> Directory:
    """Build it once."""
    tools = Tools(
        now=now,
        new_id=new_id,
        origin=config.origin,
        node_name=config.node_name,
        timezone=config.time_zone,
    )
    importing, searching = Importing(tools), Searching()
    return Directory(
        tools=tools,
        searching=searching,
        choosing=Choosing(tools),
        importing=importing,
        keeping=Keeping(tools),
        by_hand=ByHand(tools, importing),
        serving=Serving(searching),
        subscribing=Subscribing(tools),
    )

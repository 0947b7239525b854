"""The rooms of what peer support gives, beside groups and messages: built together, and a part of
`node/rooms.py`. A room says here what it needs of the others.
"""

from typing import TypedDict
from zoneinfo import ZoneInfo

from node.config import Config
from node.groups.service import Groups
from node.messages.service import Messages
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.remembering.service import Remembering
from node.welcoming.service import Welcoming


class SupportRooms(TypedDict):
    """As `Rooms` has them."""

    remembering: Remembering
    welcoming: Welcoming


def open_support_rooms(
    config: Config,
    groups: Groups,
    messages: Messages,
    notifying: Notifying,
    now: Clock,
    new_id: NewId,
) -> SupportRooms:
    """All of them."""
    return SupportRooms(
        remembering=Remembering(notifying, ZoneInfo(config.time_zone), now, new_id),
        welcoming=Welcoming(groups, notifying, now, new_id),
    )

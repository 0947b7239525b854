"""The rooms of what peer support gives, beside groups and messages: built together, and a part of
`node/rooms.py`. A room says here what it needs of the others.
"""

from typing import TypedDict
from zoneinfo import ZoneInfo

from activitypub.plain_text import plain_text
from node.buddies.service import Buddies
from node.circles.rules import CircleLimits
from node.circles.service import Circles
from node.config import Config
from node.coping.service import Coping
from node.directory.service import Directory, open_directory
from node.goals.service import Goals
from node.groups.service import Groups
from node.help.service import Help
from node.hints.service import Hints
from node.listening.service import Listening
from node.listening.tools import ListeningLimits
from node.messages.service import Messages
from node.notifications.service import Notifying
from node.plan.service import Plans
from node.ports import Clock, NewId
from node.remembering.service import Remembering
from node.replying.service import Replying
from node.replying.thanking import Thanking
from node.rights.ledger import Ledger
from node.safety.filters import Filters
from node.safety.muting import Muting
from node.safety.newcomers import Newcomers
from node.stories.service import Stories
from node.training.service import Training
from node.training.units import open_courses
from node.welcoming.service import Welcoming
from storage.unit_of_work import UnitOfWork


class SupportRooms(TypedDict):
    """As `Rooms` has them."""

    listening: Listening
    training: Training
    directory: Directory
    remembering: Remembering
    welcoming: Welcoming
    stories: Stories
    circles: Circles
    goals: Goals
    buddies: Buddies
    hints: Hints
    replying: Replying
    thanking: Thanking
    coping: Coping
    help: Help
    plans: Plans


def open_support_rooms(
    config: Config,
    groups: Groups,
    messages: Messages,
    newcomers: Newcomers,
    notifying: Notifying,
    now: Clock,
    new_id: NewId,
) -> SupportRooms:
    """All of them."""
    filters, muting = Filters(now, new_id), Muting(now, new_id, config.authority)
    replying = Replying(now, config.reply_days, filters, muting, newcomers, plain_text)
    return SupportRooms(
        listening=_listening(config, messages, notifying, now, new_id),
        training=Training(now, open_courses(config.data / "training")),
        directory=open_directory(now, new_id, config),
        remembering=Remembering(notifying, ZoneInfo(config.time_zone), now, new_id),
        welcoming=Welcoming(groups, replying, notifying, now, new_id),
        coping=Coping(groups, notifying, now, new_id, config.origin),
        stories=Stories(groups, Ledger(now, new_id), config.origin, now, new_id),
        circles=_circles(config, groups, notifying, now, new_id),
        goals=Goals(now, new_id, notifying, config.time_zone),
        plans=Plans(now),
        help=Help(now, new_id, config.countries, config.emergency_number),
        buddies=Buddies(now, new_id, notifying, newcomers, messages, config.time_zone),
        hints=Hints(),
        replying=replying,
        thanking=Thanking(now, new_id, notifying),
    )


def _circles(
    config: Config, groups: Groups, notifying: Notifying, now: Clock, new_id: NewId
) -> Circles:
    limits = CircleLimits(
        least=config.circle_least,
        most=config.circle_most,
        small=config.circle_small,
        confirm_days=config.circle_confirm_days,
        readable_days=config.circle_readable_days,
        zone=ZoneInfo(config.time_zone),
    )
    return Circles(groups, notifying, now, new_id, config.origin, limits)


def _listening(
    config: Config, messages: Messages, notifying: Notifying, now: Clock, new_id: NewId
) -> Listening:
    limits = ListeningLimits(
        needs_badge=config.listening_needs_badge, text_days=config.listening_text_days
    )
    return Listening(
        now, new_id, messages.markdown, limits, messages.newcomers, notifying, _at_risk
    )


def _at_risk(uow: UnitOfWork, personas: frozenset[int]) -> frozenset[int]:
    return uow.risk_signals.authors_among(personas)

"""The rooms that hold posts, and what hangs on them: groups, profiles, pictures, polls and votes. A
part of `node/rooms.py`.
"""

from typing import TypedDict

from activitypub.content import markdown_to_html
from federation.outbox import Outbox
from federation.own_keys import public_half
from node.attaching import Attaching
from node.config import Config
from node.groups.gate import GroupGate
from node.groups.limits import GroupLimits
from node.groups.service import Groups
from node.media.pictures import Pictures
from node.media.posting import PostPictures
from node.media.recoder import RecoderPool
from node.media.rules import PictureLimits
from node.media.service import Media
from node.media.uploads import Uploads
from node.notifications.service import Notifying
from node.polls.rules import PollLimits
from node.polls.service import Polls
from node.ports import Clock, NewId
from node.profiles.gate import ProfileGate
from node.profiles.service import Profiles
from node.safety.hold_rules import HoldLimits
from node.safety.holding import Holding
from node.safety.newcomers import Newcomers
from node.safety.risk import Risk
from node.safety.words import Words
from node.sending.service import Sending
from node.voting.outbound import VotingOutbound
from node.voting.service import Voting
from node.worries.alerting import Alerts
from storage.database import Database
from storage.media import MediaFolder


class PostRooms(TypedDict):
    """They share what they attach, and the processes that decode pictures."""

    groups: Groups
    profiles: Profiles
    attaching: Attaching
    voting: Voting
    pictures: Pictures
    uploads: Uploads
    risk: Risk
    sending: Sending


def open_post_rooms(
    config: Config,
    db: Database,
    outbox: Outbox,
    notifying: Notifying,
    newcomers: Newcomers,
    now: Clock,
    new_id: NewId,
) -> PostRooms:
    """Furnish them."""
    attaching = _attaching(config, newcomers, now, new_id)
    holding = _holding(config, now)
    risk = Risk(now, new_id, Words(), holding, Alerts(notifying).tell)
    gates = (
        GroupGate(outbox, now, config.origin, holding),
        ProfileGate(outbox, now, config.origin, holding),
    )
    groups = _groups(config, gates[0], notifying, newcomers, attaching, risk, now, new_id)
    profiles = _profiles(config, gates[1], notifying, newcomers, attaching, risk, now, new_id)
    teller = VotingOutbound(outbox, groups, profiles)
    limits, store = _picture_limits(config), MediaFolder(config.data / "media")
    recoder = RecoderPool(limits, config.picture_workers)
    media = Media(now, new_id, config.origin, limits)
    return {
        "groups": groups,
        "profiles": profiles,
        "attaching": attaching,
        "voting": Voting(notifying, teller, now, new_id),
        "pictures": Pictures(db, media, store, recoder, now),
        "uploads": Uploads(db, attaching.pictures, store, recoder, now),
        "risk": risk,
        "sending": Sending(*gates, holding, now),
    }


def _holding(config: Config, now: Clock) -> Holding:
    limits = HoldLimits(minutes=config.outbound_hold_minutes, first=config.first_posts_held)
    return Holding(now, limits)


def _groups(
    config: Config,
    gate: GroupGate,
    notifying: Notifying,
    newcomers: Newcomers,
    attaching: Attaching,
    risk: Risk,
    now: Clock,
    new_id: NewId,
) -> Groups:
    return Groups(
        announcer=gate,
        now=now,
        new_id=new_id,
        origin=config.origin,
        markdown=markdown_to_html,
        public_half=public_half,
        limits=GroupLimits(
            invitation_days=config.invitation_days,
            invitation_uses=config.invitation_uses,
            outsiders_write=config.outside_posts == "take",
        ),
        notifying=notifying,
        newcomers=newcomers,
        attaching=attaching,
        risk=risk,
    )


def _profiles(
    config: Config,
    gate: ProfileGate,
    notifying: Notifying,
    newcomers: Newcomers,
    attaching: Attaching,
    risk: Risk,
    now: Clock,
    new_id: NewId,
) -> Profiles:
    return Profiles(
        announcer=gate,
        now=now,
        new_id=new_id,
        origin=config.origin,
        markdown=markdown_to_html,
        notifying=notifying,
        newcomers=newcomers,
        attaching=attaching,
        risk=risk,
    )


def _attaching(config: Config, newcomers: Newcomers, now: Clock, new_id: NewId) -> Attaching:
    return Attaching(
        PostPictures(now, new_id, newcomers, _picture_limits(config)),
        Polls(now, new_id, PollLimits(options_most=config.poll_options)),
    )


def _picture_limits(config: Config) -> PictureLimits:
    return PictureLimits(
        most_bytes=config.picture_bytes,
        most_pixels=config.picture_pixels,
        side=config.picture_side,
        per_message=config.pictures_per_message,
        per_post=config.pictures_per_post,
    )

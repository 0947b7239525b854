"""The rooms of the node with all they hold, but without the network: what the command line needs,
and what `node/app.py` puts the network and the pages round.
"""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from activitypub.content import markdown_to_html
from federation.outbox import Outbox
from federation.own_keys import OwnKeys, public_half
from federation.policy import PeerPolicy
from node.accounts.farewell import PersonaFarewell
from node.accounts.introducing import Introducing
from node.accounts.service import Accounts
from node.accounts.sessions import Sessions
from node.accounts.tokens import Tokens
from node.attaching import Attaching
from node.buddies.service import Buddies
from node.circles.service import Circles
from node.config import Config
from node.config_values import hours_of
from node.coping.service import Coping
from node.directory.service import Directory
from node.goals.service import Goals
from node.groups.service import Groups
from node.help.service import Help
from node.hints.service import Hints
from node.listening.service import Listening
from node.media.pictures import Pictures
from node.media.uploads import Uploads
from node.messages.rules import Limits as MessageLimits
from node.messages.service import Messages
from node.moderation.letters import HeldMessages
from node.moderation.limits import Limits
from node.moderation.outbound import FlagOutbound
from node.moderation.quorum_rules import QuorumLimits
from node.moderation.service import Moderation, open_moderation
from node.notifications.apps import NewsOfApps
from node.notifications.service import Notifying
from node.personas.rules import PersonaLimits
from node.personas.service import Personas, PersonaTools
from node.plan.service import Plans
from node.ports import Clock, NewId
from node.profiles.service import Profiles
from node.reading.service import Reading
from node.reading_rooms import open_reading_rooms
from node.remembering.service import Remembering
from node.replying.service import Replying
from node.replying.thanking import Thanking
from node.rights.copying import Copies
from node.rights.erasing import Erasing
from node.rights.leaving import Leaving
from node.rights.ledger import Ledger
from node.rights.rules import RightsLimits
from node.rights.service import Rights
from node.rooms_of_posts import open_post_rooms
from node.safety.filters import Filters
from node.safety.muting import Muting
from node.safety.newcomer_rules import NewcomerLimits
from node.safety.newcomers import Newcomers
from node.safety.risk import Risk
from node.safety.service import Safety
from node.sending.service import Sending
from node.sources import random_below, random_id
from node.stories.service import Stories
from node.support import open_support_rooms
from node.training.service import Training
from node.voting.service import Voting
from node.welcoming.service import Welcoming
from node.worries.service import Worries
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """Built once per process by `open_rooms`."""

    config: Config
    db: Database
    now: Clock
    new_id: NewId
    own_keys: OwnKeys
    policy: PeerPolicy
    outbox: Outbox
    groups: Groups
    profiles: Profiles
    notifying: Notifying
    accounts: Accounts
    introducing: Introducing
    personas: Personas
    sessions: Sessions
    tokens: Tokens
    messages: Messages
    circles: Circles
    listening: Listening
    training: Training
    safety: Safety
    filters: Filters
    muting: Muting
    reading: Reading
    news: NewsOfApps
    moderation: Moderation
    newcomers: Newcomers
    rights: Rights
    pictures: Pictures
    attaching: Attaching
    uploads: Uploads
    voting: Voting
    directory: Directory
    remembering: Remembering
    welcoming: Welcoming
    stories: Stories
    goals: Goals
    buddies: Buddies
    risk: Risk
    sending: Sending
    hints: Hints
    replying: Replying
    thanking: Thanking
    coping: Coping
    help: Help
    plans: Plans
    worries: Worries


def open_rooms(config: Config, db: Database, now: Clock, new_id: NewId) -> Rooms:
    """Furnish every room. `db` must be at the newest schema."""
    own_keys, policy = OwnKeys(now), PeerPolicy(config.federation, db, now)
    outbox = Outbox(own_keys, new_id, now, origin=config.origin, policy=policy)
    notifying, newcomers = Notifying(now, new_id), _newcomers(config, now)
    posts = open_post_rooms(config, db, outbox, notifying, newcomers, now, new_id)
    groups, profiles = posts["groups"], posts["profiles"]
    messages = _messages(config, newcomers, notifying, now, new_id)
    return Rooms(
        config=config,
        db=db,
        now=now,
        new_id=new_id,
        own_keys=own_keys,
        policy=policy,
        outbox=outbox,
        accounts=Accounts(now, random_id, config.origin, public_half, ordered_id=new_id),
        introducing=Introducing(outbox, markdown_to_html, now, public_half),
        personas=_personas(config, groups, profiles, now),
        notifying=notifying,
        sessions=Sessions(now),
        tokens=Tokens(now, new_id),
        messages=messages,
        **open_support_rooms(config, groups, messages, newcomers, notifying, now, new_id),
        safety=Safety(now, profiles.part),
        **open_reading_rooms(config, now, new_id),
        newcomers=newcomers,
        moderation=_moderation(config, groups, profiles, outbox, now, new_id),
        worries=_worries(config, posts["risk"], notifying, outbox, now, new_id),
        rights=_rights(config, groups, profiles, outbox, now, new_id),
        **posts,
    )


def _moderation(
    config: Config,
    groups: Groups,
    profiles: Profiles,
    outbox: Outbox,
    now: Clock,
    new_id: NewId,
) -> Moderation:
    quorum = QuorumLimits(
        post=config.quorum_post,
        person=config.quorum_person,
        staffed=hours_of(config.staffed_hours),
        zone=ZoneInfo(config.time_zone),
    )
    limits = Limits(
        quorum=quorum,
        reports_a_day=config.reports_a_day,
        claim_minutes=config.claim_minutes,
        reveal_hours=config.reveal_hours,
    )
    forwarding = FlagOutbound(outbox, config.origin)
    return open_moderation(now, new_id, groups, profiles, HeldMessages(), limits, forwarding)


def _worries(
    config: Config, risk: Risk, notifying: Notifying, outbox: Outbox, now: Clock, new_id: NewId
) -> Worries:
    forwarding = FlagOutbound(outbox, config.origin)
    return Worries(risk.holding, notifying, forwarding, now, new_id, config.claim_minutes)


def _rights(
    config: Config,
    groups: Groups,
    profiles: Profiles,
    outbox: Outbox,
    now: Clock,
    new_id: NewId,
) -> Rights:
    limits = RightsLimits(
        grace=timedelta(days=config.grace_days),
        receipts=timedelta(days=config.receipt_days),
        copies=timedelta(days=config.copy_days),
        spread_hours=config.leave_spread_hours,
    )
    return Rights(
        ledger=Ledger(now, new_id),
        copies=Copies(now, new_id, limits, config.node_name, config.origin),
        leaving=Leaving(now, new_id, limits),
        erasing=Erasing(
            groups, profiles, PersonaFarewell(outbox), now, new_id, random_below, limits
        ),
    )


def _newcomers(config: Config, now: Clock) -> Newcomers:
    limits = NewcomerLimits(
        days=config.newcomer_days,
        threads_read=config.newcomer_threads_read,
        threads=config.newcomer_threads,
        replies=config.newcomer_replies,
        links=config.newcomer_links,
        message_links=config.newcomer_message_links,
        images=config.newcomer_images,
        messages=config.newcomer_messages,
    )
    return Newcomers(now, limits)


def _personas(config: Config, groups: Groups, profiles: Profiles, now: Clock) -> Personas:
    limits = PersonaLimits(most=config.most_personas, one_offs_a_day=config.one_offs_a_day)
    return Personas(
        PersonaTools(
            now=now,
            random_id=random_id,
            below=random_below,
            origin=config.origin,
            public_half=public_half,
            groups=groups,
            profiles=profiles,
            limits=limits,
        )
    )


def _messages(
    config: Config, newcomers: Newcomers, notifying: Notifying, now: Clock, new_id: NewId
) -> Messages:
    limits = MessageLimits(
        people_most=config.message_people,
        standing_days=config.message_standing_days,
        request_letters=config.message_request_letters,
        requests_a_day=config.message_requests_a_day,
        request_days=config.message_request_days,
        keep_days=config.message_keep_days,
        search_most=config.message_search_most,
    )
    return Messages(now, new_id, config.authority, markdown_to_html, limits, newcomers, notifying)

"""The tables, as SQLAlchemy Core sees them. Private to storage and migrations.

`metadata` knows every table, so that Alembic can compare it with a live database.
"""

from storage.tables.accounts import accounts, one_time_links, personas
from storage.tables.activities import activities
from storage.tables.actors import actors
from storage.tables.articles import article_marks, articles
from storage.tables.audit import audit_chain, audit_entries
from storage.tables.being_heard import (
    helper_paths,
    listening_answers,
    listening_offers,
    listening_people,
    listening_sessions,
    listening_words,
)
from storage.tables.blocks import blocks
from storage.tables.buddies import (
    buddy_codes,
    buddy_pairs,
    buddy_sides,
    buddy_up,
    hard_moments,
)
from storage.tables.circles import (
    circle_codes,
    circle_days,
    circle_members,
    circle_scripts,
    circle_waiting,
    circles,
)
from storage.tables.clients import client_acts, client_collection_items, client_collections
from storage.tables.coping import (
    card_checks,
    card_collection_items,
    card_collections,
    card_experiences,
    coping_cards,
    toolkit_items,
)
from storage.tables.deliveries import deliveries
from storage.tables.directory import (
    chosen_services,
    directory_editions,
    directory_sets,
    directory_suggestions,
    listings,
    location_overrules,
    locations,
    organizations,
    service_guides,
    service_languages,
    service_places,
    service_schedules,
    service_terms,
    service_tips,
    service_words,
    services,
    taxonomies,
    taxonomy_terms,
)
from storage.tables.filters import filters
from storage.tables.goals import check_ins, goals
from storage.tables.graves import graves
from storage.tables.groups import groups
from storage.tables.help_now import (
    delivery_holds,
    helplines,
    plans,
    risk_notes,
    risk_signals,
)
from storage.tables.jobs import jobs
from storage.tables.joining import applications, group_bans, group_questions, invitations
from storage.tables.keys import private_keys, public_keys
from storage.tables.media import attachments, avatars, headers
from storage.tables.memberships import memberships
from storage.tables.messages import (
    conversation_people,
    conversations,
    message_choices,
    message_copies,
    message_drafts,
    message_requests,
    messages,
)
from storage.tables.metadata import metadata
from storage.tables.moderation import moderation_entries
from storage.tables.mutes import muted_nodes, mutes, person_notes
from storage.tables.newcomers import newcomers, vouches
from storage.tables.notifications import (
    notification_permissions,
    notification_policies,
    notifications,
)
from storage.tables.oauth import app_grants, client_apps, grant_codes, refresh_tokens
from storage.tables.peers import peers
from storage.tables.polls import poll_ballots, polls
from storage.tables.post_media import post_media
from storage.tables.posts import posts
from storage.tables.quorum import pauses, veils
from storage.tables.reactions import reactions
from storage.tables.reading import (
    featured_tags,
    followed_tags,
    list_accounts,
    lists,
    markers,
)
from storage.tables.receipts import receipts
from storage.tables.remembering import quiet_watches, special_days
from storage.tables.replying import helped, helpers, passed_threads
from storage.tables.reports import report_excerpts, reports, reveals, statements
from storage.tables.rights import (
    consents,
    deletion_deliveries,
    deletion_personas,
    deletions,
    export_chunks,
    exports,
)
from storage.tables.seals import data_keys, node_keys
from storage.tables.sessions import sessions
from storage.tables.settings import settings
from storage.tables.shares import mentions, shares
from storage.tables.stories import (
    stories,
    story_collection_items,
    story_collections,
    story_keepers,
)
from storage.tables.streaming import (
    push_choices,
    push_deliveries,
    push_subscriptions,
    stream_events,
)
from storage.tables.tags import post_tags
from storage.tables.tokens import access_tokens
from storage.tables.welcoming import (
    greeters,
    reply_session_people,
    reply_session_turns,
    reply_sessions,
    weekly_posts,
    weekly_threads,
    welcomes,
)
from storage.tables.withdrawals import withdrawal_doors, withdrawals
from storage.tables.writing import (
    bookmarks,
    follow_options,
    pins,
    preferences,
    quiet_threads,
    scheduled_posts,
    sent_keys,
    wordings,
)

__all__ = [
    "access_tokens",
    "accounts",
    "activities",
    "actors",
    "app_grants",
    "applications",
    "article_marks",
    "articles",
    "attachments",
    "audit_chain",
    "audit_entries",
    "avatars",
    "blocks",
    "bookmarks",
    "buddy_codes",
    "buddy_pairs",
    "buddy_sides",
    "buddy_up",
    "card_checks",
    "card_collection_items",
    "card_collections",
    "card_experiences",
    "check_ins",
    "chosen_services",
    "circle_codes",
    "circle_days",
    "circle_members",
    "circle_scripts",
    "circle_waiting",
    "circles",
    "client_acts",
    "client_apps",
    "client_collection_items",
    "client_collections",
    "consents",
    "conversation_people",
    "conversations",
    "coping_cards",
    "data_keys",
    "deletion_deliveries",
    "deletion_personas",
    "deletions",
    "deliveries",
    "delivery_holds",
    "directory_editions",
    "directory_sets",
    "directory_suggestions",
    "export_chunks",
    "exports",
    "featured_tags",
    "filters",
    "follow_options",
    "followed_tags",
    "goals",
    "grant_codes",
    "graves",
    "greeters",
    "group_bans",
    "group_questions",
    "groups",
    "hard_moments",
    "headers",
    "helped",
    "helper_paths",
    "helpers",
    "helplines",
    "invitations",
    "jobs",
    "list_accounts",
    "listening_answers",
    "listening_offers",
    "listening_people",
    "listening_sessions",
    "listening_words",
    "listings",
    "lists",
    "location_overrules",
    "locations",
    "markers",
    "memberships",
    "mentions",
    "message_choices",
    "message_copies",
    "message_drafts",
    "message_requests",
    "messages",
    "metadata",
    "moderation_entries",
    "muted_nodes",
    "mutes",
    "newcomers",
    "node_keys",
    "notification_permissions",
    "notification_policies",
    "notifications",
    "one_time_links",
    "organizations",
    "passed_threads",
    "pauses",
    "peers",
    "person_notes",
    "personas",
    "pins",
    "plans",
    "poll_ballots",
    "polls",
    "post_media",
    "post_tags",
    "posts",
    "preferences",
    "private_keys",
    "public_keys",
    "push_choices",
    "push_deliveries",
    "push_subscriptions",
    "quiet_threads",
    "quiet_watches",
    "reactions",
    "receipts",
    "refresh_tokens",
    "reply_session_people",
    "reply_session_turns",
    "reply_sessions",
    "report_excerpts",
    "reports",
    "reveals",
    "risk_notes",
    "risk_signals",
    "scheduled_posts",
    "sent_keys",
    "service_guides",
    "service_languages",
    "service_places",
    "service_schedules",
    "service_terms",
    "service_tips",
    "service_words",
    "services",
    "sessions",
    "settings",
    "shares",
    "special_days",
    "statements",
    "stories",
    "story_collection_items",
    "story_collections",
    "story_keepers",
    "stream_events",
    "taxonomies",
    "taxonomy_terms",
    "toolkit_items",
    "veils",
    "vouches",
    "weekly_posts",
    "weekly_threads",
    "welcomes",
    "withdrawal_doors",
    "withdrawals",
    "wordings",
]

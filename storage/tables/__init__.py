"""The tables, as SQLAlchemy Core sees them. Private to storage and migrations.

`metadata` knows every table, so that Alembic can compare it with a live database.
"""

from storage.tables.accounts import accounts, one_time_links, personas
from storage.tables.activities import activities
from storage.tables.actors import actors
from storage.tables.articles import article_marks, articles
from storage.tables.audit import audit_chain, audit_entries
from storage.tables.blocks import blocks
from storage.tables.clients import client_acts, client_collection_items, client_collections
from storage.tables.deliveries import deliveries
from storage.tables.filters import filters
from storage.tables.graves import graves
from storage.tables.groups import groups
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
from storage.tables.reactions import reactions
from storage.tables.reading import (
    featured_tags,
    followed_tags,
    list_accounts,
    lists,
    markers,
)
from storage.tables.receipts import receipts
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
from storage.tables.streaming import (
    push_choices,
    push_deliveries,
    push_subscriptions,
    stream_events,
)
from storage.tables.support import *  # noqa: F403  (each name of its __all__)
from storage.tables.tags import post_tags
from storage.tables.tokens import access_tokens
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
    "client_acts",
    "client_apps",
    "client_collection_items",
    "client_collections",
    "consents",
    "conversation_people",
    "conversations",
    "data_keys",
    "deletion_deliveries",
    "deletion_personas",
    "deletions",
    "deliveries",
    "export_chunks",
    "exports",
    "featured_tags",
    "filters",
    "follow_options",
    "followed_tags",
    "grant_codes",
    "graves",
    "group_bans",
    "group_questions",
    "groups",
    "headers",
    "invitations",
    "jobs",
    "list_accounts",
    "lists",
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
    "peers",
    "person_notes",
    "personas",
    "pins",
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
    "reactions",
    "receipts",
    "refresh_tokens",
    "report_excerpts",
    "reports",
    "reveals",
    "scheduled_posts",
    "sent_keys",
    "sessions",
    "settings",
    "shares",
    "statements",
    "stream_events",
    "vouches",
    "withdrawal_doors",
    "withdrawals",
    "wordings",
]

"""What this node holds of a person, table by table: the one list that export and erasure follow.

A test walks all tables: one that is not listed here fails it, so that nobody can add a place for
personal data and forget the person. `exported` names the part of the copy that shows it, or says
why it is in none; `erased` says what becomes of it when the account ends.
"""

from typing import Final

from storage.personal_support import SUPPORT
from storage.personal_table import Personal

PERSONAL: Final = (
    Personal(table="accounts", exported="account", erased="blanked; the row stays"),
    Personal(table="personas", exported="personas", erased="dropped with each persona"),
    Personal(table="actors", exported="personas", erased="blanked; the handle stays taken"),
    Personal(
        table="client_acts",
        exported="the posts, reactions and collections that they tell of",
        persona=("actor_id",),
    ),
    Personal(table="client_collections", exported="collections", persona=("owner_id",)),
    Personal(
        table="client_collection_items",
        exported="collections",
        erased="dropped with each collection",
    ),
    Personal(table="sessions", exported="sessions", account="account_id"),
    Personal(table="consents", exported="consents", account="account_id"),
    Personal(table="newcomers", exported="account", account="account_id"),
    Personal(table="exports", exported="the copy itself", erased="dropped with the account"),
    Personal(table="export_chunks", exported="the copy itself", erased="dropped with the account"),
    Personal(table="deletions", exported="the account's own page", erased="kept for the receipts"),
    Personal(table="deletion_personas", exported="none is left then", erased="dropped one by one"),
    Personal(table="deletion_deliveries", exported="by its code", erased="kept for the receipts"),
    Personal(table="refresh_tokens", exported="never: it renews a token", persona=("persona_id",)),
    Personal(
        table="grant_codes",
        exported="never: a program fetches a token by it, within minutes",
        persona=("persona_id",),
    ),
    Personal(table="access_tokens", exported="personas", persona=("persona_id",)),
    Personal(table="app_grants", exported="personas", persona=("persona_id",)),
    Personal(table="posts", exported="posts", erased="blanked; replies still hang on the place"),
    Personal(table="reactions", exported="reactions", erased="dropped in batches"),
    Personal(table="shares", exported="shares", erased="dropped in batches"),
    Personal(table="bookmarks", exported="marks", persona=("persona_id",)),
    Personal(table="pins", exported="marks", persona=("persona_id",)),
    Personal(table="quiet_threads", exported="marks", persona=("persona_id",)),
    Personal(table="scheduled_posts", exported="scheduled", persona=("persona_id",)),
    Personal(table="wordings", exported="wordings", erased="dropped with what a post says"),
    Personal(
        table="sent_keys",
        exported="hashes of an hour, by which an app posts once what it sent twice",
        persona=("persona_id",),
    ),
    Personal(table="preferences", exported="preferences", persona=("persona_id",)),
    Personal(
        table="follow_options",
        exported="followOptions",
        persona=("follower_id", "followed_id"),
    ),
    Personal(table="mentions", exported="posts", erased="dropped", persona=("actor_id",)),
    Personal(table="post_tags", exported="posts", erased="dropped with the words of each post"),
    Personal(table="memberships", exported="memberships", erased="dropped"),
    Personal(table="applications", exported="memberships", persona=("actor_id",)),
    Personal(table="invitations", exported="invitations", persona=("created_by",)),
    Personal(table="notifications", exported="notifications", persona=("persona_id", "by_id")),
    Personal(
        table="conversations", exported="conversations", erased="dropped when nobody holds them"
    ),
    Personal(table="conversation_people", exported="conversations", erased="the persona has left"),
    Personal(table="messages", exported="messages", erased="emptied for everybody, in batches"),
    Personal(table="message_copies", exported="messages", erased="dropped in batches"),
    Personal(table="message_requests", exported="requests", persona=("from_id", "to_id")),
    Personal(table="message_drafts", exported="drafts", persona=("persona_id",)),
    Personal(table="message_choices", exported="choices", persona=("persona_id",)),
    Personal(table="attachments", exported="messages", persona=("owner_id",)),
    Personal(
        table="push_subscriptions",
        exported="never: who holds it can write to the device",
        erased="dropped with what waits for the device",
    ),
    Personal(table="push_choices", exported="choices", persona=("persona_id",)),
    Personal(table="avatars", exported="personas", persona=("persona_id",)),
    Personal(table="headers", exported="personas", persona=("persona_id",)),
    Personal(table="post_media", exported="posts", persona=("owner_id",)),
    Personal(table="polls", exported="posts", persona=("owner_id",)),
    Personal(table="articles", exported="posts", erased="dropped with the words of each post"),
    Personal(table="article_marks", exported="posts", erased="dropped with the words of each post"),
    Personal(table="poll_ballots", exported="votes", persona=("actor_id",)),
    Personal(table="blocks", exported="blocks", erased="dropped, in both directions"),
    Personal(table="filters", exported="filters", persona=("persona_id",)),
    Personal(table="lists", exported="lists", persona=("persona_id",)),
    Personal(table="list_accounts", exported="lists", persona=("actor_id",)),
    Personal(table="markers", exported="how far apps have read", persona=("persona_id",)),
    Personal(table="followed_tags", exported="tags", persona=("persona_id",)),
    Personal(table="featured_tags", exported="tags", persona=("persona_id",)),
    Personal(table="mutes", exported="mutes", persona=("persona_id", "muted_id")),
    Personal(table="muted_nodes", exported="mutes", persona=("persona_id",)),
    Personal(table="person_notes", exported="notes", persona=("persona_id", "about_id")),
    Personal(
        table="notification_policies", exported="which news is held back", persona=("persona_id",)
    ),
    Personal(
        table="notification_permissions",
        exported="which news is held back",
        persona=("persona_id", "by_id"),
    ),
    Personal(
        table="vouches",
        exported="nobody is shown who vouched for whom",
        persona=("persona_id",),
    ),
    Personal(
        table="group_bans",
        exported="a group's own measure; the person was told of it",
        persona=("actor_id",),
    ),
    Personal(
        table="activities",
        exported="the posts and reactions that they tell of",
        erased="dropped in batches, but for Deletes that are receipts",
    ),
    Personal(
        table="deliveries",
        exported="the posts and reactions that they carry",
        erased="dropped in batches, but for Deletes that are receipts",
    ),
    Personal(
        table="public_keys", exported="the persona's public document", erased="dropped at once"
    ),
    Personal(
        table="private_keys",
        exported="never: who holds it can speak as the persona",
        erased="dropped when other nodes were told",
    ),
    Personal(
        table="data_keys",
        exported="never: it is what seals the data",
        erased="destroyed first of all",
    ),
    Personal(table="reports", exported="reports", erased="kept for a while as evidence"),
    Personal(
        table="report_excerpts",
        exported="reports show what their maker chose; never to others",
        erased="kept for a while as evidence",
    ),
    Personal(table="statements", exported="decisions", persona=("persona_id",)),
    Personal(
        table="reveals",
        exported="an act of staff under two pairs of eyes, in the audit log",
        erased="kept as long as the audit log",
    ),
    Personal(
        table="moderation_entries",
        exported="an act of a moderator, not of the person it is about",
        erased="kept as the log of the group; the name is blank",
    ),
    Personal(
        table="jobs", exported="work that is under way, no data", erased="finished and forgotten"
    ),
    Personal(
        table="one_time_links",
        exported="a hash that belongs to nobody yet",
        erased="forgotten when they end",
    ),
    Personal(
        table="groups",
        exported="memberships say which ones the person looks after",
        erased="kept: it is the group's; the name of who made it is blank",
    ),
    *SUPPORT,
)

IMPERSONAL: Final = {
    "audit_chain": "two ends of a chain",
    "audit_entries": "acts of staff, named by number alone",
    "circle_days": "which thread asks the question of which day",
    "circle_scripts": "questions that administrators wrote for all circles",
    "client_apps": "programs, not who uses them",
    "graves": "hashes of addresses",
    "group_questions": "what a group asks",
    "helplines": "public services",
    "node_keys": "names of the node's own keys",
    "peers": "other nodes",
    "receipts": "what other nodes sent",
    "directory_editions": "what data sets say of services",
    "directory_sets": "where services come from",
    "listings": "services",
    "location_overrules": "decisions on places of services",
    "locations": "places of services",
    "organizations": "who offers services",
    "service_guides": "what happens when one calls a service",
    "service_languages": "languages of services",
    "service_places": "places of services",
    "service_schedules": "opening times",
    "service_terms": "terms by which services are found",
    "service_tips": "words of people of whom nothing is kept",
    "service_words": "words by which services are found",
    "services": "what data sets say of services",
    "taxonomies": "lists of terms",
    "taxonomy_terms": "terms",
    "push_deliveries": "numbers of news and of devices, for a day at most",
    "settings": "what the node remembers of itself",
    "stream_events": "numbers of what has just happened, for minutes",
    "story_collections": "what a group gathered",
    "story_collection_items": "what a group gathered",
    "weekly_posts": "which weeks a group's weekly thread had its thread",
    "withdrawal_doors": "a group on its way out of the public",
    "withdrawals": "a group on its way out of the public",
}
"""Tables that hold nothing of a person of this node, and why."""

ACCOUNT_ROWS: Final = tuple((one.table, one.account) for one in PERSONAL if one.account)
PERSONA_ROWS: Final = tuple((one.table, column) for one in PERSONAL for column in one.persona)

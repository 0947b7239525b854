"""Every column that can hold words, and what may be found in it. A column that is not here fails
the proof, and so does a private field that no drive writes.

    PUBLIC      open to everyone, or to whoever is told it by its owner
    TECHNICAL   written by the node, never by a person
    private(…)  words of people, in the clear, for the reason given: they must not leave the node
    local(…)    words that every member of the node may read, and nobody else
    stripped(…) bytes of people whose hidden words are taken out before they are kept
    sealed(…)   words of people that must not be found in the database either

The names after it are the fields that drives write, each with a word of its own.
"""

from typing import Final

from tests.canary import directory_fields
from tests.canary.fields_support import SUPPORT
from tests.canary.markers import Kind, Marker
from tests.canary.standing import (
    PUBLIC,
    TECHNICAL,
    Column,
    Standing,
    copies,
    local,
    private,
    sealed,
    stripped,
)

_SIGN_IN = "people are found by it when they sign in"
_LISTED = "members find the group by it"

COLUMNS: Final[dict[str, Column]] = {
    **SUPPORT,
    "app_grants.scopes": TECHNICAL,
    # Days and who helps whom, sealed; nobody can write words there.
    "client_apps.client_id": PUBLIC,
    "client_apps.grant_types": TECHNICAL,
    "client_apps.kind": TECHNICAL,
    "client_apps.name": PUBLIC,
    "client_apps.redirect_uris": PUBLIC,
    "client_apps.scopes": TECHNICAL,
    "client_apps.secret_hash": TECHNICAL,
    "client_apps.website": PUBLIC,
    "grant_codes.challenge": TECHNICAL,
    "grant_codes.code_hash": TECHNICAL,
    "grant_codes.redirect_uri": PUBLIC,
    "grant_codes.scopes": TECHNICAL,
    "refresh_tokens.token_hash": TECHNICAL,
    "access_tokens.label": private("it names a program of one's own"),
    "access_tokens.scopes": TECHNICAL,
    "access_tokens.token_hash": TECHNICAL,
    "accounts.agreed": TECHNICAL,
    "accounts.email": private(_SIGN_IN),
    "accounts.email_key": private(_SIGN_IN),
    "accounts.name": private(_SIGN_IN, "account name", unseen=True),
    "accounts.name_key": private(_SIGN_IN),
    "accounts.password_hash": sealed("password", unseen=True),
    "accounts.role": TECHNICAL,
    "activities.body": private(
        "what was said to the world and not yet sent when a group left the public stays",
        "title that waited when its group became private",
        "text that waited when its group became private",
    ),
    "actors.handle": private(_LISTED, "handle of a private group"),
    "actors.handle_key": private(_LISTED),
    "actors.name": private(_LISTED, "name of a private group", "name of another private group"),
    "actors.summary": private(
        _LISTED, "summary of a private group", "summary of another private group"
    ),
    "actors.summary_source": private(_LISTED),
    "applications.reply": sealed("reply to who asked"),
    "applications.words": sealed("answer of who asks"),
    "attachments.sealed_alt": sealed("words about a picture"),
    "audit_entries.sealed": copies(),
    "avatars.sealed_print": stripped("words inside a picture", "words inside another picture"),
    **dict.fromkeys(directory_fields.PUBLIC, PUBLIC),
    **dict.fromkeys(directory_fields.TECHNICAL, TECHNICAL),
    "export_chunks.sealed": copies(),
    "featured_tags.name": PUBLIC,
    "filters.sealed": sealed(
        "title of a filter",
        "word of a filter",
        "phrase of a filter",
        "changed word of a filter",
    ),
    "followed_tags.name": private("the home of a persona is put together by it"),
    "group_questions.questions": sealed("question to who asks"),
    "groups.guidelines": private(
        _LISTED, "guidelines of a private group", "guidelines of another private group"
    ),
    "client_collections.sealed": sealed("name of a collection", "changed name of a collection"),
    "headers.sealed_print": sealed(),
    "polls.sealed": sealed("option of a poll in a private group"),
    "post_media.sealed": sealed("words about a picture in a private group"),
    "invitations.note": sealed("note of an invitation"),
    "lists.sealed_title": sealed("title of a list"),
    "conversations.sealed_title": sealed("title of a conversation"),
    "message_drafts.sealed": sealed(
        "draft", "draft of a first message", "draft of somebody who left"
    ),
    "message_requests.sealed": sealed("note of a request", "note of another request"),
    "messages.sealed": sealed(
        "message",
        "edited message",
        "message to two people",
        "message that is taken back",
        "kind word to a buddy",
    ),
    "moderation_entries.reason": local("reason in a local group", unseen=True),
    "moderation_entries.sealed_reason": sealed("reason in a private group", unseen=True),
    "muted_nodes.authority": private("nobody but who does not read a node knows of it"),
    "person_notes.sealed": sealed("note about somebody"),
    "post_tags.tag": local(),
    "posts.content": local("text in a local group", "edited text in a local group"),
    "posts.content_warning": local("warning in a local group"),
    "posts.removal_reason": local("removal in a local group"),
    "posts.sealed": sealed(
        "title in a private group",
        "text in a private group",
        "warning in a private group",
        "reply in a private group",
        "deeper reply in a private group",
        "reported reply in a private group",
        "edited title in a private group",
        "edited text in a private group",
        "host named in a private group",
        "person named in a private group",
        "title of an anonymous thread",
        "text of an anonymous thread",
        "text for followers",
        "warning for followers",
        "answer for followers",
        "edited text for followers",
        "note to oneself",
        "title in a circle",
        "text in a circle",
        "answer in a circle",
    ),
    "posts.sealed_reason": sealed("removal in a private group"),
    "posts.source": local(),
    "posts.title": local("title in a local group"),
    "push_subscriptions.sealed": sealed("address of a device", "secret of a device", unseen=True),
    "report_excerpts.sealed": copies(),
    "reports.decision_sealed": sealed("note of the staff", unseen=True),
    "reports.sealed": sealed(
        "words of a report", "words of an appeal", "words of a report from an app"
    ),
    "reveals.sealed": sealed("reason to reveal who is behind a name"),
    "preferences.fields": PUBLIC,
    "preferences.language": TECHNICAL,
    "preferences.visibility": TECHNICAL,
    "follow_options.languages": TECHNICAL,
    "scheduled_posts.sealed": sealed("text of a post for later", "warning of a post for later"),
    "wordings.content": local(),
    "wordings.content_warning": local(),
    "wordings.sealed": copies(),
    "wordings.title": local(),
    "sessions.label": private("it names a browser of one's own"),
    "statements.sealed": sealed("statement to an author", "reason of a suspension"),
}
"""Columns that people's words can reach, or that look as if."""

_TECHNICAL: Final = {
    "activities": "cavage_digest content_digest object_uri root type uri",
    "applications": "state",
    "actors": "authority featured followers header_url icon_url inbox language moderators outbox"
    " shared_inbox type uri url",
    "attachments": "name type",
    "avatars": "name",
    "headers": "name",
    "polls": "tally",
    "post_media": "kind name remote_url type",
    "audit_chain": "base_hash head_hash",
    "audit_entries": "act detail hash subject_kind",
    "client_acts": "inner_type object_uri target_uri type",
    "client_collection_items": "uri",
    "circles": "origin state",
    "circle_members": "state voice",
    "circle_codes": "code_hash",
    "conversations": "kind pair_key",
    "message_choices": "who_may_ask",
    "message_requests": "state",
    "consents": "act purpose version",
    "deletions": "code_hash state",
    "exports": "state",
    "invitations": "code_hash",
    "withdrawal_doors": "authority inbox",
    "delivery_holds": "act reason",
    "helplines": "audience call_as cost country hours languages name pair shipped_as source website"
    " write_as",
    "risk_signals": "state",
    "data_keys": "kind node_key_id wrapped",
    "deliveries": "inbox last_error object_uri root state type",
    "filters": "action contexts",
    "graves": "uri",
    "groups": "join_policy kind posting_policy reply_policy visibility",
    "jobs": "kind reason state target",
    "listening_offers": "state",
    "listening_sessions": "state",
    "lists": "replies_policy",
    "markers": "timeline",
    "memberships": "follow_uri role state",
    "moderation_entries": "act",
    "node_keys": "id proof",
    "notification_policies": "limited_accounts new_accounts not_followers not_following"
    " private_mentions",
    "helped": "sealed side",  # Ids and a time; no words.
    "notifications": "about kind",
    "one_time_links": "purpose token_hash",
    "peers": "authority last_error policy profile software state",
    "posts": "audience create_uri language reply_wanted uri url wire_type",
    "private_keys": "ed25519_pem rsa_pem",
    "public_keys": "key_id kind material",
    "push_subscriptions": "alerts policy",
    "reactions": "kind uri",
    "receipts": "activity_uri actor_uri authority body ordering_key reason signed_by state type",
    "report_excerpts": "proof source",
    "reports": "decision kind state",
    "reveals": "state",
    "sessions": "csrf_token token_hash",
    "settings": "key value",
    "sent_keys": "key_hash",
    "shares": "uri",
    "statements": "act",
    "stream_events": "kind",
}
"""Written by the node, by table. The bodies of receipts are what other nodes said; that nothing of
ours gets there is what the proof is about."""

for _table, _names in _TECHNICAL.items():
    COLUMNS.update({f"{_table}.{name}": TECHNICAL for name in _names.split()})

UNREACHED: Final = {
    name
    for name, one in COLUMNS.items()
    if one.standing == "sealed" and not (one.fields or one.copies)
}
"""Sealed columns that no page writes: the proof sees to it that they stay empty."""

PUBLIC_WORDS: Final = ("title in a public group", "text in a public group")


def markers() -> list[Marker]:
    """A word for each field, numbered in order."""
    kinds: dict[Standing, Kind] = {
        "private": "plain",
        "sealed": "sealed",
        "local": "local",
        "stripped": "stripped",
    }
    named = [
        (name, kinds[column.standing], not column.unseen)
        for column in COLUMNS.values()
        if column.standing in kinds
        for name in column.fields
    ]
    named += [(name, "public", True) for name in PUBLIC_WORDS]
    return [Marker(name, kind, number, shown) for number, (name, kind, shown) in enumerate(named)]

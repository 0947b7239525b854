"""The `@context` of what we send. Shipped in each document, never fetched by us.

Only the contexts that every JSON-LD peer has built in stand here as URLs; all other terms are
spelled out, so that no peer has to fetch anything to read us (Lemmy's context alone cost its host
20 million requests a month, group-federation c2). The terms are those of Mastodon, Lemmy, PeerTube
and litepub for what they already name, and our own namespace for what nobody names.
"""

from activitypub.vocabulary.terms import AS_CONTEXT, KITH_NS

SECURITY_V1 = "https://w3id.org/security/v1"
DATA_INTEGRITY_V1 = "https://w3id.org/security/data-integrity/v1"
"""Needed by FEP-8b32 proofs: a proof is made over the document with its context."""

_ACTOR_TERMS: dict[str, object] = {
    "lemmy": "https://join-lemmy.org/ns#",
    "sc": "http://schema.org#",
    "sensitive": "as:sensitive",
    "language": "sc:inLanguage",
    "identifier": "sc:identifier",
    "postingRestrictedToMods": "lemmy:postingRestrictedToMods",
    "moderators": {"@id": "lemmy:moderators", "@type": "@id"},
    "toot": "http://joinmastodon.org/ns#",
    "featured": {"@id": "toot:featured", "@type": "@id"},
    "discoverable": "toot:discoverable",
    "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
    "webfinger": "https://purl.archive.org/socialweb/webfinger#webfinger",
    "implements": {"@id": "https://w3id.org/fep/844e/implements", "@type": "@id"},
    "Multikey": "https://w3id.org/security#Multikey",
    "assertionMethod": {
        "@id": "https://w3id.org/security#assertionMethod",
        "@type": "@id",
        "@container": "@set",
    },
    "publicKeyMultibase": "https://w3id.org/security#publicKeyMultibase",
}

_POST_TERMS: dict[str, object] = {
    "lemmy": "https://join-lemmy.org/ns#",
    "pt": "https://joinpeertube.org/ns#",
    "sc": "http://schema.org#",
    "litepub": "http://litepub.social/ns#",
    "kith": KITH_NS,
    "Hashtag": "as:Hashtag",
    "sensitive": "as:sensitive",
    "language": "sc:inLanguage",
    "identifier": "sc:identifier",
    "commentsEnabled": "pt:commentsEnabled",
    "EmojiReact": "litepub:EmojiReact",
    "Lock": "lemmy:Lock",
    "withReplies": "lemmy:withReplies",
    "removeData": "lemmy:removeData",
    "replyWanted": "kith:replyWanted",
    "toot": "http://joinmastodon.org/ns#",
    "votersCount": "toot:votersCount",
    "blurhash": "toot:blurhash",
    "focalPoint": {"@container": "@list", "@id": "toot:focalPoint"},
}

_ARTICLE_TERMS: dict[str, object] = {
    "license": {"@id": "sc:license", "@type": "@id"},
    "articleKind": "kith:articleKind",
    "articleDetails": "kith:articleDetails",
    **{
        term: f"kith:{term}"
        for term in (
            *("what", "whenItHelps", "effort", "cost", "topics", "sourceText", "sourceUrl"),
            *(
                "ownExperience",
                "touchesMedicine",
                "whatHelped",
                "themes",
                "title",
                "author",
                "licence",
            ),
        )
    },
    "steps": {"@id": "kith:steps", "@container": "@list"},
    "basedOn": {"@id": "kith:basedOn", "@container": "@list"},
}
"""Only in documents with an `Article` of ours, since nothing else needs them."""

ACTOR_CONTEXT: list[object] = [AS_CONTEXT, SECURITY_V1, _ACTOR_TERMS]
POST_CONTEXT: list[object] = [AS_CONTEXT, _POST_TERMS]
ACTIVITY_CONTEXT: list[object] = [AS_CONTEXT, SECURITY_V1, DATA_INTEGRITY_V1, _POST_TERMS]
ACTOR_ACTIVITY_CONTEXT: list[object] = [
    AS_CONTEXT,
    SECURITY_V1,
    DATA_INTEGRITY_V1,
    {**_POST_TERMS, **_ACTOR_TERMS},
]
ARTICLE_CONTEXT: list[object] = [AS_CONTEXT, {**_POST_TERMS, **_ARTICLE_TERMS}]
ARTICLE_ACTIVITY_CONTEXT: list[object] = [
    AS_CONTEXT,
    SECURITY_V1,
    DATA_INTEGRITY_V1,
    {**_POST_TERMS, **_ARTICLE_TERMS},
]
PLAIN_CONTEXT = AS_CONTEXT

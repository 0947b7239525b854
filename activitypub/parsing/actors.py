"""Actors of every dialect to one `Actor`. What points away from the actor's own host is dropped,
and an inbox elsewhere is refused: it would make us post to a third party (ORG-30)."""

from typing import Any

from activitypub.errors import WireError
from activitypub.parsing import fields
from activitypub.parsing.names import username
from activitypub.vocabulary import ACTOR_TYPES, GROUP_TYPES, Actor, MultiKey, PublicKey

MAX_KEYS = 10
MAX_PEM = 8_192
MAX_MULTIBASE = 256
ED25519_PREFIX = "z6Mk"


def parse_actor(document: dict[str, Any]) -> Actor:
    """The actor in `document`.

    Raises WireError "unexpected-type", "no-id", "no-inbox", "foreign-inbox" or "bad-username".
    """
    kind = fields.document_type(document)
    if kind not in ACTOR_TYPES:
        raise WireError("unexpected-type", f"expected an actor, not {kind}")
    actor_id = fields.document_id(document)
    source = document.get("source")
    return Actor(
        id=actor_id,
        type=kind,
        preferred_username=username(document, actor_id),
        inbox=_inbox(document, actor_id),
        moderators=_moderators(document, actor_id) if kind in GROUP_TYPES else None,
        shared_inbox=_shared_inbox(document, actor_id),
        name=fields.line(fields.in_any_language(document, "name"), fields.MAX_NAME),
        summary=fields.text(fields.in_any_language(document, "summary"), fields.MAX_SUMMARY),
        summary_source=fields.text(
            source.get("content") if isinstance(source, dict) else source, fields.MAX_SUMMARY
        ),
        url=fields.home_url(fields.link(document.get("url"), "text/html"), actor_id),
        icon=fields.link(document.get("icon")),
        image=fields.link(document.get("image")),
        public_keys=_public_keys(document.get("publicKey"), actor_id),
        assertion_methods=_multi_keys(document.get("assertionMethod"), actor_id),
        implements=_implements(document),
        language=fields.language(document),
        webfinger=fields.line(document.get("webfinger"), fields.MAX_NAME),
        published=fields.moment(document.get("published")),
        updated=fields.moment(document.get("updated")),
        **_collections(document, actor_id),
        **_switches(document),
    )


def _inbox(document: dict[str, Any], actor_id: str) -> str:
    inbox = fields.reference(document.get("inbox"))
    if inbox is None:
        raise WireError("no-inbox", "expected an inbox that is an http or https URL")
    if fields.home_url(inbox, actor_id) is None:
        raise WireError("foreign-inbox", "the inbox of an actor must be on the actor's own host")
    return inbox


def _shared_inbox(document: dict[str, Any], actor_id: str) -> str | None:
    endpoints = document.get("endpoints")
    named = endpoints.get("sharedInbox") if isinstance(endpoints, dict) else None
    return fields.home_url(named or document.get("sharedInbox"), actor_id)


def _moderators(document: dict[str, Any], actor_id: str) -> str | None:
    """The moderators collection: `moderators` (PieFed), or `attributedTo` when that is one URL.

    A list in `attributedTo` names people (PeerTube, Smithereen), not a collection.
    """
    named = document.get("moderators")
    if named is None and isinstance(document.get("attributedTo"), str):
        named = document["attributedTo"]
    return fields.home_url(named, actor_id)


def _collections(document: dict[str, Any], actor_id: str) -> dict[str, Any]:
    names = ("outbox", "followers", "following", "featured")
    return {name: fields.home_url(document.get(name), actor_id) for name in names}


def _switches(document: dict[str, Any]) -> dict[str, Any]:
    return {
        "sensitive": fields.flag(document.get("sensitive")),
        "posting_restricted_to_mods": fields.flag(document.get("postingRestrictedToMods")),
        "manually_approves_followers": fields.flag(document.get("manuallyApprovesFollowers")),
        "discoverable": fields.optional_flag(document.get("discoverable")),
    }


def _public_keys(value: object, actor_id: str) -> tuple[PublicKey, ...]:
    keys: list[PublicKey] = []
    for one in fields.items(value, MAX_KEYS):
        if not isinstance(one, dict):
            continue
        key_id, pem = fields.http_url(one.get("id")), one.get("publicKeyPem")
        owner = fields.reference(one.get("owner", actor_id))
        if key_id and owner and isinstance(pem, str) and 0 < len(pem) <= MAX_PEM:
            keys.append(PublicKey(id=key_id, owner=owner, pem=pem))
    return tuple(keys)


def _multi_keys(value: object, actor_id: str) -> tuple[MultiKey, ...]:
    """Ed25519 keys given in full (FEP-521a). A key named by its URL alone is left out."""
    keys: list[MultiKey] = []
    for one in fields.items(value, MAX_KEYS):
        if not isinstance(one, dict) or one.get("type") != "Multikey":
            continue
        key_id, multibase = fields.http_url(one.get("id")), one.get("publicKeyMultibase")
        controller = fields.reference(one.get("controller", actor_id))
        if not key_id or not controller or not isinstance(multibase, str):
            continue
        if multibase.startswith(ED25519_PREFIX) and len(multibase) <= MAX_MULTIBASE:
            keys.append(MultiKey(id=key_id, controller=controller, multibase=multibase))
    return tuple(keys)


def _implements(document: dict[str, Any]) -> tuple[str, ...]:
    """What the actor's software says it can do (FEP-844e): on the Application, or its generator."""
    generator = document.get("generator")
    declared = document.get("implements")
    if declared is None and isinstance(generator, dict):
        declared = generator.get("implements")
    named = [
        fields.http_url(one.get("href") if isinstance(one, dict) else one)
        for one in fields.items(declared)
    ]
    return tuple(dict.fromkeys(one for one in named if one is not None))

"""Actors as their peers want them: the shape of group-federation b1."""

from activitypub.rendering.members import language_object, put
from activitypub.vocabulary import GROUP_TYPES, IMPLEMENTS, Actor, MultiKey, PublicKey


def actor_body(actor: Actor) -> dict[str, object]:
    """An actor without `@context`."""
    body: dict[str, object] = {
        "id": actor.id,
        "type": actor.type,
        "preferredUsername": actor.preferred_username,
    }
    put(
        body,
        name=actor.name,
        summary=actor.summary,
        url=actor.url,
        inbox=actor.inbox,
        outbox=actor.outbox,
        followers=actor.followers,
        following=actor.following,
        featured=actor.featured,
        webfinger=actor.webfinger,
        discoverable=actor.discoverable,
        published=actor.published,
        updated=actor.updated,
    )
    body["manuallyApprovesFollowers"] = actor.manually_approves_followers
    _add_details(body, actor)
    if actor.type in GROUP_TYPES:
        _add_group_members(body, actor)
    elif actor.sensitive:
        body["sensitive"] = True
    _add_keys(body, actor)
    _add_capabilities(body, actor)
    return body


def _add_details(body: dict[str, object], actor: Actor) -> None:
    if actor.summary_source is not None:
        body["source"] = {"content": actor.summary_source, "mediaType": "text/markdown"}
    if actor.icon is not None:
        body["icon"] = {"type": "Image", "url": actor.icon}
    if actor.image is not None:
        body["image"] = {"type": "Image", "url": actor.image}
    if actor.shared_inbox is not None:
        body["endpoints"] = {"sharedInbox": actor.shared_inbox}
    if actor.language is not None:
        body["language"] = [language_object(actor.language)]


def _add_group_members(body: dict[str, object], actor: Actor) -> None:
    """Lemmy finds the moderators in `attributedTo`, PieFed in `moderators` as well."""
    put(body, attributedTo=actor.moderators, moderators=actor.moderators)
    body["sensitive"] = actor.sensitive
    body["postingRestrictedToMods"] = actor.posting_restricted_to_mods


def _add_keys(body: dict[str, object], actor: Actor) -> None:
    keys = [_public_key(key) for key in actor.public_keys]
    if keys:
        body["publicKey"] = keys[0] if len(keys) == 1 else keys
    if actor.assertion_methods:
        body["assertionMethod"] = [_multi_key(key) for key in actor.assertion_methods]


def _public_key(key: PublicKey) -> dict[str, str]:
    return {"id": key.id, "owner": key.owner, "publicKeyPem": key.pem}


def _multi_key(key: MultiKey) -> dict[str, str]:
    return {
        "id": key.id,
        "type": "Multikey",
        "controller": key.controller,
        "publicKeyMultibase": key.multibase,
    }


def _add_capabilities(body: dict[str, object], actor: Actor) -> None:
    """What this software can do (FEP-844e): on the node's Application, and named by the others."""
    declared = actor.implements or tuple(IMPLEMENTS)
    implements = [{"href": href, "name": IMPLEMENTS.get(href, href)} for href in declared]
    if actor.type == "Application":
        body["implements"] = implements
    else:
        body["generator"] = {"type": "Application", "implements": implements}

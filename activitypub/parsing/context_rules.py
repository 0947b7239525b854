"""The fixed profile in which documents are read: plain JSON, known names, no context is fetched.

JSON-LD lets a sender rename terms, so that one document means two things to two readers. That has
been used to smuggle forged actors and objects past checks elsewhere. We never expand or compact: a
term means what ActivityStreams 2.0 says. Three rules keep that honest:

1. keywords that would re-shape the document (`@graph`, `@reverse`, ...) are refused anywhere;
2. an inline `@context` may add terms of its own, as Mastodon, Pleroma, PieFed, Mbin, Hubzilla and
   the rest do, but may not give the terms we rely on another meaning;
3. the list of contexts is short. Their URLs are ignored.
"""

from typing import Any

from activitypub.errors import WireError

AS = "https://www.w3.org/ns/activitystreams#"
SEC = "https://w3id.org/security#"
LDP = "http://www.w3.org/ns/ldp#"

MAX_CONTEXTS = 32
MAX_TERMS = 500
MAX_IRI = 500

RESHAPING = frozenset(
    {"@graph", "@reverse", "@included", "@nest", "@id", "@type", "@import", "@base", "@vocab"}
)
"""Keywords that must not stand in a document outside of `@context`."""

NAMING = frozenset({"@id", "@type"})

_AS_TERMS = frozenset(
    {"actor", "object", "target", "origin", "result", "attributedTo", "to", "cc", "bto", "bcc"}
    | {"audience", "inReplyTo", "content", "contentMap", "name", "nameMap", "summary", "summaryMap"}
    | {"published", "updated", "deleted", "formerType", "context", "replies", "url", "tag", "href"}
    | {"attachment", "items", "orderedItems", "first", "next", "totalItems", "endpoints", "icon"}
    | {"sharedInbox", "preferredUsername", "followers", "following", "outbox", "source", "endTime"}
    | {"mediaType", "oneOf", "anyOf", "closed", "image", "width", "height"}
)
_SEC_TERMS = frozenset(
    {"publicKey", "owner", "publicKeyPem", "assertionMethod", "controller", "publicKeyMultibase"}
)
_NAMES_IN_AS = {"contentMap": "content", "nameMap": "name", "summaryMap": "summary"}
_NAMES_IN_AS |= {"orderedItems": "items"}

MEANINGS: dict[str, frozenset[str]] = {
    **{term: frozenset({AS + _NAMES_IN_AS.get(term, term)}) for term in _AS_TERMS},
    **{term: frozenset({SEC + term}) for term in _SEC_TERMS},
    "inbox": frozenset({LDP + "inbox", AS + "inbox"}),
    "id": frozenset({"@id"}),
    "type": frozenset({"@type"}),
}
"""What each term we rely on must still mean after an inline context."""

PREFIXES = {"as": AS, "sec": SEC, "ldp": LDP}
_FIXED_PREFIXES = {
    "as": frozenset({AS}),
    "sec": frozenset({SEC}),
    "ldp": frozenset({LDP}),
}


def check_profile(document: dict[str, Any]) -> None:
    """Raise WireError "json-ld" unless `document` keeps to the profile. Its depth is bounded.

    Below a member with a prefix (`vcard:hasAddress` of Friendica), which we never read, `@id` and
    `@type` are let pass.
    """
    waiting: list[tuple[Any, bool]] = [(document, False)]
    while waiting:
        value, foreign = waiting.pop()
        if isinstance(value, list):
            waiting.extend((one, foreign) for one in value if isinstance(one, dict | list))
            continue
        for key, member in value.items():
            if key == "@context":
                check_context(member)
            elif key in RESHAPING and not (foreign and key in NAMING):
                raise WireError("json-ld", f"the JSON-LD keyword {key} is not accepted")
            elif isinstance(member, dict | list):
                waiting.append((member, foreign or ":" in key))


def check_context(context: object) -> None:
    """Raise WireError "json-ld" for a context that is too long or changes what our terms mean."""
    entries = context if isinstance(context, list) else [context]
    if len(entries) > MAX_CONTEXTS:
        raise WireError("json-ld", f"at most {MAX_CONTEXTS} contexts are accepted")
    inline = [entry for entry in entries if isinstance(entry, dict)]
    if not inline:
        return
    if sum(map(len, inline)) > MAX_TERMS:
        raise WireError("json-ld", f"at most {MAX_TERMS} inline terms are accepted")
    for entry in inline:
        for term, definition in entry.items():
            _check_definition(term, definition)
            if term in MEANINGS or term in _FIXED_PREFIXES:
                _check_meaning(term, definition, inline)


def _check_definition(term: str, definition: object) -> None:
    """Refuse definitions through keywords, and aliases of keywords (`{"ident": "@id"}`)."""
    if term.startswith("@"):
        if term == "@import":
            raise WireError("json-ld", "a context must not import another")
        return
    meaning = definition
    if isinstance(definition, dict):
        if "@reverse" in definition or "@nest" in definition:
            raise WireError("json-ld", f"the term {term[:40]} is defined by a keyword")
        if "@context" in definition:
            check_context(definition["@context"])
        meaning = definition.get("@id")
    if isinstance(meaning, str) and meaning in RESHAPING and meaning not in MEANINGS.get(term, ()):
        raise WireError("json-ld", f"the context makes {term[:40]} an alias of {meaning}")


def _check_meaning(term: str, definition: object, inline: list[dict[str, Any]]) -> None:
    """Refuse another meaning for a term we rely on. Only adding a type to it is fine."""
    meaning = definition
    if isinstance(definition, dict):
        if "@id" not in definition and term in MEANINGS:
            return
        meaning = definition.get("@id")
    allowed = MEANINGS[term] if term in MEANINGS else _FIXED_PREFIXES[term]
    if not isinstance(meaning, str) or _expand(meaning, inline) not in allowed:
        raise WireError("json-ld", f"the context changes the meaning of {term[:40]}")


def _expand(meaning: str, inline: list[dict[str, Any]]) -> str:
    """The IRI that a definition stands for, through at most three prefixes."""
    expanded = meaning
    for _ in range(3):
        prefix, colon, rest = expanded.partition(":")
        start = _prefix(prefix, inline) if colon and not rest.startswith("//") else None
        if start is None or len(expanded) > MAX_IRI:
            break
        expanded = start + rest
    return expanded.replace("http://www.w3.org/ns/activitystreams#", AS)


def _prefix(name: str, inline: list[dict[str, Any]]) -> str | None:
    if name in PREFIXES:
        return PREFIXES[name]
    definitions = (entry[name] for entry in reversed(inline) if name in entry)
    meaning = next(definitions, None)
    meaning = meaning.get("@id") if isinstance(meaning, dict) else meaning
    return meaning if isinstance(meaning, str) else None

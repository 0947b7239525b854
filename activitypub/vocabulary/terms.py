"""Names that the wire fixes: type names, the public address, our own extension terms."""

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
AS_CONTEXT = "https://www.w3.org/ns/activitystreams"

ACTOR_TYPES = frozenset({"Person", "Group", "Application", "Service", "Organization"})
GROUP_TYPES = frozenset({"Group"})
POST_TYPES = frozenset({"Note", "Page", "Article", "Question", "Video", "Event", "Audio", "Image"})

SHORT_TYPES = frozenset({"Note", "Question"})
"""Types of microblogs, whose `summary` is a content warning; elsewhere it is a teaser."""

KITH_NS = "https://kith.community/ns#"

REPLIES_WANTED = ("just-listening", "similar-experience", "ideas", "celebrate")
"""`kith:replyWanted` of a thread, in the words of DESIGN section 3."""

REACTIONS: dict[str, str] = {
    "hear-you": "🫂",
    "me-too": "🙋",
    "strength": "💪",
    "thank-you": "🙏",
    "proud": "🌟",
}
"""Our supportive reactions and the emoji each travels as (FEP-c0e0 `content`)."""

IMPLEMENTS: dict[str, str] = {
    "https://w3id.org/fep/1b12": "FEP-1b12: Group federation",
    "https://w3id.org/fep/8b32": "FEP-8b32: Object Integrity Proofs",
    "https://w3id.org/fep/521a": "FEP-521a: Representing actor's public keys",
    "https://w3id.org/fep/fe34": "FEP-fe34: Origin-based security model",
    "https://w3id.org/fep/7888": "FEP-7888: Demystifying the context property",
    "https://w3id.org/fep/c0e0": "FEP-c0e0: Emoji reactions",
    "https://w3id.org/fep/2c59": "FEP-2c59: Discovery of a Webfinger address from an actor",
    "https://w3id.org/fep/2677": "FEP-2677: Identifying the Application Actor",
    "https://w3id.org/fep/844e": "FEP-844e: Capability discovery",
    "https://w3id.org/fep/4f05": "FEP-4f05: Soft deletion",
    "https://datatracker.ietf.org/doc/html/rfc9421": "RFC-9421: HTTP Message Signatures",
}
"""What this software does, as FEP-844e tells it: the specification and its name."""

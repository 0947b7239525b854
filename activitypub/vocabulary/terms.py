"""Names that the wire fixes: type names, the public address, our own extension terms."""

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
AS_CONTEXT = "https://www.w3.org/ns/activitystreams"

ACTOR_TYPES = frozenset({"Person", "Group", "Application", "Service", "Organization"})
GROUP_TYPES = frozenset({"Group"})
POST_TYPES = frozenset({"Note", "Page", "Article", "Question", "Video", "Event", "Audio", "Image"})

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

"""What a reader sees of a thread, in words that mean the same on both nodes, and what differs.

Ids are each node's own, so posts are told by their URI. What depends on the reader is left out.
"""

from typing import Any

Seen = dict[str, Any]

_SAME = ("uri", "state", "title", "content_warning", "language", "reply_wanted", "removal_reason")


def seen(post: dict[str, Any], *, reactions: bool = True) -> Seen:
    """A post of the API with everything below it."""
    told: Seen = {name: post[name] for name in _SAME}
    told["author"] = post["author"]["uri"]
    told["words"] = " ".join(post["content"].split())
    told["written"] = post["created_at"][:19]
    told["edited"] = post["edited_at"] is not None
    if reactions:
        told["reactions"] = dict(sorted(post["reactions"].items()))
    if post["parent_id"] is None:
        told |= {"locked": post["locked"], "pinned": post["pinned"]}
    below = [seen(reply, reactions=reactions) for reply in post["replies"]]
    told["replies"] = sorted(below, key=lambda reply: (reply["written"], reply["uri"]))
    return told


def find(told: Seen, uri: str) -> Seen | None:
    """The post with this URI in what is seen of its thread."""
    waiting = [told]
    while waiting:
        one = waiting.pop()
        if one["uri"] == uri:
            return one
        waiting.extend(one["replies"])
    return None


def difference(names: tuple[str, str], one: Any, other: Any, place: str = "thread") -> str | None:
    """The first thing in which two views differ, in a sentence, or None."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        inner = ((f"{place}.{key}", one[key], other[key]) for key in one)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = zip(one, other, strict=True)
        inner = ((f"{place}[{number}]", *pair) for number, pair in enumerate(pairs))
    elif one == other:
        return None
    else:
        return f"{place} is {_short(one)} on {names[0]} and {_short(other)} on {names[1]}"
    found = (difference(names, here, there, where) for where, here, there in inner)
    return next((sentence for sentence in found if sentence), None)


def _short(value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value)} long"
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."

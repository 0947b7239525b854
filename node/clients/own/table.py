"""Every address of our own API, with what it takes and gives."""

from typing import Final

from node.clients.own.doors import Own
from node.groups import api_groups, api_members, api_moderation, api_posts, api_receipts
from node.groups import json_shapes as shapes
from node.replying import api as queue_api

_GROUP: Final = "/groups/{id}"
_POST: Final = "/posts/{id}"
_AFTER: Final = (("after", "what `next` of the page before said"),)
_BEFORE: Final = (("before", "what `next` of the page before said"),)


def _reads(path: str, handler: object, summary: str, **more: object) -> Own:
    filled: dict[str, object] = {
        "method": "GET",
        "path": path,
        "handler": handler,
        "summary": summary,
        "scope": "read:statuses",
        "who": "anyone",
        "topic": "Groups",
    }
    return Own(**(filled | more))  # type: ignore[arg-type]


def _acts(method: str, path: str, handler: object, summary: str, **more: object) -> Own:
    filled: dict[str, object] = {
        "method": method,
        "path": path,
        "handler": handler,
        "summary": summary,
        "scope": "write:statuses",
        "who": "user",
        "topic": "Groups",
        "status": 204,
    }
    return Own(**(filled | more))  # type: ignore[arg-type]


_PERSONS: Final = (
    _reads(
        "/me",
        api_groups.me,
        "Whom the token stands for, and the groups it belongs to",
        topic="Persona",
        scope="read:accounts",
        who="user",
        gives=api_groups.MeJson,
    ),
    _reads(
        "/needs-a-reply",
        queue_api.waiting,
        "Threads of one's groups that fewer than two others have answered: first threads, then "
        "the longest waits",
        topic="Waiting",
        who="user",
        gives=queue_api.WaitingJson,
        query=_AFTER,
    ),
)
_GROUPS: Final = (
    _reads("/groups", api_groups.groups, "Groups that may be found", gives=api_groups.GroupsJson),
    _acts(
        "POST",
        "/groups/look-up",
        api_groups.look_up,
        "A group by its handle, fetched if it is new here",
        scope="read:search",
        takes=api_groups.LookUpBody,
        gives=shapes.OneGroupJson,
        status=200,
    ),
    _reads(_GROUP, api_groups.group, "One group", gives=shapes.OneGroupJson),
    _reads(
        f"{_GROUP}/threads",
        api_groups.threads,
        "Its threads, last active first",
        gives=shapes.ThreadsJson,
        query=_BEFORE,
    ),
    _acts(
        "POST",
        f"{_GROUP}/threads",
        api_posts.open_thread,
        "Open a thread",
        takes=api_posts.ThreadBody,
        gives=shapes.PostJson,
        status=201,
    ),
)
_BELONGING: Final = (
    _acts(
        "POST",
        f"{_GROUP}/join",
        api_members.join,
        "Join, or ask to",
        topic="Belonging",
        scope="write:follows",
        takes=api_members.JoinBody,
        gives=shapes.MembershipJson,
        status=200,
    ),
    _acts(
        "POST",
        f"{_GROUP}/leave",
        api_members.leave,
        "Leave",
        topic="Belonging",
        scope="write:follows",
        takes=api_members.LeaveBody,
    ),
    _reads(
        f"{_GROUP}/questions",
        api_members.questions,
        "What the group asks whoever wants to join",
        topic="Belonging",
        scope="read:follows",
        who="user",
        gives=api_members.QuestionsJson,
    ),
    _reads(
        f"{_GROUP}/members",
        api_members.members,
        "Its members on this node, for members",
        topic="Belonging",
        scope="read:accounts",
        who="user",
        gives=api_members.MembersJson,
        query=_AFTER,
    ),
)
_POSTS: Final = (
    _reads(
        "/threads/{id}",
        api_posts.thread,
        "A thread with its replies as a tree",
        topic="Posts",
        gives=shapes.ThreadJson,
        query=_AFTER,
    ),
    _acts(
        "PATCH",
        _POST,
        api_posts.edit,
        "Edit one's own post; what is left out stays as it is",
        topic="Posts",
        takes=api_posts.EditBody,
        gives=shapes.PostJson,
        status=200,
    ),
    _acts("DELETE", _POST, api_posts.delete, "Delete one's own post", topic="Posts"),
    _reads(
        f"{_POST}/receipts",
        api_receipts.receipts,
        "What other nodes answered to the last news of one's own post, a delete above all",
        topic="Posts",
        who="user",
        gives=api_receipts.ReceiptsJson,
    ),
    _acts(
        "POST",
        f"{_POST}/replies",
        api_posts.reply,
        "Reply",
        topic="Posts",
        takes=api_posts.ReplyBody,
        gives=shapes.PostJson,
        status=201,
    ),
    _acts(
        "PUT",
        f"{_POST}/reaction",
        api_posts.react,
        "React by name; another one replaces it",
        topic="Posts",
        scope="write:favourites",
        takes=api_posts.ReactionBody,
    ),
    _acts(
        "DELETE",
        f"{_POST}/reaction",
        api_posts.unreact,
        "Take one's reaction back",
        topic="Posts",
        scope="write:favourites",
    ),
)
_MODERATION: Final = (
    _acts(
        "POST",
        f"{_GROUP}/moderators",
        api_groups.add_moderator,
        "Let a member moderate",
        topic="Moderation",
        takes=api_groups.ModeratorBody,
    ),
    _acts(
        "DELETE",
        f"{_GROUP}/moderators/{{persona}}",
        api_groups.remove_moderator,
        "Let a moderator be a member again",
        topic="Moderation",
    ),
    *(
        _acts("POST", f"{_POST}/{verb}", handler, summary, topic="Moderation", takes=body)
        for verb, handler, summary, body in (
            (
                "remove",
                api_moderation.remove,
                "Take a post out of sight",
                api_moderation.ReasonBody,
            ),
            ("restore", api_moderation.restore, "Show it again", None),
            ("lock", api_moderation.lock, "Take no more replies", api_moderation.ReasonBody),
            ("unlock", api_moderation.unlock, "Take replies again", None),
            ("pin", api_moderation.pin, "Keep a thread on top", None),
            ("unpin", api_moderation.unpin, "Let it go down again", None),
        )
    ),
)
TABLE: Final[tuple[Own, ...]] = (*_PERSONS, *_GROUPS, *_BELONGING, *_POSTS, *_MODERATION)

"""The JSON API of groups, for a program that holds a persona's bearer token (docs/api.md).

Every handler is thin: who asks, what they sent, one use case, one answer.
"""

from aiohttp import web

from node.groups import api_groups, api_members, api_moderation, api_posts

_GROUP = "/api/groups/{id}"
_POST = "/api/posts/{id}"


def api_routes() -> list[web.RouteDef]:
    """Every address of the API with its handler."""
    return [
        web.get("/api/me", api_groups.me),
        web.get("/api/groups", api_groups.groups),
        web.post("/api/groups/look-up", api_groups.look_up),
        web.get(_GROUP, api_groups.group),
        web.post(f"{_GROUP}/join", api_members.join),
        web.post(f"{_GROUP}/leave", api_members.leave),
        web.get(f"{_GROUP}/questions", api_members.questions),
        web.get(f"{_GROUP}/members", api_members.members),
        web.get(f"{_GROUP}/threads", api_groups.threads),
        web.post(f"{_GROUP}/threads", api_posts.open_thread),
        web.post(f"{_GROUP}/moderators", api_groups.add_moderator),
        web.delete(f"{_GROUP}/moderators/{{persona}}", api_groups.remove_moderator),
        web.get("/api/threads/{id}", api_posts.thread),
        web.patch(_POST, api_posts.edit),
        web.delete(_POST, api_posts.delete),
        web.post(f"{_POST}/replies", api_posts.reply),
        web.put(f"{_POST}/reaction", api_posts.react),
        web.delete(f"{_POST}/reaction", api_posts.unreact),
        web.post(f"{_POST}/remove", api_moderation.remove),
        web.post(f"{_POST}/restore", api_moderation.restore),
        web.post(f"{_POST}/lock", api_moderation.lock),
        web.post(f"{_POST}/unlock", api_moderation.unlock),
        web.post(f"{_POST}/pin", api_moderation.pin),
        web.post(f"{_POST}/unpin", api_moderation.unpin),
    ]

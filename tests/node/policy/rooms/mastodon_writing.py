"""The policy of writing through the Mastodon API: what a person may not read, it cannot touch."""

from typing import Any, Final

from tests.node.policy.language import route

STATUS: Final = "/api/v1/statuses/{id}"
ACCOUNT: Final = "/api/v1/accounts/{id}"
WRITE: Final[Any] = {"others": 404, "anonymous": 401}
OWN: Final[Any] = {"signed_in": 200, "anonymous": 401}
NOBODYS: Final[Any] = {"signed_in": 404, "anonymous": 401}
CLOSED: Final = ("local thread", "private thread")

ROUTES = [
    route("POST /api/v1/statuses", send={"status": "Hello.", "visibility": "private"}, **OWN),
    route(f"PUT {STATUS}", "thread", send={"status": "Hello."}, author=200, **WRITE),
    route(f"DELETE {STATUS}", "thread", author=200, **WRITE),
    route(f"GET {STATUS}/source", "thread", author=200, **WRITE),
    route(f"GET {STATUS}/history", "thread", readers=200, others=404),
    route(f"GET {STATUS}/translate", "thread", readers=403, **WRITE),
    route(f"POST {STATUS}/translate", "thread", readers=403, **WRITE),
    *(
        route(f"POST {STATUS}/{verb}", "thread", readers=200, **WRITE)
        for verb in (
            *("favourite", "unfavourite", "bookmark", "unbookmark", "mute", "unmute"),
            "unreblog",
        )
    ),
    route(f"POST {STATUS}/reblog", "public thread", readers=200, **WRITE),
    # What is not public is not handed on.
    *(route(f"POST {STATUS}/reblog", what, readers=422, **WRITE) for what in CLOSED),
    # What stands in a group is pinned there, by its moderators.
    route(f"POST {STATUS}/pin", "thread", readers=422, **WRITE),
    route(f"POST {STATUS}/unpin", "thread", readers=422, **WRITE),
    route("GET /api/v1/favourites", **OWN),
    route("GET /api/v1/bookmarks", **OWN),
    route("GET /api/v1/scheduled_statuses", **OWN),
    *(
        route(f"{method} /api/v1/scheduled_statuses/{{id}}", "group", **NOBODYS)
        for method in ("GET", "DELETE")
    ),
    route(
        "PUT /api/v1/scheduled_statuses/{id}",
        "group",
        send={"scheduled_at": "2027-01-01T12:00:00Z"},
        **NOBODYS,
    ),
    route("GET /api/v1/accounts/relationships", query="?id[]=1", **OWN),
    route(f"POST {ACCOUNT}/follow", "group", readers=200, **WRITE),
    # Who hosts a group hands it on first.
    route(f"POST {ACCOUNT}/unfollow", "group", moderator=403, readers=200, **WRITE),
    route(f"POST {ACCOUNT}/remove_from_followers", "group", readers=200, **WRITE),
    route("GET /api/v1/follow_requests", **OWN),
    route("POST /api/v1/follow_requests/{id}/authorize", "group", **NOBODYS),
    route("POST /api/v1/follow_requests/{id}/reject", "group", **NOBODYS),
    route("PATCH /api/v1/accounts/update_credentials", send={"locked": "true"}, **OWN),
    route("DELETE /api/v1/profile/avatar", **OWN),
    route("DELETE /api/v1/profile/header", **OWN),
    route("GET /api/v1/preferences", **OWN),
    # An app signs people up, and only in test mode; nobody here waits for a letter.
    route("POST /api/v1/accounts", signed_in=422, anonymous=401),
    route("POST /api/v1/emails/confirmations", signed_in=403, anonymous=401),
]

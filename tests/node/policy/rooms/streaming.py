"""The policy of streams: a person's token opens them, and what comes is decided for each reader."""

from typing import Any

from tests.node.policy.language import SIGN_IN, route

ENTRY = "tests/node/clients/streaming/test_entry.py"
# They never end for those who may listen.
OPEN: Any = {"signed_in": 0, "anonymous": 401, "elsewhere": ENTRY}
ROOT = "/api/v1/streaming"

PUSH = "/api/v1/push/subscription"

ROUTES = [
    route("GET /settings/devices", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/devices", send={"says": "?"}, signed_in=422, anonymous=401),
    # The tokens of this world have no scope for it; one's own token is all that it is about, as
    # tests/node/clients/push/test_push.py shows.
    route(f"GET {PUSH}", signed_in=403, anonymous=401),
    route(f"PUT {PUSH}", signed_in=403, anonymous=401),
    route(f"POST {PUSH}", signed_in=403, anonymous=401),
    route(f"DELETE {PUSH}", signed_in=403, anonymous=401),
    # Whoever may listen is told that this address is for WebSockets.
    route(f"GET {ROOT}", signed_in=422, anonymous=401),
    route(f"GET {ROOT}/health", others=200),
    *(
        route(f"GET {ROOT}/{path}", **OPEN)
        for path in (
            *("user", "user/notification", "public", "public/local", "public/remote"),
            *("hashtag", "hashtag/local", "list", "direct"),
        )
    ),
]

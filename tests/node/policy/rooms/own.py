"""The policy of our own API, where it has what the pages have not; the rest is with groups."""

from tests.node.policy.language import route

V1 = "/api/kith/v1"

ROUTES = [
    route(f"GET {V1}/needs-a-reply", signed_in=200, others=401),
    # The author's, and of what left the node: none of the others learns whether it is there.
    route(
        f"GET {V1}/posts/{{id}}/receipts",
        "thread",
        author=200,
        anonymous=401,
        remote=401,
        others=404,
    ),
    route("GET /openapi.json", others=200),
    route("GET /api", others=200),
]

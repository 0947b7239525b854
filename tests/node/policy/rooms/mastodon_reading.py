"""The policy of reading through the Mastodon API: what is public needs no token, what is not there
for the reader is not there."""

from tests.node.policy.language import route

STATUS = "/api/v1/statuses/{id}"
ACCOUNT = "/api/v1/accounts/{id}"

ROUTES = [
    route(f"GET {STATUS}", "thread", readers=200, others=404),
    route(f"GET {STATUS}/context", "thread", readers=200, others=404),
    route(f"GET {STATUS}/card", "thread", readers=200, others=404),
    route("GET /api/v1/statuses", query="?id[]=1", others=200),
    route("GET /api/v1/accounts/verify_credentials", signed_in=200, anonymous=401),
    route("GET /api/v1/accounts/lookup", query="?acct=nobody-at-all", others=404),
    route("GET /api/v1/accounts", query="?id[]=1", others=200),
    route(f"GET {ACCOUNT}", "group", readers=200, others=404),
]

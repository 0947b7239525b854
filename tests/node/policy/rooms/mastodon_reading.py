"""The policy of reading through the Mastodon API: what is public needs no token, what is not there
for the reader is not there."""

from node.clients.mastodon import stubs
from tests.node.policy.language import Route, route

STATUS = "/api/v1/statuses/{id}"
ACCOUNT = "/api/v1/accounts/{id}"

INSTANCE = (
    *("/api/v1/instance", "/api/v2/instance", "/api/v1/instance/rules"),
    *("/api/v1/instance/extended_description", "/api/v1/instance/privacy_policy"),
    "/api/v1/instance/languages",
)


def stub(path: str) -> Route:
    """A list that is always empty, for whoever may ask."""
    _, who = (stubs.EMPTY | stubs.NOTHING)[path]
    about = "group" if "{id}" in path else "nothing"
    if who == "user":
        return route(f"GET {path}", about, signed_in=200, anonymous=401)
    return route(f"GET {path}", about, others=200)


ROUTES = [
    *(route(f"GET {path}", others=200) for path in INSTANCE),
    route("GET /api/v1/instance/terms_of_service", others=404),
    *(stub(path) for path in (*stubs.EMPTY, *stubs.NOTHING)),
    route(f"GET {STATUS}", "thread", readers=200, others=404),
    route(f"GET {STATUS}/context", "thread", readers=200, others=404),
    route(f"GET {STATUS}/card", "thread", readers=200, others=404),
    route("GET /api/v1/statuses", query="?id[]=1", others=200),
    route("GET /api/v1/accounts/verify_credentials", signed_in=200, anonymous=401),
    route("GET /api/v1/accounts/lookup", query="?acct=nobody-at-all", others=404),
    route("GET /api/v1/accounts", query="?id[]=1", others=200),
    route(f"GET {ACCOUNT}", "group", readers=200, others=404),
]

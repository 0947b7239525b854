"""What people see of OAuth: the question whether an app may act for them, the code to take to it,
and the list of their apps."""

from node.clients.oauth.pages import authorize, own
from node.web.http import RouteDef, get, post


def routes() -> list[RouteDef]:
    """The address of the question comes with a slash at its end as well: some apps write it so."""
    return [
        get("/oauth/authorize", authorize.show),
        get("/oauth/authorize/", authorize.show),
        post("/oauth/authorize", authorize.decide),
        post("/oauth/authorize/", authorize.decide),
        get("/settings/apps", own.show),
        post("/settings/apps/end", own.end),
        post("/settings/apps/end-all", own.end_all),
    ]

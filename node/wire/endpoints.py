"""Where apps find their doors, as every actor of this node says it (W3C ActivityPub 4.1, FEP-d8c2).

They are the same for everybody, so they tell nothing of anybody.
"""


def client_endpoints(origin: str) -> dict[str, str]:
    """The `endpoints` of a persona."""
    return {
        "sharedInbox": f"{origin}/inbox",
        "proxyUrl": f"{origin}/client/proxy",
        "uploadMedia": f"{origin}/client/upload",
        "oauthAuthorizationEndpoint": f"{origin}/oauth/authorize",
        "oauthTokenEndpoint": f"{origin}/oauth/token",
        "oauthRegistrationEndpoint": f"{origin}/oauth/register",
    }


def client_members(uri: str, origin: str) -> dict[str, object]:
    """What a persona's document has for apps beside what it has for peers."""
    return {
        "liked": f"{uri}/liked",
        "endpoints": client_endpoints(origin),
    }

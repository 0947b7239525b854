"""The policy of news: everybody reads their own, and nobody else's has an address."""

from tests.node.policy.language import SIGN_IN, route

ROUTES = [
    route("GET /news", signed_in=200, anonymous=SIGN_IN),
    route("POST /news/read", send={"up_to": "1"}, signed_in=303, anonymous=401),
]

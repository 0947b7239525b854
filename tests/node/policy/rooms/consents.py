"""The policy of consents: everybody's own, also while an account stands still."""

from tests.node.policy.language import SIGN_IN, route

HERE = "/settings/consents"

ROUTES = [
    route(f"GET {HERE}", signed_in=200, anonymous=SIGN_IN),
    route(f"POST {HERE}/taking-part", send={"agrees": "yes"}, signed_in=303, anonymous=401),
    route(f"POST {HERE}/stop", signed_in=303, anonymous=401),
    route(f"POST {HERE}/stop-sharing", send={"consent": "1"}, signed_in=404, anonymous=401),
]

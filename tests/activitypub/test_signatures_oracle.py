"""Another implementation of RFC 9421 believes what we sign, and we what it signs."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import http_message_signatures as oracle
import pytest

from activitypub.signatures import HttpMessage, sign_rfc9421

from .signed import BODY, ED25519_KEY, KEY_ID, RSA_KEY, PrivateKey, accept

TYPE = ("Content-Type", "application/activity+json")


@dataclass
class OracleRequest:
    """A request in the shape that http-message-signatures reads."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


class OracleKeys(oracle.HTTPSignatureKeyResolver):
    def __init__(self, key: PrivateKey) -> None:
        self.key = key

    def resolve_public_key(self, key_id: str) -> object:
        assert key_id == KEY_ID
        return self.key.public_key()

    def resolve_private_key(self, key_id: str) -> object:
        assert key_id == KEY_ID
        return self.key


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
@pytest.mark.parametrize("target", ["/inbox", "/inbox?a=b%20c&d", "/a%2Fb/~c"])
def test_another_implementation_agrees_both_ways(kind: str, target: str) -> None:
    algorithms = oracle.algorithms
    algorithm = algorithms.RSA_V1_5_SHA256 if kind == "rsa" else algorithms.ED25519
    key: PrivateKey = RSA_KEY if kind == "rsa" else ED25519_KEY
    keys = OracleKeys(key)
    now = datetime.now(UTC).replace(microsecond=0)  # the oracle looks at the real clock
    ours = HttpMessage("POST", "https", "kith.example", target, (TYPE,), BODY)
    theirs = OracleRequest("POST", f"https://kith.example{target}")
    theirs.headers.update(ours.headers)
    theirs.headers.update(sign_rfc9421(ours, KEY_ID, key, now))
    results = oracle.HTTPMessageVerifier(signature_algorithm=algorithm, key_resolver=keys).verify(
        theirs, body=BODY
    )
    assert [result.body for result in results] == [BODY]

    again = OracleRequest("POST", f"https://kith.example{target}")
    again.headers.update(ours.headers)
    covered = ("@method", "@target-uri", "content-type")
    oracle.HTTPMessageSigner(signature_algorithm=algorithm, key_resolver=keys).sign(
        again, key_id=KEY_ID, created=now, covered_component_ids=covered, body=BODY
    )
    arrived = replace(ours, headers=tuple(again.headers.items()))
    assert accept(arrived, key.public_key(), now + timedelta(minutes=1))

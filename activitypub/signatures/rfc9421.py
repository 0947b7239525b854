"""HTTP Message Signatures, RFC 9421, in the one form that we send and accept.

Exactly one labelled signature per request. It covers the method, the whole target and (when there
is a body) Content-Digest, and carries `created` and `keyid`.
"""

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from activitypub.errors import SignatureError
from activitypub.signatures.algorithms import sign_rsa
from activitypub.signatures.components import component_value
from activitypub.signatures.digests import content_digest
from activitypub.signatures.message import (
    HttpMessage,
    ParsedSignature,
    check_signable,
    content_type_of,
    index_fields,
    join_lines,
    moment,
)
from activitypub.signatures.structured import parse_dictionary, serialize_member

ALGORITHMS = frozenset({"rsa-v1_5-sha256", "ed25519"})
_TEXTS = ("alg", "keyid", "nonce", "tag")
_MAX_COVERED = 32


def read_rfc9421(message: HttpMessage, fields: Mapping[str, str]) -> ParsedSignature:
    """Read Signature-Input and Signature and build what they must have signed.

    Raises SignatureError when there is not exactly one signature, when its parameters are missing
    or of the wrong type, and when it covers too little (RFC 9421 3.2 and our profile).
    """
    label, member = _only_member("signature-input", fields.get("signature-input", ""))
    other, (signature, _) = _only_member("signature", fields.get("signature", ""))
    if label != other or not isinstance(signature, bytes):
        raise SignatureError("malformed", "Signature and Signature-Input do not belong together.")
    items, params = _inner_list(member)
    _check_parameters(params)
    names = tuple(name for name, _ in items)
    _check_cover(message, {name for name, extra in items if not extra})
    expires = params.get("expires")
    if expires is not None and expires < params["created"]:
        raise SignatureError("bad-time", "The signature ends before it begins.")
    created = moment(params["created"])
    return ParsedSignature(
        profile="rfc9421",
        key_id=params["keyid"],
        algorithm=params.get("alg"),
        components=names,
        created=created,
        expires=None if expires is None else moment(expires),
        signature=signature,
        signed_at=created,
        digest=fields.get("content-digest") if "content-digest" in names else None,
        bases=(_build(message, fields, member),),
        message=message,
    )


def signature_base(message: HttpMessage, signature_input: str) -> bytes:
    """The signature base (RFC 9421 2.5) for the one signature that a Signature-Input describes.

    Says nothing of whether our profile accepts it. Raises SignatureError when a component has
    no value.
    """
    _, member = _only_member("signature-input", signature_input)
    return _build(message, index_fields(message), member)


def sign_rfc9421(
    message: HttpMessage,
    key_id: str,
    private_key: RSAPrivateKey | Ed25519PrivateKey,
    created: datetime,
    digest: str | None = None,
) -> dict[str, str]:
    """The headers that sign a request: Signature-Input, Signature, and Content-Digest with a body.

    `digest` is `content_digest(body)` when the caller has it already. A request with a body must
    have its Content-Type among its headers. Raises SignatureError when it cannot be signed.
    """
    check_signable(message, key_id)
    added: dict[str, str] = {}
    covered = '"@method" "@target-uri"'
    lines = f'"@method": {message.method}\n"@target-uri": {_target_uri(message)}\n'
    if message.body is not None:
        added["Content-Digest"] = digest if digest is not None else content_digest(message.body)
        content_type = content_type_of(message)
        covered += ' "content-digest" "content-type"'
        lines += f'"content-digest": {added["Content-Digest"]}\n"content-type": {content_type}\n'
    label = "rsa-v1_5-sha256" if isinstance(private_key, RSAPrivateKey) else "ed25519"
    params = f'({covered});created={int(created.timestamp())};keyid="{key_id}";alg="{label}"'
    base = f'{lines}"@signature-params": {params}'.encode("ascii")
    if isinstance(private_key, RSAPrivateKey):
        signature = sign_rsa(private_key, base)
    else:
        signature = private_key.sign(base)
    added["Signature-Input"] = f"sig1={params}"
    added["Signature"] = f"sig1=:{b64encode(signature).decode('ascii')}:"
    return added


def _target_uri(message: HttpMessage) -> str:
    return f"{message.scheme}://{message.authority}{message.target}"


def _only_member(name: str, value: str) -> tuple[str, Any]:
    members = parse_dictionary(name, value)
    if len(members) != 1:
        raise SignatureError("not-one-signature", f"{name} must hold exactly one signature.")
    return next(iter(members.items()))


def _inner_list(member: Any) -> tuple[list[tuple[str, dict[str, Any]]], dict[str, Any]]:
    items, params = member
    if not isinstance(items, list) or len(items) > _MAX_COVERED:
        raise SignatureError("malformed", "Signature-Input is not a short list of components.")
    seen = set()
    for name, extra in items:
        identity = (name, tuple(sorted((key, str(value)) for key, value in extra.items())))
        if type(name) is not str or identity in seen:
            raise SignatureError("malformed", "A component is not a string, or stands twice.")
        seen.add(identity)
    return items, params


def _check_parameters(params: Mapping[str, Any]) -> None:
    for name in _TEXTS:
        if name in params and type(params[name]) is not str:
            raise SignatureError("malformed", f"The parameter {name} is not a string.")
    for name in ("created", "expires"):
        if name in params and type(params[name]) is not int:
            raise SignatureError("bad-time", f"The parameter {name} is not an integer.")
    if "created" not in params or not params.get("keyid"):
        raise SignatureError("covers-too-little", "The signature needs created and keyid.")
    if params.get("alg") is not None and params["alg"] not in ALGORITHMS:
        raise SignatureError("algorithm", "Only rsa-v1_5-sha256 and ed25519 are accepted.")


def _check_cover(message: HttpMessage, covered: set[str]) -> None:
    needed = {"@method"}
    if "@target-uri" not in covered:
        needed |= {"@authority", "@path"} | ({"@query"} if "?" in message.target else set())
    if message.carries_body:
        needed.add("content-digest")
    missing = needed - covered
    if missing:
        asked = " ".join(sorted(missing))
        raise SignatureError("covers-too-little", f"The signature must also cover {asked}.")


def _build(message: HttpMessage, fields: Mapping[str, str], member: Any) -> bytes:
    items, _ = _inner_list(member)
    lines = []
    for name, extra in items:
        value = component_value(message, fields, name, extra)
        lines.append(f"{serialize_member((name, extra))}: {value}")
    lines.append(f'"@signature-params": {serialize_member(member)}')
    return join_lines(lines)

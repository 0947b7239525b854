"""Whatever stands in the headers of a stranger, only SignatureError comes out."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from activitypub.errors import SignatureError
from activitypub.signatures import HttpMessage, read_signature

from .signed import BODY, accept, cavage, header, request, rfc9421, with_header

SIGNED = (cavage(request()), rfc9421(request()))
FIELDS = (
    "Signature",
    "Signature-Input",
    "Authorization",
    "Digest",
    "Content-Digest",
    "Date",
    "Host",
)
PIECES = st.sampled_from(
    [
        'keyId="k"',
        'headers="(request-target) host date digest"',
        'signature="AAAA"',
        "created=1",
        "sig1=",
        '("@method" "@target-uri" "content-digest")',
        ";created=1",
        ';keyid="k"',
        "sig1=:AAAA:",
        "Signature ",
        ",",
    ]
)
TEXT = st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join)


@given(
    fields=st.lists(st.tuples(st.sampled_from(FIELDS), TEXT), max_size=6),
    target=st.text(max_size=10) | st.just("/inbox"),
    method=st.sampled_from(["POST", "GET", "post"]) | st.text(max_size=4),
)
@settings(max_examples=300, deadline=None)
def test_any_header_text_is_refused_or_read(
    fields: list[tuple[str, str]], target: str, method: str
) -> None:
    for base in ((), rfc9421(request()).headers):
        message = HttpMessage(method, "https", "kith.example", target, (*base, *fields), BODY)
        with suppress(SignatureError):
            accept(message)


@given(text=st.text())
@settings(max_examples=200, deadline=None)
def test_any_value_of_one_header_is_refused_or_read(text: str) -> None:
    for good in SIGNED:
        for name in ("Signature", "Signature-Input", "Digest", "Content-Digest", "Date"):
            if header(good, name):
                with suppress(SignatureError):
                    read_signature(with_header(good, name, text))

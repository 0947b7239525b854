"""RFC 9421 section 2: which value stands for each part of a request, and which parts have none."""

from dataclasses import replace

import pytest

from activitypub.errors import SignatureError
from activitypub.signatures import read_signature, signature_base

from .signed import accept, header, refusal, request, rfc9421, with_header


@pytest.mark.parametrize(
    ("component", "reason"),
    [
        ("@foo", "component"),
        ("@status", "component"),
        ("@method", "malformed"),
        ('"content-digest";key="sha-256"', "component"),
        ('"content-digest";sf', "component"),
        ('"content-digest";bs', "component"),
        ('"@method";req', "component"),
        ('"digest";key="x"', "component"),
        ('"X-Upper"', "component"),
        ('"x-absent"', "header-absent"),
        ('"@query-param";name="z"', "component"),
        ('"@query-param"', "component"),
        ('"@query-param";name=a', "component"),
        ('"@query-param";name="a";req', "component"),
        ("1", "malformed"),
        ("(1)", "bad-header"),
    ],
)
def test_sig_11_components_that_have_no_value_are_refused(component: str, reason: str) -> None:
    written = component if component[0] in '"1(' else f'"{component}"'
    good = rfc9421(request(target="/inbox?a=b"))
    value = header(good, "Signature-Input").replace("(", f"({written} ", 1)
    assert refusal(with_header(good, "Signature-Input", value)) == reason


def test_a_signature_covers_at_most_32_components() -> None:
    names = tuple(f"x-{number}" for number in range(31))
    message = replace(request(), headers=(*request().headers, *((name, "") for name in names)))
    needed = ("@method", "@target-uri", "content-digest")
    accept(rfc9421(message, (*needed, *names[:29])))
    assert refusal(rfc9421(message, (*needed, *names[:30]))) == "malformed"


def test_query_parameters_are_read_one_by_one() -> None:
    message = request(target="/foo?a=b%20c&d&%C3%A9=%C3%BC")
    line = signature_base(message, 's=("@query-param";name="a");created=1').decode().split("\n")[0]
    assert line == '"@query-param";name="a": b%20c'
    base = signature_base(message, 's=("@query-param";name="d" "@query-param";name="%C3%A9")')
    assert base.decode().split("\n")[:2] == [
        '"@query-param";name="d": ',
        '"@query-param";name="%C3%A9": %C3%BC',
    ]
    with pytest.raises(SignatureError):
        signature_base(request(target="/foo?a=1&a=2"), 's=("@query-param";name="a")')
    with pytest.raises(SignatureError):
        signature_base(request(target="/?" + "a&" * 200), 's=("@query-param";name="a")')


def test_other_derived_components_have_the_values_of_the_rfc() -> None:
    message = replace(request(target="/a?b"), scheme="http", authority="kith.example:8420")
    base = signature_base(message, 's=("@scheme" "@request-target" "@target-uri" "@query")')
    assert base.decode().split("\n")[:4] == [
        '"@scheme": http',
        '"@request-target": /a?b',
        '"@target-uri": http://kith.example:8420/a?b',
        '"@query": ?b',
    ]
    assert signature_base(request(), 's=("@query")').startswith(b'"@query": ?\n')


def test_a_request_line_that_is_no_ascii_is_refused() -> None:
    accept(rfc9421(request()))
    for odd in (replace(request(), method="P\u00d6ST"), request(target="/caf\u00e9")):
        with pytest.raises(SignatureError):
            read_signature(rfc9421(odd, make=lambda base: "AAAA"))
        with pytest.raises(SignatureError):
            signature_base(odd, 's=("@method" "@path")')
    for target in ("", "inbox", "*", "/in box", "/\n", "https://kith.example/inbox"):
        assert refusal(replace(rfc9421(request()), target=target)) == "bad-target"
    assert refusal(replace(rfc9421(request()), method="POST\n")) == "bad-target"

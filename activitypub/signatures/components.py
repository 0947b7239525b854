"""What RFC 9421 calls components: the parts of a request that one line of the base stands for.

Plain header fields and the derived components of a request are known. Parameters that pick or
rewrite parts of a field (`sf`, `key`, `bs`, `tr`, `req`) are refused: no peer sends them, and a
signature over a part of Content-Digest must not look like one over the whole.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote

from activitypub.errors import SignatureError
from activitypub.signatures.message import HttpMessage, covered_value


def _path(message: HttpMessage) -> str:
    return message.target.partition("?")[0]


def _query(message: HttpMessage) -> str:
    return "?" + message.target.partition("?")[2]


_DERIVED: Mapping[str, Callable[[HttpMessage], str]] = {
    "@method": lambda message: message.method,
    "@target-uri": lambda message: f"{message.scheme}://{message.authority}{message.target}",
    "@authority": lambda message: message.authority,
    "@scheme": lambda message: message.scheme,
    "@request-target": lambda message: message.target,
    "@path": _path,
    "@query": _query,
}


def component_value(
    message: HttpMessage, fields: Mapping[str, str], name: str, params: Mapping[str, Any]
) -> str:
    """The value of one component (RFC 9421 2.1 and 2.2); SignatureError when it has none."""
    if name == "@query-param":
        return _query_parameter(message, params)
    if params:
        raise SignatureError("component", f"Parameters of the component {name!r} are not accepted.")
    if name.startswith("@"):
        derive = _DERIVED.get(name)
        if derive is None:
            raise SignatureError("component", f"The component {name!r} is not known.")
        return derive(message)
    if name != name.lower():
        raise SignatureError("component", "Component names are written in lower case.")
    return covered_value(fields, name)


def _query_parameter(message: HttpMessage, params: Mapping[str, Any]) -> str:
    """One named parameter of the query (RFC 9421 2.2.8); it must stand there exactly once."""
    wanted = params.get("name")
    if set(params) != {"name"} or type(wanted) is not str:
        raise SignatureError("component", "@query-param takes a name and nothing else.")
    try:
        pairs = parse_qsl(_query(message)[1:], keep_blank_values=True, max_num_fields=100)
    except ValueError as error:
        raise SignatureError("component", "The query cannot be read.") from error
    values = [value for name, value in pairs if quote(name, safe="*-._") == wanted]
    if len(values) != 1:
        raise SignatureError("component", "@query-param must name one parameter of the query.")
    return quote(values[0], safe="*-._")

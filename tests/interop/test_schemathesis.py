"""schemathesis 4 against a node: our own API by its own description, all phases, and the Mastodon
API by its published schema, cut down to what is served here, where a copy of it is at hand.
"""

import json
import re
import subprocess
from pathlib import Path
from typing import Any, Final
from urllib.request import Request, urlopen

import pytest

from node.clients.routes import client_routes
from node.scopes import SYNONYMS
from tests.interop.suite_node import SuiteNode
from tests.interop.tools import python_tool
from tests.shared import require_shared

PROGRAM: Final = "schemathesis==4.32.5"
SECONDS: Final = 240
_PLACE = re.compile(r"\{(\w+)\}")

pytestmark = [pytest.mark.xdist_group("schemathesis"), pytest.mark.timeout(1200)]


def _run(node: SuiteNode, place: str, token: str, *options: str, at: Path) -> None:
    """Runs it from an empty folder; every finding is printed when there is one."""
    done = subprocess.run(
        [
            *(str(python_tool("schemathesis", PROGRAM) / "st"), "run", place),
            *("-H", f"Authorization: Bearer {token}", "--warnings", "off", "--workers", "1"),
            *("--generation-deterministic", "--continue-on-failure", *options),
        ],
        cwd=at,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS * 4,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]


def test_our_own_api_never_breaks(plain_node: SuiteNode, tmp_path: Path) -> None:
    plain_node.person("rowan")
    token = plain_node.token("rowan")
    plain_node.kith("group", "create", "sleep", "--name", "Sleep", "--founder", "rowan")
    _run(
        plain_node,
        f"{plain_node.origin}/openapi.json",
        token,
        *("--checks", "not_a_server_error,status_code_conformance,content_type_conformance"),
        *("--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "25"),
        at=tmp_path,
    )


def test_the_mastodon_api_answers_as_its_schema_says(plain_node: SuiteNode, tmp_path: Path) -> None:
    schema = json.loads(
        require_shared("openapi", "mastodon-openapi.json").read_text("utf-8"),
    )
    plain_node.person("mara")
    token = plain_node.token("mara", "read write follow push profile")
    kept = tmp_path / "kept.json"
    kept.write_text(json.dumps(cut_down(mended(schema), _seed(plain_node, token))))
    _run(
        plain_node,
        str(kept),
        token,
        *("--url", plain_node.origin, "--mode", "positive"),
        *("--phases", "examples,coverage"),
        "--checks",
        "response_schema_conformance,content_type_conformance,not_a_server_error,"
        "status_code_conformance",
        at=tmp_path,
    )


def mended(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema where it says less than Mastodon does: a list of filters is one filter there, and
    a server has no scopes of other doors."""
    filters = schema["paths"]["/api/v1/filters"]["get"]["responses"]["200"]
    body = filters["content"]["application/json"]
    if body["schema"].get("type") != "array":
        body["schema"] = {"type": "array", "items": body["schema"]}
    schema["components"]["schemas"]["OAuthScope"]["enum"] += sorted(SYNONYMS)
    return schema


def cut_down(schema: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    """The schema with what is served here only; ids in paths name what is there."""
    served = {(one.method.lower(), _PLACE.sub("{}", one.path)) for one in client_routes()}
    paths: dict[str, Any] = {}
    for path, operations in schema["paths"].items():
        kept = {
            method: _pointed(path, operation, ids)
            for method, operation in operations.items()
            if (method, _PLACE.sub("{}", path)) in served
        }
        if kept:
            paths[path] = kept
    return schema | {"paths": paths, "servers": []}


def _pointed(path: str, operation: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    """The operation with its path's ids set. Links to operations that are cut out go."""
    thing = path.removeprefix("/api/").split("/")[1]
    for parameter in operation.get("parameters", ()):
        if parameter.get("in") == "path" and thing in ids:
            parameter["schema"] = {"type": "string", "enum": [ids[thing]]}
            parameter.pop("example", None)
            parameter.pop("examples", None)
    for answer in operation.get("responses", {}).values():
        answer.pop("links", None)
    return operation


def _seed(node: SuiteNode, token: str) -> dict[str, str]:
    """A status with a poll, a list, a filter and a tag; their ids by the word in the path."""

    def call(method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        request = Request(
            node.origin + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        with urlopen(request) as answered:
            return json.load(answered)

    me = call("GET", "/api/v1/accounts/verify_credentials")
    poll = {"options": ["tea", "rest"], "expires_in": 3600}
    status = call("POST", "/api/v1/statuses", {"status": "What helps? #sleep", "poll": poll})
    kept = call("POST", "/api/v1/lists", {"title": "Close ones"})
    words = {"title": "Loud", "context": ["home"], "keywords_attributes": [{"keyword": "loud"}]}
    filter_ = call("POST", "/api/v2/filters", words)
    return {
        "accounts": me["id"],
        "statuses": status["id"],
        "polls": status["poll"]["id"],
        "lists": kept["id"],
        "filters": filter_["id"],
        "tags": "sleep",
    }


def test_the_schema_is_cut_down_to_what_is_served() -> None:
    parameter = {"in": "path", "name": "id", "schema": {"type": "string"}}
    answers: dict[str, Any] = {"200": {"links": {"x": {}}}}
    operation = {"parameters": [parameter], "responses": answers}
    paths = {
        "/api/v1/statuses/{id}": {"get": operation, "trace": {}},
        "/api/v1/admin/accounts": {"get": {}},
    }
    kept = cut_down({"paths": paths}, {"statuses": "7"})["paths"]
    assert list(kept) == ["/api/v1/statuses/{id}"]
    assert list(kept["/api/v1/statuses/{id}"]) == ["get"]
    assert kept["/api/v1/statuses/{id}"]["get"]["parameters"][0]["schema"]["enum"] == ["7"]
    assert answers == {"200": {}}

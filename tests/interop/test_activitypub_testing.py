"""The tests of `activitypub-testing` (npm, socialweb.coop) against a persona's actor: each one is
passed, or does not apply. Those that do not: some read without a token what is its owner's alone,
and some post what is no ActivityStreams by its type, or a note without a word, which this server
refuses.
"""

import json
import os
import subprocess
from typing import Any, Final

import pytest

from tests.interop.suite_node import SuiteNode
from tests.interop.tools import node_tool

PACKAGE: Final = "activitypub-testing@0.16.1"
PASSED: Final = (
    "actor-must-serve-as2-object-to-get",
    "actor-objects-must-have-inbox-outbox-properties",
    "create-then-update-modifies-object-checked-by-get",
    "followers-collection-must-be-a-collection",
    "following-collection-must-be-a-collection",
    "liked-collection-must-be-a-collection",
    "outbox-must-be-an-orderedcollection",
    "outbox-post-must-accept-non-activity-object",
    "outbox-post-servers-must-return-a-201-created-http-code",
)
INAPPLICABLE: Final = (
    "inbox-must-be-an-orderedcollection",
    "likes-collection-must-be-a-collection",
    "outbox-post-server-adds-to-outbox-collection-checked-by-outbox-get",
    "outbox-wraps-object-with-create-checked-using-get-location",
    "post-outbox-server-overwrites-id-property",
    "shares-collection-must-be-a-collection",
)

pytestmark = pytest.mark.xdist_group("activitypub-testing")


@pytest.fixture(scope="module")
def results(plain_node: SuiteNode) -> dict[str, dict[str, Any]]:
    """What came of each, by its name. The suite runs once for all."""
    folder = node_tool("activitypub-testing", PACKAGE)
    plain_node.person("rowan")
    token = plain_node.token("rowan")
    done = subprocess.run(
        [
            *("npx", "--no-install", "activitypub-testing", "test", "actor"),
            f"{plain_node.origin}/personas/rowan",
            f"--input.authorization=Bearer {token}",
        ],
        cwd=folder,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert lines, done.stderr
    return {line["test"]["slug"]: line["result"] for line in lines}


@pytest.mark.parametrize("name", [*PASSED, *INAPPLICABLE])
def test_a_test_of_the_suite(results: dict[str, dict[str, Any]], name: str) -> None:
    result = results[name]

    assert result["outcome"] == ("passed" if name in PASSED else "inapplicable"), result


def test_these_are_all(results: dict[str, dict[str, Any]]) -> None:
    assert set(results) == {*PASSED, *INAPPLICABLE}
    assert len(results) == 15

"""The published schema of the Mastodon client API, where a copy of it is at hand.

It is no part of this project, since its texts have a licence of their own. KITH_MASTODON_SCHEMA
names the file; without it what would be compared with it is skipped, and says so.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

NAMED_BY = "KITH_MASTODON_SCHEMA"
_HERE = "urn:mastodon"


def conforms(value: Any, entity: str) -> None:
    """The JSON fits the entity of that name in the published schema."""
    wrong = [f"{error.json_path}: {error.message[:200]}" for error in _fits(value, entity)]
    assert not wrong, (entity, wrong)


def all_conform(values: Any, entity: str) -> None:
    """The same of each item of a list, which is not empty."""
    assert isinstance(values, list)
    assert values
    for value in values:
        conforms(value, entity)


def needs_schema() -> None:
    """Skip the test where there is no copy of the schema."""
    if not os.environ.get(NAMED_BY):
        pytest.skip(f"{NAMED_BY} names no copy of the Mastodon schema to compare with")


def _fits(value: Any, entity: str) -> list[Any]:
    return list(_validator(entity).iter_errors(value))


@cache
def _validator(entity: str) -> Any:
    schema = json.loads(Path(os.environ[NAMED_BY]).read_text())
    resource = Resource.from_contents(schema, default_specification=DRAFT202012)
    registry: Any = Registry().with_resource(_HERE, resource)
    reference = {"$ref": f"{_HERE}#/components/schemas/{entity}"}
    return Draft202012Validator(reference, registry=registry)

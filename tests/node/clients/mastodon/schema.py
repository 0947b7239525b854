"""The published schema of the Mastodon client API, where a copy of it is at hand.

It is no part of this project, since its texts have a licence of their own. It lies beside it with
the other reference documents; without it what would be compared with it is skipped, and says so.
"""

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.shared import require_shared

PLACE = ("openapi", "mastodon-openapi.json")
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
    require_shared(*PLACE)


def _fits(value: Any, entity: str) -> list[Any]:
    return list(_validator(entity).iter_errors(value))


@cache
def _validator(entity: str) -> Any:
    schema = json.loads(require_shared(*PLACE).read_text("utf-8"))
    resource = Resource.from_contents(schema, default_specification=DRAFT202012)
    registry: Any = Registry().with_resource(_HERE, resource)
    reference = {"$ref": f"{_HERE}#/components/schemas/{entity}"}
    return Draft202012Validator(reference, registry=registry)

"""The few members that the inbox reads before it believes anything: id, actor, type."""

from typing import Any

from activitypub.errors import WireError
from activitypub.parsing.fields import document_id, document_type, items, reference


def sender(document: dict[str, Any]) -> tuple[str, str, str]:
    """The id, the actor's id and the type of an activity.

    Raises WireError "no-id", "no-actor" or "bad-type" if one is missing or of another shape, and
    "same-id" if the activity claims the id of its own object (ORG-23).
    """
    activity_id = document_id(document)
    kind = document_type(document)
    actor = document.get("actor")
    actor_id = reference(actor)
    if actor_id is None or (isinstance(actor, list) and len(actor) != 1):
        raise WireError("no-actor", "expected one actor whose id is an http or https URL")
    for one in items(document.get("object")):
        if (one.get("id") if isinstance(one, dict) else one) == activity_id:
            raise WireError("same-id", "an activity needs an id of its own")
    return activity_id, actor_id, kind

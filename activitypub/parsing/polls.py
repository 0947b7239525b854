"""Polls of `Question`s, as Mastodon, PieFed, Pleroma and Misskey send them.

`oneOf` takes one answer of each voter, `anyOf` several. Options are Notes with a `name`; how many
chose one is the `totalItems` of its `replies`. `closed` is a time, or true.
"""

from typing import Any

from activitypub.parsing import fields
from activitypub.vocabulary import Poll, PollOption

MOST_OPTIONS = 50


def parse_poll(document: dict[str, Any]) -> Poll | None:
    """The poll in a post, None where there is none or nothing that can be chosen."""
    for member, multiple in (("oneOf", False), ("anyOf", True)):
        options = _options(document.get(member))
        if options:
            closed = document.get("closed")
            return Poll(
                options=options,
                multiple=multiple,
                end_time=fields.moment(document.get("endTime")),
                closed=fields.moment(closed),
                is_closed=closed is True or fields.moment(closed) is not None,
                voters=fields.count(document.get("votersCount")),
            )
    return None


def _options(value: object) -> tuple[PollOption, ...]:
    found: dict[str, PollOption] = {}
    for one in fields.items(value)[:MOST_OPTIONS]:
        if not isinstance(one, dict):
            continue
        name = fields.line(fields.in_any_language(one, "name"), fields.MAX_NAME)
        if name and name not in found:
            found[name] = PollOption(name=name, votes=_votes(one.get("replies")))
    return tuple(found.values())


def _votes(value: object) -> int:
    counted = value.get("totalItems") if isinstance(value, dict) else value
    return fields.count(counted) or 0

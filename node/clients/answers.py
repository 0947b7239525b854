"""What a door says: JSON, the pages of a list, and refusals in the form that clients read."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from aiohttp import web
from yarl import URL

from node.web.headers import PRIVATE
from node.web.json_body import encoded

Response = web.Response
JSON: Final = "application/json"


def moment(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and Z, as the Mastodon API writes times."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def maybe_moment(at: datetime | None) -> str | None:
    """The same, or None."""
    return None if at is None else moment(at)


def answer(
    value: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    """A struct, a list or a dict as JSON that no cache keeps. Times must be text already."""
    return web.Response(
        body=encoded(value),
        status=status,
        headers={"Cache-Control": PRIVATE, **(headers or {})},
        content_type=JSON,
    )


def empty() -> web.Response:
    """`{}`: it is so now, and there is nothing to add."""
    return answer({})


def refusal(
    status: int,
    sentence: str,
    *,
    code: str | None = None,
    details: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    """`{"error": ...}` as the Mastodon API has it: the sentence, and what belongs to it."""
    body: dict[str, object] = {"error": sentence}
    if code is not None:
        body["error_description"] = code
    if details is not None:
        body["details"] = details
    return answer(body, status, headers)


def link_header(url: URL, first_id: int | str | None, last_id: int | str | None) -> str | None:
    """The Link header of a page (RFC 8288): older after `last_id`, newer before `first_id`."""
    links = []
    kept = {
        name: url.query.getall(name)
        for name in url.query
        if name not in {"max_id", "min_id", "since_id", "access_token"}
    }
    for relation, name, value in (("next", "max_id", last_id), ("prev", "min_id", first_id)):
        if value is not None:
            pairs = [(key, one) for key, values in kept.items() for one in values]
            target = url.with_query([*pairs, (name, str(value))])
            links.append(f'<{target}>; rel="{relation}"')
    return ", ".join(links) or None


def page_of(
    items: Sequence[object], url: URL, first_id: int | str | None, last_id: int | str | None
) -> web.Response:
    """One page of a list. The ids are those by which its order goes, None where it ends."""
    link = link_header(url, first_id, last_id)
    return answer(list(items), headers={"Link": link} if link else None)

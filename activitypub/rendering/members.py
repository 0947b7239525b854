"""Writing single members: times, lists of ids, languages, keys left out when there is nothing."""

from datetime import UTC, datetime


def written_time(value: datetime) -> str:
    """An aware time as RFC 3339 in UTC, with a `Z`, as every peer reads it."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def one_or_list(values: tuple[str, ...]) -> str | list[str]:
    """A single id as text (Lemmy's `audience` takes nothing else), several as a list."""
    return values[0] if len(values) == 1 else list(values)


def language_object(tag: str) -> dict[str, str]:
    """Lemmy's form. It requires a name and reads the identifier only."""
    return {"identifier": tag, "name": tag}


def put(body: dict[str, object], **members: object) -> None:
    """Set the members that have a value. None, empty texts and empty tuples are left out."""
    for name, value in members.items():
        if value is None or value == "" or value == ():
            continue
        body[name] = written_time(value) if isinstance(value, datetime) else value

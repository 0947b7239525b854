"""Collections and their pages, which peers serve whole, paged, or with items inline."""

import msgspec


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """A `Collection`, `OrderedCollection` or a page of one.

    `items` holds each member as it came: an id string, or the object as a dict.
    `first` and `next` are URLs; an inlined first page is merged into `items` and `next`.
    """

    id: str | None
    items: tuple[str | dict[str, object], ...] = ()
    total_items: int | None = None
    first: str | None = None
    next: str | None = None

"""A small picture within text. We have none of our own."""

from msgspec import Struct


class CustomEmoji(Struct, frozen=True, kw_only=True):
    """`:shortcode:` stands for the picture at `url`."""

    shortcode: str
    url: str
    static_url: str
    visible_in_picker: bool = True
    category: str | None = None

"""A picture, sound or film that goes with a post."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

MediaKind = Literal["image", "gifv", "video", "audio", "unknown"]


class MediaSize(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How large one rendition is: pixels, and for what moves seconds and bits a second."""

    width: int | UnsetType = UNSET
    height: int | UnsetType = UNSET
    size: str | UnsetType = UNSET
    aspect: float | UnsetType = UNSET
    duration: float | UnsetType = UNSET
    bitrate: int | UnsetType = UNSET
    frame_rate: str | UnsetType = UNSET


class Focus(Struct, frozen=True, kw_only=True):
    """The point to keep in sight when a picture is cut, each way from -1 to 1."""

    x: float
    y: float


class MediaMeta(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Sizes by rendition. `original` is always there once a file is ready."""

    original: MediaSize | UnsetType = UNSET
    small: MediaSize | UnsetType = UNSET
    focus: Focus | UnsetType = UNSET


class MediaAttachment(Struct, frozen=True, kw_only=True):
    """`url` is None while the file is being made ready. `description` is the alt text."""

    id: str
    type: MediaKind
    url: str | None
    preview_url: str | None
    remote_url: str | None = None
    preview_remote_url: str | None = None
    text_url: str | None = None
    meta: MediaMeta | None
    description: str | None
    blurhash: str | None

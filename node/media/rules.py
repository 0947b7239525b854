"""What a picture must be, and what must be said about it. Pure decisions; every number is a limit
that `node/rooms.py` takes from the settings.
"""

from dataclasses import dataclass
from typing import Final, Literal

from node.errors import Invalid
from node.i18n import N_, filled

ALT_MOST: Final = 1500
"""Characters of a description; more is read out for minutes."""

REMOTE_MOST: Final = 16
"""What is kept of another node's attachments to one post."""

_MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLimits:
    """How much a picture may be, and what decoding it may cost."""

    most_bytes: int = 8 * _MIB
    most_pixels: int = 40_000_000
    per_message: int = 4
    per_post: int = 4
    waiting: int = 40
    side: int = 2048
    small_side: int = 640
    avatar_side: int = 400
    header_side: int = 1500
    seconds: float = 20
    cpu_seconds: int = 10
    idle_seconds: float = 60

    @property
    def memory(self) -> int:
        """Bytes of address space that decoding may take: the libraries, two and a half copies."""
        return 112 * _MIB + 10 * self.most_pixels


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteMedia:
    """Something that another node attached to a post of its own."""

    url: str
    kind: Literal["image", "video", "audio", "unknown"] = "image"
    type: str = ""
    alt: str = ""
    blurhash: str | None = None
    width: int = 0
    height: int = 0
    focus: tuple[float, float] = (0.0, 0.0)


def words_about(text: str, field: str) -> str:
    """A description as it is kept, perhaps not finished. Raises Invalid."""
    text = " ".join(text.split())
    if len(text) > ALT_MOST:
        raise Invalid(field, N_("This description is long. Say it in at most 1500 characters."))
    return text


def description(text: str, decorative: bool, field: str) -> str:
    """The words that stand for the picture, "" for one that says nothing. Raises Invalid."""
    text = words_about(text, field)
    if not text and not decorative:
        raise Invalid(
            field,
            N_(
                "Describe the picture for those who cannot see it, or say that it is decoration "
                "only. A few words are enough."
            ),
        )
    return "" if decorative else text


def too_large() -> Invalid:
    """More bytes, pixels or work than we take."""
    return Invalid("image", N_("This picture is too large for us. A smaller copy of it will do."))


def unreadable() -> Invalid:
    """No picture, or none that we know."""
    return Invalid("image", N_("We could not read this picture. We take JPEG, PNG and WebP files."))


def moving() -> Invalid:
    """An animation."""
    return Invalid("image", N_("We take pictures that stand still: JPEG, PNG and WebP files."))


def too_many() -> Invalid:
    """More pictures than a message holds."""
    return Invalid("image", N_("That is more pictures than one message can hold."))


def too_many_in_post(most: int) -> Invalid:
    """More pictures than a post holds."""
    sentence = N_("That is more pictures than one post can hold: %(most)d fit.")
    return Invalid("media", filled(sentence, most=most))


def not_waiting() -> Invalid:
    """A picture that somebody else uploaded, that was posted, or that was forgotten."""
    return Invalid(
        "media", N_("One of the pictures is not there any more. Choose it again, please.")
    )


def focus_of(text: str, field: str) -> tuple[float, float]:
    """A focal point from "x,y", each from -1 to 1; "" is the middle. Raises Invalid."""
    if not text.strip():
        return 0.0, 0.0
    try:
        x, y = (float(part) for part in text.split(","))
    except ValueError:
        raise _no_focus(field) from None
    if not (-1 <= x <= 1 and -1 <= y <= 1):
        raise _no_focus(field)
    return round(x, 4), round(y, 4)


def _no_focus(field: str) -> Invalid:
    return Invalid(field, N_("A focal point is two numbers from -1 to 1, such as 0.2,-0.5."))

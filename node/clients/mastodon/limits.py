"""The limits of what clients may send, as `configuration` of the instance tells them. Every number
is the one that is enforced.
"""

from typing import Any, Final

from node.accounts.rules import DISPLAY_NAME_MOST
from node.config import Config
from node.groups.drafts import TEXT_LIMIT
from node.media.rules import ALT_MOST
from node.polls.rules import LONGEST, OPTION_LIMIT, SHORTEST

PICTURES: Final = ("image/jpeg", "image/png", "image/webp")


def limits(config: Config) -> dict[str, Any]:
    """What both versions of the instance say."""
    return {
        "accounts": {
            "max_featured_tags": 10,
            "max_pinned_statuses": 5,
            "max_display_name_length": DISPLAY_NAME_MOST,
            "max_profile_fields": 0,
        },
        "statuses": {
            "max_characters": TEXT_LIMIT,
            "max_media_attachments": config.pictures_per_post,
            "characters_reserved_per_url": 23,
            "supported_mime_types": ["text/plain", "text/markdown"],
        },
        "media_attachments": {
            "supported_mime_types": list(PICTURES),
            "description_limit": ALT_MOST,
            "image_size_limit": config.picture_bytes,
            "image_matrix_limit": config.picture_pixels,
            "video_size_limit": 0,
            "video_frame_rate_limit": 0,
            "video_matrix_limit": 0,
        },
        "polls": {
            "max_options": config.poll_options,
            "max_characters_per_option": OPTION_LIMIT,
            "min_expiration": int(SHORTEST.total_seconds()),
            "max_expiration": int(LONGEST.total_seconds()),
        },
    }

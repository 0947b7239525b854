"""What an operator can set about pictures and polls."""

from dataclasses import dataclass

from node.config_values import read_count, setting


# No slots: of several such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class MediaSettings:
    """Limits of what is attached to messages and posts."""

    picture_bytes: int = setting(
        8_388_608,
        read_count(65_536, 67_108_864),
        "The largest picture that is taken, in bytes.",
    )
    picture_pixels: int = setting(
        40_000_000,
        read_count(1_000_000, 200_000_000),
        "The largest picture that is taken, in pixels: width times height.",
    )
    picture_side: int = setting(
        2048,
        read_count(320, 8192),
        "The longest side in pixels to which pictures are made smaller.",
    )
    picture_workers: int = setting(
        2,
        read_count(1, 16),
        "How many pictures are decoded at the same time.",
    )
    pictures_per_message: int = setting(
        4,
        read_count(1, 10),
        "How many pictures one private message may carry.",
    )
    pictures_per_post: int = setting(
        4,
        read_count(1, 16),
        "How many pictures one thread, reply or post on a profile may carry.",
    )
    poll_options: int = setting(
        8,
        read_count(2, 20),
        "How many options a poll may have.",
    )
    remote_picture_megabytes: int = setting(
        512,
        read_count(16, 1_048_576),
        "How much of other nodes' pictures is kept here, in MiB, so that nobody's browser asks "
        "those nodes.",
    )

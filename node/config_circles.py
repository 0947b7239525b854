"""What an operator can set about circles. `node.config` adds it to all the rest."""

from dataclasses import dataclass

from node.config_values import read_count, setting


# No slots: of several such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class CircleSettings:
    """How large circles are, and how long they stay."""

    circle_least: int = setting(
        8,
        read_count(2, 100),
        "How many people a circle needs to begin.",
    )
    circle_most: int = setting(
        20,
        read_count(2, 100),
        "How many people a circle has at most.",
    )
    circle_small: int = setting(
        4,
        read_count(1, 100),
        "With fewer people than this, those who are left are asked whether their circle goes on.",
    )
    circle_confirm_days: int = setting(
        3,
        read_count(1, 30),
        "For how many days people are asked whether they want the circle that was found for them.",
    )
    circle_readable_days: int = setting(
        30,
        read_count(1, 365),
        "For how many days its members can read a circle that has closed. Then it is erased.",
    )

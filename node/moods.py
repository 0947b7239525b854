"""Words for how a day was: the mood, and how difficult it was to keep to something. Pure.

Each step has a word; a face or a mark may stand beside it and never instead of it.
"""

from collections.abc import Mapping
from typing import Final

from node.i18n import N_

MOODS: Final[Mapping[int, str]] = {
    1: N_("Very low"),
    2: N_("Low"),
    3: N_("In between"),
    4: N_("Good"),
    5: N_("Very good"),
}
DIFFICULTIES: Final[Mapping[int, str]] = {
    1: N_("Easy"),
    2: N_("Manageable"),
    3: N_("Hard"),
    4: N_("Very hard"),
    5: N_("Impossible"),
}

"""Numbers of this room that an operator can set (docs/settings.md)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLimits:
    """The longest life of an invitation in days, and the most people that one can let in."""

    invitation_days: int
    invitation_uses: int

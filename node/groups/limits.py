"""Numbers of this room that an operator can set (docs/settings.md)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLimits:
    """The longest life of an invitation in days, and the most people that one can let in; whether
    people of nodes outside the circle may write in groups of this node."""

    invitation_days: int
    invitation_uses: int
    outsiders_write: bool = False

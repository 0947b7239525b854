"""A membership as it begins."""

from datetime import datetime
from typing import Literal

from storage.memberships import Membership

State = Literal["pending", "accepted", "rejected"]
Role = Literal["member", "moderator"]


def new_membership(
    group_id: int,
    actor_id: int,
    now: datetime,
    *,
    state: State = "accepted",
    role: Role = "member",
    follow_uri: str | None = None,
) -> Membership:
    """A membership that starts now. `follow_uri` is the id of the Follow that asked for it."""
    return Membership(
        group_id=group_id,
        actor_id=actor_id,
        state=state,
        role=role,
        follow_uri=follow_uri,
        created_at=now,
        changed_at=now,
    )

"""Who decides that a first post may go: pure decisions on records."""

from collections.abc import Sequence

from node.viewer import STAFF
from node.visibility import is_moderator
from storage.accounts import Account
from storage.memberships import Membership
from storage.posts import Post


def is_team(account: Account, places: Sequence[tuple[str, str]]) -> bool:
    """The staff of the node, and whoever moderates a group; `places` are (state, role)."""
    if account.suspended_at is not None:
        return False
    if account.role in STAFF:
        return True
    return ("accepted", "moderator") in places


def may_decide(
    account: Account,
    own: frozenset[int],
    post: Post,
    memberships: Sequence[Membership | None],
) -> bool:
    """The staff of the node, and the team of the group; nobody about their own (`own` are the
    personas of the account, `memberships` theirs in the group)."""
    if account.suspended_at is not None:
        return False
    if post.author_id in own:
        return False
    if account.role in STAFF:
        return True
    return any(is_moderator(membership) for membership in memberships)

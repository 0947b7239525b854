"""Keeping what a backfill brought: earlier threads and replies of a group that we have joined."""

from collections.abc import Callable, Sequence

from federation.dispatch import Context, Done
from federation.fetch import FetchedPost
from node.errors import KithError
from node.groups.incoming import Arrival, Arrivals
from node.groups.service import Groups
from storage.unit_of_work import UnitOfWork

Store = Callable[[UnitOfWork, str, Sequence[FetchedPost], Context], int]


def keep_backfilled(groups: Groups) -> Store:
    """A function that keeps fetched posts of the group with this URI; answers how many were new.

    The group lists them, so it vouches for them. Parents come before replies.
    """
    arrivals = Arrivals(groups)

    def store(
        uow: UnitOfWork, group_uri: str, posts: Sequence[FetchedPost], context: Context
    ) -> int:
        kept = 0
        for fetched in posts:
            if uow.posts.by_uri(fetched.post.id) is not None:
                continue
            try:
                outcome = arrivals.take(uow, Arrival(fetched.post, None, group_uri), context)
            except KithError:
                continue
            kept += isinstance(outcome, Done)
        return kept

    return store

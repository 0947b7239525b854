"""The only way from votes to the wire. A vote goes to the author of the poll and to nobody else, in
the form that Mastodon made: a Note with the words of an option as its name and no content. The last
numbers of a poll of ours go wherever the post went, as an edit of it.
"""

from collections.abc import Sequence

from activitypub.render import render_activity
from activitypub.vocabulary import Create, Post
from federation.outbox import Outbox
from node.attaching import with_attached
from node.groups.announcements import inbox_of
from node.groups.place import parent_of
from node.groups.rules import federated
from node.groups.service import Groups
from node.profiles.rules import federated_post
from node.profiles.service import Profiles
from storage.actors import Actor
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork


class VotingOutbound:
    """Implements `Teller` with ActivityPub."""

    def __init__(self, outbox: Outbox, groups: Groups, profiles: Profiles) -> None:
        self._outbox = outbox
        self._groups = groups
        self._profiles = profiles

    def voted(
        self, uow: UnitOfWork, view: PostView, voter: Actor, ballot_id: int, names: Sequence[str]
    ) -> None:
        """One Create for each option that was chosen."""
        if view.author.is_local or not self._leaves(uow, view):
            return
        for place, name in enumerate(names):
            vote = Post(
                id=f"{voter.uri}#votes/{ballot_id}/{place}",
                type="Note",
                attributed_to=voter.uri,
                to=(view.author.uri,),
                name=name,
                in_reply_to=view.post.uri,
            )
            create = Create(
                id=self._outbox.new_activity_uri()[1],
                actor=voter.uri,
                to=(view.author.uri,),
                object=vote,
            )
            self._outbox.publish(
                uow,
                actor=voter,
                document=render_activity(create),
                inboxes=[inbox_of(view.author)],
                root=view.post.uri,
                object_uri=None,
                public=False,
            )

    def ended(self, uow: UnitOfWork, view: PostView) -> None:
        """The post once more, with its numbers."""
        [view] = with_attached(uow, [view])
        parent = parent_of(uow, view.post)
        if view.post.audience != "group":
            public = federated_post(view)
            if public is not None:
                named = uow.profile_posts.named([view.post.id]).get(view.post.id, [])
                self._profiles.announcer.edited(uow, public, parent, named)
            return
        group = uow.groups.get(view.post.group_id)
        open_group = federated(group) if group is not None else None
        if open_group is not None:
            self._groups.announcer.edited(uow, open_group, view, parent, None)

    def _leaves(self, uow: UnitOfWork, view: PostView) -> bool:
        """Whether the post is one that other nodes know of."""
        if view.post.audience != "group":
            return federated_post(view) is not None
        group = uow.groups.get(view.post.group_id)
        return group is not None and federated(group) is not None

"""One way to write for both doors: whatever an app sends goes to the room where it belongs.

A post stands in a group, on a profile or in a private conversation, and an app knows but its id.
`Posts` finds out where and calls the use case of that room, with all its rules: limits of
newcomers, who may post, consent to copies, locks. What would reach more people than its author
chose, or leave the node though it is private, is refused before anything is stored.
"""

from dataclasses import replace
from typing import Literal, NamedTuple

from node.clients.composition import (
    Composition,
    Visibility,
    as_text,
    first_name,
    names_in,
    narrow_enough,
    usual_visibility,
    visibility_of,
)
from node.clients.drafts import letter_text, profile_draft, reply_draft, thread_draft
from node.errors import Invalid, NotFound, Refused
from node.groups.place import NOTHING, group_for
from node.messages.words import OTHER_NODE
from node.messages.writing import Letter
from node.rooms import Rooms
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork

FAVOURITE = "hear-you"
"""The reaction that a favourite is. Another one that stands already counts as well."""


class Standing(NamedTuple):
    """Where a thing that apps know by one kind of id stands. `id` is of the post or the message
    itself, also where an app named a share of it."""

    room: Literal["group", "profile", "message"]
    id: int


class Posts:
    """Use cases of both doors: synchronous functions of an open unit of work."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._groups = rooms.groups
        self._profiles = rooms.profiles
        self._messages = rooms.messages
        self._authority = rooms.config.authority

    def compose(self, uow: UnitOfWork, who: Actor, sent: Composition) -> int:
        """Put a post where it belongs; the id of what came of it. Raises Invalid, Refused,
        NotFound."""
        sent = as_text(sent)
        answered = None if sent.in_reply_to is None else self.where(uow, sent.in_reply_to, who)
        if answered is not None and answered.room == "message":
            return self._answer_privately(uow, who, sent, answered.id)
        if sent.visibility == "direct":
            return self._privately(uow, who, sent)
        if answered is not None:
            return self._reply(uow, answered, who, sent)
        group, text = self._group_named(uow, who, sent)
        if group is not None:
            return self._thread(uow, group, who, replace(sent, text=text))
        return self._on_profile(uow, who, sent)

    def edit(self, uow: UnitOfWork, post_id: int, who: Actor, sent: Composition) -> int:
        """Other words for one's own post; where it stands and who reads it stays as it is. Raises
        Invalid, Refused, NotFound."""
        sent, at = as_text(sent), self.where(uow, post_id, who)
        if at.room == "message":
            return self._messages.edit(uow, who, at.id, letter_text(sent)).id
        if at.room == "profile":
            return self._profiles.edit(uow, at.id, who, profile_draft(sent)).id
        post = uow.posts.get(at.id)
        is_thread = post is not None and post.parent_id is None
        wanted = post.reply_wanted if post is not None else None
        kept = replace(sent, reply_wanted=sent.reply_wanted or wanted)
        draft = thread_draft(kept, self._without_group(uow, at.id, kept)) if is_thread else None
        return self._groups.edit(uow, at.id, who, draft or reply_draft(sent)).id

    def delete(self, uow: UnitOfWork, post_id: int, who: Actor) -> None:
        """Take one's own words back, from everybody; of a share, the share alone. Raises Refused,
        NotFound."""
        share = uow.shares.get(post_id)
        if share is not None and share.actor_id == who.id:
            self._profiles.unshare(uow, share.post_id, who)
            return
        at = self.where(uow, post_id, who)
        if at.room == "message":
            self._messages.delete_for_all(uow, who, at.id)
        elif at.room == "profile":
            self._profiles.delete(uow, at.id, who)
        else:
            self._groups.delete(uow, at.id, who)

    def react(self, uow: UnitOfWork, post_id: int, who: Actor, kind: str | None = None) -> None:
        """React; without a kind it is FAVOURITE, and what stands already counts. Raises Invalid,
        Refused, NotFound."""
        at = self.post_at(uow, post_id, who)
        if kind is None and uow.reactions.get(at.id, who.id) is not None:
            return
        room = self._profiles if at.room == "profile" else self._groups
        room.react(uow, at.id, who, kind or FAVOURITE)

    def unreact(self, uow: UnitOfWork, post_id: int, who: Actor) -> None:
        """Take a reaction back; where there is none, nothing changes. Raises NotFound."""
        at = self.post_at(uow, post_id, who)
        room = self._profiles if at.room == "profile" else self._groups
        room.unreact(uow, at.id, who)

    def share(self, uow: UnitOfWork, post_id: int, who: Actor) -> int:
        """Hand a post on to one's followers; the id of the share. Raises Refused, NotFound."""
        return self._profiles.share(uow, self.post_at(uow, post_id, who).id, who).id

    def unshare(self, uow: UnitOfWork, post_id: int, who: Actor) -> None:
        """Take that back; where there is none, nothing changes. Raises NotFound."""
        self._profiles.unshare(uow, self.post_at(uow, post_id, who).id, who)

    def where(self, uow: UnitOfWork, status_id: int, who: Actor) -> Standing:
        """Where the thing with this id stands. Whether `who` may see a post is asked by its room.
        Raises NotFound for what is nowhere, and for messages of other people."""
        at = uow.posts.whereabouts(status_id)
        if at is None:
            share = uow.shares.get(status_id)
            if share is not None:
                status_id, at = share.post_id, uow.posts.whereabouts(share.post_id)
        if at is not None:
            return Standing("group" if at.audience == "group" else "profile", status_id)
        if uow.messages.held(status_id, who.id) is None:
            raise NotFound
        return Standing("message", status_id)

    def post_at(self, uow: UnitOfWork, status_id: int, who: Actor) -> Standing:
        """The same for what can be done to posts alone. Raises Invalid for a message."""
        at = self.where(uow, status_id, who)
        if at.room == "message":
            raise Invalid("id", "This is a private message; it can be answered, edited, deleted.")
        return at

    def _reply(self, uow: UnitOfWork, at: Standing, who: Actor, sent: Composition) -> int:
        if at.room == "profile":
            return self._profiles.reply(uow, at.id, who, profile_draft(sent)).id
        standing = uow.posts.whereabouts(at.id)
        group = group_for(uow, standing.group_id if standing else NOTHING, who)
        narrow_enough(group.group, sent.visibility)
        self._insist_consent(uow, group, who)
        return self._groups.reply(uow, at.id, who, reply_draft(sent)).id

    def _thread(self, uow: UnitOfWork, group: GroupWithActor, who: Actor, sent: Composition) -> int:
        narrow_enough(group.group, sent.visibility)
        self._insist_consent(uow, group, who)
        draft = thread_draft(sent, sent.text)
        return self._groups.post_thread(uow, group.actor.id, who, draft).id

    def _on_profile(self, uow: UnitOfWork, who: Actor, sent: Composition) -> int:
        chosen = sent.visibility or self.usual_visibility(uow, who)
        draft = profile_draft(replace(sent, visibility=chosen))
        return self._profiles.post(uow, who, draft).id

    def usual_visibility(self, uow: UnitOfWork, who: Actor) -> Visibility:
        """The visibility of a post that names none: as the persona chose, else public, but of
        somebody who looks first at who follows, private."""
        chosen = visibility_of(uow.preferences.get(who.id).visibility)
        if chosen is not None:
            return chosen
        profile = uow.profiles.get(who.id)
        return usual_visibility(locked=profile is None or profile.profile.locked)

    def _group_named(
        self, uow: UnitOfWork, who: Actor, sent: Composition
    ) -> tuple[GroupWithActor | None, str]:
        """The group in which a post starts a thread, and the text without its name. A text that
        begins with the name of nobody is refused: it was meant for somebody. Raises Invalid,
        NotFound, Refused."""
        named, text = [group_for(uow, one, who) for one in dict.fromkeys(sent.groups)], sent.text
        begun = first_name(text, self._authority)
        while begun is not None:
            actor = self._actor(uow, begun[0].handle, begun[0].authority)
            group = self._readable(uow, actor, who)
            if actor is None or (group is None and actor.type == "Group"):
                raise Invalid("status", f"There is nobody named {begun[0]} here. Check the name.")
            if group is None:
                break
            named, text = [*named, group], begun[1]
            begun = first_name(text, self._authority)
        if len({group.actor.id for group in named}) > 1:
            raise Invalid("status", "A thread stands in one group. Name one of them alone.")
        return (named[0] if named else None), text

    def _readable(self, uow: UnitOfWork, actor: Actor | None, who: Actor) -> GroupWithActor | None:
        """The group behind an actor, if `who` may read it."""
        try:
            return group_for(uow, actor.id if actor else NOTHING, who)
        except NotFound:
            return None

    def _without_group(self, uow: UnitOfWork, post_id: int, sent: Composition) -> str:
        """The text of a thread without the name of its own group in front."""
        at, begun = uow.posts.whereabouts(post_id), first_name(sent.text, self._authority)
        if at is None or begun is None:
            return sent.text
        actor = self._actor(uow, begun[0].handle, begun[0].authority)
        return begun[1] if actor is not None and actor.id == at.group_id else sent.text

    def _privately(self, uow: UnitOfWork, who: Actor, sent: Composition) -> int:
        """A private message to those who are named, all of this node; a note to oneself when nobody
        is. Raises Refused before anything is kept."""
        handles = self._recipients(uow, who, sent)
        if not handles:
            return self._on_profile(uow, who, sent)
        letter = Letter(to=" ".join(f"@{one}" for one in handles), text=letter_text(sent))
        return self._messages.start(uow, who, letter).id

    def _recipients(self, uow: UnitOfWork, who: Actor, sent: Composition) -> list[str]:
        names = names_in(f"{sent.spoiler_text or ''}\n{sent.text}", self._authority)
        addressed = uow.actors.get_many(sent.people) if sent.people else {}
        if len(addressed) != len(set(sent.people)):
            raise NotFound
        is_elsewhere = any(name.authority is not None for name in names)
        if is_elsewhere or not all(actor.is_local for actor in addressed.values()):
            raise Refused(OTHER_NODE, "other-node")
        if sent.groups:
            raise Refused(
                "A private message goes to people. To write in a group, choose its visibility.",
                "not-a-person",
            )
        handles = [name.handle for name in names] + [one.handle for one in addressed.values()]
        return [one for one in dict.fromkeys(handles) if one != who.handle]

    def _answer_privately(
        self, uow: UnitOfWork, who: Actor, sent: Composition, message_id: int
    ) -> int:
        message = uow.messages.held(message_id, who.id)
        if message is None:
            raise NotFound
        text = letter_text(sent)
        return self._messages.send(uow, who, message.conversation_id, text).id

    def _actor(self, uow: UnitOfWork, handle: str, authority: str | None) -> Actor | None:
        if authority is None:
            return uow.actors.local_by_handle(handle)
        return uow.actors.by_handle(handle, authority)

    def _insist_consent(self, uow: UnitOfWork, group: GroupWithActor, who: Actor) -> None:
        """Before the first words go to other nodes, their author agrees to that on the group's
        page; suites of the test mode cannot. Raises Refused."""
        if not self._groups.asks_to_share(uow, group, who):
            return
        if self._rooms.config.test_mode:
            self._groups.agree_to_share(uow, group, who, agrees=True)
            return
        page = f"{self._rooms.config.origin}/groups/{group.actor.handle}"
        raise Refused(
            "What is written in this group is copied to other nodes. Agree to that once, with your "
            f"first post or reply on its page, {page}; from then on your apps can write here.",
            "not-shared",
        )

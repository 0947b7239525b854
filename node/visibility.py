"""Who may see what: the one place that decides it, for pages, API, collections, search, feeds,
streams, notifications and exports alike. Pure functions on records, each condition on its own line.

"Not yours" must look like "not there" (DESIGN section 5, 2): whatever a function here refuses is
answered as if it did not exist. Who may *act* is decided by the rules of each room, which begin
with these.
"""

from storage.actors import Actor
from storage.applications import Application
from storage.attachments import Attachment
from storage.conversations import Participant
from storage.groups import Group
from storage.memberships import Membership
from storage.messages import Message
from storage.notifications import Told
from storage.posts import Post, Whereabouts
from storage.profile_posts import Sight


def is_member(membership: Membership | None) -> bool:
    """An accepted member, of either role."""
    return membership is not None and membership.state == "accepted"


def is_moderator(membership: Membership | None) -> bool:
    """An accepted member who moderates the group."""
    return membership is not None and is_member(membership) and membership.role == "moderator"


def may_read_group(group: Group, reader: Actor | None, membership: Membership | None) -> bool:
    """Public groups are open to all, local ones to this node, private ones to their own."""
    if group.visibility == "public":
        return True
    if reader is None or not reader.is_local:
        return False
    if group.visibility == "local":
        return True
    return is_member(membership)


def may_see_persona(persona: Actor, hidden: frozenset[int]) -> bool:
    """Whether somebody is there for a reader who does not see `hidden` (`uow.blocks.hides`).
    Groups are no people; the gone and the suspended show to nobody."""
    if persona.type == "Group":
        return False
    if persona.gone_at is not None or persona.suspended_at is not None:
        return False
    return persona.id not in hidden


def may_see_post(post: Post, hidden: frozenset[int]) -> bool:
    """Whether a post is there for a reader who does not see `hidden`: nothing of an author who is
    cut off from the reader, whoever of the two blocked."""
    return post.author_id not in hidden


def is_host(group: Group, who: Actor, membership: Membership | None) -> bool:
    """The moderator who answers for the group."""
    return group.host_id == who.id and is_moderator(membership)


def may_see_members(group: Group, reader: Actor | None, membership: Membership | None) -> bool:
    """Only members of this node see who else belongs."""
    if reader is None or not reader.is_local:
        return False
    if not may_read_group(group, reader, membership):
        return False
    return is_member(membership)


def may_see_member(other: Membership, reader: Actor, membership: Membership | None) -> bool:
    """Who asked not to be listed shows to moderators, who answer for everybody, and to itself."""
    if not is_member(membership) or not is_member(other):
        return False
    if other.actor_id == reader.id:
        return True
    if is_moderator(membership):
        return True
    return not other.unlisted


def may_see_application(
    application: Application, reader: Actor, membership: Membership | None
) -> bool:
    """What somebody answered is for the moderators of that group, while it waits for them."""
    if membership is None or membership.group_id != application.group_id:
        return False
    if not is_moderator(membership) or membership.actor_id != reader.id:
        return False
    return application.state == "pending"


def may_see_own_application(application: Application, reader: Actor) -> bool:
    """Who asked sees that it asked, and how it went."""
    return application.actor_id == reader.id


def may_see_invitations(reader: Actor, membership: Membership | None, steward: bool) -> bool:
    """Moderators see which invitations there are, and administrators (`steward`) of the groups that
    they may read; a code is shown once, to who made it."""
    if not reader.is_local:
        return False
    return is_moderator(membership) or steward


def may_see_notification(told: Told, persona: Actor, hidden: frozenset[int]) -> bool:
    """News is shown as long as what it speaks of is: the one who did it, the post, the group."""
    if not may_see_persona(told.by, hidden):
        return False
    if told.post_is_gone:
        return False
    if told.group is None:
        return True
    return may_read_group(told.group, persona, told.membership)


def may_read_profile_post(sight: Sight, reader: Actor | None, hidden: frozenset[int]) -> bool:
    """A post outside groups, for a reader who does not see `hidden`. What is for followers is read
    on this node alone, by those who follow its author or are named in it, as far as they may read
    the thread that it answers in."""
    if sight.audience == "group":
        return False
    if reader is not None and reader.id == sight.author_id:
        return True
    if sight.author_id in hidden or sight.thread_author_id in hidden:
        return False
    if sight.audience in ("public", "unlisted"):
        return True
    if reader is None or not reader.is_local:
        return False
    if sight.audience == "self":
        return False
    if not (sight.follows_author or sight.is_named):
        return False
    return _may_read_thread_of(sight, reader)


def _may_read_thread_of(sight: Sight, reader: Actor) -> bool:
    """Whether a reader of this node may read the first post of the thread on a profile."""
    if sight.thread_author_id == reader.id:
        return True
    if sight.thread_audience in ("public", "unlisted"):
        return True
    if sight.thread_audience != "followers":
        return False
    return sight.follows_thread_author or sight.is_named_in_thread


def may_see_place(at: Whereabouts, hidden: frozenset[int]) -> bool:
    """The same before the words of the post are opened, and for the thread that it stands in."""
    return at.author_id not in hidden and at.thread_author_id not in hidden


def may_read_conversation(place: Participant | None) -> bool:
    """Those who are or were in it, once something of it has reached them, until they delete it."""
    return place is not None and place.newest_id > 0


def may_read_message(
    message: Message, reader: Actor, hidden: frozenset[int], own_blocks: frozenset[int]
) -> bool:
    """The words of a message that the reader holds. Who blocked the reader takes their words away;
    who was blocked by the reader does not: they may be needed for a report."""
    if message.author_id == reader.id:
        return True
    return message.author_id not in hidden or message.author_id in own_blocks


def may_see_picture(
    picture: Attachment,
    author: Actor | None,
    message: Message | None,
    reader: Actor,
    hidden: frozenset[int],
    own_blocks: frozenset[int],
) -> bool:
    """A picture that waits to be sent is its owner's alone. One that was sent shows to whoever may
    read the message, which is None where the reader does not hold it, and goes with its author."""
    if author is None or author.gone_at is not None or author.suspended_at is not None:
        return False
    if picture.message_id is None:
        return picture.owner_id == reader.id
    if message is None or message.id != picture.message_id or message.content is None:
        return False
    return may_read_message(message, reader, hidden, own_blocks)

"""Where a post goes that was addressed so: to a group, to a thread, to a profile, to people.

What is addressed only chooses among what visibility allows (DESIGN section 5). A group that is
named makes a thread in that group; Public, `to` or `cc`, a public or an unlisted post; the
followers collection one for followers, who read it on this node alone; people alone a private
message, which never leaves this node; nobody a note to oneself. Whatever is private and names
somebody on another node is refused as a whole, before anything is kept (PRV-02).
"""

from dataclasses import dataclass, field

from activitypub.vocabulary import PUBLIC
from node.clients.c2s.submission import Submission
from node.clients.composition import Visibility
from node.errors import NotFound, Refused
from node.groups.place import NOTHING, group_for
from node.messages.words import OTHER_NODE
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Readers:
    """Who is addressed. `elsewhere`: somebody of another node is, or something that is not known
    here and so cannot be one of ours."""

    groups: list[GroupWithActor] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    is_public: bool = False
    is_unlisted: bool = False
    followers: bool = False
    elsewhere: bool = False

    @property
    def visibility(self) -> Visibility:
        """The widest that was asked for."""
        if self.is_public:
            return "public"
        if self.is_unlisted:
            return "unlisted"
        return "private" if self.followers else "direct"

    @property
    def stays_here(self) -> bool:
        """Whether the post stays on this node: it is neither public nor in a public group."""
        if self.groups:
            return not any(one.group.visibility == "public" for one in self.groups)
        return not (self.is_public or self.is_unlisted)


def readers_of(uow: UnitOfWork, who: Actor, sent: Submission) -> Readers:
    """Whom the addressing names. Raises Refused for what is private and names somebody of another
    node, and NotFound for somebody of this node who is not there for `who`."""
    found = Readers(
        is_public=PUBLIC in (*sent.addressed["to"], *sent.addressed["bto"]),
        is_unlisted=PUBLIC in sent.everyone,
    )
    for uri in sent.everyone:
        if uri in (PUBLIC, who.uri):
            continue
        if uri == (who.followers or f"{who.uri}/followers"):
            found.followers = True
        else:
            _add(uow, found, uri, who)
    if found.elsewhere and found.stays_here:
        raise Refused(OTHER_NODE, "other-node")
    return found


def _add(uow: UnitOfWork, found: Readers, uri: str, who: Actor) -> None:
    actor = uow.actors.by_uri(uri)
    if actor is None:
        _add_unknown(uow, found, uri, who)
    elif actor.type == "Group":
        found.groups.append(group_for(uow, actor.id, who))
    elif actor.is_local:
        if actor.id in uow.blocks.hides(who.id):
            raise NotFound
        found.people.append(actor.id)
    else:
        found.elsewhere = True
        found.people.append(actor.id)


def _add_unknown(uow: UnitOfWork, found: Readers, uri: str, who: Actor) -> None:
    """The followers of a group stand for the group; anything else is not of this node."""
    owner, _, name = uri.rpartition("/")
    actor = uow.actors.by_uri(owner) if name == "followers" else None
    if actor is not None and actor.type == "Group":
        group = group_for(uow, actor.id, who)
        if all(one.actor.id != group.actor.id for one in found.groups):
            found.groups.append(group)
        return
    if uri.startswith(f"{who.uri.partition('/personas/')[0]}/"):
        group_for(uow, NOTHING, who)  # refuses as for a group that is not there
    found.elsewhere = True

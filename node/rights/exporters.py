"""What a copy holds, section by section. Nothing of another person is in it but what its owner was
shown already: no account of anybody, no link between personas of others, no secret of their own.
"""

from typing import Any, Final

from node.i18n import N_
from node.rights.answering_parts import ANSWERING
from node.rights.attached_parts import VOTES, hanging
from node.rights.choices import CHOICES
from node.rights.circle_parts import CIRCLES
from node.rights.collections import COLLECTIONS
from node.rights.coping_parts import COPING
from node.rights.directory_parts import DIRECTORY
from node.rights.goal_parts import GOALS
from node.rights.help_parts import HELP
from node.rights.judged_parts import JUDGED
from node.rights.listening_parts import HEARD
from node.rights.parts import (
    BATCH,
    MANY,
    Exporter,
    Owner,
    Part,
    at_once,
    of_each_persona,
    paged,
    when,
)
from node.rights.profile_parts import OUTSIDE_GROUPS, follows
from node.rights.story_parts import STORIES
from node.rights.talks import TALKS
from node.rights.welcoming_parts import WELCOMING
from node.rights.written_parts import WRITTEN
from node.visibility import may_read_group
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

PUBLIC: Final = "https://www.w3.org/ns/activitystreams#Public"
Item = dict[str, Any]


def account(uow: UnitOfWork, owner: Owner) -> list[Part]:
    one = owner.account
    item = {
        "signInName": one.name,
        "email": one.email,
        "role": one.role,
        "created": when(one.created_at),
        "suspended": when(one.suspended_at),
        "endsAt": when(one.leaving_at),
        "leavingSignsOut": one.leaving_signs_out,
        "threadsReadAsNewcomer": uow.own.threads_read(one.id),
    }
    return [Part("", item)]


def consents(uow: UnitOfWork, owner: Owner) -> list[Part]:
    handles = {persona.id: persona.handle for persona in owner.personas}
    return [
        Part(
            "",
            {
                "purpose": one.purpose,
                "version": one.version,
                "act": one.act,
                "at": when(one.created_at),
                "persona": handles.get(one.persona_id or 0),
            },
        )
        for one in uow.consents.of_account(owner.account.id, MANY)
    ]


def sessions(uow: UnitOfWork, owner: Owner) -> list[Part]:
    return [
        Part(
            "",
            {
                "device": one.label,
                "begun": when(one.created_at),
                "lastUsed": when(one.last_seen_at),
                "endsAt": when(one.expires_at),
            },
        )
        for one in uow.sessions.of_account(owner.account.id, MANY)
    ]


def personas(uow: UnitOfWork, owner: Owner) -> list[Part]:
    known = {one.actor_id: one for one in uow.own.personas(owner.account.id)}
    return [
        Part(
            actor.handle,
            actor_document(actor)
            | {
                "oneOff": known[actor.id].is_one_off,
                "retired": when(known[actor.id].retired_at),
                "programs": [
                    {
                        "label": token.label,
                        "scopes": token.scopes,
                        "created": when(token.created_at),
                        "revoked": when(token.revoked_at),
                    }
                    for token in uow.tokens.of_persona(actor.id, MANY)
                ],
            },
        )
        for actor in owner.personas
    ]


def actor_document(actor: Actor) -> Item:
    """A persona as a `Person` of ActivityStreams."""
    return {
        "type": "Person",
        "id": actor.uri,
        "preferredUsername": actor.handle,
        "name": actor.name,
        "summary": actor.summary,
        "source": {"content": actor.summary_source or "", "mediaType": "text/markdown"},
        "icon": actor.icon_url,
        "published": when(actor.created_at),
        "updated": when(actor.updated_at),
    }


def posts(uow: UnitOfWork, owner: Owner, persona: Actor, after: int) -> list[tuple[int, Item]]:
    found = uow.posts.of_author(persona.id, BATCH, after)
    groups = {number: uow.groups.place(number) for number in {post.group_id for post in found}}
    hung = hanging(uow, [post.id for post in found])
    items = []
    for post in found:
        group = groups[post.group_id]
        visibility = group.group.visibility if group else post.audience
        place = group.actor.uri if group else None
        document = post_document(post, persona, owner.origin, place, visibility)
        items.append((post.id, document | hung.get(post.id, {})))
    return items


def post_document(
    post: Post, author: Actor, origin: str, group: str | None, visibility: str
) -> Item:
    """A thread or a reply as an object of ActivityStreams, wherever it stands."""
    parent = f"{origin}/posts/{post.parent_id}" if post.parent_id else None
    return {
        "type": post.wire_type,
        "id": post.uri,
        "attributedTo": author.uri,
        "name": post.title,
        "content": post.content,
        "source": {"content": post.source or "", "mediaType": "text/markdown"},
        "summary": post.content_warning,
        "language": post.language,
        "replyWanted": post.reply_wanted,
        "inReplyTo": parent,
        "audience": group,
        "to": [PUBLIC] if visibility == "public" else [group] if group else [],
        "visibility": visibility,
        "published": when(post.created_at),
        "updated": when(post.edited_at),
        "removedByModerator": when(post.removed_at),
        "removalReason": post.removal_reason,
    }


def reactions(uow: UnitOfWork, _owner: Owner, persona: Actor, after: int) -> list[tuple[int, Item]]:
    return [
        (
            one.id,
            {
                "type": "Like",
                "actor": persona.uri,
                "object": one.post_uri,
                "content": one.kind,
                "published": when(one.created_at),
            },
        )
        for one in uow.own.reactions(persona.id, BATCH, after)
    ]


def notifications(
    uow: UnitOfWork, _owner: Owner, persona: Actor, after: int
) -> list[tuple[int, Item]]:
    return [
        (
            one.id,
            {
                "kind": one.kind,
                "by": one.by_uri,
                "at": when(one.created_at),
                "read": when(one.read_at),
            },
        )
        for one in uow.own.notifications(persona.id, BATCH, after)
    ]


def memberships(uow: UnitOfWork, persona: Actor) -> list[Item]:
    items: list[Item] = []
    for joined in uow.memberships.groups_of(persona.id, MANY):
        membership = uow.memberships.get(joined.actor.id, persona.id)
        seen = may_read_group(joined.group, persona, membership)
        items.append(
            {
                "group": joined.actor.uri if seen else None,
                "name": joined.actor.name if seen else None,
                "state": joined.state,
                "role": joined.role,
                "since": when(membership.created_at) if membership else None,
            }
        )
    items += [
        {
            "applicationTo": one.words.shown_as if one.words else None,
            "answers": [list(pair) for pair in one.words.answers] if one.words else [],
            "reply": one.reply,
            "state": one.application.state,
            "created": when(one.application.created_at),
            "decided": when(one.application.decided_at),
        }
        for one in uow.applications.of_actor(persona.id, MANY)
    ]
    return items + follows(uow, persona)


def invitations(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {
            "created": when(one.created_at),
            "endsAt": when(one.expires_at),
            "revoked": when(one.revoked_at),
            "uses": one.uses,
        }
        for one in uow.own.invitations(persona.id, MANY)
    ]


def blocks(uow: UnitOfWork, persona: Actor) -> list[Item]:
    return [
        {"type": "Block", "object": one.actor.uri, "published": when(one.since)}
        for one in uow.blocks.listed(persona.id, MANY)
    ]


EXPORTERS: Final = (
    Exporter("account", N_("Your account"), at_once(account), "/settings"),
    Exporter("consents", N_("What you agreed to"), at_once(consents), "/settings/consents"),
    Exporter("sessions", N_("Where you are signed in"), at_once(sessions), "/settings"),
    Exporter("personas", N_("How others see you"), at_once(personas), "/settings/personas"),
    Exporter("posts", N_("What you wrote"), paged(posts), "/groups"),
    Exporter("reactions", N_("Your reactions"), paged(reactions), "/groups"),
    Exporter("memberships", N_("Your groups"), of_each_persona(memberships), "/groups"),
    Exporter("invitations", N_("Invitations you made"), of_each_persona(invitations), "/groups"),
    Exporter("blocks", N_("Whom you blocked"), of_each_persona(blocks), "/settings/blocks"),
    Exporter("notifications", N_("What you were told"), paged(notifications)),
    *JUDGED,
    CIRCLES,
    *CHOICES,
    *DIRECTORY,
    COLLECTIONS,
    *COPING,
    VOTES,
    *OUTSIDE_GROUPS,
    *WRITTEN,
    *WELCOMING,
    ANSWERING,
    *STORIES,
    *TALKS,
    *GOALS,
    *HELP,
    *HEARD,
)

"""The people whom a text names: `@rowan` of this node, `@ash@elsewhere.example` of another one."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from node.profiles.rules import is_person
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

MOST_NAMED: Final = 50
"""People that one post may name; further ones are plain text."""

_NAME = re.compile(
    r"(?<![\w/@.])@(?P<handle>[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)"
    r"(?:@(?P<authority>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?))?"
)


_TAG = re.compile(r"(<[^>]*>)")
_VERBATIM = re.compile(r"<(?:a|code|pre)\b")
_VERBATIM_END = re.compile(r"</(?:a|code|pre)\b")


def names_in(text: str, own: str) -> list[tuple[str, str]]:
    """The (handle, authority) pairs in a text, in lower case, each once; `own` is this node's."""
    found = (
        (match["handle"].lower(), (match["authority"] or own).lower())
        for match in _NAME.finditer(text)
    )
    return list(dict.fromkeys(found))[:MOST_NAMED]


def people_named(
    uow: UnitOfWork, text: str, more: Iterable[int], author: Actor, own: str
) -> list[Actor]:
    """Those whom a text of `author` names and that are known here, and those with the ids `more`.
    Nobody who is gone, and nobody across a block."""
    found = [
        uow.actors.local_by_handle(handle)
        if authority == own
        else uow.actors.by_handle(handle, authority)
        for handle, authority in names_in(text, own)
    ]
    wanted = list(dict.fromkeys(more))
    by_id = uow.actors.get_many(wanted) if wanted else {}
    found += [by_id.get(one) for one in wanted]
    return [
        actor
        for actor in dict.fromkeys(found)
        if actor is not None and _may_be_named(uow, actor, author)
    ]


def _may_be_named(uow: UnitOfWork, actor: Actor, author: Actor) -> bool:
    if not is_person(actor) or actor.id == author.id:
        return False
    if actor.gone_at is not None or actor.suspended_at is not None:
        return False
    return not uow.blocks.cut_off(author.id, actor.id)


def with_links(html: str, people: Sequence[Actor], own: str) -> str:
    """Our own clean HTML with each name of these people as a link, in the form by which microblogs
    know a mention. Names in links and in code stay as they are."""
    known = {(one.handle.lower(), one.authority): one for one in people}
    inside, parts = 0, []

    def link(match: re.Match[str]) -> str:
        name = match["handle"].lower(), (match["authority"] or own).lower()
        actor = known.get(name)
        if actor is None:
            return match[0]
        href, shown = escape(actor.url or actor.uri), escape(match["handle"])
        return f'<a href="{href}" class="u-url mention">@<span>{shown}</span></a>'

    for part in _TAG.split(html):
        if part.startswith("<"):
            inside += _VERBATIM.match(part) is not None
            inside -= _VERBATIM_END.match(part) is not None
            parts.append(part)
        else:
            parts.append(part if inside else _NAME.sub(link, part))
    return "".join(parts)

"""What apps call the news of a persona, and how one piece of it looks.

Kinds that apps have no name for, such as who asks to be let into a group, are left out: the pages
show them. A private message is a mention in a direct post.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from node.clients.answers import moment
from node.clients.call import Call
from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.news import Notification
from node.clients.mastodon.entities.status import Status
from node.clients.mastodon.filtering import is_hidden
from node.clients.mastodon.shown import Site, show_accounts, show_statuses
from node.clients.mastodon.windows import Window
from storage.actors import Actor
from storage.news import DAY_OF_IDS, NewsQuery
from storage.notifications import Kind, Told
from storage.unit_of_work import UnitOfWork

NAMES: Final[Mapping[Kind, str]] = {
    "reply": "mention",
    "mention": "mention",
    "message": "mention",
    "reaction": "favourite",
    "share": "reblog",
    "follow": "follow",
    "follow-request": "follow_request",
    "poll": "poll",
}
ABOUT_POSTS: Final = frozenset({"mention", "favourite", "reblog", "poll"})
GROUPABLE: Final[Mapping[str, Kind]] = {
    "favourite": "reaction",
    "reblog": "share",
    "follow": "follow",
}
ALONE: Final = "ungrouped"


def query_of(call: Call, window: Window) -> NewsQuery:
    """What of the news a call asks for."""
    params = call.params
    wanted, unwanted = params.many("types"), params.many("exclude_types")
    kinds = [
        kind
        for kind, name in NAMES.items()
        if (not wanted or name in wanted) and name not in unwanted
    ]
    return NewsQuery(
        persona_id=call.persona.id,
        kinds=kinds,
        by_id=params.maybe_id("account_id"),
        filtered=params.flag("include_filtered") or bool(params.maybe_id("account_id")),
        limit=window.limit,
        before=window.before,
        after=window.after,
        upward=window.upward,
    )


def whole_query(persona: Actor, limit: int) -> NewsQuery:
    """All that apps have a name for."""
    return NewsQuery(persona_id=persona.id, kinds=list(NAMES), limit=limit)


def type_of(told: Told) -> str:
    """What apps call it, or nothing."""
    return NAMES.get(told.notification.kind, "")


def status_id_of(told: Told) -> int | None:
    """The post or the message that it is about."""
    return told.notification.post_id or told.notification.message_id


def show_news(
    uow: UnitOfWork, found: Collection[Told], persona: Actor, site: Site
) -> list[Notification]:
    """These as apps read them. News of a post that the persona may not read is left out."""
    accounts = show_accounts(uow, {one.by.id for one in found}, persona, site)
    statuses = show_statuses(uow, status_ids(found), persona, site)
    shown = (_one(told, accounts, statuses) for told in found)
    return [one for one in shown if one is not None]


def status_ids(found: Iterable[Told]) -> list[int]:
    """The posts and messages that news is about."""
    ids = (status_id_of(told) for told in found if type_of(told) in ABOUT_POSTS)
    return list(dict.fromkeys(one for one in ids if one is not None))


def key_of(told: Told) -> str:
    """The key under which grouped news has it."""
    name, one = type_of(told), told.notification
    if name == "follow":
        return f"{name}-{one.id // DAY_OF_IDS}"
    if name in GROUPABLE and one.post_id is not None:
        return f"{name}-{one.post_id}"
    return f"{ALONE}-{one.id}"


def _one(
    told: Told, accounts: Mapping[int, Account], statuses: Mapping[int, Status]
) -> Notification | None:
    account, number = accounts.get(told.by.id), status_id_of(told)
    if account is None or told.notification.kind not in NAMES:
        return None
    name, status = type_of(told), statuses.get(number or 0)
    if name in ABOUT_POSTS and (status is None or is_hidden(status, "notifications")):
        return None
    shown = Notification(
        id=str(told.notification.id),
        type=name,
        created_at=moment(told.notification.created_at),
        group_key=key_of(told),
        account=account,
    )
    if status is not None:
        shown.status = status
    if told.notification.filtered:
        shown.filtered = True
    return shown

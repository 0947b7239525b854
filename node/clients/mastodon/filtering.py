"""What posts meet of their reader's filters: the one loader that `shown.py` calls for `filtered`,
and what lists leave out by it.

All words that somebody would read are looked at: the title, the warning, the text, what a poll
offers and what is said of pictures. Whoever wrote a post has no filter on it.
"""

from collections.abc import Iterable, Mapping

from activitypub.plain_text import plain_text
from node.clients.answers import maybe_moment
from node.clients.mastodon.entities.filter import Filter as Shown
from node.clients.mastodon.entities.filter import FilterKeyword, FilterResult, FilterStatus
from node.clients.mastodon.entities.status import Status
from node.clients.mastodon.site import Site
from node.safety.filter_rules import Match, is_on, matches
from storage.actors import Actor
from storage.filters import Filter, FilterContext, FilteredStatus, Keyword
from storage.unit_of_work import UnitOfWork


def filters_on(uow: UnitOfWork, reader: Actor | None, site: Site) -> tuple[Filter, ...]:
    """The reader's filters that work now: one query, and one for the key if there are any."""
    if reader is None:
        return ()
    now = site.now()
    return tuple(one for one in uow.filters.of_persona(reader.id) if is_on(one, now))


def filtered(
    status: Status, filters: tuple[Filter, ...], reader: Actor | None
) -> list[FilterResult]:
    """What a status meets."""
    if not filters or reader is None or status.account.id == str(reader.id):
        return []
    return results_of(matches(filters, _texts(status), [int(status.id)]))


def left_in(shown: Mapping[int, Status], context: FilterContext) -> dict[int, Status]:
    """The statuses that a list of this kind shows: without those that met a filter which hides."""
    return {number: status for number, status in shown.items() if not is_hidden(status, context)}


def is_hidden(status: Status, context: FilterContext) -> bool:
    """Whether its reader wants it left out of lists of this kind."""
    found = status.filtered
    return any(
        one.filter.filter_action == "hide" and context in one.filter.context for one in found
    )


def _texts(status: Status) -> Iterable[str]:
    yield status.spoiler_text
    # The title stands in the content as well.
    yield plain_text(status.content)
    if status.poll is not None:
        yield from (option.title for option in status.poll.options)
    yield from (one.description or "" for one in status.media_attachments)


def filter_of(one: Filter, *, bare: bool = False) -> Shown:
    """A filter; `bare` without what is in it, as it stands in a post's `filtered`."""
    return Shown(
        id=str(one.id),
        title=one.title,
        context=list(one.contexts),
        expires_at=maybe_moment(one.expires_at),
        filter_action=one.action,
        keywords=[] if bare else [keyword_of(word) for word in one.keywords],
        statuses=[] if bare else [entry_of(entry) for entry in one.statuses],
    )


def results_of(found: Iterable[Match]) -> list[FilterResult]:
    """What a post met, for its `filtered`."""
    return [
        FilterResult(
            filter=filter_of(one.filter, bare=True),
            keyword_matches=list(one.keywords),
            status_matches=[str(number) for number in one.status_ids],
        )
        for one in found
    ]


def keyword_of(word: Keyword) -> FilterKeyword:
    """A word of a filter."""
    return FilterKeyword(id=str(word.id), keyword=word.keyword, whole_word=word.whole_word)


def entry_of(entry: FilteredStatus) -> FilterStatus:
    """A post that a filter names."""
    return FilterStatus(id=str(entry.id), status_id=str(entry.status_id))

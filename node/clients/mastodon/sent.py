"""What a client sends to be posted, as a `Composition`; every field of the Mastodon API that Kith
takes, and a clear 422 for what it does not.
"""

from datetime import datetime, timedelta
from typing import Final

from node.clients.composition import Composition, visibility_of
from node.clients.params import Params
from node.errors import Invalid
from node.groups.drafts import PollDraft
from node.media.posting import MediaWords
from node.media.rules import focus_of

DAY: Final = 24 * 3600
LONGEST_POLL: Final = 366 * DAY


def composition_of(params: Params, now: datetime, files_most: int) -> Composition:
    """A new post, with up to so many files. Raises Invalid."""
    _refuse_quotes(params)
    poll, media = poll_of(params, now), media_ids_of(params, files_most)
    if poll is not None and media:
        raise Invalid("poll", "A post has either a poll or files. Send one of the two.")
    return Composition(
        text=params.text("status") or "",
        spoiler_text=params.text("spoiler_text") or None,
        visibility=visibility_of(params.text("visibility")),
        language=params.text("language") or None,
        in_reply_to=params.maybe_id("in_reply_to_id"),
        media_ids=media or None,
        poll=poll,
        sensitive=params.flag("sensitive"),
        text_type="text/markdown" if _is_markdown(params) else "text/plain",
    )


def changed(before: Composition, params: Params, now: datetime, files_most: int) -> Composition:
    """An edit: what is not sent stays as it was. Raises Invalid."""
    _refuse_quotes(params)
    was_sent = params.has("status")
    return Composition(
        text=(params.text("status") or "") if was_sent else before.text,
        spoiler_text=_or_before(params, "spoiler_text", before.spoiler_text),
        language=_or_before(params, "language", before.language),
        media_ids=(
            media_ids_of(params, files_most) if params.has("media_ids") else before.media_ids
        ),
        poll=poll_of(params, now),
        sensitive=params.flag("sensitive", before.sensitive),
        text_type="text/plain" if was_sent and not _is_markdown(params) else "text/markdown",
    )


def media_ids_of(params: Params, most: int) -> tuple[int, ...]:
    """The files of a post, each once. Raises Invalid."""
    texts = [text for text in params.many("media_ids") if text.strip()]
    if len(texts) > most:
        raise Invalid("media_ids", f"Cannot attach more than {most} files.")
    ids = params.ids("media_ids")
    if len(ids) != len(texts):
        raise Invalid("media_ids", "media_ids must be ids that POST /api/v2/media answered.")
    return tuple(dict.fromkeys(ids))


def media_words_of(params: Params) -> list[MediaWords]:
    """What an edit says about files that the post has or gets (`media_attributes`). Raises
    Invalid."""
    return [
        MediaWords(
            id=one.maybe_id("id") or 0,
            alt=one.text("description"),
            focus=focus_of(one.text("focus") or "", "focus") if one.has("focus") else None,
        )
        for one in params.inners("media_attributes")
    ]


def poll_of(params: Params, now: datetime) -> PollDraft | None:
    """The poll of a post, None without options. Raises Invalid."""
    poll = params.inner("poll")
    options = tuple(text for text in poll.many("options") if text.strip()) if poll else ()
    if poll is None or not options:
        return None
    seconds = poll.number("expires_in", DAY, least=1, most=LONGEST_POLL)
    return PollDraft(
        options=options,
        multiple=poll.flag("multiple"),
        hide_totals=poll.flag("hide_totals"),
        closes_at=now + timedelta(seconds=seconds),
    )


def _or_before(params: Params, name: str, before: str | None) -> str | None:
    return (params.text(name) or None) if params.has(name) else before


def _is_markdown(params: Params) -> bool:
    """Some clients say what they send; most send plain lines."""
    kind = params.text("content_type")
    if kind in (None, "", "text/plain", "text/markdown"):
        return kind == "text/markdown"
    raise Invalid("content_type", "content_type must be text/plain or text/markdown.")


def _refuse_quotes(params: Params) -> None:
    for name in ("quoted_status_id", "quote_id"):
        if params.text(name):
            raise Invalid(
                name, "Quotes are not taken here. Link to the post, or answer it (in_reply_to_id)."
            )

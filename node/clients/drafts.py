"""A composition as the draft that each room takes. Pure."""

from node.clients.composition import AUDIENCES, Composition, kept_text, titled
from node.errors import Invalid
from node.groups.drafts import ReplyDraft, ThreadDraft
from node.profiles.drafts import ProfileDraft


def reply_draft(sent: Composition) -> ReplyDraft:
    """An answer in a group."""
    return ReplyDraft(
        text=kept_text(sent),
        content=sent.content,
        content_warning=sent.spoiler_text,
        language=sent.language,
        sensitive=sent.sensitive,
        media_ids=sent.media_ids,
        poll=sent.poll,
    )


def thread_draft(sent: Composition, text: str) -> ThreadDraft:
    """A thread in a group, of which `text` is what stands below the name of the group."""
    title, rest = titled(text, sent.title)
    return ThreadDraft(
        title=title,
        text=kept_text(sent, rest),
        content=sent.content,
        content_warning=sent.spoiler_text,
        language=sent.language,
        sensitive=sent.sensitive,
        media_ids=sent.media_ids,
        poll=sent.poll,
        reply_wanted=sent.reply_wanted,
    )


def profile_draft(sent: Composition) -> ProfileDraft:
    """A post outside groups. Those have no title: it becomes the first line."""
    text = kept_text(sent)
    return ProfileDraft(
        text=f"{sent.title}\n\n{text}" if sent.title else text,
        content=None if sent.title else sent.content,
        content_warning=sent.spoiler_text,
        language=sent.language,
        sensitive=sent.sensitive,
        media_ids=sent.media_ids,
        poll=sent.poll,
        audience=AUDIENCES[sent.visibility or "private"],
        named=sent.people,
    )


def letter_text(sent: Composition) -> str:
    """The text of a private message, which holds words alone. Raises Invalid."""
    if sent.media_ids or sent.poll is not None:
        raise Invalid(
            "media_ids",
            "A private message from an app holds words alone. Send pictures on the page of the "
            "conversation.",
        )
    text = kept_text(sent)
    return f"{sent.spoiler_text}\n\n{text}" if sent.spoiler_text else text

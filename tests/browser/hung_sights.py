"""Pages of posts with pictures and polls, and the forms that add them."""

from tests.browser.sights import Sight, at, refused, unfolded

_THREAD, _NOTE, _PERSONA = "/threads/{id}", "/notes/{id}", "/personas/{handle}"
_NEW, _NEW_NOTE, _REPLY = "/groups/{handle}/new", "/notes/new", "/posts/{id}/reply"
_ADDING = ("Add pictures", "Ask with a poll")
_ONE_OPTION = {"title": "What now?", "text": "Say.", "option-1": "Nothing"}

HUNG_SIGHTS = (
    Sight("thread-pictures", _THREAD, at("/threads/{shown}"), "mara"),
    Sight("thread-pictures-visitor", _THREAD, at("/threads/{shown}")),
    Sight("thread-poll", _THREAD, at("/threads/{asked}"), "mara"),
    Sight("thread-poll-own", _THREAD, at("/threads/{asked}"), "ash"),
    Sight("thread-poll-voted", _THREAD, at("/threads/{asked}?note=voted"), "fern"),
    Sight("thread-poll-ended", _THREAD, unfolded("/threads/{ended}", "Content warning:"), "fern"),
    Sight("thread-poll-visitor", _THREAD, at("/threads/{asked}")),
    Sight("note-picture", _NOTE, at("/notes/{note_shown}"), "fern"),
    Sight("note-poll", _NOTE, at("/notes/{note_poll}"), "june"),
    Sight("note-poll-voted", _NOTE, at("/notes/{note_poll}"), "fern"),
    Sight("persona-hung", _PERSONA, at("/personas/ash"), "mara"),
    Sight("new-thread-adding", _NEW, unfolded("/groups/newcomers/new", *_ADDING), "ash"),
    Sight(
        "new-thread-poll-wrong",
        _NEW,
        refused("/groups/newcomers/new", "Publish", _ADDING[1], **_ONE_OPTION),
        "ash",
    ),
    Sight("note-new-adding", _NEW_NOTE, unfolded("/notes/new", *_ADDING), "ash"),
    Sight("reply-adding", _REPLY, unfolded("/posts/{asked}/reply", *_ADDING), "fern"),
    Sight("reply-pictures", _REPLY, at("/posts/{shown}/reply"), "fern"),
    Sight("unnamed-reply-poll", "/posts/{id}/anonymous", at("/posts/{asked}/anonymous"), "mara"),
    Sight("moderate-pictures", "/posts/{id}/moderate", at("/posts/{shown}/moderate"), "rowan"),
    Sight("moderate-poll", "/posts/{id}/moderate", at("/posts/{asked}/moderate"), "rowan"),
)

"""Pages of private messages."""

from tests.browser.sights import Sight, at, refused

_NEW, _SETTINGS = "/messages/new", "/messages/settings"

MESSAGE_SIGHTS = (
    Sight("messages", "", at("/messages"), "ash"),
    Sight("messages-empty", "", at("/messages"), "june"),
    Sight("conversation", "", at("/messages/{talk}"), "ash", scripts=1),
    Sight("conversation-three", "", at("/messages/{three}"), "fern", scripts=1),
    Sight(
        "conversation-wrong",
        "",
        refused("/messages/{talk}", "Send", text=" "),
        "fern",
        scripts=1,
    ),
    Sight("conversation-people", "", at("/messages/{three}/people"), "ash"),
    Sight("conversation-remove", "", at("/messages/{three}/remove"), "ash"),
    Sight("message-edit", "", at("/messages/{talk}/{word}/edit"), "ash"),
    Sight("message-delete", "", at("/messages/{talk}/{word}/delete"), "ash"),
    Sight("message-new", "", at(_NEW), "ash"),
    Sight("message-new-wrong", "", refused(_NEW, "Send", to="nobody", text="x"), "ash"),
    Sight("message-ask", "", at(f"{_NEW}?to=fern"), "rowan"),
    Sight("message-requests", "", at("/messages/requests"), "ash"),
    Sight("message-requests-empty", "", at("/messages/requests"), "june"),
    Sight("message-search", "", at("/messages/search"), "ash"),
    Sight("message-settings", "", at(_SETTINGS), "ash"),
)

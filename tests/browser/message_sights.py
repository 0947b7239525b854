"""Pages of private messages."""

from tests.browser.sights import Sight, at, refused

_ONE = "/messages/{id}"
_NEW, _SETTINGS = "/messages/new", "/messages/settings"

MESSAGE_SIGHTS = (
    Sight("messages", "/messages", at("/messages"), "ash"),
    Sight("messages-empty", "/messages", at("/messages"), "june"),
    Sight("conversation", _ONE, at("/messages/{talk}"), "ash", scripts=1),
    Sight("conversation-three", _ONE, at("/messages/{three}"), "fern", scripts=1),
    Sight(
        "conversation-wrong",
        _ONE,
        refused("/messages/{talk}", "Send", text=" "),
        "fern",
        scripts=1,
    ),
    Sight("conversation-people", f"{_ONE}/people", at("/messages/{three}/people"), "ash"),
    Sight("conversation-remove", f"{_ONE}/remove", at("/messages/{three}/remove"), "ash"),
    Sight("message-edit", f"{_ONE}/{{message}}/edit", at("/messages/{talk}/{word}/edit"), "ash"),
    Sight(
        "message-delete", f"{_ONE}/{{message}}/delete", at("/messages/{talk}/{word}/delete"), "ash"
    ),
    Sight("message-new", _NEW, at(_NEW), "ash"),
    Sight("message-new-wrong", _NEW, refused(_NEW, "Send", to="nobody", text="x"), "ash"),
    Sight("message-ask", _NEW, at(f"{_NEW}?to=fern"), "rowan"),
    Sight("message-requests", "/messages/requests", at("/messages/requests"), "ash"),
    Sight("message-requests-empty", "/messages/requests", at("/messages/requests"), "june"),
    Sight("message-search", "/messages/search", at("/messages/search"), "ash"),
    Sight("message-settings", _SETTINGS, at(_SETTINGS), "ash"),
)

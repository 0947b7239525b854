"""Pages of how people are received, and of answering together."""

from tests.browser.sights import Sight, at, refused

_GROUP = "/groups/{handle}"
_WELCOME, _GREETERS, _WEEKLY = f"{_GROUP}/welcome", f"{_GROUP}/greeters", f"{_GROUP}/weekly"
_NEW, _ONE = f"{_WEEKLY}/new", f"{_WEEKLY}/{{id}}"
_SESSIONS, _CALL, _SESSION = "/reply-sessions", "/reply-sessions/new", "/reply-sessions/{id}"
_AT = "/groups/newcomers"

WELCOMING_SIGHTS = (
    Sight("greeting", "/welcome", at("/welcome"), "ash"),
    Sight("greeting-none", "/welcome", at("/welcome"), "june"),
    Sight("group-newcomer", _GROUP, at(_AT), "june"),
    Sight("welcome-thread", _WELCOME, at(f"{_AT}/welcome"), "rowan"),
    Sight("welcome-thread-none", _WELCOME, at("/groups/circle/welcome"), "rowan"),
    Sight(
        "welcome-thread-wrong",
        _WELCOME,
        refused("/groups/circle/welcome", "Open it now", title=" "),
        "rowan",
    ),
    Sight("welcome-thread-not-allowed", _WELCOME, at("/groups/circle/welcome", 403), "ash"),
    Sight("greeters", _GREETERS, at(f"{_AT}/greeters?note=greeting"), "ash"),
    Sight("greeters-moderator", _GREETERS, at(f"{_AT}/greeters"), "rowan"),
    Sight("greeters-none", _GREETERS, at("/groups/circle/greeters"), "ash"),
    Sight(
        "greeters-wrong",
        _GREETERS,
        refused("/groups/circle/greeters", "Put me on the list", to_hour="3"),
        "ash",
    ),
    Sight("weekly", _WEEKLY, at(f"{_AT}/weekly"), "rowan"),
    Sight("weekly-none", _WEEKLY, at("/groups/circle/weekly"), "rowan"),
    Sight("weekly-new", _NEW, at("/groups/circle/weekly/new?example=2"), "rowan"),
    Sight(
        "weekly-new-wrong", _NEW, refused("/groups/circle/weekly/new", "Save", title=""), "rowan"
    ),
    Sight("weekly-one", _ONE, at(f"{_AT}/weekly/{{weekly_0}}"), "rowan"),
    Sight("weekly-resting", _ONE, at(f"{_AT}/weekly/{{weekly_1}}"), "rowan"),
    Sight("sessions", _SESSIONS, at(_SESSIONS), "ash"),
    Sight("sessions-none", _SESSIONS, at(_SESSIONS), "wren", "meadow"),
    Sight("session-new", _CALL, at(_CALL), "rowan"),
    Sight("session-new-wrong", _CALL, refused(_CALL, "Call them for then", date=""), "rowan"),
    Sight("session-new-not-yet", _CALL, at(_CALL), "june"),
    Sight("session-turn", _SESSION, at("/reply-sessions/{session_running}"), "ash"),
    Sight("session-caller", _SESSION, at("/reply-sessions/{session_running}"), "rowan"),
    Sight("session-come", _SESSION, at("/reply-sessions/{session_running}"), "fern"),
    Sight("session-planned", _SESSION, at("/reply-sessions/{session_planned}"), "ash"),
    Sight("session-over", _SESSION, at("/reply-sessions/{session_over}"), "fern"),
)

"""Pages of reports, decisions and staff."""

from tests.browser.sights import Sight, at, refused

_LINKS, _ROLES, _SUSPENDED = "/moderation/links", "/moderation/roles", "/moderation/suspended"

STAFF_SIGHTS = (
    Sight("report-post", "/report/post/{id}", at("/report/post/{birthday}"), "fern"),
    Sight(
        "report-post-wrong",
        "/report/post/{id}",
        refused("/report/post/{birthday}", "Send to the staff"),
        "fern",
    ),
    Sight("report-message", "/report/message/{id}", at("/report/message/{word}"), "fern"),
    Sight("report-person", "/report/persona/{handle}", at("/report/persona/mara"), "fern"),
    Sight("reports-own-empty", "/reports", at("/reports"), "fern"),
    Sight("decisions-empty", "/decisions", at("/decisions"), "fern"),
    Sight("appeal", "/appeal", at("/appeal")),
    Sight("appeal-wrong", "/appeal", refused("/appeal", "Send", name="ash", password="no")),
    Sight("staff-reports-empty", "/moderation", at("/moderation"), "rowan"),
    Sight("staff-suspended-empty", _SUSPENDED, at(_SUSPENDED), "rowan"),
    Sight(
        "staff-suspend-wrong", _SUSPENDED, refused(_SUSPENDED, "Suspend", handle="nobody"), "rowan"
    ),
    Sight("group-reports-empty", "/groups/{handle}/reports", at("/groups/grief/reports"), "rowan"),
    Sight("staff-log", "/moderation/log", at("/moderation/log"), "rowan"),
    Sight("staff-links-empty", _LINKS, at(_LINKS), "rowan"),
    Sight("staff-roles", _ROLES, at(_ROLES), "rowan"),
    Sight("staff-roles-wrong", _ROLES, refused(_ROLES, "Give the role", handle="nobody"), "rowan"),
)

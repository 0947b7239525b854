"""Pages of reports, decisions and staff."""

from tests.browser.sights import Sight, at, refused

_LINKS, _ROLES, _SUSPENDED = "/moderation/links", "/moderation/roles", "/moderation/suspended"

STAFF_SIGHTS = (
    Sight("report-post", "", at("/report/post/{birthday}"), "fern"),
    Sight("report-post-wrong", "", refused("/report/post/{birthday}", "Send to the staff"), "fern"),
    Sight("report-person", "", at("/report/persona/mara"), "fern"),
    Sight("reports-own-empty", "", at("/reports"), "fern"),
    Sight("decisions-empty", "", at("/decisions"), "fern"),
    Sight("appeal", "", at("/appeal")),
    Sight("appeal-wrong", "", refused("/appeal", "Send", name="ash", password="no")),
    Sight("staff-reports-empty", "", at("/moderation"), "rowan"),
    Sight("staff-suspended-empty", "", at(_SUSPENDED), "rowan"),
    Sight("staff-suspend-wrong", "", refused(_SUSPENDED, "Suspend", handle="nobody"), "rowan"),
    Sight("staff-log", "", at("/moderation/log"), "rowan"),
    Sight("staff-links-empty", "", at(_LINKS), "rowan"),
    Sight("staff-roles", "", at(_ROLES), "rowan"),
    Sight("staff-roles-wrong", "", refused(_ROLES, "Give the role", handle="nobody"), "rowan"),
)

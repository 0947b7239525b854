"""Every page there is: empty, full, and with something that is not right."""

from tests.browser.app_sights import APP_SIGHTS
from tests.browser.calm_sights import CALM_SIGHTS
from tests.browser.circle_sights import CIRCLE_SIGHTS
from tests.browser.coping_sights import COPING_SIGHTS
from tests.browser.directory_sights import DIRECTORY_SIGHTS
from tests.browser.group_sights import GROUP_SIGHTS
from tests.browser.help_sights import HELP_SIGHTS
from tests.browser.hung_sights import HUNG_SIGHTS
from tests.browser.listening_sights import LISTENING_SIGHTS
from tests.browser.message_sights import MESSAGE_SIGHTS
from tests.browser.own_sights import OWN_SIGHTS
from tests.browser.profile_sights import PROFILE_SIGHTS
from tests.browser.replying_sights import REPLYING_SIGHTS
from tests.browser.right_sights import RIGHT_SIGHTS
from tests.browser.safety_sights import SAFETY_SIGHTS
from tests.browser.sights import Sight, at, many_tries, refused, session_lost, unfolded
from tests.browser.staff_sights import STAFF_SIGHTS
from tests.browser.story_sights import STORY_SIGHTS
from tests.browser.walking_sights import WALKING_SIGHTS
from tests.browser.welcoming_sights import WELCOMING_SIGHTS

_NOBODY = {"name": "two words", "password": "short", "display_name": "", "handle": "Ash!"}
_LONG = "loss of somebody " * 15

_GROUP, _THREAD, _PERSONA = "/groups/{handle}", "/threads/{id}", "/personas/{handle}"
_NEW, _FOUND, _FIRST = "/groups/{handle}/new", "/groups/new", "/first-administrator"
_REPLY, _EDIT, _DELETE = "/posts/{id}/reply", "/posts/{id}/edit", "/posts/{id}/delete"
_MODERATE = "/posts/{id}/moderate"

_OUTSIDE = (
    Sight("welcome", "/", at("/")),
    Sight("welcome-empty", "/", at("/"), house="empty"),
    Sight("help", "/help", at("/help"), scripts=1),
    Sight("more", "/more", at("/more")),
    Sight("groups-visitor", "/groups", at("/groups")),
    Sight("groups-empty", "/groups", at("/groups"), house="empty"),
    Sight("sign-in", "/sign-in", at("/sign-in")),
    Sight("sign-in-wrong", "/sign-in", refused("/sign-in", "Sign in", name="ash", password="no")),
    Sight("sign-in-slow-down", "/sign-in", many_tries),
    Sight("sign-up", "/sign-up", at("/sign-up")),
    Sight("sign-up-wrong", "/sign-up", refused("/sign-up", "Make an account", **_NOBODY)),
    Sight("sign-up-closed", "/sign-up", at("/sign-up"), house="closed"),
    Sight("first-administrator", _FIRST, at("{link}"), house="empty"),
    Sight(
        "first-administrator-wrong",
        _FIRST,
        refused("{link}", "Make the first account", **_NOBODY),
        house="empty",
    ),
    Sight("not-found", "", at("/nothing-here", 404)),
    Sight("group-visitor", _GROUP, at("/groups/grief")),
    Sight("thread-visitor", _THREAD, at("/threads/{coat}")),
    Sight("persona", _PERSONA, at("/personas/ash")),
)

_READING = (
    Sight("start", "/", at("/?note=signed-in"), "ash"),
    Sight("start-empty", "/", at("/?note=welcome"), "june"),
    Sight("groups-member", "/groups", at("/groups"), "rowan"),
    Sight("groups-waiting", "/groups", at("/groups"), "petra", "meadow"),
    Sight("groups-wrong", "/groups", refused("/groups", "Look it up", handle="sleep"), "ash"),
    Sight("group", _GROUP, at("/groups/grief"), "ash"),
    Sight("group-not-joined", _GROUP, at("/groups/grief"), "june"),
    Sight("group-empty", _GROUP, at("/groups/garden"), "wren", "meadow"),
    Sight("group-full", _GROUP, at("/groups/after_caring"), "odile", "meadow"),
    Sight("group-end", _GROUP, at("/groups/after_caring?before=1-1"), "odile", "meadow"),
    Sight("group-elsewhere", _GROUP, at("/groups/grief@{harbour}"), "odile", "meadow"),
    Sight("group-waiting", _GROUP, at("/groups/newcomers@{harbour}"), "petra", "meadow"),
    Sight("group-not-let-in", _GROUP, at("/groups/newcomers@{harbour}"), "wren", "meadow"),
    Sight("group-local", _GROUP, at("/groups/night_shift"), "ash"),
    Sight("group-private", _GROUP, at("/groups/rota"), "linnea", "meadow"),
    Sight("thread", _THREAD, at("/threads/{birthday}?note=posted"), "ash"),
    Sight(
        "thread-unfolded",
        _THREAD,
        unfolded("/threads/{coat}", "Content warning:", "Send support", "Content warning and"),
        "mara",
    ),
    Sight("thread-elsewhere", _THREAD, at("/threads/{there}"), "odile", "meadow"),
    Sight("thread-not-a-member", _THREAD, at("/threads/{there}"), "linnea", "meadow"),
    Sight("thread-long", _THREAD, at("/threads/{night}"), "fern"),
    Sight("thread-locked", _THREAD, at("/threads/{locked}"), "fern"),
    Sight("thread-removed", _THREAD, at("/threads/{removed}"), "fern"),
    Sight("thread-gone", _THREAD, at("/threads/{gone}"), "fern"),
    Sight("thread-moderator", _THREAD, at("/threads/{removed}"), "rowan"),
    Sight("post", "/posts/{id}", at("/posts/{birthday}"), "fern"),
    Sight("persona-elsewhere", _PERSONA, at("/personas/mara@{harbour}"), "odile", "meadow"),
    Sight("persona-quiet", _PERSONA, at("/personas/ines"), "ash"),
)

_WRITING = (
    Sight("new-thread", _NEW, at("/groups/grief/new"), "ash"),
    Sight("new-thread-local", _NEW, at("/groups/night_shift/new"), "ash"),
    Sight(
        "new-thread-wrong",
        _NEW,
        refused("/groups/grief/new", "Publish", text="No title", content_warning=_LONG),
        "ash",
    ),
    Sight("new-thread-not-a-member", _NEW, at("/groups/grief/new", 403), "june"),
    Sight("reply", _REPLY, at("/posts/{coat}/reply"), "ash"),
    Sight("reply-wrong", _REPLY, refused("/posts/{reply}/reply", "Reply", text=" "), "fern"),
    Sight("reply-session-lost", _REPLY, session_lost, "fern"),
    Sight("edit-thread", _EDIT, at("/posts/{birthday}/edit"), "ash"),
    Sight("edit-reply", _EDIT, at("/posts/{reply}/edit"), "mara"),
    Sight("edit-wrong", _EDIT, refused("/posts/{reply}/edit", "Save", text=" "), "mara"),
    Sight("delete", _DELETE, at("/posts/{reply}/delete"), "mara"),
    Sight("moderate", _MODERATE, at("/posts/{night}/moderate"), "rowan"),
    Sight("moderate-reply", _MODERATE, at("/posts/{reply}/moderate"), "rowan"),
    Sight("moderate-removed", _MODERATE, at("/posts/{removed}/moderate"), "rowan"),
    Sight(
        "moderate-wrong",
        _MODERATE,
        refused("/posts/{night}/moderate", "Remove the post", reason=" "),
        "rowan",
    ),
    Sight("moderate-not-allowed", _MODERATE, at("/posts/{night}/moderate", 403), "fern"),
    Sight("open-group", _FOUND, at("/groups/new"), "rowan"),
    Sight(
        "open-group-wrong",
        _FOUND,
        refused("/groups/new", "Open the group", name="", handle="Grief Two", summary="kept"),
        "rowan",
    ),
    Sight("open-group-not-allowed", _FOUND, at("/groups/new", 403), "fern"),
    Sight("settings", "/settings", at("/settings?note=saved"), "ash"),
    Sight(
        "settings-wrong",
        "/settings",
        refused("/settings", "Change the password", current="no", password="short"),
        "ash",
    ),
)

_PERSONAS, _MAKE = "/settings/personas", "/settings/personas/new"
_OWN = (
    Sight("personas", _PERSONAS, at("/settings/personas?note=persona-switched"), "ash"),
    Sight("personas-one", _PERSONAS, at("/settings/personas"), "fern"),
    Sight("persona-new", _MAKE, at(_MAKE), "ash"),
    Sight(
        "persona-new-wrong",
        _MAKE,
        refused(_MAKE, "Make it, and act as it", display_name="", handle="Ash!"),
        "ash",
    ),
    Sight("unnamed-thread", "/groups/{handle}/anonymous", at("/groups/newcomers/anonymous"), "ash"),
    Sight("unnamed-reply", "/posts/{id}/anonymous", at("/posts/{night}/anonymous"), "ash"),
    Sight(
        "unnamed-reply-wrong",
        "/posts/{id}/anonymous",
        refused("/posts/{night}/anonymous", "Reply anonymously", text=" "),
        "ash",
    ),
    Sight(
        "unnamed-not-here", "/groups/{handle}/anonymous", at("/groups/grief/anonymous", 403), "ash"
    ),
    Sight("new-thread-or-unnamed", _NEW, at("/groups/newcomers/new"), "ash"),
    Sight("persona-own", "/settings/personas/{handle}", at("/settings/personas/willow"), "ash"),
    Sight(
        "persona-own-wrong",
        "/settings/personas/{handle}",
        refused("/settings/personas/willow", "Retire it"),
        "ash",
    ),
)

SIGHTS = (
    *_OUTSIDE,
    *_READING,
    *_WRITING,
    *_OWN,
    *RIGHT_SIGHTS,
    *DIRECTORY_SIGHTS,
    *GROUP_SIGHTS,
    *SAFETY_SIGHTS,
    *STAFF_SIGHTS,
    *MESSAGE_SIGHTS,
    *LISTENING_SIGHTS,
    *OWN_SIGHTS,
    *PROFILE_SIGHTS,
    *HUNG_SIGHTS,
    *HELP_SIGHTS,
    *APP_SIGHTS,
    *REPLYING_SIGHTS,
    *CALM_SIGHTS,
    *CIRCLE_SIGHTS,
    *WELCOMING_SIGHTS,
    *STORY_SIGHTS,
    *WALKING_SIGHTS,
    *COPING_SIGHTS,
)

"""Pages of coming into a group, belonging to it, and looking after it."""

from tests.browser.sights import Sight, at, refused

_GROUP = "/groups/{handle}"
_JOIN, _LEAVE, _MEMBERS = f"{_GROUP}/join", f"{_GROUP}/leave", f"{_GROUP}/members"
_MEMBER, _MANAGE, _SETTINGS = f"{_MEMBERS}/{{id}}", f"{_GROUP}/manage", f"{_GROUP}/settings"
_OPENNESS, _LINKS = f"{_GROUP}/openness", f"{_GROUP}/invitations"
_WAITING, _LINK, _OWN = f"{_GROUP}/applications", "/invitations/{code}", "/applications"

GROUP_SIGHTS = (
    Sight("join", _JOIN, at("/groups/night_shift/join"), "june"),
    Sight("leave", _LEAVE, at("/groups/circle/leave"), "ash"),
    Sight("leave-public", _LEAVE, at("/groups/grief/leave"), "ash"),
    Sight("leave-host", _LEAVE, at("/groups/circle/leave"), "rowan"),
    Sight("members", _MEMBERS, at("/groups/circle/members"), "ash"),
    Sight("members-moderator", _MEMBERS, at("/groups/circle/members?note=saved"), "rowan"),
    Sight("members-end", _MEMBERS, at("/groups/circle/members?after={rowan_id}"), "ash"),
    Sight("member", _MEMBER, at("/groups/circle/members/{ash_id}"), "rowan"),
    Sight("member-host", _MEMBER, at("/groups/circle/members/{rowan_id}"), "rowan"),
    Sight(
        "member-wrong",
        _MEMBER,
        refused("/groups/circle/members/{ash_id}", "Remove Ash", reason=" "),
        "rowan",
    ),
    Sight("manage", _MANAGE, at("/groups/circle/manage"), "rowan"),
    Sight("manage-not-allowed", _MANAGE, at("/groups/circle/manage", 403), "ash"),
    Sight("group-settings", _SETTINGS, at("/groups/circle/settings"), "rowan"),
    Sight(
        "group-settings-wrong",
        _SETTINGS,
        refused("/groups/circle/settings", "Save", name=" "),
        "rowan",
    ),
    Sight("openness", _OPENNESS, at("/groups/circle/openness"), "rowan"),
    Sight(
        "openness-wrong",
        _OPENNESS,
        refused("/groups/walks/openness", "Make it less open"),
        "rowan",
    ),
    Sight("invitations", _LINKS, at("/groups/circle/invitations"), "rowan"),
    Sight("invitations-none", _LINKS, at("/groups/walks/invitations"), "rowan"),
    Sight(
        "invitations-wrong",
        _LINKS,
        refused("/groups/circle/invitations", "Make the link", uses="0"),
        "rowan",
    ),
    Sight("applications", _WAITING, at("/groups/circle/applications"), "rowan"),
    Sight("applications-none", _WAITING, at("/groups/walks/applications"), "rowan"),
    Sight("own-applications", _OWN, at("/applications?note=requested"), "june"),
    Sight("own-applications-none", _OWN, at("/applications"), "ash"),
    Sight("invitation", _LINK, at("/invitations/{code}"), "fern"),
    Sight("invitation-gone", _LINK, at("/invitations/nothing", 404), "fern"),
    Sight(
        "invitation-wrong",
        _LINK,
        refused("/invitations/{code}", "Ask to join", **{"answer-0": " "}),
        "fern",
    ),
)

"""The pages of accounts: coming in and settings."""

from node.accounts.pages import away, first_administrator, settings, sign_in, sign_up
from node.web.http import RouteDef, get, post

__all__ = ["routes"]


def routes() -> list[RouteDef]:
    """All addresses."""
    return [
        get("/sign-in", sign_in.show),
        post("/sign-in", sign_in.enter),
        post("/sign-out", sign_in.leave),
        get("/sign-up", sign_up.show),
        post("/sign-up", sign_up.enter),
        get("/first-administrator", first_administrator.show),
        post("/first-administrator", first_administrator.enter),
        get("/leave", away.leave),
        post("/settings/leaving", away.choose),
        get("/settings", settings.show),
        post("/settings/persona", settings.change_persona),
        post("/settings/password", settings.change_password),
        post("/settings/sessions/end", settings.end_one),
        post("/settings/sessions/end-others", settings.end_others),
    ]

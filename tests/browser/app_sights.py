"""The sights of apps: the question whether one may act for somebody, and the list of those that
do."""

from urllib.parse import urlencode

from node.accounts.holder import holder_of
from node.accounts.secret import digest
from node.clients.oauth.granting import Granting
from storage.client_apps import ClientApp
from storage.push import PushSubscription
from storage.unit_of_work import UnitOfWork
from tests.browser.gallery import Gallery
from tests.browser.person import Window
from tests.browser.sights import Come, Sight, at

_PAGE, _APPS = "/oauth/authorize", "/settings/apps"
_DEVICES = "/settings/devices"
OOB = "urn:ietf:wg:oauth:2.0:oob"
CALLBACK = "https://spruce.example/callback"


async def spruce(gallery: Gallery) -> ClientApp:
    """An app that has registered; made by whoever comes first."""
    rooms = gallery.houses["harbour"].node.rooms
    app = ClientApp(
        id=rooms.new_id(),
        client_id="spruce",
        secret_hash=digest("its secret"),
        kind="app",
        name="Spruce for the pockets of people who like long names",
        website="https://spruce.example/",
        redirect_uris=f"{CALLBACK}\n{OOB}",
        scopes="read write follow push",
        grant_types="authorization_code",
        created_at=rooms.now(),
    )

    def keep(uow: UnitOfWork) -> ClientApp:
        known = uow.client_apps.by_client_id(app.client_id)
        if known is None:
            uow.client_apps.add(app)
        return known or app

    made: ClientApp = await rooms.db.write(keep)
    return made


def asked(status: int = 200, **fields: str) -> Come:
    """The question of the app."""

    async def come(window: Window, gallery: Gallery) -> None:
        await spruce(gallery)
        query = {
            "client_id": "spruce",
            "response_type": "code",
            "redirect_uri": OOB,
            "scope": "read write follow push",
            **fields,
        }
        await window.open(f"{_PAGE}?{urlencode(query)}", status)

    return come


async def nobody_chosen(window: Window, gallery: Gallery) -> None:
    """Somebody allows it without saying as whom."""
    await asked()(window, gallery)
    await window.page.locator("input[name=persona]:checked").evaluate("one => one.checked = false")
    await window.press("Allow", status=422)


async def code(window: Window, gallery: Gallery) -> None:
    """A code to take to the app."""
    await asked(scope="read")(window, gallery)
    await window.press("Allow")


async def some_apps(window: Window, gallery: Gallery) -> None:
    """Two of one app, and what each may do."""
    app, rooms = await spruce(gallery), gallery.houses["harbour"].node.rooms
    granting = Granting(rooms.now, rooms.new_id)

    def grant(uow: UnitOfWork) -> None:
        persona = uow.actors.local_by_handle("rowan")
        holder = holder_of(uow, persona.id) if persona else None
        assert holder is not None
        if len(uow.app_grants.of_personas([holder.persona.id])) < 2:
            for scopes in (("read", "write", "follow", "push"), ("read:statuses",)):
                granting.for_persona(uow, app, holder, scopes)

    await rooms.db.write(grant)
    await window.open(_APPS)
    await window.unfold("What it can do")


async def a_device(window: Window, gallery: Gallery) -> None:
    """One device that is told of news."""
    rooms = gallery.houses["harbour"].node.rooms

    def subscribe(uow: UnitOfWork) -> None:
        persona = uow.actors.local_by_handle("rowan")
        assert persona is not None
        if uow.push.by_token(1) is None:
            one = PushSubscription(
                id=rooms.new_id(),
                token_id=1,
                persona_id=persona.id,
                endpoint="https://push.example/device",
                p256dh="",
                auth="",
                alerts=frozenset({"mention"}),
                policy="all",
                created_at=rooms.now(),
            )
            uow.push.put(one)

    await rooms.db.write(subscribe)
    await window.open(_DEVICES)


APP_SIGHTS = (
    Sight("devices", _DEVICES, a_device, "rowan"),
    Sight("devices-none", _DEVICES, at(_DEVICES), "petra", "meadow"),
    Sight("app-asks", _PAGE, asked(), "ash"),
    Sight("app-asks-wrong", _PAGE, nobody_chosen, "ash"),
    Sight("app-asks-again", _PAGE, asked(force_login="true"), "ash"),
    Sight("app-code", _PAGE, code, "ash"),
    Sight("app-refused", _PAGE, asked(400, redirect_uri="https://evil.example/"), "ash"),
    Sight("apps", _APPS, some_apps, "rowan"),
    Sight("apps-by-hand", _APPS, at(_APPS), "petra", "meadow"),
)

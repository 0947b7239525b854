"""What a person's devices say, and which devices there are: /settings/devices."""

from dataclasses import dataclass
from datetime import datetime

from yarl import URL

from node.errors import Invalid
from node.i18n import N_
from node.web.forms import Form, posted
from node.web.http import Request, Response, RouteDef, get, post, see_other
from node.web.keys import CONFIG, DB
from node.web.page import page
from node.web.sessions import need_viewer
from storage.push import PushSubscription
from storage.unit_of_work import UnitOfWork

PATH = "/settings/devices"
SAYS = ("nothing", "names")


@dataclass(frozen=True, slots=True)
class Device:
    """One device: the service that carries to it, and since when."""

    service: str
    since: datetime


def routes() -> list[RouteDef]:
    return [get(PATH, show), post(PATH, change)]


async def show(request: Request) -> Response:
    """GET /settings/devices"""
    persona_id = need_viewer(request).persona.id

    def read(uow: UnitOfWork) -> tuple[bool, list[PushSubscription]]:
        return uow.push.wants_names(persona_id), uow.push.of_persona(persona_id)

    named, found = await request.app[DB].read(read)
    return page(
        request,
        "clients/devices.html",
        form=Form({"says": SAYS[named]}),
        devices=[Device(URL(one.endpoint).host or "", one.created_at) for one in found],
        may_name=request.app[CONFIG].push_names,
    )


async def change(request: Request) -> Response:
    """POST /settings/devices; `says` is "names" or "nothing"."""
    viewer, form = need_viewer(request), await posted(request)
    says, persona_id = form["says"], viewer.persona.id
    if says not in SAYS:
        raise Invalid("says", N_("Choose what your devices may say."))
    await request.app[DB].write(lambda uow: uow.push.choose_names(persona_id, says == "names"))
    return see_other(PATH, "saved")

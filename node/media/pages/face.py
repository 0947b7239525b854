"""Settings: the picture of the persona that acts. It is public, and the page says so."""

from node.errors import Invalid, Refused
from node.i18n import N_
from node.media.keys import MEDIA, PICTURES
from node.media.rules import too_large
from node.safety.keys import NEWCOMERS
from node.web.errors import status_of
from node.web.files import with_files
from node.web.forms import Form, posted, posted_with_files
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import need_viewer

FIELD = "image"
NOT_YET = N_(
    "You are new here. You can choose a picture in a few days; your letter shows till then."
)


async def show(request: Request) -> Response:
    """GET /settings/picture"""
    need_viewer(request)
    return _page(request, Form())


@with_files
async def put_on(request: Request) -> Response:
    """POST /settings/picture"""
    viewer = need_viewer(request)
    form, files = await posted_with_files(request)
    newcomers, persona = request.app[NEWCOMERS], viewer.persona
    try:
        if not files:
            raise Invalid(FIELD, N_("Choose a picture first."))
        if files[0].is_too_long:
            raise too_large()
        if not await request.app[DB].read(lambda uow: newcomers.may_send_images(uow, persona)):
            raise Refused(NOT_YET, "newcomer")
        await request.app[PICTURES].wear(persona.id, viewer.account.id, files[0].body)
    except Invalid as error:
        return _page(request, form.blame(error), 422)
    except Refused as error:
        return _page(request, form.refuse(str(error)), status_of(error))
    return see_other("/settings/picture", "picture")


async def take_off(request: Request) -> Response:
    """POST /settings/picture/remove"""
    viewer = need_viewer(request)
    await posted(request)
    media = request.app[MEDIA]
    await request.app[DB].write(lambda uow: media.bare(uow, viewer.persona.id))
    return see_other("/settings/picture", "picture-gone")


def _page(request: Request, form: Form, status: int = 200) -> Response:
    return page(request, "media/face.html", status=status, form=form)

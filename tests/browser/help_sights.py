"""Every page of help, of worries, of what waits and of one's own plan."""

from node.web.cookies import kept_cookie_name
from tests.browser.gallery import Gallery
from tests.browser.person import Window
from tests.browser.sights import Sight, at, refused

_RISK, _LINES, _LINE = "/moderation/risk", "/moderation/helplines", "/moderation/helplines/{key}"


async def planned(window: Window, _gallery: Gallery) -> None:
    """Somebody writes a plan."""
    await window.open("/plan/change")
    await window.fill(signs="I stop answering", myself="Walk round the pond", ask="Sam, next door")
    await window.press("Keep it")


async def kept_here(window: Window, gallery: Gallery) -> None:
    """This browser was asked to keep the plan."""
    await planned(window, gallery)
    name = kept_cookie_name(window.house.node.config)
    await window.page.context.add_cookies(
        [{"name": name, "value": "yes", "url": window.house.origin}]
    )
    await window.open("/plan")


HELP_SIGHTS = (
    Sight("help-country", "/help/in/{country}", at("/help/in/US"), scripts=1),
    Sight("help-no-country", "/help/in/{country}", at("/help/in/ZZ"), scripts=1),
    Sight("help-card", "/help/card/{country}", at("/help/card/GB")),
    Sight("help-steps", "/help/steps", at("/help/steps"), scripts=1),
    Sight("help-steps-burden", "/help/steps", at("/help/steps#burden"), "ash", scripts=1),
    Sight("letters-empty", "/help/for-you", at("/help/for-you"), "june"),
    Sight("worried", "/worried/{id}", at("/worried/{birthday}"), "fern"),
    Sight("plan-empty", "/plan", at("/plan"), "june", scripts=1),
    Sight("plan", "/plan", planned, "ash", scripts=1),
    Sight("plan-kept-here", "/plan", kept_here, "ash", scripts=1),
    Sight("plan-form", "/plan/change", at("/plan/change"), "june"),
    Sight("waiting-empty", "/waiting", at("/waiting"), "june"),
    Sight("first-posts-empty", "/moderation/first-posts", at("/moderation/first-posts"), "rowan"),
    Sight("worries", _RISK, at(_RISK), "rowan"),
    Sight("worries-break", _RISK + "/break", at(_RISK + "/break"), "rowan"),
    Sight("worries-words", _RISK + "/words", at(_RISK + "/words"), "rowan"),
    Sight("helplines", _LINES, at(_LINES), "rowan"),
    Sight("helpline-new", _LINES + "/new", at(_LINES + "/new"), "rowan"),
    Sight(
        "helpline-wrong",
        _LINES + "/new",
        refused(_LINES + "/new", "Save", country="GB", name="", call_as="ask for Jo"),
        "rowan",
    ),
    Sight("helpline", _LINE, at("/moderation/helplines/gb-shout"), "rowan"),
)

"""What this node says of itself: name, limits, rules, how to stream; no counts (WF-04).

GET /api/v1/instance · /api/v2/instance · /api/v1/instance/{rules, privacy_policy, ...}
"""

from typing import Any, Final

from aiohttp import web

from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.instance import InstanceV1, InstanceV2, Page, Rule
from node.clients.mastodon.limits import limits
from node.clients.mastodon.site import site_of
from node.clients.push.keys import vapid_public_key
from node.errors import NotFound
from node.web.keys import TONGUES
from node.wire.discovery import software_version

SPOKEN: Final = "4.3.0"
"""The version of the Mastodon API that clients may count on."""
WRITTEN: Final = "2026-11-27T00:00:00.000Z"
ABOUT: Final = (
    "A community of people who support each other, in groups. This is not a crisis service; ways "
    "to reach one are at /help."
)
RULES: Final = (
    Rule(
        id="1",
        text="Every group has guidelines of its own. They are on the group's page; keep them.",
    ),
    Rule(
        id="2",
        text="What is said in a group that is not public stays there. Do not carry it elsewhere.",
    ),
    Rule(id="3", text="If somebody may be in danger, tell the moderators with a report."),
)
PRIVACY: Final = (
    "<p>Private messages, local and private groups, and posts for followers never leave this node. "
    "What you write in a public group or publicly on your profile is copied to other nodes, when "
    "you have agreed to it; a copy may stay there when you delete it here.</p>"
    "<p>An app that you let in acts as one of your names and learns nothing of the others. You can "
    "send it away in your settings at any time.</p>"
)


def routes() -> list[web.RouteDef]:
    """Open to everybody: a client asks before anybody has signed in."""
    v1 = "/api/v1/instance"
    open_to_all = {
        v1: instance_v1,
        "/api/v2/instance": instance_v2,
        f"{v1}/rules": rules,
        f"{v1}/extended_description": extended_description,
        f"{v1}/privacy_policy": privacy_policy,
        f"{v1}/terms_of_service": terms_of_service,
        f"{v1}/languages": languages,
    }
    return [
        door("GET", path, handle, scope=None, who="anyone") for path, handle in open_to_all.items()
    ]


async def instance_v1(call: Call) -> Response:
    """GET /api/v1/instance"""
    config, site = call.config, site_of(call.app)
    return answer(
        InstanceV1(
            uri=config.authority,
            title=config.node_name,
            short_description=ABOUT,
            description=ABOUT,
            email=_email(call),
            version=version(),
            urls={"streaming_api": streaming(call)},
            thumbnail=site.header,
            languages=_languages(call),
            registrations=config.open_signup,
            configuration=limits(config),
            rules=list(RULES),
            max_toot_chars=limits(config)["statuses"]["max_characters"],
        )
    )


async def instance_v2(call: Call) -> Response:
    """GET /api/v2/instance"""
    config, site = call.config, site_of(call.app)
    return answer(
        InstanceV2(
            domain=config.authority,
            title=config.node_name,
            version=version(),
            source_url=config.origin,
            description=ABOUT,
            usage={"users": {"active_month": 0}},
            thumbnail={"url": site.header, "blurhash": None, "versions": {}},
            icon=[{"src": site.face, "size": "400x400"}],
            languages=_languages(call),
            configuration=_configuration(call, await vapid_public_key(call.app)),
            registrations={
                "enabled": config.open_signup,
                "approval_required": False,
                "reason_required": False,
                "message": None,
                "min_age": None,
                "url": f"{config.origin}/sign-up",
            },
            api_versions={"mastodon": 2},
            contact={"email": _email(call), "account": None},
            rules=list(RULES),
        )
    )


async def rules(_call: Call) -> Response:
    """GET /api/v1/instance/rules"""
    return answer(RULES)


async def extended_description(_call: Call) -> Response:
    """GET /api/v1/instance/extended_description"""
    return answer(Page(updated_at=WRITTEN, content=f"<p>{ABOUT}</p>"))


async def privacy_policy(_call: Call) -> Response:
    """GET /api/v1/instance/privacy_policy"""
    return answer(Page(updated_at=WRITTEN, content=PRIVACY))


async def terms_of_service(_call: Call) -> Response:
    """GET /api/v1/instance/terms_of_service: there are none beside the rules."""
    raise NotFound


async def languages(call: Call) -> Response:
    """GET /api/v1/instance/languages: those of the interface."""
    return answer([{"code": code, "name": code} for code in _languages(call)])


def version() -> str:
    """What clients read to know what they may use."""
    return f"{SPOKEN} (compatible; Kith {software_version()})"


def streaming(call: Call) -> str:
    """Where a WebSocket is opened."""
    return "ws" + call.origin.removeprefix("http")


def _configuration(call: Call, vapid: str) -> dict[str, Any]:
    config = call.config
    return limits(config) | {
        "urls": {
            "streaming": streaming(call),
            "about": config.origin,
            "status": None,
            "privacy_policy": None,
            "terms_of_service": None,
        },
        "translation": {"enabled": False},
        "vapid": {"public_key": vapid},
        "limited_federation": config.federation != "open",
    }


def _languages(call: Call) -> list[str]:
    return [tongue.tag for tongue in call.app[TONGUES].all()]


def _email(call: Call) -> str:
    """Nobody is reached by mail here; clients need something of that form."""
    host = call.config.authority.partition(":")[0]
    return f"nobody@{host}"

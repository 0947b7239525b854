"""/api/v1/push/subscription: where an app's device is told of news. One place for each token."""

from aiohttp import web

from node.clients.answers import answer, empty
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.push import WebPushSubscription
from node.clients.params import Params
from node.clients.push.keys import SUBSCRIBING, vapid_public_key
from node.clients.push.rules import ALERTS
from node.clients.push.subscribing import Device
from node.errors import Invalid
from storage.push import PushSubscription

PATH = "/api/v1/push/subscription"


def routes() -> list[web.RouteDef]:
    return [
        door("POST", PATH, subscribe, scope="push", who="user"),
        door("GET", PATH, show, scope="push", who="user"),
        door("PUT", PATH, change, scope="push", who="user"),
        door("DELETE", PATH, unsubscribe, scope="push", who="user"),
    ]


async def subscribe(call: Call) -> web.Response:
    """In place of what the token had before."""
    subscribing, token, persona = call.app[SUBSCRIBING], _token(call), call.persona.id
    device, (alerts, policy) = _device(call.params), _wishes(call.params)
    made = await call.db.write(
        lambda uow: subscribing.subscribe(uow, persona, token, device, alerts, policy or "all")
    )
    return await _shown(call, made)


async def show(call: Call) -> web.Response:
    """What the token has; 404 for nothing."""
    subscribing, token = call.app[SUBSCRIBING], _token(call)
    return await _shown(call, await call.db.read(lambda uow: subscribing.get(uow, token)))


async def change(call: Call) -> web.Response:
    """What the device asks for from now on."""
    subscribing, token = call.app[SUBSCRIBING], _token(call)
    alerts, policy = _wishes(call.params)
    changed = await call.db.write(lambda uow: subscribing.change(uow, token, alerts, policy))
    return await _shown(call, changed)


async def unsubscribe(call: Call) -> web.Response:
    """The device is told nothing any more."""
    subscribing, token = call.app[SUBSCRIBING], _token(call)
    await call.db.write(lambda uow: subscribing.unsubscribe(uow, token))
    return empty()


def _token(call: Call) -> int:
    assert call.caller is not None  # the door lets nobody else in
    return call.caller.token_id


def _device(params: Params) -> Device:
    subscription = params.inner("subscription")
    keys = subscription.inner("keys") if subscription is not None else None
    if subscription is None or keys is None:
        raise Invalid("subscription", "Send subscription[endpoint] and subscription[keys]")
    return Device(
        endpoint=subscription.need("endpoint").strip(),
        p256dh=keys.need("p256dh"),
        auth=keys.need("auth"),
    )


def _wishes(params: Params) -> tuple[dict[str, bool], str | None]:
    data = params.inner("data")
    if data is None:
        return {}, params.text("policy")
    asked = data.inner("alerts")
    alerts: dict[str, bool] = {}
    if asked is not None:
        alerts = {name: asked.flag(name) for name in ALERTS if asked.has(name)}
    return alerts, data.text("policy") or params.text("policy")


async def _shown(call: Call, one: PushSubscription) -> web.Response:
    return answer(
        WebPushSubscription(
            id=str(one.id),
            endpoint=one.endpoint,
            standard=True,
            alerts={name: name in one.alerts for name in ALERTS},
            server_key=await vapid_public_key(call.app),
            policy=one.policy,
        )
    )

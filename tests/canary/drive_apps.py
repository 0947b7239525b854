"""What apps leave at a node: where a device of theirs is told of news, with its keys, and
collections that a person keeps for itself.

Ann's device hears through a push service, and the secret that it shares with this node leaves in
no message. Bea's asks for nothing, so that nobody learns its address.
"""

import os

from node.clients.push.encryption import AUTH_BYTES, packed
from tests.canary.stage import Stage
from tests.node.clients.push.device import Device

PUSH = "/api/v1/push/subscription"
ALERTS = ("mention", "favourite", "reblog", "follow", "follow_request")
ACTIVITY = "application/activity+json"


async def subscribe_devices(stage: Stage) -> None:
    """Ann's and bea's, early, so that there is news to tell."""
    secret = stage.word("secret of a device").encode()
    stage.device = Device(secret + os.urandom(AUTH_BYTES - len(secret)))
    quiet = f"{stage.push.url}/{stage.word('address of a device')}"
    for name, device, endpoint, wanted in (
        ("ann", stage.device, stage.push.url, True),
        ("bea", Device(), quiet, False),
    ):
        made = await stage.browsers[name].call(
            "POST",
            PUSH,
            {
                "subscription": {"endpoint": endpoint, "keys": device.keys},
                "data": {"alerts": dict.fromkeys(ALERTS, wanted)},
            },
        )
        assert made["endpoint"] == endpoint
        assert packed(secret) not in str(made)
        assert await stage.browsers[name].call("GET", PUSH) == made


async def keep_collections(stage: Stage) -> None:
    """Bea makes two, puts ann's post for few into one of them, and gives it another name."""
    bea, outbox = stage.browsers["bea"], "/personas/bea/outbox"
    first = {"type": "OrderedCollection", "name": stage.word("name of a collection")}
    post = f"{stage.home.origin}/posts/{min(stage.private_posts)}"
    made = await bea.call("POST", outbox, {"type": "Create", "object": first}, ACTIVITY)
    uri = made["object"] if isinstance(made["object"], str) else made["object"]["id"]
    path = uri.removeprefix(stage.home.origin)
    await bea.call("GET", path)
    other = {"id": uri, "name": stage.word("changed name of a collection")}
    for activity in (
        {"type": "Add", "target": uri, "object": post},
        {"type": "Update", "object": other},
    ):
        await bea.call("POST", outbox, activity, ACTIVITY)
    assert (await bea.call("GET", path))["name"] == other["name"]
    stage.private_ids.add(path.rpartition("/")[2])


def devices_heard(stage: Stage) -> None:
    """Ann's was told that there is something, and never what."""
    assert {one["body"] for one in stage.push.messages(stage.device)} == {"Something new for you"}

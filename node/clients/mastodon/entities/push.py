"""A subscription of a device, as apps read it."""

import msgspec


class WebPushSubscription(msgspec.Struct, kw_only=True):
    """`standard`: messages follow RFC 8030, 8291 and 8292, whatever was asked for."""

    id: str
    endpoint: str
    standard: bool
    alerts: dict[str, bool]
    server_key: str
    policy: str

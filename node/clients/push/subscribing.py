"""Where an app wants its person's device to be told: one place for each token."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from federation.addresses import AddressPolicy
from federation.errors import FetchError
from node.clients.push.encryption import AUTH_BYTES, device_key, unpacked
from node.clients.push.rules import ALERTS, policy_of
from node.errors import Invalid, NotFound
from node.ports import Clock, NewId
from storage.push import PushSubscription
from storage.unit_of_work import UnitOfWork

ENDPOINT_MOST: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What an app sends: the address at a push service, and the keys of the device."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Subscribing:
    """Use cases of subscriptions, as functions of an open transaction."""

    addresses: AddressPolicy
    now: Clock
    new_id: NewId

    def subscribe(
        self,
        uow: UnitOfWork,
        persona_id: int,
        token_id: int,
        device: Device,
        alerts: Mapping[str, bool],
        policy: str,
    ) -> PushSubscription:
        """In place of what the token had before. Raises Invalid for an endpoint that we would not
        call, and for keys that are none."""
        self._check(device)
        made = PushSubscription(
            id=self.new_id(),
            token_id=token_id,
            persona_id=persona_id,
            endpoint=device.endpoint,
            p256dh=device.p256dh,
            auth=device.auth,
            alerts=_chosen(frozenset(), alerts),
            policy=policy_of(policy),
            created_at=self.now(),
        )
        uow.push.put(made)
        return made

    def get(self, uow: UnitOfWork, token_id: int) -> PushSubscription:
        """Raises NotFound."""
        found = uow.push.by_token(token_id)
        if found is None:
            raise NotFound
        return found

    def change(
        self, uow: UnitOfWork, token_id: int, alerts: Mapping[str, bool], policy: str | None
    ) -> PushSubscription:
        """What the device asks for from now on; what is not named stays. Raises NotFound."""
        before = self.get(uow, token_id)
        chosen = before.policy if policy is None else policy_of(policy)
        uow.push.change(before.id, _chosen(before.alerts, alerts), chosen)
        return self.get(uow, token_id)

    def unsubscribe(self, uow: UnitOfWork, token_id: int) -> None:
        """Where there is none, nothing changes."""
        found = uow.push.by_token(token_id)
        if found is not None:
            uow.push.drop([found.id])

    def _check(self, device: Device) -> None:
        device_key(device.p256dh)
        unpacked("subscription[keys][auth]", device.auth, AUTH_BYTES)
        field = "subscription[endpoint]"
        if len(device.endpoint) > ENDPOINT_MOST:
            raise Invalid(field, f"{field} may have {ENDPOINT_MOST} characters")
        try:
            self.addresses.check_url(device.endpoint)
        except FetchError:
            raise Invalid(
                field, f"{field} must be the https URL of a public push service"
            ) from None


def _chosen(before: frozenset[str], alerts: Mapping[str, bool]) -> frozenset[str]:
    """Each that is named is on or off; the others stay as they were."""
    on = {name for name, wanted in alerts.items() if wanted and name in ALERTS}
    off = {name for name, wanted in alerts.items() if not wanted}
    return frozenset((before | on) - off)

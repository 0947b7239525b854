"""The record of a delivery."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.shapes import Shape
from storage.tables import deliveries

DeliveryState = Literal["waiting", "sent", "parked", "cancelled", "refused", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One activity for one peer. Deliveries of one `root` to one peer go in the order of ids."""

    id: int
    activity_id: int
    peer_id: int
    inbox: str
    root: str
    object_uri: str | None
    type: str
    state: DeliveryState = "waiting"
    attempts: int = 0
    next_attempt_at: datetime
    locked_until: datetime | None = None
    last_status: int | None = None
    last_error: str | None = None
    created_at: datetime
    finished_at: datetime | None = None


DELIVERY = Shape(Delivery, deliveries)

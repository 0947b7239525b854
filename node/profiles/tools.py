"""What every use case of profiles holds: whom to tell, the time, where ids and HTML come from."""

from datetime import datetime
from urllib.parse import urlsplit

from node.attaching import Attaching
from node.groups.announcer import Received
from node.groups.drafts import Markdown
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.profiles.announcer import Announcer
from node.safety.newcomers import Newcomers
from node.safety.risk import Risk


class Tools:
    """Built once by `node/rooms.py`; `origin` is the node's own, such as `https://kith.example`."""

    def __init__(
        self,
        announcer: Announcer,
        now: Clock,
        new_id: NewId,
        origin: str,
        markdown: Markdown,
        notifying: Notifying,
        newcomers: Newcomers,
        attaching: Attaching,
        risk: Risk,
    ) -> None:
        self.announcer = announcer
        self.now = now
        self.new_id = new_id
        self.origin = origin
        self.authority = urlsplit(origin).netloc.lower()
        self.markdown = markdown
        self.notifying = notifying
        self.newcomers = newcomers
        self.attaching = attaching
        self.risk = risk

    def time_of(self, received: Received | None) -> datetime:
        """When something was done: by the word of whoever told us, but never later than now."""
        now = self.now()
        return min(received.at, now) if received is not None and received.at is not None else now

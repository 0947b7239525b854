"""One delivery, one attempt: sign, post, and if the peer objects to the signature, the other form.

Peers read one of two forms of signature. Cavage goes first; a 400 or 401 makes us knock once more
with RFC 9421 (and the other way round), and what then works is remembered for the peer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from activitypub.errors import SignatureError
from federation.errors import Blocked, FetchError
from federation.http import HttpClient, Response
from federation.own_keys import NoSuchKeys
from federation.retry import wished
from federation.signer import Profile, RequestSigner
from storage.activities import OutboxActivity
from storage.actors import Actor

_OBJECTIONS: Final = frozenset({400, 401})
_ERROR_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class Attempt:
    """How it went: a status, or the error that there was instead. `profile` is the signature form
    that was answered last."""

    answer: int | FetchError
    profile: Profile | None
    retry_after: timedelta | None
    detail: str | None

    @property
    def status(self) -> int | None:
        """The HTTP status, if an answer came."""
        return self.answer if isinstance(self.answer, int) else self.answer.status

    @property
    def acknowledged(self) -> bool:
        """Whether the peer said that it has it."""
        return isinstance(self.answer, int) and 200 <= self.answer < 300

    @property
    def summary(self) -> str:
        """A line for tables: the status or the kind of error, and what is known beside."""
        if isinstance(self.answer, FetchError):
            return self.detail or self.answer.reason
        return f"{self.answer} {self.detail or ''}".strip()

    @property
    def peer_failed(self) -> bool:
        """Whether it says that the peer is unwell, rather than that it said no."""
        if isinstance(self.answer, FetchError):
            return self.answer.retryable
        return self.answer >= 500 or self.answer in (408, 425, 429) or 300 <= self.answer < 400


class Sender:
    """Makes attempts."""

    def __init__(self, http: HttpClient, signer: RequestSigner) -> None:
        self._http = http
        self._signer = signer

    async def attempt(
        self,
        activity: OutboxActivity,
        actor: Actor,
        inbox: str,
        known: Profile | None,
        now: datetime,
    ) -> Attempt:
        """Post `activity` of `actor` to `inbox`, signed as the peer is `known` to like it."""
        first: Profile = known or "cavage"
        try:
            answer = await self._post(activity, actor, inbox, first)
            if answer.status not in _OBJECTIONS:
                return _attempt(answer, first, now)
            other: Profile = "rfc9421" if first == "cavage" else "cavage"
            again = await self._post(activity, actor, inbox, other)
            if 200 <= again.status < 300:
                return _attempt(again, other, now)
            return _attempt(answer, known, now)
        except FetchError as error:
            return Attempt(error, known, None, f"{error.reason}: {error}"[:_ERROR_LENGTH])
        except (NoSuchKeys, SignatureError) as error:
            blocked = Blocked(str(error), reason="unsignable")
            return Attempt(blocked, known, None, str(error)[:_ERROR_LENGTH])

    async def _post(
        self, activity: OutboxActivity, actor: Actor, inbox: str, profile: Profile
    ) -> Response:
        headers = await self._signer.sign_post(actor, activity, inbox, profile)
        return await self._http.post(inbox, activity.body, headers)


def _attempt(answer: Response, profile: Profile | None, now: datetime) -> Attempt:
    detail = None
    if not 200 <= answer.status < 300:
        text = answer.body[:_ERROR_LENGTH].decode("utf-8", "replace")
        detail = "".join(letter for letter in text if letter.isprintable()) or None
    return Attempt(answer.status, profile, wished(answer.headers.get("Retry-After"), now), detail)

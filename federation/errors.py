"""What can go wrong when we call another node.

    FetchError           a call that brought no usable answer
      ├─ Blocked         we refuse to make the call: scheme, host, address, port, our own node
      ├─ TooBig          the answer, plain or unpacked, passes its cap
      ├─ TimedOut        the whole exchange passed its deadline
      ├─ Unreachable     no connection: name, TCP, TLS, or it broke off before the answer
      ├─ BadResponse     an answer came that is of no use: status, type, redirect, syntax
      └─ TooManyFetches  one inbound activity has spent its budget

Nothing else leaves `federation.http`, so that a caller has one `except` to write. `reason` is a
short stable code for tables and logs; the message is a full sentence for the log.
"""

from typing import ClassVar


class FetchError(Exception):
    """A call that brought no usable answer.

    `retryable` says whether the same call may succeed later; `status` is the HTTP status when an
    answer came at all, otherwise None.
    """

    default_reason: ClassVar[str] = "fetch"
    default_retryable: ClassVar[bool] = False

    def __init__(
        self,
        message: str = "",
        *,
        reason: str | None = None,
        retryable: bool | None = None,
        status: int | None = None,
    ) -> None:
        self.reason = self.default_reason if reason is None else reason
        self.retryable = self.default_retryable if retryable is None else retryable
        self.status = status
        super().__init__(message or self.reason)


class Blocked(FetchError):
    """We do not make this call, now or later."""

    default_reason = "blocked"

    def __init__(self, message: str = "", *, reason: str | None = None) -> None:
        super().__init__(message, reason=reason, retryable=False)


class TooBig(FetchError):
    """The answer passes its cap in bytes, counted on the wire and again after unpacking."""

    default_reason = "too-big"


class TimedOut(FetchError):
    """The exchange, from the name look-up to the last byte, passed its deadline."""

    default_reason = "timed-out"
    default_retryable = True


class Unreachable(FetchError):
    """No answer: the name, the connection or the TLS handshake failed, or the peer hung up."""

    default_reason = "unreachable"
    default_retryable = True


class BadResponse(FetchError):
    """An answer came that we cannot use. Worth a later try only where the raiser says so."""

    default_reason = "bad-response"


class TooManyFetches(FetchError):
    """One inbound activity asked for more fetches than its budget holds."""

    default_reason = "too-many-fetches"

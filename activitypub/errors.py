"""The one error that leaves the wire.

WireError
  └─ SignatureError   a signature, digest or proof that does not hold
"""


class WireError(Exception):
    """Bytes or fields from another node that we do not accept.

    `reason` is a short, stable code such as "too-deep" (it goes to receipts and tables);
    the message is a sentence that is safe to show to the sender.
    """

    def __init__(self, reason: str, message: str = "") -> None:
        super().__init__(message or reason)
        self.reason = reason


class SignatureError(WireError):
    """A signature, digest or proof that does not hold, or covers too little."""

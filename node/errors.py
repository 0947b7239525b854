"""Errors of use cases, each with a sentence for the person and a code for programs.

    KithError
      ├─ Refused     not allowed, and why; what would be accepted
      ├─ Invalid     a field that does not fit; names the field
      └─ NotFound    not there, or not for this reader: the two look alike (DESIGN section 5, 2)

`node/web/errors.py` maps them to a status in one place.
"""


class KithError(Exception):
    """A use case that did not happen. The message is safe to show."""

    code = "error"


class Refused(KithError):
    """The rules say no. `code` is stable, such as "not-a-member"."""

    def __init__(self, sentence: str, code: str = "refused") -> None:
        super().__init__(sentence)
        self.code = code


class Invalid(KithError):
    """A value that does not fit. `field` is its name in the form and in the API."""

    code = "invalid"

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(KithError):
    """Nothing that this reader may see."""

    code = "not-found"

    def __init__(self, sentence: str = "There is nothing here, or it is not open to you.") -> None:
        super().__init__(sentence)

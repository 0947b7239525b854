"""What can be wrong with a request of OAuth, in the words of its specifications."""

from typing import Final

from node.errors import KithError

STATUS: Final = {"invalid_client": 401, "unauthorized_client": 403, "slow_down": 429}
"""400 is what all others get (RFC 6749 section 5.2)."""


class OAuthProblem(KithError):
    """`code` is of RFC 6749, 7009 or 7591; the sentence is for whoever writes the program."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code

    @property
    def status(self) -> int:
        return STATUS.get(self.code, 400)


def invalid_grant() -> OAuthProblem:
    """One answer for every code and token that is not good (any more): which it is, is not told."""
    return OAuthProblem(
        "invalid_grant",
        "The code or token is wrong, was used before, has ended, or belongs to another client or "
        "redirect address",
    )

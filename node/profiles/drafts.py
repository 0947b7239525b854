"""What somebody typed on a profile, checked."""

from dataclasses import dataclass
from typing import Final

from node.errors import Invalid
from node.groups.drafts import ReplyDraft
from node.i18n import N_
from node.profiles.rules import AUDIENCES
from storage.post_record import Audience

DEFAULT_AUDIENCE: Final[Audience] = "followers"
"""What a page proposes: the fewest readers that are somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileDraft(ReplyDraft):
    """A post outside groups as typed. `audience` is one of AUDIENCES; an answer is never for more
    people than what it answers. `named` are ids of people it names besides those in its text."""

    audience: Audience = DEFAULT_AUDIENCE
    named: tuple[int, ...] = ()


def audience_of(value: str) -> Audience:
    """The audience that a form or a client chose. Raises Invalid for field "audience"."""
    for known in AUDIENCES:
        if known == value:
            return known
    raise Invalid("audience", N_("Choose who may read this."))

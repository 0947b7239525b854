"""Posted forms: what was typed, kept, and what is wrong with it, by field.

A page that refuses a form shows it again with every word that was typed (422).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from node.errors import Invalid
from node.web.body import form_body
from node.web.csrf import check_form
from node.web.http import Request


@dataclass(slots=True)
class Form:
    """Values by field name, and a sentence for each that does not fit ("" is the whole form)."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """What was typed, or "" when the field was not sent."""
        return self.values.get(name, "")

    def blame(self, error: Invalid) -> "Form":
        """Remember what is wrong with which field."""
        self.errors[error.field] = str(error)
        return self

    def refuse(self, sentence: str) -> "Form":
        """Remember what is wrong with the form as a whole."""
        self.errors[""] = sentence
        return self


async def posted(request: Request) -> Form:
    """The fields of this request. Raises Forged unless a page of ours sent it."""
    await check_form(request)
    return Form(values=await form_body(request))

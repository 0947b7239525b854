"""Posted forms: what was typed, kept, and what is wrong with it, by field.

A page that refuses a form shows it again with every word that was typed (422).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from node.errors import Invalid
from node.web.body import form_body, whole_body
from node.web.csrf import check_form
from node.web.http import Request
from node.web.multipart import SentFile


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


async def posted_with_files(request: Request) -> tuple[Form, list[SentFile]]:
    """The fields and the files of a handler that is marked with `with_files`. Raises Forged before
    any file is read unless a page of ours sent it: our token stands before the first file."""
    await check_form(request)
    fields, files = await whole_body(request)
    return Form(values=fields), files

"""What a telephone dials for a number as it was published. Pure, and tested number by number.

Numbers are never made international: helplines have short codes, which then lead nowhere ("988" is
not "+1 988", "116 123" not "+44 116 123"). What is not plainly a number gets no link, and is read.
RFC 3966 would have a context for local numbers; telephones dial them as they are, and so do we.
"""

import re
from typing import Final

_NUMBER: Final = re.compile(r"\+?[0-9][0-9 ().\-\u00a0]{0,22}")
_TEXT: Final = re.compile(
    r"(?:text|sms|send)\s+(?:(?P<word>[A-Za-z0-9]{1,20})\s+to\s+)?"
    r"(?P<number>\+?[0-9][0-9 \-]{1,15})",
    re.IGNORECASE,
)


def call_link(published: str) -> str | None:
    """`tel:` for what is only a number, such as "116 123" or "0800 111 0 111"; else None."""
    number = published.strip()
    if not _NUMBER.fullmatch(number):
        return None
    return f"tel:{_digits(number)}"


def text_link(published: str) -> str | None:
    """`sms:` for "text SHOUT to 85258" or "text 988" (RFC 5724); else None."""
    found = _TEXT.fullmatch(published.strip())
    if found is None:
        return None
    word = found["word"]
    return f"sms:{_digits(found['number'])}" + (f"?body={word}" if word else "")


def _digits(number: str) -> str:
    return re.sub(r"[^0-9+]", "", number)

"""Words that often come before harm: moving elsewhere, money, meeting, age, pictures. Pure.

They are no proof of anything, and nobody is judged by them: the session pauses, both are told the
same, and whoever wrote can send them all the same. Nothing is written down about it.
"""

import re
from typing import Final

_ELSEWHERE = (
    r"whats\s?app|telegram|snap\s?chat|instagram|\binsta\b|\bkik\b|discord|face\s?time|skype"
    r"|signal app|video ?(?:chat|call)|(?:my|your) (?:phone )?number|call me (?:on|at)"
    r"|text me (?:on|at)|add me (?:on|at)|e-?mail me|dm me"
)
_MONEY = (
    r"(?:send|lend|give|transfer|wire) me (?:some |a little |the )?(?:money|cash|[0-9$€£])"
    r"|pay ?pal|cash ?app|venmo|gift ?cards?|bit ?coin|crypto|bank (?:account|details)"
    r"|western union"
)
_MEETING = (
    r"meet (?:me|up|in person|you (?:at|in|near|for))|where do you live|come (?:over|to my place)"
    r"|your (?:home )?address|what school|which school"
)
_AGE = r"how old (?:are|r) (?:you|u)|your age\b|are you (?:over|under) (?:1[0-9]|20)|\ba/?s/?l\b"
_PICTURES = (
    r"(?:send|show|share|swap) (?:me )?(?:a |some |your )?"
    r"(?:pics?|photos?|pictures?|nudes?|selfies?)"
    r"|(?:pic|photo|picture|selfie) of you|what (?:are you|r u) wearing|web ?cam"
)
PHRASES: Final = tuple(
    re.compile(one, re.IGNORECASE) for one in (_ELSEWHERE, _MONEY, _MEETING, _AGE, _PICTURES)
)
"""What is looked for, one pattern for each way. English for now; a word list has no grammar."""


def needs_care(text: str) -> bool:
    """Whether a text holds one of the phrases."""
    plain = " ".join(text.replace("’", "'").split())
    return any(one.search(plain) for one in PHRASES)

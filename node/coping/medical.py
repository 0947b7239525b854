"""Words that make it likely that a card touches medicine: a dose, a diagnosis, a therapy. Pure.

They only suggest that a moderator looks at it. Whole words in small letters, in the languages that
the interface is written in or near; an author who knows better can still be asked to look.
"""

import re
from typing import Final

WORDS: Final = """
dose doses dosage mg milligram milligrams ml tablet tablets pill pills prescription prescribed
medication medicine medicines antidepressant antidepressants ssri benzodiazepine lithium insulin
painkiller painkillers ibuprofen paracetamol melatonin supplement supplements diagnosis diagnose
diagnosed symptom symptoms therapy therapist cbt dbt emdr taper withdrawal detox overdose fasting
dosis tablette tabletten rezept medikament medikamente therapie dosierung absetzen
"""
_WORD: Final = re.compile(r"[^\W\d_]+")
_KNOWN: Final = frozenset(WORDS.split())


def suggests_medicine(*texts: str) -> tuple[str, ...]:
    """The words of the list that stand in the texts, each once, in their order of appearance."""
    found: dict[str, None] = {}
    for text in texts:
        for word in _WORD.findall(text.lower()):
            if word in _KNOWN:
                found[word] = None
    return tuple(found)

"""Languages of services: HSDS has codes and names beside each other, and often only one of them.
Pure. A name that is not in the list stands for itself."""

from typing import Final

from node.directory.words import key_of

NAMES: Final = {
    "ar": "Arabic",
    "bn": "Bengali",
    "bs": "Bosnian",
    "zh": "Chinese",
    "hr": "Croatian",
    "cs": "Czech",
    "nl": "Dutch",
    "en": "English",
    "fa": "Farsi",
    "fi": "Finnish",
    "fr": "French",
    "de": "German",
    "el": "Greek",
    "gu": "Gujarati",
    "ht": "Haitian Creole",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "ku": "Kurdish",
    "fil": "Tagalog",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "ro": "Romanian",
    "ru": "Russian",
    "sr": "Serbian",
    "sk": "Slovak",
    "so": "Somali",
    "es": "Spanish",
    "sw": "Swahili",
    "sv": "Swedish",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "cy": "Welsh",
    "ase": "American Sign Language",
    "bfi": "British Sign Language",
}
_THREE: Final = {"eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de"}
_CODES: Final = {key_of(name): code for code, name in NAMES.items()}


def language_key(code: object, name: object) -> str:
    """How a language is compared: its code where we know it, else its name. "" for none."""
    short = key_of(str(code or "")).partition("-")[0].partition("_")[0]
    short = _THREE.get(short, short)
    if short in NAMES:
        return short
    long = key_of(str(name or "")).partition("(")[0].strip()
    return _CODES.get(long, _THREE.get(long, long)) or short

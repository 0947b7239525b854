"""Names of countries and languages, each as its own people write it."""

from typing import Final

from node.web.languages import LANGUAGES

COUNTRIES: Final = {
    "AT": "Österreich",
    "AU": "Australia",
    "BE": "België / Belgique",
    "CA": "Canada",
    "CH": "Schweiz / Suisse / Svizzera",
    "DE": "Deutschland",
    "DK": "Danmark",
    "ES": "España",
    "FI": "Suomi",
    "FR": "France",
    "GB": "United Kingdom",
    "IE": "Ireland",
    "IN": "India",
    "IT": "Italia",
    "NL": "Nederland",
    "NO": "Norge",
    "NZ": "New Zealand",
    "PL": "Polska",
    "PT": "Portugal",
    "SE": "Sverige",
    "US": "United States",
    "ZA": "South Africa",
}


def country_name(code: str) -> str:
    """The name of a country, or its two letters."""
    return COUNTRIES.get(code, code)


def language_name(tag: str) -> str:
    """The name of a language, or its tag."""
    return LANGUAGES.get(tag, tag)

"""Pages of what concerns oneself alone: news, and the picture that one shows."""

from tests.browser.sights import Sight, at

OWN_SIGHTS = (
    Sight("news", "/news", at("/news"), "fern"),
    Sight("news-empty", "/news", at("/news"), "june"),
    Sight("picture", "/settings/picture", at("/settings/picture"), "ash"),
)

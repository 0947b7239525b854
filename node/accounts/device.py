"""A few words for a browser, such as "Firefox, Linux": enough to know one's own in a list.

The User-Agent itself is not kept; it would tell far more.
"""

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_label(user_agent: str) -> str:
    """Browser and system, or "" when neither is known."""
    found = (
        next((name for mark, name in marks if mark in user_agent[:500]), None)
        for marks in (BROWSERS, SYSTEMS)
    )
    return ", ".join(name for name in found if name)

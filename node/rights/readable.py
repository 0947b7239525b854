"""The copy as a page for people: no script, nothing from elsewhere, no link, every text escaped.

It is opened from a disk, years later perhaps, so it carries its few styles and forbids itself the
rest (XSS-13). What people wrote stands there as text, whatever it looks like.
"""

from collections.abc import Iterable
from html import escape
from typing import Any, Final

from node.rights.parts import Exporter, Part

_HEAD: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Your data</title>
<style>
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 46rem; margin: 0 auto; padding: 1rem; }
section { margin-top: 2.5rem; }
dl { border: 1px solid; border-radius: .5rem; padding: .75rem 1rem; overflow-wrap: anywhere; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; white-space: pre-wrap; }
</style>
</head>
<body>
"""
_SHOWN_ELSEWHERE: Final = frozenset({"content"})
"""HTML, where the words it was made from stand beside it."""


def readable(node: str, made: str, sections: Iterable[tuple[Exporter, list[Part]]]) -> str:
    """The whole page."""
    text = [_HEAD, f"<h1>Your data on {escape(node)}</h1>\n<p>Made on {escape(made)}. "]
    text.append("The same stands in export.json, for programs.</p>\n")
    for exporter, parts in sections:
        text.append(f"<section>\n<h2>{escape(exporter.title)}</h2>\n")
        if exporter.change_at:
            text.append(f"<p>You can change this at {escape(exporter.change_at)}.</p>\n")
        if not parts:
            text.append("<p>Nothing.</p>\n")
        text.extend(_by_persona(parts))
        text.append("</section>\n")
    text.append("</body>\n</html>\n")
    return "".join(text)


def _by_persona(parts: list[Part]) -> Iterable[str]:
    shown: str | None = None
    for part in parts:
        if part.persona != shown and part.persona:
            yield f"<h3>@{escape(part.persona)}</h3>\n"
        shown = part.persona
        yield _item(part.item)


def _item(item: dict[str, Any]) -> str:
    has_source = bool(isinstance(item.get("source"), dict) and item["source"].get("content"))
    lines = ["<dl>\n"]
    for name, value in item.items():
        if value in (None, "", [], {}) or (has_source and name in _SHOWN_ELSEWHERE):
            continue
        if name == "source":
            value = value["content"]
            if not value:
                continue
        lines.append(f"<dt>{escape(_words(name))}</dt><dd>{_value(value)}</dd>\n")
    lines.append("</dl>\n")
    return "".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "<br>".join(_value(one) for one in value)
    if isinstance(value, dict):
        pairs = ((name, inner) for name, inner in value.items() if inner not in (None, ""))
        return "; ".join(f"{escape(_words(name))}: {_value(inner)}" for name, inner in pairs)
    return escape(str(value))


def _words(name: str) -> str:
    """`lastUsed` as "Last used"."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced[:1].upper() + spaced[1:]

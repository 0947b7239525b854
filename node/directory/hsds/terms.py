"""Taxonomies as others publish them, beside HSDS's own form: Open Eligibility's CSV, JSON, YAML and
XML, and Ohana's JSON. Pure.

Its YAML is a flat list of maps, and its XML is not well-formed by the letter ("version 2.0"); both
are read by the little that they use, so that no entity is ever expanded and no tag obeyed.
"""

import re
from html.parser import HTMLParser
from typing import Any, Final

from node.directory.hsds.report import Place
from node.directory.hsds.tables import Tables

Record = dict[str, Any]

_LEVELS: Final = ("top_level", "second_level", "third_level", "fourth_level")
_FLAT: Final = frozenset({"id", "name", "parent_id"})
_PAIR: Final = re.compile(r"\s*-?\s*([a-z_]+):\s*(.*?)\s*")


def read_flat(name: str, found: Any, tables: Tables) -> bool:
    """A JSON list of terms with `parent_id`; False when it is something else."""
    rows = found if isinstance(found, list) else []
    if not rows or not all(isinstance(one, dict) and one.keys() >= _FLAT for one in rows):
        return False
    for number, row in enumerate(rows, start=1):
        tables.add("taxonomy_term", Place(name, number), dict(row))
    return True


def read_levels(name: str, found: Any, tables: Tables, called: str) -> bool:
    """Ohana's `{"taxonomy": {"top_level": [{"@id", "@title", "second_level": …}]}}`."""
    top = found.get("taxonomy") if isinstance(found, dict) else None
    if not isinstance(top, dict) or "top_level" not in top:
        return False
    _levels(name, top, 0, None, called, tables)
    return True


def _levels(
    name: str, whole: Record, depth: int, parent: str | None, called: str, tables: Tables
) -> None:
    inner = whole.get(_LEVELS[depth], []) if depth < len(_LEVELS) else []
    for one in inner if isinstance(inner, list) else [inner]:
        own = str(one.get("@id", ""))
        row = {"id": own, "name": one.get("@title", ""), "parent_id": parent, "taxonomy": called}
        tables.add("taxonomy_term", Place(name, len(tables.of("taxonomy_term")) + 1), row)
        _levels(name, one, depth + 1, own, called, tables)


def read_yaml(name: str, text: str, tables: Tables) -> bool:
    """A flat list of maps of plain words; False when it is anything else."""
    rows: list[Record] = []
    for line in text.splitlines():
        if not line.strip() or line.strip() == "---" or line.lstrip().startswith("#"):
            continue
        found = _PAIR.fullmatch(line)
        if found is None:
            return False
        if line.lstrip().startswith("-"):
            rows.append({})
        if not rows:
            return False
        rows[-1][found[1]] = found[2].strip("'\"")
    return read_flat(name, rows, tables)


class _Levels(HTMLParser):
    """Collects `<top_level id title>` and what stands in it."""

    def __init__(self, name: str, tables: Tables, called: str) -> None:
        super().__init__()
        self._name, self._tables, self._called = name, tables, called
        self._open: list[str] = []
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _LEVELS:
            return
        named = dict(attrs)
        depth = _LEVELS.index(tag)
        del self._open[depth:]
        self.count += 1
        row = {
            "id": named.get("id") or "",
            "name": named.get("title") or "",
            "parent_id": self._open[-1] if self._open else "",
            "taxonomy": self._called,
        }
        self._tables.add("taxonomy_term", Place(self._name, self.count), row)
        self._open.append(named.get("id") or "")


def read_xml(name: str, text: str, tables: Tables, called: str) -> bool:
    """Open Eligibility's XML; False when there is no level in it."""
    parser = _Levels(name, tables, called)
    parser.feed(text)
    parser.close()
    return parser.count > 0

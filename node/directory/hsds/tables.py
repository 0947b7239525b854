"""Rows of tabular packages, by kind of record: the files are known by their names. Pure."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from node.directory.hsds.cleaning import LETTERS_MOST
from node.directory.hsds.fields import FILES
from node.directory.hsds.report import Place, Report

Record = dict[str, Any]

ROWS_MOST: Final = 500_000
COLUMNS_MOST: Final = 200
_TERM_COLUMNS: Final = frozenset({"parent_id", "parent_name", "vocabulary", "taxonomy_id"})


@dataclass(slots=True)
class Tables:
    """Rows with the place where each stands, by kind. Kinds of HSDS 1.x are among them."""

    rows: dict[str, list[tuple[Place, Record]]] = field(default_factory=dict)

    def add(self, kind: str, place: Place, record: Record) -> None:
        self.rows.setdefault(kind, []).append((place, record))

    def of(self, kind: str) -> list[tuple[Place, Record]]:
        return self.rows.get(kind, [])

    def take(self, kind: str) -> list[tuple[Place, Record]]:
        """The rows of a kind, which are there no more afterwards."""
        return self.rows.pop(kind, [])


def kind_of_file(name: str, columns: Iterable[str]) -> str | None:
    """The kind of the rows in `name`, a path; None for a file that is none of ours.

    "taxonomy.csv" held terms in HSDS 1.x and holds taxonomies in profiles of 3.0.
    """
    stem = name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0].lower()
    kind = FILES.get(stem)
    if kind == "taxonomy" and _TERM_COLUMNS & set(columns):
        return "taxonomy_term"
    return kind


def read_csv(name: str, body: bytes, tables: Tables, report: Report) -> bool:
    """Put the rows of one file into `tables`; False for a file that is none of ours."""
    text = _decoded(name, body, report)
    if text is None:
        return True
    csv.field_size_limit(4 * LETTERS_MOST)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [column.strip().lstrip("\ufeff").lower() for column in next(reader, [])]
        kind = kind_of_file(name, head)
        if kind is None:
            report.note(Place(name), "", "no table of HSDS has this name; the file is left aside")
            return False
        if len(head) > COLUMNS_MOST or len(set(filter(None, head))) != len([*filter(None, head)]):
            report.broken(Place(name), "", "its first row must name each column once")
            return True
        _take_rows(name, kind, head, reader, tables, report)
    except csv.Error as error:
        report.broken(Place(name, max(reader.line_num - 1, 0)), "", f"this is no CSV: {error}")
    return True


def _take_rows(
    name: str,
    kind: str,
    head: list[str],
    reader: Iterable[list[str]],
    tables: Tables,
    report: Report,
) -> None:
    for number, cells in enumerate(reader, start=1):
        place = Place(name, number)
        if number > ROWS_MOST:
            report.broken(place, "", f"a table has at most {ROWS_MOST:,} rows")
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(head) and any(cell.strip() for cell in cells[len(head) :]):
            report.broken(
                place, "", f"it has {len(cells)} cells; the first row names {len(head)} columns"
            )
            continue
        pairs = zip(head, cells, strict=False)
        tables.add(kind, place, {column: cell for column, cell in pairs if column and cell.strip()})


def _decoded(name: str, body: bytes, report: Report) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        if encoding == "cp1252":
            report.cleaned(Place(name), "", "it is not in UTF-8; it is read as Windows-1252")
        return text
    report.broken(Place(name), "", "it is no text in UTF-8")
    return None


def read_tabular_json(name: str, found: Record, tables: Tables, report: Report) -> None:
    """One JSON object that holds the rows of each file under the name of the file."""
    for file, rows in found.items():
        first = rows[0] if isinstance(rows, list) and rows else {}
        kind = kind_of_file(file, first if isinstance(first, dict) else ())
        if kind is None or not isinstance(rows, list):
            report.note(Place(f"{name}: {file}"), "", "no table of HSDS; it is left aside")
            continue
        for number, row in enumerate(rows, start=1):
            place = Place(f"{name}: {file}", number)
            if isinstance(row, dict):
                tables.add(kind, place, {str(key).lower(): one for key, one in row.items()})
            else:
                report.broken(place, "", "a row is an object")

"""Every real document is read, and has the outcome that its manifest asks for."""

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

from tests.replay.documents import Document, all_documents
from tests.replay.replaying import Result, replay
from tests.replay.scene import Corpus
from tests.shared import require_shared


async def test_every_real_document_has_the_outcome_its_manifest_asks_for(
    sqlite_template: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    documents = all_documents(require_shared("wire"))
    corpus = Corpus(_inside(documents))
    results = []
    for number, document in enumerate(documents):
        folder = tmp_path / str(number)
        folder.mkdir()
        results.append(await replay(document, sqlite_template, folder, corpus))
    print_table(results)
    wrong = [
        f"{one.document.name}: {one.outcome} ({one.reason}), asked: {one.document.receiver_should}"
        for one in results
        if not one.document.allows(one.outcome, one.reason)
    ]
    assert not wrong, "\n".join(wrong)
    assert sum(one.outcome == "effect" for one in results) > 290
    assert [r for r in caplog.records if r.levelname in ("ERROR", "CRITICAL")] == []


def _inside(documents: list[Document]) -> dict[str, dict[str, Any]]:
    """Whatever these documents contain, by its id: what their hosts would serve."""
    found: dict[str, dict[str, Any]] = {}

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("id"), str) and "type" in value:
                found.setdefault(value["id"], value)
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    for document in documents:
        if not document.receiver_should.startswith("MUST REJECT"):
            walk(document.read())
    return found


def print_table(results: list[Result]) -> None:
    """Producer, documents, accepted with effect, ignored with reason, refused with reason."""
    table = Table(title="Real documents, replayed")
    for heading in ("producer", "documents", "effect", "ignored", "refused"):
        table.add_column(heading)
    by_producer: dict[str, list[Result]] = defaultdict(list)
    for one in results:
        by_producer[one.document.producer].append(one)
    for producer, some in sorted(by_producer.items()):
        cells = [_reasons(some, outcome) for outcome in ("ignored", "refused")]
        effects = str(sum(one.outcome == "effect" for one in some))
        table.add_row(producer, str(len(some)), effects, *cells)
    Console(width=140).print(table)


def _reasons(results: list[Result], outcome: str) -> str:
    counted = Counter(one.reason for one in results if one.outcome == outcome)
    return "\n".join(f"{number} {reason}" for reason, number in counted.most_common())

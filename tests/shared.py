"""Where the reference documents lie that some tests replay: `shared`, beside the project."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def require_shared(*parts: str) -> Path:
    """The path below `../shared`, or a skip with a line that says what is missing."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"reference documents are not here: ../shared/{'/'.join(parts)}")
    return path

"""One measured figure, and the limit it is held against."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """`limit` is what the same machine did in the same run with nothing but the bare work."""

    what: str
    measured: float
    unit: str
    limit: float | None = None

    def row(self) -> tuple[str, str, str, str]:
        """The figure as cells of a table."""
        shown = f"{self.measured:,.1f} {self.unit}"
        if self.limit is None:
            return self.what, shown, "", ""
        return (
            self.what,
            shown,
            f"{self.limit:,.1f} {self.unit}",
            f"{self.measured / self.limit:.2f}",
        )


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

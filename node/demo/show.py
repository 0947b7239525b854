"""What the demo says while it runs: a moving line on a terminal, plain lines anywhere else."""

from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from node.demo.communities import PASSWORD
from node.demo.seed import Settled
from node.demo.story import Outcome

PLAIN_WIDTH = 110


class Show:
    """Tells of `total` things as they are done. A context manager."""

    def __init__(self, total: int) -> None:
        self.console = Console(highlight=False)
        if not self.console.is_terminal:
            self.console = Console(highlight=False, width=PLAIN_WIDTH)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=20),
            MofNCompleteColumn(),
            console=self.console,
            transient=True,
            disable=not self.console.is_terminal,
        )
        self._task = self._progress.add_task("Starting two nodes", total=total)

    def __enter__(self) -> "Show":
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def tell(self, what: str) -> None:
        """Something was done."""
        self._progress.update(self._task, advance=1, description=what)
        self.console.print(f"  {what}", markup=False)

    def outcomes(self, outcomes: Sequence[Outcome], steps: int) -> None:
        """The table of a story, and whether both sides agreed to the end."""
        self._progress.stop()
        table = Table(title="Two nodes, one conversation", title_justify="left")
        table.add_column("step", justify="right")
        table.add_column("what happens")
        table.add_column("where")
        table.add_column("latency", justify="right")
        table.add_column("both sides")
        for number, outcome in enumerate(outcomes, start=1):
            table.add_row(
                str(number),
                outcome.step.title,
                outcome.step.side,
                f"{outcome.seconds * 1000:.0f} ms",
                "differ" if outcome.problem else "agree",
            )
        self.console.print(table)
        last = outcomes[-1]
        if last.problem:
            self.console.print(
                f"Step {len(outcomes)} of {steps}, “{last.step.title}”: {last.problem}",
                markup=False,
            )
        else:
            self.console.print(f"All {steps} steps agree.")

    def rooms(self, looked_for: int, missing: Sequence[str]) -> None:
        """Whether people find what they did in the rooms beside groups."""
        for sentence in missing:
            self.console.print(sentence, markup=False)
        if not missing:
            self.console.print(f"All {looked_for} things in the other rooms are found.")

    def sign_ins(self, settled: Sequence[Settled]) -> None:
        """Where to look, and how to sign in."""
        self._progress.stop()
        for one in settled:
            table = Table(title=f"{one.community.name}: {one.node.origin}", title_justify="left")
            table.add_column("sign-in name")
            table.add_column("password")
            table.add_column("seen as")
            for person in one.community.people:
                address = f"@{person.handle}@{one.node.authority}"
                role = " (administrator)" if person.administrator else ""
                table.add_row(person.handle, PASSWORD, address + role)
            self.console.print(table)
            for group in one.community.groups:
                handle = f"!{group.handle}@{one.node.authority}"
                self.console.print(f"  {handle}  {group.name} ({group.visibility})", markup=False)
        self.console.print("\nBoth nodes are running. Press Ctrl-C to end them.")

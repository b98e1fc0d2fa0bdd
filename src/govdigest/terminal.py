"""What commands print: progress on a terminal, plain lines elsewhere, and tables at the end."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bar

from govdigest.commands.outcomes import COLUMNS, Outcome, PullReport
from govdigest.model import Event

_LONGEST = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def one_line(text: str) -> str:
    """``text`` from outside, fit for a log: one line, bounded, without control characters."""
    line = _CONTROL.sub(" ", text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


class Progress:
    """A bar on a terminal; elsewhere one plain line for each document that brought something."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        if sys.stderr.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def document(self, outcome: Outcome, done: int, of: int) -> None:
        """One document is done."""
        name = f"{outcome.platform.slug}/{outcome.document.slug}"
        if self._bar is not None:
            if self._task is None:
                self._task = self._bar.add_task("", total=of)
            self._bar.update(self._task, completed=done, description=name)
            return
        if outcome.column != "unchanged":
            print(f"{done}/{of} {name}: {outcome.column}{_why(outcome)}", file=sys.stderr)


def pull_table(report: PullReport, corrections: Sequence[Event]) -> str:
    """What a pull came to: its news, its failures, and the counts."""
    lines = [f"{o.platform.slug}/{o.document.slug}: {one_line(e.headline)}" for o in report.outcomes for e in o.events]
    lines += [f"{event.platform}/{event.document}: correction: {one_line(event.headline)}" for event in corrections]
    counts = report.counts()
    widths = [max(len(name), len(str(counts[name]))) for name in COLUMNS]
    lines += ["", "  ".join(name.rjust(width) for name, width in zip(COLUMNS, widths, strict=True))]
    lines += ["  ".join(str(counts[name]).rjust(width) for name, width in zip(COLUMNS, widths, strict=True))]
    not_modified = sum(outcome.not_modified for outcome in report.outcomes)
    verdicts = ", ".join(f"{name} {number}" for name, number in report.verdicts().items())
    lines += ["", f"verdicts: {verdicts}; sources confirmed by 304: {not_modified}"]
    return "\n".join(lines)


def job_summary(report: PullReport, corrections: Sequence[Event]) -> str:
    """The same as Markdown, for a job summary."""
    counts = report.counts()
    lines = [f"## Pull of {report.at.isoformat()}", ""]
    lines += ["| " + " | ".join(COLUMNS) + " |", "|" + " ---: |" * len(COLUMNS)]
    lines += ["| " + " | ".join(str(counts[name]) for name in COLUMNS) + " |", ""]
    news = [(o.platform.name, o.document.name, e.headline) for o in report.outcomes for e in o.events]
    news += [(event.platform, event.document, f"correction: {event.headline}") for event in corrections]
    if news:
        lines += ["### Announced", ""]
        lines += [f"- {_cell(platform)}, {_cell(document)}: {_cell(headline)}" for platform, document, headline in news]
        lines += [""]
    failed = [o for o in report.outcomes if o.failures]
    if failed:
        lines += ["### Could not be read", "", "| document | class | detail |", "| --- | --- | --- |"]
        lines += [
            f"| {o.platform.slug}/{o.document.slug} | {failure.reason.value} | {_cell(failure.detail)} |"
            for o in failed
            for failure in o.failures
        ]
        lines += [""]
    return "\n".join(lines) + "\n"


def _why(outcome: Outcome) -> str:
    if outcome.failures:
        first = outcome.failures[0]
        return f" ({first.reason.value}: {one_line(first.detail)})"
    if outcome.events:
        return f" ({one_line(outcome.events[-1].headline)})"
    if outcome.verdict is not None and outcome.verdict.reasons:
        return f" ({one_line(outcome.verdict.reasons[0])})"
    return ""


def _cell(text: str) -> str:
    """Text from outside as inline Markdown that shows as it is."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|@~-])", r"\\\1", one_line(text))

"""What a pull came to: an outcome for each document, and the table at the end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from govdigest.model import Document, Event, Failure, Platform, Verdict, VerdictKind


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one document's pull came to."""

    platform: Platform
    document: Document
    verdict: Verdict | None
    """None when a source failed before there was a text to judge."""
    failures: tuple[Failure, ...] = ()
    not_modified: int = 0
    events: tuple[Event, ...] = ()

    @property
    def column(self) -> str:
        """Its column in the table at the end of a pull."""
        if self.verdict is None:
            return "failed"
        return _COLUMNS[self.verdict.kind]


_COLUMNS = {
    VerdictKind.FIRST: "new",
    VerdictKind.UNCHANGED: "unchanged",
    VerdictKind.COSMETIC: "unchanged",
    VerdictKind.VARIANT: "unchanged",
    VerdictKind.RE_EXTRACTION: "unchanged",
    VerdictKind.BROKEN: "broken",
    VerdictKind.PENDING: "pending",
    VerdictKind.EDITORIAL: "changed",
    VerdictKind.MATERIAL: "changed",
}
COLUMNS = ("checked", "unchanged", "new", "changed", "pending", "broken", "failed")


@dataclass(frozen=True, slots=True)
class PullReport:
    """A whole pull, in the order of the configuration."""

    at: datetime
    outcomes: tuple[Outcome, ...]

    def counts(self) -> dict[str, int]:
        """The table at the end: every document is checked, and in one other column."""
        columns = Counter(outcome.column for outcome in self.outcomes)
        return {"checked": len(self.outcomes), **{name: columns[name] for name in COLUMNS[1:]}}

    def verdicts(self) -> dict[str, int]:
        """Documents by verdict; ``failed`` for those without a text."""
        kinds = Counter("failed" if o.verdict is None else o.verdict.kind.value for o in self.outcomes)
        return dict(sorted(kinds.items()))

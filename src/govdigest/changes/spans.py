"""Spans in bulk: does a span touch any of many."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from govdigest.model import Span


class Spans:
    """Many spans of one text, in order, those that touch joined; asked in log n."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def touch(self, span: Span) -> bool:
        """Whether ``span`` shares a character with any."""
        index = bisect_left(self._starts, span.end) - 1
        return index >= 0 and self._ends[index] > span.start

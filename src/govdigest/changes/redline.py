"""The redline: what changed, passage by passage, word by word, as a reader sees the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import LCSseq

from govdigest.changes.spans import Spans
from govdigest.marks import plain
from govdigest.model import Change, Pair, Passage, PassageKind, RedlineBlock, Segment, Span, Text

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|\s+|[^\w\s]")
_CONTEXT = 240
_LONG = 4_000
"""Words of a passage beyond which it is shown as taken out and put in, not word by word."""


def redline(before: Text, after: Text, change: Change) -> tuple[RedlineBlock, ...]:
    """``change`` in the order of the later text, each passage with its heading, neighbours and anchors.

    In every block the ``equal`` and ``removed`` segments together are exactly its ``before``, the ``equal`` and
    ``added`` ones its ``after``; both are the passages without their Markdown marks.
    """
    old, new = _Index(before), _Index(after)
    changed_before = Spans([*change.removed, *(pair.before for pair in change.reworded)])
    changed_after = Spans([*change.added, *(pair.after for pair in change.reworded)])
    places = _Places(before, after, old, change.reworded)
    placed: list[tuple[tuple[int, int], RedlineBlock]] = []
    for span in change.added:
        words = plain(after.slice(span), inside=True)
        block = RedlineBlock(
            "added", new.heading(span), "", words, (Segment("added", words),),
            *new.context(span, changed_after), "", _anchor(span),
        )  # fmt: skip
        placed.append(((span.start, 1), block))
    for span in change.removed:
        words = plain(before.slice(span), inside=True)
        block = RedlineBlock(
            "removed", old.heading(span), words, "", (Segment("removed", words),),
            *old.context(span, changed_before), _anchor(span), "",
        )  # fmt: skip
        placed.append(((places.of(span), 0), block))
    for op, pairs in (("reworded", change.reworded), ("moved", change.moved)):
        for pair in pairs:
            said = plain(before.slice(pair.before), inside=True)
            says = plain(after.slice(pair.after), inside=True)
            block = RedlineBlock(
                op, new.heading(pair.after), said, says, segments(said, says),
                *new.context(pair.after, changed_after), _anchor(pair.before), _anchor(pair.after),
            )  # fmt: skip
            placed.append(((pair.after.start, 1), block))
    return tuple(block for _, block in sorted(placed, key=lambda item: item[0]))


def segments(before: str, after: str) -> tuple[Segment, ...]:
    """``before`` and ``after`` as runs of words; small words that both keep between changes are not told apart."""
    if before == after:
        return (Segment("equal", before),) if before else ()
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) > _LONG or len(new) > _LONG:
        return _joined([("removed", before), ("added", after)])
    parts: list[tuple[str, list[str], list[str]]] = []
    for op in LCSseq.opcodes(old, new):
        gone, come = old[op.src_start : op.src_end], new[op.dest_start : op.dest_end]
        kind = "equal" if op.tag == "equal" else "changed"
        if parts and parts[-1][0] == kind:
            parts[-1][1].extend(gone)
            parts[-1][2].extend(come)
        else:
            parts.append((kind, list(gone), list(come)))
    runs: list[tuple[str, str]] = []
    gone_run: list[str] = []
    come_run: list[str] = []
    for index, (kind, gone, come) in enumerate(parts):
        inner = 0 < index < len(parts) - 1
        if kind == "equal" and not (inner and _slight(gone)):
            runs += [("removed", "".join(gone_run)), ("added", "".join(come_run)), ("equal", "".join(gone))]
            gone_run, come_run = [], []
        else:
            gone_run += gone
            come_run += come
    runs += [("removed", "".join(gone_run)), ("added", "".join(come_run))]
    return _joined(runs)


def _slight(tokens: Sequence[str]) -> bool:
    """Whether an equal run is too slight to break up a change: 'of', a comma."""
    words = [token for token in tokens if token[0].isalnum()]
    return not words or (len(words) == 1 and len(words[0]) <= 3 and not words[0].isdigit())


def _joined(runs: Iterable[tuple[str, str]]) -> tuple[Segment, ...]:
    result: list[Segment] = []
    for op, text in runs:
        if not text:
            continue
        if result and result[-1].op == op:
            result[-1] = Segment(op, result[-1].text + text)
        else:
            result.append(Segment(op, text))
    return tuple(result)


def _anchor(span: Span) -> str:
    return f"p-{span.start}"


class _Index:
    """Finds the passage at a place."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.starts = [passage.span.start for passage in text.passages]

    def number(self, at: int) -> int:
        return max(0, bisect_right(self.starts, at) - 1)

    def passage(self, span: Span) -> Passage | None:
        return self.text.passages[self.number(span.start)] if self.text.passages else None

    def heading(self, span: Span) -> str:
        """The nearest heading above, in plain text."""
        passage = self.passage(span)
        return passage.headings[-1] if passage and passage.headings else ""

    def context(self, span: Span, changed: Spans) -> tuple[str, str]:
        """The passages before and after ``span``, where they did not change."""
        if not self.text.passages:
            return "", ""
        first, last = self.number(span.start), self.number(max(span.start, span.end - 1))
        return self._neighbour(first - 1, changed), self._neighbour(last + 1, changed)

    def _neighbour(self, number: int, changed: Spans) -> str:
        if not 0 <= number < len(self.text.passages):
            return ""
        passage = self.text.passages[number]
        if passage.kind is PassageKind.HEADING or changed.touch(passage.span):
            return ""
        words = plain(self.text.slice(passage.span), inside=True)
        return words if len(words) <= _CONTEXT else words[:_CONTEXT].rsplit(" ", 1)[0] + " …"


class _Places:
    """Where in the later text a removed passage would stand: behind the nearest passage above it that is left."""

    def __init__(self, before: Text, after: Text, old: _Index, reworded: Sequence[Pair]) -> None:
        self.before, self.after, self.old = before, after, old
        self.left = {pair.before.start: pair.after.end for pair in reworded}
        self.ends: dict[str, int] = {}
        for passage in after.passages:
            self.ends.setdefault(after.slice(passage.span), passage.span.end)

    def of(self, span: Span) -> int:
        """Offset in the later text."""
        number = self.old.number(span.start)
        for above in range(number - 1, max(-1, number - 200), -1):
            place = self.before.passages[above].span
            if place.start in self.left:
                return self.left[place.start]
            end = self.ends.get(self.before.slice(place))
            if end is not None:
                return end
        return 0 if number < 200 else span.start * len(self.after.markdown) // max(1, len(self.before.markdown))

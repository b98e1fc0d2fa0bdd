"""A change found between two extractions of today, told in spans of the archived text.

After a change of the extractor, the new text is compared with the kept capture extracted anew, the baseline. But
what is archived, and shown, is the current text as it was extracted then. A passage of the baseline is found in it
by its normal form; one that is not there is told by the words of the reasons alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from govdigest.changes.normal import fold
from govdigest.model import Change, Finding, FindingMove, Pair, Quote, Span, Text


class _Places:
    """Where the words of one text stand in another."""

    def __init__(self, baseline: Text, current: Text) -> None:
        self.baseline, self.current = baseline, current
        self.by_key: dict[str, list[Span]] = defaultdict(list)
        keys = fold([current.slice(passage.span) for passage in current.passages])
        for key, passage in zip(keys, current.passages, strict=True):
            if key:
                self.by_key[key].append(passage.span)

    def of(self, span: Span) -> Span | None:
        """The place of ``span`` of the baseline in the current text."""
        raw = self.baseline.slice(span)
        at = self.current.markdown.find(raw)
        if at >= 0:
            return Span(at, at + len(raw))
        places = self.by_key.get(fold([raw])[0])
        return places[0] if places else None


def onto_current(change: Change, baseline: Text, current: Text, findings: Sequence[Finding]) -> Change:
    """``change`` (from ``baseline``) with its earlier side in spans of ``current``; ``findings`` are of ``current``."""
    places = _Places(baseline, current)
    removed = tuple(found for span in change.removed if (found := places.of(span)) is not None)
    reworded, added = [], list(change.added)
    for pair in change.reworded:
        found = places.of(pair.before)
        if found is None:
            added.append(pair.after)
        else:
            reworded.append(Pair(found, pair.after))
    moved = [Pair(found, pair.after) for pair in change.moved if (found := places.of(pair.before)) is not None]
    return Change(
        tuple(sorted(added)),
        removed,
        tuple(reworded),
        tuple(moved),
        tuple(_move(move, places, findings) for move in change.moves),
    )


def _move(move: FindingMove, places: _Places, findings: Sequence[Finding]) -> FindingMove:
    before: list[Finding] = []
    for finding in move.before:
        quotes = []
        for quote in finding.quotes:
            span = places.of(quote.span)
            if span is not None:
                quotes.append(Quote(places.current.slice(span), span))
        if quotes:
            before.append(replace(finding, quotes=tuple(quotes)))
        else:
            before += [
                own
                for own in findings
                if (own.provision, own.scope, own.position) == (finding.provision, finding.scope, finding.position)
            ][:1]
    return replace(move, before=tuple(before))

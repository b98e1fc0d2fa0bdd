"""A document's most important sentences: those that say the most on what the taxonomy asks."""

from __future__ import annotations

from collections.abc import Sequence

from govdigest.model import Finding, Quote, Span, Taxonomy, Text
from govdigest.positions.quoting import LONGEST, SHORTEST
from govdigest.positions.quoting import count as words_in

_BY_EXPOSURE = (0.85, 1.0, 1.2)
_BY_PLACE = (1.0, 0.45, 0.22, 0.15)
"""Of a quote within its finding: the first is the most decisive."""
_SHARED = 1.15
"""For each other provision that the same words answer, up to two."""
_LENGTHS = (8, 70)
"""Words between which a sentence reads well on its own."""


def key_sentences(text: Text, findings: Sequence[Finding], taxonomy: Taxonomy, count: int = 8) -> tuple[Quote, ...]:
    """At most ``count`` quotes of ``findings``, in document order: those whose positions matter most to a reader."""
    shown = [(finding.provision, quote.span) for finding in findings for quote in finding.quotes]
    scored: list[tuple[float, Quote]] = []
    for finding in findings:
        provision = taxonomy.provision(finding.provision)
        position = provision.position(finding.position)
        for place, quote in enumerate(finding.quotes):
            size = words_in(quote.text)
            if not SHORTEST <= size <= LONGEST:
                continue
            others = {slug for slug, span in shown if slug != finding.provision and _overlap(span, quote.span)}
            score = (
                provision.salience * _BY_EXPOSURE[position.exposure.rank] * _BY_PLACE[min(place, len(_BY_PLACE) - 1)]
            )
            score *= _SHARED ** min(len(others), 2) * (1.0 if _LENGTHS[0] <= size <= _LENGTHS[1] else 0.7)
            scored.append((score, quote))
    scored.sort(key=lambda item: (-item[0], item[1].span))
    chosen: list[Quote] = []
    for _, quote in scored:
        if len(chosen) == count:
            break
        if not any(_overlap(quote.span, known.span) for known in chosen):
            chosen.append(quote)
    return tuple(sorted(chosen, key=lambda quote: quote.span))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end

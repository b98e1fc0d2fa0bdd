"""A document's most important sentences: those that say the most on what the taxonomy asks."""

from __future__ import annotations

from collections.abc import Sequence

from govdigest.model import Finding, Quote, Taxonomy, Text
from govdigest.positions.quoting import LONGEST, SHORTEST, WISHED
from govdigest.positions.quoting import count as words_in

_BY_EXPOSURE = (0.6, 1.0, 1.6)
_LENGTHS = (8, 70)
"""Words between which a sentence reads well on its own."""


def key_sentences(text: Text, findings: Sequence[Finding], taxonomy: Taxonomy, count: int = 8) -> tuple[Quote, ...]:
    """At most ``count`` quotes of ``findings``, in document order: the most exposing, one a provision first."""
    scored: list[tuple[float, Quote]] = []
    for finding in findings:
        provision = taxonomy.provision(finding.provision)
        rank = provision.position(finding.position).exposure.rank
        for place, quote in enumerate(finding.quotes):
            size = words_in(quote.text)
            if not SHORTEST <= size <= LONGEST:
                continue
            score = provision.salience * _BY_EXPOSURE[rank] * (1.0 if place == 0 else 0.45 / place)
            score *= 1.0 if _LENGTHS[0] <= size <= max(_LENGTHS[1], WISHED) else 0.7
            scored.append((score, quote))
    scored.sort(key=lambda item: (-item[0], item[1].span))
    chosen: list[Quote] = []
    for _, quote in scored:
        if len(chosen) == count:
            break
        if not any(quote.span.start < known.span.end and known.span.start < quote.span.end for known in chosen):
            chosen.append(quote)
    return tuple(sorted(chosen, key=lambda quote: quote.span))

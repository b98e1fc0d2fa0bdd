"""What a document states: all provisions in one pass over its passages."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from govdigest.model import Finding, Quote, Taxonomy, Text
from govdigest.patterns import Expander, Lexicon
from govdigest.positions.deciding import Decision, Hit, decide
from govdigest.positions.matching import Matcher
from govdigest.positions.page import Page
from govdigest.positions.quoting import MOST, quotes_of
from govdigest.positions.rules import Procedure, compile_provision
from govdigest.positions.trying import Trial
from govdigest.positions.values import values_of

READER = "4"
"""Version of the reader; bumped by hand when the same taxonomy would find something else."""


class Reader:
    """Reads documents with one taxonomy. Compiled once; any number of documents may be read with it."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.key = hashlib.sha256(f"{taxonomy.hash} {READER}".encode()).hexdigest()[:16]
        """Changes when the same text could give other findings; what a cache of findings is named by."""
        vocabulary = taxonomy.vocabulary
        self._matcher = Matcher(Expander(Lexicon(vocabulary)))
        scopes = {
            name: self._matcher.patterns(vocabulary[key]) if key in vocabulary else None
            for name, key in (("business", "business-scope"), ("consumer", "consumer-scope"))
        }
        self._procedures = tuple(compile_provision(p, self._matcher, scopes) for p in taxonomy.provisions)
        self._trial = Trial(self._matcher, self._procedures)

    def read(self, text: Text) -> tuple[Finding, ...]:
        """What ``text`` states, in the order of the taxonomy. The same text gives the same findings."""
        with _uncollected():
            return self._read(text)

    def _read(self, text: Text) -> tuple[Finding, ...]:
        page = Page.of(text, self._matcher)
        hits = self._trial.hits(page)
        made: list[Finding] = []
        for procedure in self._procedures:
            for decision in decide(procedure, hits.get(procedure.provision.slug, ())):
                finding = _finding(procedure, decision, text, page)
                if finding is not None:
                    made.append(finding)
        return tuple(made)


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: a page has none, and each search walks over all that a taxonomy was made into."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _finding(procedure: Procedure, decision: Decision, text: Text, page: Page) -> Finding | None:
    parameters: list[tuple[str, tuple[str, ...]]] = []
    for reading in procedure.readings:
        if not reading.positions or decision.position in reading.positions:
            values = values_of(reading, decision.hits, page)
            if values:
                parameters.append((reading.slug, values))
    quotes: list[Quote] = []
    told = _told_first(procedure, decision, parameters)
    for hits, most in ((told, procedure.quotes), (decision.against, MOST)):
        for hit in hits:
            if len(quotes) >= most:
                break
            fresh = [quote for quote in quotes_of(hit, text) if not any(_same(quote, known) for known in quotes)]
            quotes += fresh[: most - len(quotes)]
    if not quotes:
        return None
    return Finding(
        provision=procedure.provision.slug,
        position=decision.position,
        quotes=tuple(quotes[:MOST]),
        scope=decision.scope,
        parameters=tuple(parameters),
        basis=decision.basis,
    )


def _told_first(
    procedure: Procedure, decision: Decision, parameters: Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[Hit, ...]:
    """The hits, first of them one whose passage holds the value that the position's sentence tells."""
    sentence = procedure.provision.position(decision.position).sentence
    types = {reading.slug: reading.type for reading in procedure.readings}
    wanted = [value for slug, of in parameters if types[slug] != "list" and f"{{{slug}}}" in sentence for value in of]

    def tells(hit: Hit) -> bool:
        shown = hit.view.bare.tidy(hit.view.slices[-1])
        return any(value in shown for value in wanted)

    if not wanted or tells(decision.hits[0]):
        return decision.hits
    for hit in decision.hits:
        if hit.rule.gives == decision.position and hit.rule.explicit and hit.rule.weight >= 1 and tells(hit):
            return (hit, *(other for other in decision.hits if other is not hit))
    return decision.hits


def _same(one: Quote, other: Quote) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end

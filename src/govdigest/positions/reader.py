"""What a document states: all provisions in one pass over its passages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from govdigest.model import Finding, PassageKind, Quote, Scope, Taxonomy, Text
from govdigest.patterns import Expander, normal_value
from govdigest.patterns.values import trimmed
from govdigest.positions.deciding import Decision, Hit, decide
from govdigest.positions.matching import Match, Matcher, Patterns
from govdigest.positions.quoting import MOST, quotes_of
from govdigest.positions.rules import Procedure, Reading, Rule, compile_provision
from govdigest.positions.views import WORD, View, views

READER = "1"
"""Version of the reader; bumped by hand when the same taxonomy would find something else."""
MOST_LOOKS = 2_000
"""Passages in which one rule is tried, and how many hits it may have a document: no policy needs more."""
MOST_HITS = 60
_NEAR = 2
_Put = Callable[[str], None]
_NEGATION = (
    "not", "never", "no", "neither", "nor", "none", "nothing", "without", "cannot", "can't", "don't", "doesn't",
    "won't", "didn't", "isn't", "aren't", "wouldn't", "shouldn't", "haven't", "hasn't", "refrain~", "prohibited from",
)  # fmt: skip
_NO_NEGATION = (
    "not only", "not limited", "not just", "not solely", "no later", "not later", "no less", "not less", "no more than",
    "no longer than", "whether or not", "if not", "without limitation", "without limiting", "no matter", "not merely",
    "no sooner", "no earlier", "without prejudice", "not exceed~",
)  # fmt: skip


@dataclass(slots=True)
class _Page:
    """One document while it is read."""

    views: list[View]
    sections: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    headings: dict[tuple[str, ...], View] = field(default_factory=dict)
    answers: dict[tuple[int, object], bool] = field(default_factory=dict)


class Reader:
    """Reads documents with one taxonomy. Compiled once; any number of documents may be read with it."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self.key = hashlib.sha256(f"{taxonomy.hash} {READER}".encode()).hexdigest()[:16]
        """Changes when the same text could give other findings; what a cache of findings is named by."""
        vocabulary = taxonomy.vocabulary
        self._matcher = Matcher(Expander(vocabulary))
        self._negation = self._matcher.patterns(vocabulary.get("negation") or _NEGATION)
        self._no_negation = self._matcher.patterns(vocabulary.get("no-negation") or _NO_NEGATION)
        named = {
            name: self._matcher.patterns(vocabulary[key]) if key in vocabulary else None
            for name, key in (("business", "business-scope"), ("consumer", "consumer-scope"))
        }
        self._regional = (
            self._matcher.patterns(vocabulary["regional-heading"]) if "regional-heading" in vocabulary else None
        )
        self._procedures = tuple(compile_provision(p, self._matcher, named) for p in taxonomy.provisions)
        self._everywhere: list[tuple[Procedure, Rule]] = []
        self._by_bit: dict[int, list[tuple[Procedure, Rule]]] = {}
        for procedure in self._procedures:
            for rule in procedure.rules:
                bits = dict.fromkeys(self._matcher.rarest(chain) for chain in rule.any.chains)
                for bit in bits if 0 not in bits else ():
                    self._by_bit.setdefault(bit, []).append((procedure, rule))
                if 0 in bits:
                    self._everywhere.append((procedure, rule))
        self._triggers = sum(self._by_bit)

    def read(self, text: Text) -> tuple[Finding, ...]:
        """What ``text`` states, in the order of the taxonomy. The same text gives the same findings."""
        hits = self._hits(self._page(text))
        made: list[Finding] = []
        for procedure in self._procedures:
            of = hits.get(procedure.provision.slug)
            if of:
                for decision in decide(procedure, of.hits):
                    finding = self._finding(procedure, decision, text, of.page)
                    if finding is not None:
                        made.append(finding)
        return tuple(made)

    def mentions(self, text: Text) -> dict[int, list[tuple[str, str, float]]]:
        """Per passage number, the (provision, position or signal, weight) of all rules that hold of it."""
        made: dict[int, list[tuple[str, str, float]]] = {}
        for slug, of in self._hits(self._page(text)).items():
            for hit in of.hits:
                made.setdefault(hit.view.index, []).append((slug, hit.rule.gives, hit.rule.weight))
        return made

    # ------------------------------------------------------------------ hits

    def _page(self, text: Text) -> _Page:
        page = _Page(views(text))
        for number, view in enumerate(page.views):
            self._matcher.prepare(view)
            page.sections.setdefault(view.headings, []).append(number)
        return page

    def _hits(self, page: _Page) -> dict[str, _Hits]:
        made: dict[str, _Hits] = {}
        looks: dict[int, int] = {}
        for number, view in enumerate(page.views):
            for procedure, rule in self._candidates(view):
                looked = looks[id(rule)] = looks.get(id(rule), 0) + 1
                if looked > MOST_LOOKS:
                    continue
                hit = self._try(procedure, rule, number, page)
                if hit is not None:
                    of = made.setdefault(procedure.provision.slug, _Hits(page))
                    if sum(1 for known in of.hits if known.rule is rule) < MOST_HITS:
                        of.hits.append(hit)
        return made

    def _candidates(self, view: View) -> Iterator[tuple[Procedure, Rule]]:
        bits = view.possible
        rules = list(self._everywhere)
        triggered = bits & self._triggers
        while triggered:
            bit = triggered & -triggered
            triggered ^= bit
            rules += self._by_bit[bit]
        seen: set[int] = set()
        for procedure, rule in rules:
            if id(rule) not in seen:
                seen.add(id(rule))
                if rule.any.possible(bits) and all(patterns.possible(bits) for patterns in rule.all):
                    yield procedure, rule

    def _try(self, procedure: Procedure, rule: Rule, number: int, page: _Page) -> Hit | None:
        view = page.views[number]
        if view.kind not in rule.kinds:
            return None
        found = self._matcher.found
        matches = [match for match in self._matcher.matches(rule.any, view) if match.end > view.own]
        if not matches or not all(found(patterns, view) for patterns in rule.all):
            return None
        if rule.polarity != "any":
            denied = rule.polarity == "denied"
            matches = [match for match in matches if self._negated(match, view) is denied]
            if not matches:
                return None
        if rule.none is not None and found(rule.none, view):
            return None
        if procedure.ignore is not None and found(procedure.ignore, view):
            return None
        headings = self._headings(view, page)
        for patterns, wanted in (
            (rule.headings, True),
            (rule.not_headings, False),
            (procedure.ignore_headings, False),
        ):
            if patterns is not None and found(patterns, headings) is not wanted:
                return None
        if not all(self._holds(where, patterns, number, page) for where, patterns in rule.conditions):
            return None
        if any(self._holds(where, patterns, number, page) for where, patterns in rule.vetoes):
            return None
        regional = self._regional is not None and found(self._regional, headings)
        return Hit(rule, view, tuple(matches), rule.scope or self._scope(procedure, view, headings), regional)

    def _negated(self, match: Match, view: View) -> bool:
        """Whether a negation stands in the match, or in the four words before it in the same clause."""
        low = match.start
        for word in list(WORD.finditer(view.low, max(0, match.start - 80), match.start))[-4:]:
            low = min(low, word.start())
        border = max(view.low.rfind(sign, low, match.start) for sign in ";.:")
        low = max(low, border + 1)
        spared = [(m.start, m.end) for m in self._matcher.matches(self._no_negation, view)]
        return any(
            low <= m.start < match.end and not any(start <= m.start < end for start, end in spared)
            for m in self._matcher.matches(self._negation, view)
        )

    def _headings(self, view: View, page: _Page) -> View:
        known = page.headings.get(view.headings)
        if known is None:
            raw = " . ".join(view.headings)[:2000].replace("’", "'")
            low = raw.lower() if len(raw.lower()) == len(raw) else raw
            known = View(-1, PassageKind.HEADING, (), -1, raw, low, (), 0)
            self._matcher.prepare(known)
            page.headings[view.headings] = known
        return known

    def _holds(self, where: str, patterns: Patterns, number: int, page: _Page) -> bool:
        view = page.views[number]
        if where in {"section", "document"}:
            key = (id(patterns), view.headings if where == "section" else where)
            known = page.answers.get(key)
            if known is None:
                numbers: Iterable[int] = page.sections[view.headings] if where == "section" else range(len(page.views))
                known = any(self._matcher.found(patterns, page.views[n]) for n in numbers)
                if where == "section" and not known:
                    known = self._matcher.found(patterns, self._headings(view, page))
                page.answers[key] = known
            return known
        steps = {"before": (-2, -1), "after": (1, 2), "near": (-_NEAR, -1, 0, 1, _NEAR)}[where]
        numbers = [number + step for step in steps if 0 <= number + step < len(page.views)]
        return any(
            self._matcher.found(patterns, page.views[n]) for n in numbers if page.views[n].headings == view.headings
        )

    def _scope(self, procedure: Procedure, view: View, headings: View) -> Scope:
        for scope, patterns in procedure.scopes:
            if self._matcher.found(patterns, view) or self._matcher.found(patterns, headings):
                return scope
        return Scope.ALL

    # ------------------------------------------------------------------ findings

    def _finding(self, procedure: Procedure, decision: Decision, text: Text, page: _Page) -> Finding | None:
        quotes: list[Quote] = []
        used: list[Hit] = []
        for hits, most in ((decision.hits, procedure.quotes), (decision.against, MOST)):
            for hit in hits:
                fresh = [q for q in quotes_of(hit, text) if not any(_same(q, known) for known in quotes)]
                if fresh and len(quotes) < most:
                    quotes += fresh[: most - len(quotes)]
                    used.append(hit)
        if not quotes:
            return None
        parameters: list[tuple[str, tuple[str, ...]]] = []
        for reading in procedure.readings:
            if not reading.positions or decision.position in reading.positions:
                values = self._values(reading, decision.hits, page)
                if values:
                    parameters.append((reading.slug, values))
        return Finding(
            provision=procedure.provision.slug,
            position=decision.position,
            quotes=tuple(quotes[:MOST]),
            scope=decision.scope,
            parameters=tuple(parameters),
            basis=decision.basis,
        )

    def _values(self, reading: Reading, hits: Iterable[Hit], page: _Page) -> tuple[str, ...]:
        """Values in the order of their patterns' passages, equal ones once."""
        made: dict[str, str] = {}

        def put(value: str) -> None:
            made.setdefault(normal_value(value, reading.type), value)

        hits = list(hits)
        seen: set[int] = set()
        for hit in hits:
            for match in hit.matches:
                self._put(match, hit.view, reading, put)
            if reading.where == "finding" and id(hit.view) not in seen:
                seen.add(id(hit.view))
                self._look(reading, hit.view, put)
        if reading.where != "finding":
            sections = {hit.view.headings for hit in hits}
            for view in page.views:
                if reading.where == "document" or view.headings in sections:
                    self._look(reading, view, put)
        values = list(made.values())
        if reading.values:
            places = {name: place for place, (name, _) in enumerate(reading.values)}
            values.sort(key=lambda value: places.get(value, -1))
        return tuple(values[: reading.most])

    def _look(self, reading: Reading, view: View, put: _Put) -> None:
        if reading.patterns is not None:
            for match in self._matcher.matches(reading.patterns, view):
                self._put(match, view, reading, put)
        for value, patterns in reading.values:
            if self._matcher.found(patterns, view):
                put(value)

    @staticmethod
    def _put(match: Match, view: View, reading: Reading, put: _Put) -> None:
        for slug, start, end in match.values:
            if slug == reading.slug:
                value = trimmed(view.raw[start:end], reading.type)
                if value:
                    put(value)


@dataclass(slots=True)
class _Hits:
    page: _Page
    hits: list[Hit] = field(default_factory=list)


def _same(one: Quote, other: Quote) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end

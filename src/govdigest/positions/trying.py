"""Whether rules hold of passages: all rules of a taxonomy, tried only where their words stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from govdigest.model import Scope
from govdigest.positions.deciding import Hit
from govdigest.positions.masks import Leaf, bits_of
from govdigest.positions.matching import Match, Matcher, Patterns
from govdigest.positions.page import Page
from govdigest.positions.rules import Procedure, Rule
from govdigest.positions.views import View

MOST_LOOKS = 2_000
"""Passages in which one rule is tried, and how many hits it may have a document: no policy needs more."""
MOST_HITS = 60
_BEFORE = 4
"""Words before a match in which a negation still negates it."""
_CLAUSE = frozenset(";.:")
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
class Trial:
    """All rules of a taxonomy."""

    matcher: Matcher
    procedures: Sequence[Procedure]
    negation: Patterns = field(init=False)
    no_negation: Patterns = field(init=False)
    regional: Patterns | None = field(init=False)
    _rules: list[tuple[Procedure, Rule]] = field(default_factory=list)

    def __post_init__(self) -> None:
        vocabulary: Mapping[str, Sequence[str]] = self.matcher.expander.lexicon.vocabulary
        self.negation = self.matcher.patterns(vocabulary.get("negation") or _NEGATION)
        self.no_negation = self.matcher.patterns(vocabulary.get("no-negation") or _NO_NEGATION)
        regional = vocabulary.get("regional-heading")
        self.regional = self.matcher.patterns(regional) if regional else None
        self._rules = [(procedure, rule) for procedure in self.procedures for rule in procedure.rules]

    def hits(self, page: Page) -> dict[str, list[Hit]]:
        """Per provision, the passages of which a rule holds."""
        made: dict[str, list[Hit]] = {}
        looks: dict[int, int] = {}
        kept: dict[int, int] = {}
        for leaf in page.leaves:
            for number, (procedure, rule) in enumerate(self._rules):
                mask = self._possible(rule, procedure.ignore_headings, leaf)
                for at in bits_of(mask):
                    looks[number] = looks.get(number, 0) + 1
                    if looks[number] > MOST_LOOKS or kept.get(number, 0) >= MOST_HITS:
                        break
                    view = leaf.views[at]
                    hit = self._try(procedure, rule, view, page)
                    if hit is not None:
                        kept[number] = kept.get(number, 0) + 1
                        made.setdefault(procedure.provision.slug, []).append(hit)
        return made

    def _possible(self, rule: Rule, ignored: Patterns | None, leaf: Leaf) -> int:
        """The views of ``leaf`` that have all the words that ``rule`` needs, under headings that let it be tried."""
        mask = self.matcher.candidates(rule.any, leaf)[0] & leaf.everything
        if not mask:
            return 0
        kinds = 0
        for kind in rule.kinds:
            kinds |= leaf.kinds.get(kind, 0)
        mask &= kinds
        for patterns in rule.all:
            if not mask:
                return 0
            mask &= self.matcher.candidates(patterns, leaf)[0]
        if mask and rule.headings is not None:
            mask &= self.matcher.headed(rule.headings, leaf)
        if mask and rule.not_headings is not None:
            mask &= ~self.matcher.headed(rule.not_headings, leaf)
        if mask and ignored is not None:
            mask &= ~self.matcher.headed(ignored, leaf)
        return mask

    def _try(self, procedure: Procedure, rule: Rule, view: View, page: Page) -> Hit | None:
        for patterns in rule.all:
            if not page.found(patterns, view):
                return None
        matches = [match for match in page.matches(rule.any, view) if match.last > view.own]
        if not matches:
            return None
        if rule.polarity != "any":
            denied = rule.polarity == "denied"
            matches = [match for match in matches if self._negated(match, view, page) is denied]
            if not matches:
                return None
        if rule.none is not None and page.found(rule.none, view):
            return None
        if procedure.ignore is not None and page.found(procedure.ignore, view):
            return None
        if not all(page.holds(where, patterns, view) for where, patterns in rule.conditions):
            return None
        if any(page.holds(where, patterns, view) for where, patterns in rule.vetoes):
            return None
        regional = self.regional is not None and page.headed(self.regional, view)
        return Hit(rule, view, tuple(matches), rule.scope or _scope(procedure, view, page), regional)

    def _negated(self, match: Match, view: View, page: Page) -> bool:
        """Whether a negation stands in the match, or in the four words before it in the same clause."""
        if not page.found(self.negation, view):
            return False
        low = max(0, match.first - _BEFORE)
        negations = [m.first for m in page.matches(self.negation, view) if low <= m.first < match.last]
        if not negations:
            return False
        if min(negations) < match.first:
            places, raw = view.places, view.bare.raw
            for number in range(match.first - 1, low - 1, -1):
                if number + 1 == view.own:
                    continue  # a lead-in ends in a colon, and goes on in its items
                if not _CLAUSE.isdisjoint(raw[places[number][1] : places[number + 1][0]]):
                    low = number + 1
                    break
        spared = [(m.first, m.last) for m in page.matches(self.no_negation, view)]
        return any(low <= at and not any(first <= at < last for first, last in spared) for at in negations)


def _scope(procedure: Procedure, view: View, page: Page) -> Scope:
    for scope, patterns in procedure.scopes:
        if page.found(patterns, view) or page.headed(patterns, view):
            return scope
    return Scope.ALL

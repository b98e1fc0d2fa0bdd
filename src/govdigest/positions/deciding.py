"""From hits in passages to the positions of a document, as a provision's ``decide`` says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govdigest.model import Basis, PassageKind, Scope
from govdigest.positions.matching import Match
from govdigest.positions.rules import Procedure, Rule
from govdigest.positions.views import View

LESS = 0.6
"""By how much a passage that is no full sentence weighs less among the quotes."""
_AFTER = 0.01
_TITLE = 12
"""Words that a heading has at most."""
_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "our", "the", "to", "we",
                    "with", "you", "your"})  # fmt: skip
"""Words of a heading that are written without a capital."""
_VERBS = frozenset({"is", "are", "be", "will", "may", "shall", "must", "can", "not", "do", "has", "have", "agree"})
"""Words by which a shouted sentence is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A rule that holds of a passage."""

    rule: Rule
    view: View
    matches: tuple[Match, ...]
    scope: Scope
    regional: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """A position with the hits that it rests on, the most decisive first."""

    position: str
    scope: Scope
    hits: tuple[Hit, ...]
    against: tuple[Hit, ...]
    """What the document says to the contrary."""
    basis: Basis


def decide(procedure: Procedure, hits: Sequence[Hit]) -> list[Decision]:
    """The positions that ``hits`` add up to, in the order of the provision."""
    if procedure.regional != "equal":
        local = [hit for hit in hits if not hit.regional]
        if procedure.regional == "ignore" or any(not hit.rule.signal for hit in local):
            hits = local
    if not procedure.by_scope:
        return [_widest(decision) for decision in _positions(procedure, hits)]
    business = [hit for hit in hits if hit.scope is Scope.BUSINESS]
    others = [hit for hit in hits if hit.scope is not Scope.BUSINESS]
    mine, theirs = _positions(procedure, others), _positions(procedure, business)
    if not mine or not theirs:
        return [_widest(decision) for decision in mine or theirs]
    if {decision.position for decision in mine} == {decision.position for decision in theirs}:
        return [_widest(decision) for decision in _positions(procedure, hits)]
    made = [_scoped(decision, _scope(decision.hits)) for decision in mine]
    return made + [_scoped(decision, Scope.BUSINESS) for decision in theirs]


def _positions(procedure: Procedure, hits: Sequence[Hit]) -> list[Decision]:
    stated: dict[str, list[Hit]] = {}
    for hit in hits:
        stated.setdefault(hit.rule.gives, []).append(hit)
    enough = {name: of for name, of in stated.items() if _weight(of) >= procedure.least - 1e-9}
    combined: set[str] = set()
    for combination in procedure.combine:
        if all(name in enough for name in combination.when) and not any(n in enough for n in combination.unless):
            parts = [hit for name in combination.when for hit in enough[name]]
            have = enough.get(combination.give, [])
            if combination.give not in enough:
                combined.add(combination.give)
            enough[combination.give] = have + [hit for hit in parts if hit not in have]
    slugs = [position.slug for position in procedure.provision.positions]
    present = [slug for slug in slugs if slug in enough]
    winner = next((slug for slug in procedure.order if slug in present), None)
    made: list[Decision] = []
    for slug in present:
        if slug in procedure.order and slug != winner:
            continue
        ranked = rank(enough[slug], slug)
        against: list[Hit] = []
        if procedure.contrast and slug == winner:
            shown = set(map(id, (hit.view for hit in ranked[: procedure.quotes])))
            against = [
                hit
                for other in procedure.order
                if other in enough and other != winner
                for hit in rank(enough[other], other)
                if hit.rule.explicit and id(hit.view) not in shown
            ][:1]
        explicit = slug not in combined and any(hit.rule.explicit and hit.rule.gives == slug for hit in ranked)
        made.append(
            Decision(slug, Scope.ALL, tuple(ranked), tuple(against), Basis.EXPLICIT if explicit else Basis.INFERRED)
        )
    return made


def rank(hits: Iterable[Hit], position: str) -> list[Hit]:
    """``hits`` by how decisive they are, one a passage; parts of a combination take turns.

    A full sentence comes before a lead-in or what reads like a heading, unless that tells much more.
    """
    best: dict[int, Hit] = {}
    hits = list(hits)
    less = {hit.view.number: LESS if partial(hit.view) else 0.0 for hit in hits}
    leading = {(hit.rule.number, hit.view.slices[-1]) for hit in hits if hit.view.kind is PassageKind.LEAD_IN}

    def order(hit: Hit) -> tuple[bool, float, int, int]:
        weight = hit.rule.weight - less[hit.view.number]
        if leading and any((hit.rule.number, span) in leading for span in hit.view.slices[:-1]):
            weight -= LESS + _AFTER  # what the item says was said before it
        return not hit.rule.explicit, -weight, hit.view.index, hit.rule.number

    for hit in sorted(hits, key=order):
        best.setdefault(hit.view.index, hit)
    names: dict[str, list[Hit]] = {}
    for hit in best.values():
        names.setdefault(hit.rule.gives, []).append(hit)
    queues = sorted(names.values(), key=lambda queue: queue[0].rule.gives != position)
    made: list[Hit] = []
    while any(queues):
        made += [queue.pop(0) for queue in queues if queue]
    return made


def partial(view: View) -> bool:
    """Whether the passage only leads to others: a lead-in, a header, or a title among the sentences."""
    if view.kind in {PassageKind.LEAD_IN, PassageKind.HEADER, PassageKind.HEADING}:
        return True
    words = [word for word in view.bare.tidy(view.slices[-1]).split() if word[0].isalpha()]
    if len(words) > _TITLE or view.kind not in {PassageKind.SENTENCE, PassageKind.ITEM}:
        return False
    if all(word.isupper() for word in words):
        return _VERBS.isdisjoint(view.tokens[view.own :])
    return all(word[0].isupper() or word.strip(".,:;") in _SMALL for word in words)


def _weight(hits: Iterable[Hit]) -> float:
    by_view: dict[int, float] = {}
    for hit in hits:
        by_view[hit.view.index] = max(by_view.get(hit.view.index, 0.0), hit.rule.weight)
    return sum(by_view.values())


def _scope(hits: Sequence[Hit]) -> Scope:
    scopes = {hit.scope for hit in hits}
    return scopes.pop() if len(scopes) == 1 else Scope.ALL


def _widest(decision: Decision) -> Decision:
    return _scoped(decision, _scope(decision.hits))


def _scoped(decision: Decision, scope: Scope) -> Decision:
    return Decision(decision.position, scope, decision.hits, decision.against, decision.basis)

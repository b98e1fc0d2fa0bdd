"""Findings that moved: where two texts differ in what they state on a provision, in plain words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govdigest import positions
from govdigest.changes.spans import Spans
from govdigest.model import Finding, FindingMove, Provision, Scope, Span, Taxonomy, Text

SILENT = "The document does not say"
"""How silence reads, before or after."""
_NOW_SILENT = "no longer stated"
_SCOPES = {Scope.CONSUMER: " (consumers)", Scope.BUSINESS: " (businesses)", Scope.ALL: ""}


def finding_moves(
    before: Sequence[Finding],
    after: Sequence[Finding],
    taxonomy: Taxonomy,
    *,
    before_text: Text,
    after_text: Text,
    touched_before: Sequence[Span],
    touched_after: Sequence[Span],
) -> tuple[FindingMove, ...]:
    """One move for each provision and scope where positions or parameters differ, in the taxonomy's order.

    A move counts only if a quote of what differs, or the context that it needs, stands in a touched passage: the
    same words read by the same reader state the same.
    """
    reach_before = _reach(before_text, touched_before)
    reach_after = _reach(after_text, touched_after)
    moves: list[FindingMove] = []
    for provision in taxonomy.provisions:
        for scope in Scope:
            old = tuple(f for f in before if f.provision == provision.slug and f.scope is scope)
            new = tuple(f for f in after if f.provision == provision.slug and f.scope is scope)
            gone = [f for f in old if _states(f) not in {_states(o) for o in new}]
            come = [f for f in new if _states(f) not in {_states(o) for o in old}]
            if _in(gone, reach_before) or _in(come, reach_after):
                moves.append(
                    FindingMove(
                        provision.slug,
                        provision.name,
                        scope,
                        old,
                        new,
                        _sentence(old, taxonomy),
                        _sentence(new, taxonomy),
                    )
                )
    return tuple(moves)


def _reach(text: Text, touched: Sequence[Span]) -> Spans:
    """What is touched, and every passage whose lead-in or table header is."""
    spans = Spans(touched)
    if not touched:
        return spans
    below = [p.span for p in text.passages if any(spans.touch(context) for context in p.context)]
    return Spans([*touched, *below])


def _in(findings: Sequence[Finding], reach: Spans) -> bool:
    return any(reach.touch(quote.span) for finding in findings for quote in finding.quotes)


def _states(finding: Finding) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """What a finding states, apart from how its values are written and in which order."""
    return finding.position, tuple(
        sorted((name, tuple(sorted({_value(value) for value in values}))) for name, values in finding.parameters)
    )


def _value(value: str) -> str:
    words = re.sub(r"\(\s*(\d+)\s*\)", r"\1", " ".join(value.lower().split()))
    return re.sub(r"^[a-z-]+ (\d+ )", r"\1", words).rstrip("s.")


def _sentence(findings: Sequence[Finding], taxonomy: Taxonomy) -> str:
    """Plain sentences for what is stated, or for silence."""
    if not findings:
        return SILENT
    said = list(dict.fromkeys(positions.words(finding, taxonomy).strip().rstrip(".") for finding in findings))
    text = "; ".join(part for part in said if part)
    return text[:1].upper() + text[1:] if text else SILENT


def in_short(findings: Sequence[Finding], provision: Provision) -> str:
    """A few words for a headline: the positions' names, with their values."""
    names: list[str] = []
    for finding in findings:
        try:
            name = _lower(provision.position(finding.position).name)
        except KeyError:
            name = finding.position.replace("-", " ")
        own = _values([finding])
        names.append(f"{name} ({', '.join(own[:3])})" if own else name)
    return "; ".join(dict.fromkeys(names))


def _values(findings: Sequence[Finding]) -> list[str]:
    """The values of all parameters, each once; a value that is a slug as words."""
    values = [value for finding in findings for _, each in finding.parameters for value in each]
    return list(dict.fromkeys(re.sub(r"(?<=[a-z])-(?=[a-z])", " ", v) if _SLUG.fullmatch(v) else v for v in values))


_SLUG = re.compile(r"[a-z]+(?:-[a-z]+)*")


def _moved_values(move: FindingMove) -> str:
    """How the values moved under the same positions; empty where the positions did."""
    if {f.position for f in move.before} != {f.position for f in move.after}:
        return ""
    old, new = _values(move.before), _values(move.after)
    gone, come = [v for v in old if v not in new], [v for v in new if v not in old]
    if not old or not new:
        return f"now {', '.join(new)}" if new else f"{', '.join(old)}, {_NOW_SILENT}" if old else ""
    if len(gone) == len(old) or not (gone or come):
        return f"{', '.join(old)}, now {', '.join(new)}"
    told = [f"now also {', '.join(come)}"] if come else []
    return "; ".join([*told, f"no longer {', '.join(gone)}"] if gone else told)


def headline_of(move: FindingMove, taxonomy: Taxonomy) -> str:
    """'Retention: 30 days, now as long as necessary'."""
    provision = taxonomy.provision(move.provision)
    name = move.name + _SCOPES[move.scope]
    values = _moved_values(move) if move.before and move.after else ""
    if values:
        return f"{name}: {values}"
    old, new = in_short(move.before, provision), in_short(move.after, provision)
    if not old:
        return f"{name}: not stated before, now {new}"
    if not new:
        return f"{name}: {old}, {_NOW_SILENT}"
    return f"{name}: {old}, now {new}"


def _lower(text: str) -> str:
    """``text`` as it stands within a sentence: a name in capitals keeps them."""
    return text[:1].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def telling(move: FindingMove, taxonomy: Taxonomy) -> int:
    """How far a move matters: by the exposure that it leaves, the step it takes, and whether both sides speak."""
    provision = taxonomy.provision(move.provision)
    ranks = {position.slug: position.exposure.rank for position in provision.positions}
    old = max((ranks.get(f.position, 0) for f in move.before), default=0)
    new = max((ranks.get(f.position, 0) for f in move.after), default=0)
    both = 2 if move.before and move.after else 0
    return abs(new - old) * 3 + new * 2 + both

"""Findings that moved: where two texts differ in what they state on a provision, in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from govdigest import positions
from govdigest.changes.evidence import reach, restated, stands_in
from govdigest.changes.spans import Spans
from govdigest.model import Finding, FindingMove, Provision, Scope, Span, Taxonomy, Text

SILENT = "The document does not say"
"""How silence reads, before or after."""
_NOW_SILENT = "no longer stated"
_SCOPES = {Scope.CONSUMER: " (consumers)", Scope.BUSINESS: " (businesses)", Scope.ALL: ""}

_Value = tuple[str, str]
"""A parameter's name, and a value as values are compared."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A move, and which of its values are news: a reader may give others that stood in the text all the time."""

    move: FindingMove
    came: frozenset[str]
    went: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Side:
    """What one text states, and which of its passages changed."""

    findings: tuple[Finding, ...]
    text: Text
    touched: Spans

    def of(self, provision: str, scope: Scope | None = None) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.provision == provision and scope in {None, f.scope})

    def touches(self, findings: Sequence[Finding]) -> bool:
        return any(self.touched.touch(quote.span) for finding in findings for quote in finding.quotes)


def finding_moves(
    before: Sequence[Finding],
    after: Sequence[Finding],
    taxonomy: Taxonomy,
    *,
    before_text: Text,
    after_text: Text,
    touched_before: Sequence[Span],
    touched_after: Sequence[Span],
    standing: Callable[[], Sequence[Finding]],
) -> tuple[Moved, ...]:
    """One move for each provision and scope where positions or parameters differ, in the taxonomy's order.

    A move counts only if a quote of what differs, or the context that it needs, stands in a touched passage, and if
    what came, or went, is not stated by the passages that stand in both texts: ``standing`` reads those alone. The
    same words state the same, whatever a reader makes of them beside others.
    """
    old_side = _Side(tuple(before), before_text, reach(before_text, touched_before))
    new_side = _Side(tuple(after), after_text, reach(after_text, touched_after))
    stays: Sequence[Finding] | None = None
    moves: list[Moved] = []
    for provision in taxonomy.provisions:
        for scope in Scope:
            old, new = old_side.of(provision.slug, scope), new_side.of(provision.slug, scope)
            gone = [f for f in old if _states(f) not in {_states(o) for o in new}]
            come = [f for f in new if _states(f) not in {_states(o) for o in old}]
            if not (old_side.touches(gone) or new_side.touches(come)) or _only_scope(
                provision.slug, scope, gone, come, old_side, new_side
            ):
                continue
            if stays is None:
                stays = standing()
            news = _news(
                old, new, [f for f in stays if f.provision == provision.slug and f.scope in {scope, Scope.ALL}]
            )
            if news is None or _said_otherwise(provision.slug, gone, come, old_side, new_side):
                continue
            said = _sentence(old, taxonomy, before_text.markdown), _sentence(new, taxonomy, after_text.markdown)
            moves.append(Moved(FindingMove(provision.slug, provision.name, scope, old, new, *said), *news))
    return tuple(moves)


def _news(
    old: Sequence[Finding], new: Sequence[Finding], stays: Sequence[Finding]
) -> tuple[frozenset[str], frozenset[str]] | None:
    """The values that came and those that went; None where neither a position nor a value is news."""
    held = {f.position for f in stays}
    was, now = {f.position for f in old}, {f.position for f in new}
    values = {value for f in stays for value in _values_of(f)}
    reported_went, reported_came = _all_values(old) - _all_values(new), _all_values(new) - _all_values(old)
    came = {v for v in reported_came if v not in values and not stands_in(v[1], old)}
    went = {v for v in reported_went if v not in values and not stands_in(v[1], new)}
    if was == now:
        swapped = reported_came and reported_went and not _all_values(old) & _all_values(new)
        if (not came and not went) or (swapped and not (came and went)):
            return None
    elif not (now - was - held or was - now - held or came or went):
        return None
    return frozenset(value for _, value in came), frozenset(value for _, value in went)


def _only_scope(
    provision: str, scope: Scope, gone: Sequence[Finding], come: Sequence[Finding], before: _Side, after: _Side
) -> bool:
    """Whether all that moved is a position that a reader gave to users at large, and now gives to some, or back."""

    def elsewhere(position: str, here: _Side, there: _Side) -> bool:
        return any(
            other is not scope
            and Scope.ALL in {scope, other}
            and position in {f.position for f in there.of(provision, other)}
            and position not in {f.position for f in here.of(provision, other)}
            for other in Scope
        )

    return all(elsewhere(f.position, after, before) for f in come) and all(
        elsewhere(f.position, before, after) for f in gone
    )


def _said_otherwise(
    provision: str, gone: Sequence[Finding], come: Sequence[Finding], before: _Side, after: _Side
) -> bool:
    """Whether one side is silent only because a reader does not know the words in which it says the same."""
    if come and not before.of(provision):
        return restated(come, after.text, after.touched, before.text, before.touched)
    if gone and not after.of(provision):
        return restated(gone, before.text, before.touched, after.text, after.touched)
    return False


def _all_values(findings: Sequence[Finding]) -> set[_Value]:
    return {value for finding in findings for value in _values_of(finding)}


def _values_of(finding: Finding) -> set[_Value]:
    return {(name, _value(value)) for name, values in finding.parameters for value in values}


def _states(finding: Finding) -> tuple[str, frozenset[_Value]]:
    """What a finding states, apart from how its values are written and in which order."""
    return finding.position, frozenset(_values_of(finding))


def _value(value: str) -> str:
    words = re.sub(r"\(\s*(\d+)\s*\)", r"\1", " ".join(value.lower().split()))
    return re.sub(r"^[a-z-]+ (\d+ )", r"\1", words).rstrip("s.")


def _sentence(findings: Sequence[Finding], taxonomy: Taxonomy, text: str) -> str:
    """Plain sentences for what is stated, or for silence."""
    if not findings:
        return SILENT
    said = list(dict.fromkeys(positions.words(finding, taxonomy, text).strip().rstrip(".") for finding in findings))
    text = "; ".join(part for part in said if part)
    return text[:1].upper() + text[1:] if text else SILENT


def _in_short(findings: Sequence[Finding], provision: Provision, news: frozenset[str] | None = None) -> str:
    """A few words for a headline: the positions' names, with their values; of ``news`` alone where it is given."""
    names: list[str] = []
    for finding in findings:
        try:
            name = _lower(provision.position(finding.position).name)
        except KeyError:
            name = finding.position.replace("-", " ")
        own = _values([finding], provision, news)
        names.append(f"‘{name}’ ({_listed(own[:3])})" if own else f"‘{name}’")
    return " and ".join(dict.fromkeys(names))


def _values(findings: Sequence[Finding], provision: Provision, news: frozenset[str] | None = None) -> list[str]:
    """The values of all parameters as readers see them, each once. Of ``news`` alone where it is given."""
    types = {parameter.slug: parameter.type for parameter in provision.parameters}
    values = [(value, types.get(slug, "list")) for f in findings for slug, each in f.parameters for value in each]
    told = [positions.shown_value(*value) for value in values if news is None or _value(value[0]) in news]
    return list(dict.fromkeys(told))


def _moved_values(moved: Moved, provision: Provision) -> str:
    """How the values moved under the same positions; empty where the positions did."""
    move = moved.move
    if {f.position for f in move.before} != {f.position for f in move.after}:
        return ""
    old, new = _values(move.before, provision), _values(move.after, provision)
    gone, come = _values(move.before, provision, moved.went), _values(move.after, provision, moved.came)
    if not old or not new:
        return f"now {_listed(new)}" if new else f"{_listed(old)} {_NOW_SILENT}" if old else ""
    if len(gone) == len(old) or (len(gone) == len(come) == 1):
        return f"{_listed(gone)}, now {_listed(come or new)}"
    told = [f"now also {_listed(come)}"] if come else []
    return "; ".join([*told, f"no longer {_listed(gone)}"] if gone else told)


def _listed(values: Sequence[str]) -> str:
    """'a, b', and 'a, b; c' where a value has a comma of its own."""
    return ("; " if any("," in value for value in values) else ", ").join(values)


def headline_of(moved: Moved, taxonomy: Taxonomy) -> str:
    """'Retention: 30 days, now 60 days', and 'Retention: ‘stated period’ (30 days), now ‘as long as necessary’'."""
    move = moved.move
    provision = taxonomy.provision(move.provision)
    name = move.name + _SCOPES[move.scope]
    values = _moved_values(moved, provision) if move.before and move.after else ""
    if values:
        return f"{name}: {values}"
    if not move.before:
        return f"{name}: now {_in_short(move.after, provision)}, not stated before"
    if not move.after:
        return f"{name}: {_in_short(move.before, provision)} {_NOW_SILENT}"
    # values that stand on both sides are no part of the news
    old, new = _in_short(move.before, provision, moved.went), _in_short(move.after, provision, moved.came)
    return f"{name}: {old}, now {new}"


def _lower(text: str) -> str:
    """``text`` as it stands within a sentence: a name in capitals keeps them."""
    return text[:1].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def telling(moved: Moved, taxonomy: Taxonomy) -> int:
    """How far a move matters: by the exposure that it leaves, the step it takes, and whether both sides speak."""
    move = moved.move
    provision = taxonomy.provision(move.provision)
    ranks = {position.slug: position.exposure.rank for position in provision.positions}
    old = max((ranks.get(f.position, 0) for f in move.before), default=0)
    new = max((ranks.get(f.position, 0) for f in move.after), default=0)
    if {f.position for f in move.before} == {f.position for f in move.after}:
        return new * 2 + 2 if moved.came else new + 1  # a value that went may only be told otherwise
    both = 2 if move.before and move.after else 0
    return abs(new - old) * 3 + new * 2 + both

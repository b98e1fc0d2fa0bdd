"""Findings that moved: where two texts differ in what they state on a provision."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from govdigest import positions
from govdigest.changes.evidence import exchanged, reach, restated, stands_in
from govdigest.changes.spans import Spans
from govdigest.model import Finding, FindingMove, Pair, Scope, Span, Taxonomy, Text
from govdigest.patterns import normal_value

SILENT = "The document does not say"
"""How silence reads, before or after."""

_Value = tuple[str, str]
"""A parameter, and a value as values are compared."""
_Kinds = Mapping[str, str]
"""The types of a provision's parameters."""
_SPELT = (
    (re.compile(r"\bus ?(?=\$)|(?<=\d) (?:usd|us dollars)\b"), ""),
    (
        re.compile(
            r"\b(?:becom(?:e|es|ing) effective|(?:com|go)(?:e|es|ing)? into (?:effect|force)|tak(?:es|ing) effect)\b"
        ),
        "take effect",
    ),
    (re.compile(r"\b(?:prior to|in advance of)\b"), "before"),
    (re.compile(r"\b(?:in )?advance\b"), "prior"),
    (re.compile(r"\bnotification\b"), "notice"),
    (re.compile(r"(?<=[a-z]{3})is(e|es|ed|ing|ation|ations)\b"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{3})our(?=s?\b)"), "or"),
    (re.compile(r"\blicence"), "license"),
    (re.compile(r"\b(?:changes?|updates?|modifications?|amendments?|revisions?)\b(?= take)"), " "),
    (
        re.compile(r"\b(?:an?|the|they|them|it|its|these|those|this|that|such|any|our|your|their|to you|you|we|us)\b"),
        " ",
    ),
)
"""Pronouns, articles, spellings: what says the same in a text value, each with how it is compared."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A move, and which of its values are news: a reader may give others that stood in the text all the time."""

    move: FindingMove
    came: frozenset[_Value] = frozenset()
    went: frozenset[_Value] = frozenset()
    swapped: tuple[tuple[str, str, str], ...] = ()
    """(parameter, before, after), as readers see them, where one side's words were read and the other's were not."""
    before_markdown: str = ""
    after_markdown: str = ""


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
    reworded: Sequence[Pair] = (),
    standing: Callable[[], Sequence[Finding]],
) -> tuple[Moved, ...]:
    """One move for each provision and scope where positions or parameters differ, in the taxonomy's order.

    A move counts only if a quote of what differs, or the context that it needs, stands in a touched passage, and if
    what came, or went, is not stated by the passages that stand in both texts: ``standing`` reads those alone. The
    same words state the same, whatever a reader makes of them beside others. A number that a sentence of ``reworded``
    has in place of a value is told beside it, though no reader takes it for one.
    """
    old_side = _Side(tuple(before), before_text, reach(before_text, touched_before))
    new_side = _Side(tuple(after), after_text, reach(after_text, touched_after))
    stays: Sequence[Finding] | None = None
    moves: list[Moved] = []
    for provision in taxonomy.provisions:
        kinds = {parameter.slug: parameter.type for parameter in provision.parameters}
        for scope in Scope:
            old, new = old_side.of(provision.slug, scope), new_side.of(provision.slug, scope)
            gone = [f for f in old if _states(f, kinds) not in {_states(o, kinds) for o in new}]
            come = [f for f in new if _states(f, kinds) not in {_states(o, kinds) for o in old}]
            if not (old_side.touches(gone) or new_side.touches(come)) or _only_scope(
                provision.slug, scope, gone, come, old_side, new_side
            ):
                continue
            if stays is None:
                stays = standing()
            held = [f for f in stays if f.provision == provision.slug and f.scope in {scope, Scope.ALL}]
            news = _news(old, new, held, kinds)
            if news is None or _said_otherwise(provision.slug, gone, come, old_side, new_side):
                continue
            said = _sentence(old, taxonomy, before_text.markdown), _sentence(new, taxonomy, after_text.markdown)
            move = FindingMove(provision.slug, provision.name, scope, old, new, *said)
            swapped = _swapped(move, *news, kinds, reworded, before_text, after_text)
            moves.append(Moved(move, *news, swapped, before_text.markdown, after_text.markdown))
    return tuple(moves)


def _news(
    old: Sequence[Finding], new: Sequence[Finding], stays: Sequence[Finding], kinds: _Kinds
) -> tuple[frozenset[_Value], frozenset[_Value]] | None:
    """The values that came and those that went; None where neither a position nor a value is news."""
    held = {f.position for f in stays}
    was, now = {f.position for f in old}, {f.position for f in new}
    values = _all_values(stays, kinds)
    before, after = _all_values(old, kinds), _all_values(new, kinds)
    reported_went, reported_came = before - after, after - before
    came = {v for v in reported_came if v not in values and not stands_in(v[1], old)}
    went = {v for v in reported_went if v not in values and not stands_in(v[1], new)}
    if was == now:
        swapped = reported_came and reported_went and not before & after
        if (not came and not went) or (swapped and not (came and went)):
            return None
    elif not (now - was - held or was - now - held or came or went):
        return None
    return frozenset(came), frozenset(went)


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


def _swapped(
    move: FindingMove,
    came: frozenset[_Value],
    went: frozenset[_Value],
    kinds: _Kinds,
    reworded: Sequence[Pair],
    before: Text,
    after: Text,
) -> tuple[tuple[str, str, str], ...]:
    """Values that went, with the number that stands in their place, and values that came, with the one that stood."""
    if not move.before or not move.after:
        return ()
    turned = [Pair(pair.after, pair.before) for pair in reworded]
    found = []
    for parameter, kind in kinds.items():
        if kind not in {"duration", "age", "amount"}:
            continue
        for value in _shown(move.before, parameter, kind, went):
            other = exchanged(value, move.before, reworded, before, after)
            found += [(parameter, value, other)] if other else []
        for value in _shown(move.after, parameter, kind, came):
            other = exchanged(value, move.after, turned, after, before)
            found += [(parameter, other, value)] if other else []
    return tuple(dict.fromkeys(found))


def _shown(findings: Sequence[Finding], parameter: str, kind: str, news: frozenset[_Value]) -> list[str]:
    values = [value for f in findings for slug, each in f.parameters if slug == parameter for value in each]
    return [positions.shown_value(v, kind) for v in values if (parameter, value_key(v, kind)) in news]


def _all_values(findings: Sequence[Finding], kinds: _Kinds) -> set[_Value]:
    return {value for finding in findings for value in _values_of(finding, kinds)}


def _values_of(finding: Finding, kinds: _Kinds) -> set[_Value]:
    return {(name, value_key(value, kinds.get(name, ""))) for name, values in finding.parameters for value in values}


def _states(finding: Finding, kinds: _Kinds) -> tuple[str, frozenset[_Value]]:
    """What a finding states, apart from how its values are written and in which order."""
    return finding.position, frozenset(_values_of(finding, kinds))


def value_key(value: str, kind: str) -> str:
    """A parameter's value as values are compared: what differs in grammar or spelling alone is the same."""
    value = " ".join(normal_value(value, kind).lower().split())
    if kind != "list":
        for pattern, instead in _SPELT:
            value = pattern.sub(instead, value)
    words = re.sub(r"\(\s*(\d+)\s*\)", r"\1", " ".join(value.split()))
    return re.sub(r"^[a-z-]+ (\d+ )", r"\1", words).rstrip("s.")


def _sentence(findings: Sequence[Finding], taxonomy: Taxonomy, text: str) -> str:
    """Plain sentences for what is stated, or for silence."""
    if not findings:
        return SILENT
    said = list(dict.fromkeys(positions.words(finding, taxonomy, text).strip().rstrip(".") for finding in findings))
    text = "; ".join(part for part in said if part)
    return text[:1].upper() + text[1:] if text else SILENT

"""From the ``find`` of a provision to rules that the reader runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from govdigest.model import PassageKind, Provision, Scope
from govdigest.positions.matching import Matcher, Patterns

DEFAULT_KINDS = frozenset({PassageKind.SENTENCE, PassageKind.ITEM, PassageKind.ROW, PassageKind.LEAD_IN})
CONDITIONS = ("before", "after", "near", "section", "document")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One way in which a passage states a position, or gives a signal towards one."""

    gives: str
    """Position, or the name of a signal."""
    signal: bool
    any: Patterns
    all: tuple[Patterns, ...]
    none: Patterns | None
    polarity: str
    """'affirmed', 'denied' or 'any'."""
    headings: Patterns | None
    not_headings: Patterns | None
    conditions: tuple[tuple[str, Patterns], ...]
    vetoes: tuple[tuple[str, Patterns], ...]
    kinds: frozenset[PassageKind]
    scope: Scope | None
    explicit: bool
    weight: float
    number: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How a parameter is read off the passages of a finding."""

    slug: str
    type: str
    patterns: Patterns | None
    values: tuple[tuple[str, Patterns], ...]
    phrases: Patterns | None
    """What these meet is a value as written."""
    where: str
    """'finding', 'near', 'section', 'document', or 'nearest': the section, and where it gives nothing the document."""
    ignore: Patterns | None
    """Passages that meet these are not looked at for what is near a finding, as no rule looks at them."""
    most: int
    positions: frozenset[str]
    """The positions that carry it; empty for all."""


@dataclass(frozen=True, slots=True)
class Combination:
    """Positions and signals that together make another position."""

    when: tuple[str, ...]
    unless: tuple[str, ...]
    give: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A provision, ready to be run."""

    provision: Provision
    rules: tuple[Rule, ...]
    readings: tuple[Reading, ...]
    ignore: Patterns | None
    ignore_headings: Patterns | None
    scopes: tuple[tuple[Scope, Patterns], ...]
    combine: tuple[Combination, ...]
    order: tuple[str, ...]
    """Positions of which the first that is stated is the answer; others stand beside it."""
    by_scope: bool
    regional: str
    """'fallback', 'equal' or 'ignore': what passages under a regional heading are worth."""
    contrast: bool
    least: float
    quotes: int


def compile_provision(provision: Provision, matcher: Matcher, defaults: Mapping[str, Patterns | None]) -> Procedure:
    """``provision`` with its patterns as chains. The taxonomy has checked them before."""
    find = cast("Mapping[str, Any]", provision.find)
    types = {parameter.slug: parameter.type for parameter in provision.parameters}

    def patterns(value: Any) -> Patterns | None:
        sources = [value] if isinstance(value, str) else list(value or ())
        return matcher.patterns(sources, types) if sources else None

    def rule(number: int, raw: Mapping[str, Any]) -> Rule:
        gives = str(raw.get("position") or raw.get("signal"))
        anything = patterns(raw.get("any"))
        assert anything is not None, provision.path
        return Rule(
            gives=gives,
            signal="signal" in raw,
            any=anything,
            all=tuple(found for item in raw.get("all", ()) if (found := patterns(item)) is not None),
            none=patterns(raw.get("not")),
            polarity=str(raw.get("polarity", "any")),
            headings=patterns(raw.get("heading")),
            not_headings=patterns(raw.get("not-heading")),
            conditions=tuple((name, found) for name in CONDITIONS if (found := patterns(raw.get(name))) is not None),
            vetoes=tuple(
                (name, found) for name in CONDITIONS if (found := patterns(raw.get(f"not-{name}"))) is not None
            ),
            kinds=frozenset(PassageKind(kind) for kind in raw["kinds"]) if raw.get("kinds") else DEFAULT_KINDS,
            scope=Scope(raw["scope"]) if raw.get("scope") else None,
            explicit=raw.get("strength", "explicit") == "explicit",
            weight=float(raw.get("weight", 1.0)),
            number=number,
        )

    def reading(slug: str, raw: Mapping[str, Any]) -> Reading:
        values = cast("Mapping[str, Sequence[str]]", raw.get("values") or {})
        return Reading(
            slug=slug,
            type=types[slug],
            patterns=patterns(raw.get("patterns")),
            values=tuple((value, found) for value, of in values.items() if (found := patterns(of)) is not None),
            phrases=patterns(raw.get("phrases")),
            where=str(raw.get("where", "finding")),
            ignore=patterns(find.get("ignore")),
            most=int(raw.get("most", 20 if values else 4)),
            positions=frozenset(raw.get("positions", ())),
        )

    decide = cast("Mapping[str, Any]", find.get("decide") or {})
    scopes = cast("Mapping[str, Any]", find.get("scopes") or {})
    readings = cast("Mapping[str, Mapping[str, Any]]", find.get("parameters") or {})
    named = [(Scope(name), patterns(of) or defaults.get(name)) for name, of in scopes.items()]
    named += [(s, defaults.get(s.value)) for s in (Scope.BUSINESS, Scope.CONSUMER) if s.value not in scopes]
    return Procedure(
        provision=provision,
        rules=tuple(rule(number, raw) for number, raw in enumerate(cast("Sequence[Any]", find["rules"]))),
        readings=tuple(reading(slug, raw) for slug, raw in readings.items()),
        ignore=patterns(find.get("ignore")),
        ignore_headings=patterns(find.get("ignore-headings")),
        scopes=tuple((scope, found) for scope, found in named if found is not None),
        combine=tuple(
            Combination(_names(raw["when"]), _names(raw.get("unless", ())), str(raw["give"]))
            for raw in decide.get("combine", ())
        ),
        order=_names(decide.get("order", ())),
        by_scope=bool(decide.get("by-scope", False)),
        regional=str(decide.get("regional", "fallback")),
        contrast=bool(decide.get("contrast", True)),
        least=float(decide.get("least", 1.0)),
        quotes=int(decide.get("quotes", 3)),
    )


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(str(item) for item in value)

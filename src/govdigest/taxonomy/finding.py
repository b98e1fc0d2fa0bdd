"""A provision's ``find``: what is ignored, the scopes and the rules by which positions are found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govdigest.model import PassageKind, Scope
from govdigest.taxonomy.deciding import check_decide
from govdigest.taxonomy.shapes import NAME, Names, check_keys, check_patterns, listed
from govdigest.taxonomy.source import Place, SourceFile

_FIND = {"rules", "ignore", "ignore-headings", "scopes", "decide"}
_WHERE = ("before", "after", "near", "section", "document")
_PATTERN_KEYS = {"any", "all", "not", "heading", "not-heading", *_WHERE, *(f"not-{where}" for where in _WHERE)}
_RULE = {"position", "signal", "polarity", "kinds", "scope", "strength", "weight", "note", *_PATTERN_KEYS}


def check_find(file: SourceFile, find: Mapping[str, Any], positions: set[str], names: Names) -> None:
    """Record what is wrong with ``find``; each of ``positions`` must be given by a rule."""
    check_keys(file, find, ("find",), _FIND)
    for key in ("ignore", "ignore-headings"):
        check_patterns(file, find.get(key), ("find", key), names)
    scopes = find.get("scopes") or {}
    if isinstance(scopes, Mapping):
        for scope, patterns in scopes.items():
            if scope not in {Scope.BUSINESS.value, Scope.CONSUMER.value}:
                file.problem(("find", "scopes", str(scope)), f"unknown scope {scope!r}: business or consumer")
            check_patterns(file, patterns, ("find", "scopes", str(scope)), names, needed=True)
    else:
        file.problem(("find", "scopes"), "scopes: a mapping with 'business' and 'consumer'")
    rules = find.get("rules")
    if not isinstance(rules, list) or not rules:
        file.problem(("find", "rules"), "rules: a list, with one rule at least")
        return
    signals: set[str] = set()
    given: set[str] = set()
    for number, rule in enumerate(rules):
        path: Place = ("find", "rules", number)
        if not isinstance(rule, Mapping):
            file.problem(path, "a rule is a mapping")
            continue
        _check_rule(file, rule, path, positions, names)
        signals |= {str(rule["signal"])} if "signal" in rule else set()
        given |= {str(rule.get("position"))}
    given |= check_decide(file, find.get("decide"), positions, signals)
    for slug in sorted(positions - given):
        file.problem(("positions", slug), f"no rule gives position {slug}")


def _check_rule(file: SourceFile, rule: Mapping[str, Any], path: Place, positions: set[str], names: Names) -> None:
    check_keys(file, rule, path, _RULE)
    if ("position" in rule) == ("signal" in rule):
        file.problem(path, "a rule gives either a position or a signal")
    if "position" in rule and rule["position"] not in positions:
        file.problem(
            (*path, "position"), f"unknown position {rule['position']!r}: one of {', '.join(sorted(positions))}"
        )
    if "signal" in rule and (rule["signal"] in positions or not NAME.fullmatch(str(rule["signal"]))):
        file.problem((*path, "signal"), "a signal has a name of its own, lower-case words joined by hyphens")
    check_patterns(file, rule.get("any"), (*path, "any"), names, needed=True)
    every = rule.get("all", [])
    if isinstance(every, list):
        for number, item in enumerate(every):
            check_patterns(file, item, (*path, "all", number), names, needed=True)
    else:
        file.problem((*path, "all"), "all: a list; each item a pattern, or a list of which one must match")
    for key in sorted(_PATTERN_KEYS - {"any", "all"}):
        check_patterns(file, rule.get(key), (*path, key), names)
    for key, allowed in (
        ("polarity", {"affirmed", "denied", "any"}),
        ("strength", {"explicit", "inferred"}),
        ("scope", {scope.value for scope in Scope}),
    ):
        if key in rule and rule[key] not in allowed:
            file.problem((*path, key), f"{key}: one of {', '.join(sorted(allowed))}")
    kinds = {kind.value for kind in PassageKind}
    for kind in listed(rule.get("kinds")):
        if kind not in kinds:
            file.problem((*path, "kinds"), f"unknown kind of passage {kind!r}: one of {', '.join(sorted(kinds))}")
    weight = rule.get("weight", 1)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 10:
        file.problem((*path, "weight"), "weight: a number above 0, 10 at most")

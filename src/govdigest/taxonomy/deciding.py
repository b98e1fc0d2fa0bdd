"""A provision's ``decide``: how what the rules found becomes the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govdigest.taxonomy.shapes import check_keys, listed
from govdigest.taxonomy.source import Place, SourceFile

_DECIDE = {"order", "combine", "by-scope", "regional", "contrast", "least", "quotes"}
_COMBINE = {"when", "unless", "give"}


def check_decide(file: SourceFile, decide: Any, positions: set[str], signals: set[str]) -> set[str]:
    """Record what is wrong with ``decide``; returns the positions that combinations give."""
    path: Place = ("find", "decide")
    given: set[str] = set()
    if decide is None:
        return given
    if not isinstance(decide, Mapping):
        file.problem(path, "decide: a mapping")
        return given
    check_keys(file, decide, path, _DECIDE)
    for slug in listed(decide.get("order")):
        if slug not in positions:
            file.problem((*path, "order"), f"unknown position {slug!r}")
    if decide.get("regional", "fallback") not in {"fallback", "equal", "ignore"}:
        file.problem((*path, "regional"), "regional: fallback, equal or ignore")
    for key in ("by-scope", "contrast"):
        if not isinstance(decide.get(key, True), bool):
            file.problem((*path, key), f"{key}: true or false")
    least = decide.get("least", 1)
    if isinstance(least, bool) or not isinstance(least, int | float):
        file.problem((*path, "least"), "least: a number")
    quotes = decide.get("quotes", 3)
    if isinstance(quotes, bool) or not isinstance(quotes, int) or not 1 <= quotes <= 4:
        file.problem((*path, "quotes"), "quotes: 1 to 4")
    combine = decide.get("combine", [])
    if not isinstance(combine, list):
        file.problem((*path, "combine"), "combine: a list")
        combine = []
    for number, raw in enumerate(combine):
        at: Place = (*path, "combine", number)
        if not isinstance(raw, Mapping) or "when" not in raw or "give" not in raw:
            file.problem(at, "a combination has 'when' (positions or signals) and 'give' (a position)")
            continue
        check_keys(file, raw, at, _COMBINE)
        for name in (*listed(raw["when"]), *listed(raw.get("unless"))):
            if name not in positions | signals:
                file.problem(at, f"{name!r} is neither a position nor a signal of a rule")
        if raw["give"] not in positions:
            file.problem(at, f"unknown position {raw['give']!r}")
        given.add(str(raw["give"]))
    return given

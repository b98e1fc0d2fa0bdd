"""The values of a finding's parameters, read off its passages."""

from __future__ import annotations

from collections.abc import Iterable

from govdigest.patterns import normal_value
from govdigest.patterns.values import trimmed
from govdigest.positions.deciding import Hit
from govdigest.positions.matching import Match
from govdigest.positions.page import Page
from govdigest.positions.rules import Reading
from govdigest.positions.views import View


def values_of(reading: Reading, hits: Iterable[Hit], page: Page) -> tuple[str, ...]:
    """Values as written, in the order of their passages (of a list: of the provision), equal ones once."""
    hits = list(hits)
    made: dict[str, str] = {}
    seen: set[int] = set()
    for hit in hits:
        for match in hit.matches:
            _put(match, reading, made)
        if reading.where == "finding" and hit.view.number not in seen:
            seen.add(hit.view.number)
            _look(reading, hit.view, page, made)
    if reading.where != "finding":
        paths = {hit.view.headings for hit in hits}
        for view in page.views:
            if reading.where == "document" or view.headings in paths:
                _look(reading, view, page, made)
    values = list(made.values())
    if reading.values:
        places = {name: place for place, (name, _) in enumerate(reading.values)}
        values.sort(key=lambda value: places.get(value, -1))
    return tuple(values[: reading.most])


def _look(reading: Reading, view: View, page: Page, made: dict[str, str]) -> None:
    if reading.patterns is not None:
        for match in page.matches(reading.patterns, view):
            _put(match, reading, made)
    for value, patterns in reading.values:
        if page.found(patterns, view):
            made.setdefault(value, value)


def _put(match: Match, reading: Reading, made: dict[str, str]) -> None:
    for slug, shown in match.values:
        if slug == reading.slug:
            value = trimmed(shown, reading.type)
            if value:
                made.setdefault(normal_value(value, reading.type), value)

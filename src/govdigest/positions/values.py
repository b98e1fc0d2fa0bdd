"""The values of a finding's parameters, read off its passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from govdigest.model import Span
from govdigest.patterns import normal_value
from govdigest.patterns.values import trimmed
from govdigest.positions.deciding import Hit
from govdigest.positions.matching import Match
from govdigest.positions.page import Page
from govdigest.positions.rules import Reading
from govdigest.positions.views import TOKEN, View

_STEM = 7
"""Letters by which two words are the same but for their endings: 'encrypted', 'encryption'."""
NEAR = (-2, -1, 0, 1, 2)
"""Passages from that of a finding to those that are near it."""
_FORMS = frozenset({"the", "of", "and", "state", "states", "commonwealth", "republic", "province", "usa", "us"})
"""What a place's name may go without."""
_CLOSING = re.compile(r"[\"']?\)")


def values_of(reading: Reading, hits: Iterable[Hit], page: Page) -> tuple[str, ...]:
    """Values as written, in the order of their passages (of a list: of the provision), equal ones once."""
    hits = list(hits)
    if reading.where == "nearest":
        near = values_of(replace(reading, where="section"), hits, page)
        return near or values_of(replace(reading, where="document"), hits, page)
    made: dict[str, str] = {}
    seen: set[int] = set()
    for hit in hits:
        for match in hit.matches:
            _put(match, reading, made)
        if reading.where == "finding" and hit.view.number not in seen:
            seen.add(hit.view.number)
            _look(reading, hit.view, page, made)
    if reading.where != "finding":
        for view in _views(reading, hits, page):
            _look(reading, view, page, made)
    if reading.phrases is not None and (reading.type == "list" or not made):
        for view in _views(reading, hits, page):
            for phrase in _phrases(reading, view, page):
                made.setdefault(normal_value(phrase, reading.type), phrase)
        if reading.type == "list":
            made = _fullest(made)
    if reading.type == "jurisdiction":
        made = _apart(made)
    values = list(made.values())
    if reading.values:
        places = {name: place for place, (name, _) in enumerate(reading.values)}
        values.sort(key=lambda value: places.get(value, -1))
    return tuple(values[: reading.most])


def _views(reading: Reading, hits: list[Hit], page: Page) -> Iterator[View]:
    if reading.where == "finding":
        yield from {hit.view.number: hit.view for hit in hits}.values()
        return
    if reading.where == "near":
        near = {hit.view.number + step: hit.view.headings for hit in hits for step in NEAR}
        for view in page.views:
            if near.get(view.number) == view.headings and not (reading.ignore and page.found(reading.ignore, view)):
                yield view
        return
    paths = {hit.view.headings for hit in hits}
    for view in page.views:
        if reading.where == "document" or view.headings in paths:
            yield view


def _look(reading: Reading, view: View, page: Page, made: dict[str, str]) -> None:
    if reading.patterns is not None:
        for match in page.matches(reading.patterns, view):
            _put(match, reading, made)
    for value in page.standing(reading.values, view):
        made.setdefault(value, value)


def _put(match: Match, reading: Reading, made: dict[str, str]) -> None:
    for slug, shown in match.values:
        if slug == reading.slug:
            value = trimmed(shown, reading.type)
            if value:
                made.setdefault(normal_value(value, reading.type), value)


def _phrases(reading: Reading, view: View, page: Page) -> list[str]:
    """What the phrases meet in the passage itself, in its order; of those that overlap the longest."""
    assert reading.phrases is not None
    known: list[Match] = []
    for match in sorted(page.matches(reading.phrases, view), key=lambda match: (match.first - match.last, match.first)):
        if match.first >= view.own and not any(match.first < of.last and of.first < match.last for of in known):
            known.append(match)
    made: list[str] = []
    for match in sorted(known):
        span = view.spans(match.first, match.last)[0]
        text = view.bare.tidy(span)
        closing = _CLOSING.match(view.bare.raw, span.end)
        if closing and text.count("(") > text.count(")"):
            text = view.bare.tidy(Span(span.start, closing.end()))
        made.append(text)
    return made


def _apart(made: dict[str, str]) -> dict[str, str]:
    """Without places that one before names too ('California, U.S.A.', 'the State of California'), or that are none."""
    kept: dict[str, str] = {}
    known: list[set[str]] = []
    for key, value in made.items():
        words = {word for word in TOKEN.findall(value.lower()) if len(word) > 1}
        name = words - _FORMS or words - {"the", "of", "state", "states"}
        if name and not any(name <= of for of in known):
            kept[key] = value
            known.append(name)
    return kept or made


def _fullest(made: dict[str, str]) -> dict[str, str]:
    """Without values that stand in another, however inflected: 'data encrypted at rest' says 'encryption' too."""
    rows = {key: f" {' '.join(word[:_STEM].rstrip('s') for word in TOKEN.findall(key.lower()))} " for key in made}
    first = {row: key for key, row in reversed(rows.items())}
    return {
        key: value
        for key, value in made.items()
        if first[rows[key]] == key and not any(rows[key] in row and rows[key] != row for row in first)
    }

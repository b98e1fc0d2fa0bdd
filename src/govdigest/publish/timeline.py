"""Geometry of the timelines: where each event stands on an axis of months. Pages print the same events as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from govdigest.edition.nouns import EventView
from govdigest.publish.words import EVENTS, day, month

WIDTH = 720
_EDGE = 12
_ROW = 16
_TOP = 14
_MOST_ROWS = 10
_APART = 14


@dataclass(frozen=True, slots=True)
class Tick:
    """A month's line on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Dot:
    """An event on the axis."""

    x: float
    y: float
    kind: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """An axis, its months and its events, in the units of the drawing."""

    width: int
    height: int
    axis: int
    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]
    words: str
    """The drawing in one sentence."""


def _month_after(value: date, months: int) -> date:
    index = value.year * 12 + value.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def timeline(events: Iterable[EventView], first: date, last: date) -> Timeline:
    """The events announced from ``first`` to ``last``, both included, on an axis of whole months."""
    start, end = first.replace(day=1), _month_after(last, 1)
    days = (end - start).days
    scale = (WIDTH - 2 * _EDGE) / days

    def x_of(value: date) -> float:
        return round(_EDGE + (value - start).days * scale, 1)

    months = (end.year - start.year) * 12 + end.month - start.month
    step = max(1, -(-months // 12))
    ticks = []
    for number in range(0, months + 1, step):
        at = _month_after(start, number)
        label = f"{month(at)[:3]} {at.year}" if number == 0 or at.month <= step or step > 1 else month(at)[:3]
        ticks.append(Tick(x_of(at), label if at < end else ""))
    shown = sorted(
        (event for event in events if start <= event.event.announced.date() < end),
        key=lambda event: (event.event.announced, event.event.id),
    )
    rows: list[float] = []
    placed = []
    for event in shown:
        x = x_of(event.event.announced.date())
        row = next((number for number, taken in enumerate(rows) if x - taken >= _APART), None)
        if row is None:
            row = len(rows) if len(rows) < _MOST_ROWS else 0
            if row == len(rows):
                rows.append(x)
        rows[row] = x
        placed.append((event, x, row))
    axis = _TOP + _ROW * max(1, len(rows))
    dots = tuple(
        Dot(
            x=x,
            y=axis - _ROW / 2 - _ROW * row,
            kind=event.event.kind.value,
            url=event.url,
            words=f"{day(event.event.announced.date())}: {EVENTS[event.event.kind]}: {event.event.headline}",
        )
        for event, x, row in placed
    )
    words = (
        f"{len(dots)} event{'' if len(dots) == 1 else 's'} between {day(start)} and {day(end - timedelta(days=1))}; "
        "the list below names them."
    )
    return Timeline(WIDTH, axis + 26, axis, tuple(ticks), dots, words)

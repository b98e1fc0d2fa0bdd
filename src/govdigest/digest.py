"""The weekly digest: events gathered into closed ISO weeks (UTC).

A week is closed when the archive's newest check lies after its Sunday. As events are only ever appended with the
instant of the pull that announces them, what a closed week said stays said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from govdigest.edition.nouns import Digest, EventView
from govdigest.model import EventKind, Exposure, Version

_LIFECYCLE = {EventKind.FIRST, EventKind.GONE, EventKind.BACK, EventKind.REVERTED}

_ANSWERS = re.compile(r"(?:[,;] (?:and )?\d+ more answers? changed| \(and \d+ more answers?\))$")
"""How a headline counts what else moved in the same document: beside other changes, one count is enough."""


def week_of(day: date) -> str:
    """The ISO 8601 week of ``day``, as ``2026-W05``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def closed_weeks(
    events: Sequence[EventView],
    versions: Sequence[Version],
    now: datetime,
    introductions: Mapping[str, str],
) -> tuple[Digest, ...]:
    """Every closed week from the first event's on, newest first; a week without news is there too.

    ``events``: one for each piece of news; ``versions``: all of the archive's; ``introductions``: HTML by week.
    """
    if not events:
        return ()
    by_week: dict[str, list[EventView]] = {}
    for event in events:
        by_week.setdefault(week_of(_day(event.event.announced)), []).append(event)
    first = min(_day(event.event.announced) for event in events)
    monday = first - timedelta(days=first.weekday())
    digests = []
    newest: dict[str, Version] = {}
    remaining = sorted(versions, key=lambda version: (version.first_seen, version.platform, version.document))
    position = 0
    ahead: list[EventView] = []
    while monday + timedelta(days=7) <= _day(now):
        sunday = monday + timedelta(days=6)
        while position < len(remaining) and _day(remaining[position].first_seen) <= sunday:
            version = remaining[position]
            newest[f"{version.platform}/{version.document}"] = version
            position += 1
        week = week_of(monday)
        anchors = tuple((name, version.id, version.file_hash) for name, version in sorted(newest.items()))
        here = by_week.get(week, [])
        # announced in this week or before, and still to come when it closed
        ahead = [event for event in (*ahead, *here) if event.event.effective and event.event.effective > sunday]
        ahead.sort(key=lambda event: (event.event.effective or sunday, event.event.id))
        digests.append(_digest(week, monday, here, ahead, anchors, introductions.get(week, "")))
        monday += timedelta(days=7)
    return tuple(reversed(digests))


def _digest(
    week: str,
    monday: date,
    events: Sequence[EventView],
    ahead: Sequence[EventView],
    anchors: tuple[tuple[str, str, str], ...],
    introduction: str,
) -> Digest:
    ordered = sorted(events, key=lambda e: (e.subject.casefold(), e.event.id))
    sunday = monday + timedelta(days=6)

    def of(*kinds: EventKind) -> tuple[EventView, ...]:
        return tuple(event for event in ordered if event.event.kind in kinds)

    moved = tuple(event for event in of(EventKind.MATERIAL) if event.moves)
    material = tuple(event for event in of(EventKind.MATERIAL) if not event.moves)
    return Digest(
        week=week,
        start=monday,
        end=sunday,
        url=f"digests/{week.lower()}/",
        headline=_headline(moved, material, [e for e in ordered if e not in moved and e not in material]),
        introduction=introduction,
        moved=moved,
        material=material,
        ahead=tuple(ahead),
        lifecycle=of(*_LIFECYCLE),
        editorial=of(EventKind.EDITORIAL),
        corrections=of(EventKind.CORRECTION),
        unreadable=of(EventKind.UNREADABLE),
        anchors=anchors,
    )


def _rank(event: EventView) -> tuple[int, int, bool, str, str]:
    """What a week's headline leads with, least first: what raises exposure most, then what moves most answers."""
    raised = max((_level(move.exposure_after) - _level(move.exposure_before) for move in event.moves), default=0)
    material = event.event.kind is EventKind.MATERIAL
    return -max(0, raised), -len(event.moves), not material, event.subject.casefold(), event.event.id


def _level(exposure: Exposure | None) -> int:
    return exposure.rank if exposure is not None else 0


def _headline(moved: Sequence[EventView], material: Sequence[EventView], other: Sequence[EventView]) -> str:
    """One line that says what the week brought: the news itself where there is one, else counts."""
    if not (moved or material or other):
        return "No news this week"
    telling = [*moved, *material]
    if telling:
        lead = min(telling, key=_rank)
        line = f"{lead.subject}: {lead.event.headline}"
        if len(telling) == 1:
            return line
        return f"{_ANSWERS.sub('', line)}; and {_count(len(telling) - 1, 'more change')}"
    kinds = {
        EventKind.FIRST: "new document",
        EventKind.EDITORIAL: "editorial change",
        EventKind.REVERTED: "change taken back",
        EventKind.GONE: "document gone",
        EventKind.BACK: "document back",
        EventKind.UNREADABLE: "document that could not be read",
        EventKind.EFFECTIVE: "date of effect announced",
        EventKind.CORRECTION: "correction",
    }
    parts = [
        _count(number, name)
        for kind, name in kinds.items()
        if (number := sum(event.event.kind is kind for event in other))
    ]
    return ", ".join(parts)


def _count(number: int, name: str) -> str:
    if number == 1:
        return f"1 {name}"
    head, _, tail = name.partition(" ")
    plural = {
        "document gone": "documents gone",
        "document back": "documents back",
        "change taken back": "changes taken back",
        "document that could not be read": "documents that could not be read",
        "date of effect announced": "dates of effect announced",
    }.get(name, f"{head} {tail}s" if tail else f"{head}s")
    return f"{number} {plural}"


def _day(instant: datetime) -> date:
    return instant.astimezone(UTC).date()

"""Closed weeks: what they hold, and that they never say anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from govdigest.digest import closed_weeks, week_of
from govdigest.edition.nouns import EventView, MoveView
from govdigest.model import Audience, Document, Event, EventKind, Exposure, Kind, Nature, Platform, Scope, Source

DOCUMENT = Document(
    "terms", "Terms", Kind.TERMS, Audience.EVERYONE, Nature.CONTRACT, (Source("https://tamarisk.example/terms"),)
)
PLATFORM = Platform("tamarisk", "Tamarisk", "productivity", "https://tamarisk.example", (DOCUMENT,))
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
MOVE = MoveView("data-retention", "Data retention", Scope.ALL, "90 days", "30 days", (), (), None, None)


def happening(kind: EventKind, at: datetime, *, moves: int = 0, effective: date | None = None) -> EventView:
    event = Event(
        f"tamarisk.terms.{at:%Y%m%dT%H%M}.{kind}", kind, "tamarisk", "terms", at, "Retention moved", effective=effective
    )
    return EventView(event, PLATFORM, DOCUMENT, "x/", (MOVE,) * moves, tuple, {})


def test_iso_weeks_follow_the_standard_at_the_turn_of_the_year() -> None:
    assert week_of(date(2026, 1, 1)) == "2026-W01"
    assert week_of(date(2027, 1, 1)) == "2026-W53"
    assert week_of(date(2024, 12, 30)) == "2025-W01"


def test_a_week_is_closed_by_a_check_after_its_sunday() -> None:
    events = [happening(EventKind.MATERIAL, MONDAY + timedelta(days=6, hours=23))]
    assert closed_weeks(events, [], MONDAY + timedelta(days=6, hours=23), {}) == ()
    (digest,) = closed_weeks(events, [], MONDAY + timedelta(days=7), {})
    assert (digest.week, digest.start, digest.end) == ("2026-W02", date(2026, 1, 5), date(2026, 1, 11))
    assert digest.material == tuple(events)
    assert digest.url == "digests/2026-w02/"


def test_findings_that_moved_come_apart_from_other_changes_and_a_quiet_week_says_so() -> None:
    moved = happening(EventKind.MATERIAL, MONDAY, moves=1)
    gone = happening(EventKind.GONE, MONDAY + timedelta(days=14))
    third, second, first = closed_weeks([moved, gone], [], MONDAY + timedelta(days=30), {"2026-W02": "<p>Hello</p>"})[
        -3:
    ]
    assert first.moved == (moved,)
    assert first.material == ()
    assert first.introduction == "<p>Hello</p>"
    assert first.headline == "Tamarisk, Terms: Retention moved"
    assert second.quiet
    assert second.headline == "No news this week"
    assert third.lifecycle == (gone,)
    assert third.headline == "1 document gone"


def test_a_week_leads_with_what_raises_exposure_most_and_then_with_what_moves_most() -> None:
    raised = replace(MOVE, exposure_before=Exposure.LOW, exposure_after=Exposure.HIGH)
    lowered = replace(MOVE, exposure_before=Exposure.HIGH, exposure_after=Exposure.LOW)

    def told(name: str, *moves: MoveView) -> EventView:
        event = happening(EventKind.MATERIAL, MONDAY)
        own = replace(event.event, id=f"{name}.terms.20260105T0000.material", subject=f"{name}, Terms")
        return replace(event, event=own, moves=moves)

    def lead(*events: EventView) -> str:
        (digest,) = closed_weeks(events, [], MONDAY + timedelta(days=7), {})
        return digest.headline

    alder, birch, cedar = told("Alder", lowered), told("Birch", lowered, lowered), told("Cedar", raised)
    assert lead(alder, birch) == "Birch, Terms: Retention moved; and 1 more change"
    assert lead(birch, alder) == lead(alder, birch)
    assert lead(alder, birch, cedar).startswith("Cedar, Terms: ")
    assert lead(told("Dill"), alder).startswith("Alder, Terms: ")


def test_a_week_counts_once_what_else_it_brought() -> None:
    def told(name: str, headline: str) -> EventView:
        event = happening(EventKind.MATERIAL, MONDAY, moves=1)
        own = replace(event.event, id=f"{name}.material", subject=f"{name}, Terms", headline=headline)
        return replace(event, event=own)

    for headline in (
        "Now says so, and 2 more answers changed",
        "Now: so (and 1 more answer)",
        "On it, so; 1 more answer changed",
    ):
        (alone,) = closed_weeks([told("Alder", headline)], [], MONDAY + timedelta(days=7), {})
        assert alone.headline == f"Alder, Terms: {headline}"
        (both,) = closed_weeks([told("Alder", headline), told("Birch", "It")], [], MONDAY + timedelta(days=7), {})
        assert both.headline.endswith("so; and 1 more change")


def test_a_line_of_a_list_repeats_no_move_that_the_headline_tells() -> None:
    first, second = replace(MOVE, short="90 days, now 30 days"), replace(MOVE, name="Refunds")
    event = replace(happening(EventKind.MATERIAL, MONDAY), moves=(first, second))
    assert event.lines == (second,)
    reverted = replace(happening(EventKind.REVERTED, MONDAY), moves=(first, second))
    assert reverted.lines == (first, second)


def test_what_is_still_to_come_stays_ahead_until_it_is_in_force() -> None:
    event = happening(EventKind.MATERIAL, MONDAY, effective=date(2026, 1, 19))
    digests = closed_weeks([event], [], MONDAY + timedelta(days=28), {})
    assert [digest.ahead for digest in reversed(digests)] == [(event,), (event,), (), ()]


@given(
    st.lists(st.tuples(st.sampled_from(list(EventKind)), st.integers(0, 60)), min_size=1, max_size=12),
    st.integers(0, 40),
)
def test_a_closed_week_never_changes_when_more_is_announced(rows: list[tuple[EventKind, int]], cut: int) -> None:
    events = [
        replace(happening(kind, MONDAY + timedelta(days=day)), url=str(index)) for index, (kind, day) in enumerate(rows)
    ]
    now = MONDAY + timedelta(days=cut)
    early = closed_weeks([e for e in events if e.event.announced <= now], [], now, {})
    late = closed_weeks(events, [], MONDAY + timedelta(days=100), {})
    by_week = {digest.week: digest for digest in late}
    assert all(by_week[digest.week] == digest for digest in early)

"""Versions, events and states of a fictional document, for tests of the archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from govdigest.archive import Archive, Entry, file_hash, text_hash
from govdigest.model import (
    Change,
    DateKind,
    Event,
    EventKind,
    KnownText,
    Memory,
    SourceRecord,
    SourceState,
    Span,
    State,
    StatedDate,
    Validators,
    Verdict,
    VerdictKind,
    Version,
    stamp,
)

START = datetime(2026, 1, 5, 6, tzinfo=UTC)
PLATFORM, DOCUMENT = "tamarisk", "terms"


def week(number: int) -> datetime:
    return START + timedelta(days=7 * (number - 1))


def entry(number: int, text: str, archive: Archive | None = None) -> Entry:
    """What the pull of week ``number`` would add when it accepts ``text``."""
    at = week(number)
    before = archive.versions(PLATFORM, DOCUMENT) if archive is not None else ()
    version = Version(
        platform=PLATFORM,
        document=DOCUMENT,
        id=stamp(at),
        first_seen=at,
        sources=(
            SourceRecord(
                url="https://tamarisk.example/terms",
                final_url="https://tamarisk.example/terms",
                sha256="0" * 64,
                media_type="text/html",
                span=Span(0, len(text)),
                coverage=0.9987,
            ),
        ),
        text_hash=text_hash(text),
        extractor="1",
        settings_hash="s",
        dates=(StatedDate(DateKind.UPDATED, date(2026, 1, 2), Span(0, 3)),),
        previous=before[-1].file_hash if before else None,
        file_hash="",
        title='Terms: "of" Tamarisk\u2028---\nfirst_seen: never',
    )
    version = replace(version, file_hash=file_hash(version, text))
    event = Event(
        id=f"{PLATFORM}.{DOCUMENT}.{stamp(at)}.{'material' if before else 'first'}",
        kind=EventKind.MATERIAL if before else EventKind.FIRST,
        platform=PLATFORM,
        document=DOCUMENT,
        announced=at,
        headline="Retention: 30 days, was 90 days",
        reasons=("a period changed",),
        before=before[-1].id if before else None,
        after=version.id,
        change=Change(added=(Span(0, 4),)) if before else None,
    )
    state = State(
        checked=at,
        verified=at,
        current=version.id,
        sources=(
            SourceState(
                "https://tamarisk.example/terms",
                checked=at,
                verified=at,
                validators=Validators(etag='"a"'),
                sha256="0" * 64,
            ),
        ),
        memory=Memory(known=(KnownText("n", version.id, at),)),
        verdict=Verdict(VerdictKind.MATERIAL, ("a period changed",)),
    )
    return Entry(state, version, text, (event,))

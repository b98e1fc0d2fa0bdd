"""When a document that cannot be read, is gone, or is back, becomes news."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from govdigest.archive import Entry
from govdigest.edition.words import failure_words
from govdigest.model import (
    Document,
    Event,
    EventKind,
    Failure,
    FailureClass,
    JudgeSettings,
    Platform,
    SourceState,
    State,
    Verdict,
    VerdictKind,
    stamp,
)

_ABSENT = {FailureClass.NOT_FOUND, FailureClass.GONE}


def after_failure(
    platform: Platform,
    document: Document,
    state: State,
    at: datetime,
    failures: Sequence[Failure],
    settings: JudgeSettings,
    answered: frozenset[str] = frozenset(),
) -> Entry:
    """The state after a check in which at least one source failed, and what is announced of it.

    No version comes of it and no validator is stored. ``gone`` is announced at the second 404 or 410 in an unbroken
    row at least ``gone_after_hours`` after the first; ``unreadable`` after ``unreadable_after_hours`` of failure, on
    at least two checks. A document that was never read is announced too: readers must know that it is missing.
    """
    by_url = {failure.url: failure for failure in failures}
    sources = []
    for source in document.sources:
        old = next((s for s in state.sources if s.url == source.url), SourceState(source.url))
        failure = by_url.get(source.url)
        if failure is None:
            cleared = replace(old, checked=at, failing_since=None, failure=None, detail="", failures=0)
            sources.append(cleared if source.url in answered else old)
            continue
        again = old.checked == at and old.failure is failure.reason
        sources.append(
            replace(
                old,
                checked=at,
                failing_since=old.failing_since or at,
                failure=failure.reason,
                detail=failure.detail,
                # a pull repeated at the same instant is the same check
                failures=old.failures if again else old.failures + 1,
            )
        )
    # what was never read cannot be gone: its URL is wrong, which is a reason why it cannot be read
    absent = state.current is not None and all(failure.reason in _ABSENT for failure in failures)
    gone_since = (state.gone_since or at) if absent else None
    broken = all(failure.reason is FailureClass.NOT_A_DOCUMENT for failure in failures)
    verdict = Verdict(VerdictKind.BROKEN, tuple(f.detail for f in failures)) if broken else state.verdict
    new = replace(state, checked=at, sources=tuple(sources), gone_since=gone_since, verdict=verdict)
    failing = [s for s in new.sources if s.failing_since is not None]
    since = min(s.failing_since for s in failing if s.failing_since is not None)
    failed_twice = max(s.failures for s in failing) >= 2
    reasons = tuple(f"{failure.url}: {failure_words(failure.reason, failure.detail)}" for failure in failures)
    if gone_since is not None and not state.announced_gone and at - gone_since >= _hours(settings.gone_after_hours):
        headline = "Gone: the site no longer has this document; its history stays here"
        event = _event(platform, document, at, EventKind.GONE, headline, reasons, state, first_seen=gone_since)
        return Entry(replace(new, announced_gone=True), events=(event,))
    long = at - since >= _hours(settings.unreadable_after_hours)
    if long and failed_twice and not (state.announced_unreadable or state.announced_gone or absent):
        headline = f"Could not be read since {since.day} {since:%B %Y}"
        event = _event(platform, document, at, EventKind.UNREADABLE, headline, reasons, state, first_seen=since)
        return Entry(replace(new, announced_unreadable=True), events=(event,))
    return Entry(new)


def after_success(
    platform: Platform, document: Document, state: State, at: datetime
) -> tuple[tuple[Event, ...], State]:
    """What is announced when a document that was announced as gone or unreadable is read again.

    A document that had never been read is announced as new, and not as back.
    """
    cleared = replace(state, gone_since=None, announced_gone=False, announced_unreadable=False)
    was_read = any(known.version is not None and known.first_seen < at for known in state.memory.known)
    if not was_read or not (state.announced_gone or state.announced_unreadable):
        return (), cleared
    what = "gone" if state.announced_gone else "unreadable"
    headline = f"Back: it can be read again after it was announced as {what}"
    return (_event(platform, document, at, EventKind.BACK, headline, (), state),), cleared


def _event(
    platform: Platform,
    document: Document,
    at: datetime,
    kind: EventKind,
    headline: str,
    reasons: tuple[str, ...],
    state: State,
    first_seen: datetime | None = None,
) -> Event:
    return Event(
        id=f"{platform.slug}.{document.slug}.{stamp(at)}.{kind.value}",
        kind=kind,
        platform=platform.slug,
        document=document.slug,
        announced=at,
        headline=headline,
        reasons=reasons,
        first_seen=first_seen or at,
        before=state.current,
        after=state.current,
        subject=f"{platform.name}, {document.name}",
    )


def _hours(hours: float) -> timedelta:
    return timedelta(hours=hours)

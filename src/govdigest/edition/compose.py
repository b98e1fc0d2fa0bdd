"""Composing the edition: configuration, archive, findings and content in, one immutable view out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path

import yaml

from govdigest.archive import Archive
from govdigest.content import ContentError, overlaid, read_content, render, text_of
from govdigest.digest import closed_weeks
from govdigest.edition import tables
from govdigest.edition.documents import ReadDocument, ReadVersion, read_document, silences, summary, text_of_version
from govdigest.edition.happenings import LoadText, news, tell
from govdigest.edition.notes import load_notes
from govdigest.edition.nouns import (
    ContentPage,
    Counts,
    Dates,
    DocumentView,
    Edition,
    EventView,
    PlatformView,
    Row,
    SourceStatus,
    VersionView,
)
from govdigest.edition.words import MENDABLE, failure_words, status_of
from govdigest.model import Config, EventKind, Platform, SourceState, Taxonomy, VerdictKind

_TEXTS_KEPT = 64
"""Texts kept in memory while pages are made; a change needs two, one after the other."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The 'now' of an archive in which nothing was ever checked."""


def compose(
    config: Config,
    *,
    archive: Archive,
    taxonomy: Taxonomy,
    read: ReadVersion,
    content: Sequence[Path],
) -> Edition:
    """The edition of what is archived.

    ``content``: content folders, a later one overriding file by file. Raises ArchiveError, EditionError and
    ContentError: what is damaged is never published.
    """
    notes = load_notes(content, taxonomy)
    documents = [
        read_document(platform, document, archive, taxonomy, read, notes.get((platform.slug, document.slug)))
        for platform in config.platforms
        for document in platform.documents
    ]
    load = lru_cache(maxsize=_TEXTS_KEPT)(partial(text_of_version, archive))
    told = tell(documents, load, taxonomy)
    events = news(told)
    by_document: dict[tuple[str, str], list[EventView]] = defaultdict(list)
    for item in told:
        by_document[item.view.platform.slug, item.view.document.slug].append(item.view)
    table = tables.cells(documents, config.platforms, taxonomy)
    answered = tables.answered_by_kind(documents)
    shared: dict[str, list[ReadDocument]] = defaultdict(list)
    for document in documents:
        if document.version is not None:
            shared[document.version.text_hash].append(document)
    views = {
        (d.platform.slug, d.document.slug): _document(
            d, taxonomy, answered, by_document[d.platform.slug, d.document.slug], shared, load
        )
        for d in documents
    }
    quick = _quick_facts(content)
    platforms = tuple(
        _platform(config, platform, views, by_document, tables.facts(platform, quick, taxonomy, table))
        for platform in config.platforms
    )
    now = max((d.state.checked for d in documents if d.state.checked is not None), default=EPOCH)
    statuses = tuple(status for d in documents for status in _statuses(d))
    versions = [version for d in documents for version in d.versions]
    introductions = {
        Path(name).stem.upper(): render(read_content(path).body)
        for name, path in overlaid(content, "digests/*.md").items()
    }
    return Edition(
        site=config.site,
        now=now,
        platforms=platforms,
        sectors=tables.sector_views(config.site.sectors, platforms, taxonomy, table),
        groups=taxonomy.groups,
        provisions=tables.provision_views(taxonomy, documents, config.platforms, table, events),
        events=events,
        upcoming=tuple(
            sorted(
                (e for e in events if e.event.effective is not None and e.event.effective > now.date()),
                key=lambda e: (e.event.effective or now.date(), e.event.id),
            )
        ),
        digests=closed_weeks(events, versions, now, introductions),
        statuses=statuses,
        counts=_counts(config, documents, taxonomy, events, len(versions)),
        pages=_pages(content),
        quality=_quality(content),
        taxonomy=taxonomy.hash,
    )


def _document(
    read: ReadDocument,
    taxonomy: Taxonomy,
    answered: Mapping[str, tuple[int, Mapping[str, int]]],
    events: Sequence[EventView],
    shared: Mapping[str, Sequence[ReadDocument]],
    load: LoadText,
) -> DocumentView:
    base = f"platforms/{read.platform.slug}/{read.document.slug}/"
    by_version = {
        event.event.after: event.event
        for event in reversed(events)
        if event.event.change or event.event.kind is EventKind.FIRST
    }
    versions = tuple(
        VersionView(
            version=version,
            url=f"{base}versions/{version.id}/",
            is_current=read.version is not None and version.id == read.version.id,
            load=partial(load, version),
            event=by_version.get(version.id),
            statements=read.statements if read.version is not None and version.id == read.version.id else (),
        )
        for version in reversed(read.versions)
    )
    status, status_words = status_of(
        read.platform, read.document, read.state, read.version.language if read.version else ""
    )
    stated = {date.kind.value: date.day for date in read.state.dates}
    twins = shared.get(read.version.text_hash, ()) if read.version is not None else ()
    return DocumentView(
        platform=read.platform,
        document=read.document,
        url=base,
        state=read.state,
        current=next((view for view in versions if view.is_current), None),
        versions=versions,
        statements=read.statements,
        silences=silences(read, taxonomy, answered),
        summary=summary(read),
        events=tuple(events),
        dates=Dates(
            announced=events[0].event.announced if events else None,
            updated=stated.get("updated"),
            effective=stated.get("effective"),
            later=read.version is not None
            and not {(one.kind, one.day) for one in read.state.dates}
            <= {(one.kind, one.day) for one in read.version.dates},
            checked=read.state.checked,
            verified=read.state.verified,
        ),
        status=status,
        status_words=status_words,
        variants=read.state.memory.variants > 0,
        shared_with=tuple(
            (twin.platform, twin.document)
            for twin in twins
            if (twin.platform.slug, twin.document.slug) != (read.platform.slug, read.document.slug)
        ),
        note=read.note.shown(read.state.current) if read.note is not None else None,
    )


def _platform(
    config: Config,
    platform: Platform,
    views: Mapping[tuple[str, str], DocumentView],
    events: Mapping[tuple[str, str], Sequence[EventView]],
    facts: tuple[Row, ...],
) -> PlatformView:
    documents = tuple(views[platform.slug, document.slug] for document in platform.documents)
    own = [event for document in platform.documents for event in events[platform.slug, document.slug]]
    own.sort(key=lambda event: event.event.announced, reverse=True)
    return PlatformView(
        platform=platform,
        url=f"platforms/{platform.slug}/",
        sector_name=config.site.sectors.get(platform.sector, platform.sector),
        documents=documents,
        events=tuple(own),
        facts=facts,
        exposure=tables.exposure_counts([s for document in documents for s in document.statements]),
    )


def _statuses(read: ReadDocument) -> list[SourceStatus]:
    rows = []
    for source in read.document.sources:
        state = next((s for s in read.state.sources if s.url == source.url), SourceState(source.url))
        verdict = read.state.verdict
        reason = "; ".join(verdict.reasons) if verdict is not None and verdict.kind is VerdictKind.PENDING else ""
        if state.failure is not None:
            reason = failure_words(state.failure, state.detail)
        elif state.detail:
            reason = state.detail
        rows.append(
            SourceStatus(
                platform=read.platform,
                document=read.document,
                url=source.url,
                state=state,
                verdict=verdict.kind.value if verdict is not None else "",
                reason=reason,
                needs_maintainer=read.platform.retired is None
                and (state.failure in MENDABLE or state.detail.startswith("moved to ")),
            )
        )
    return rows


def _counts(
    config: Config, documents: Sequence[ReadDocument], taxonomy: Taxonomy, events: Sequence[EventView], versions: int
) -> Counts:
    statements = [s for d in documents for s in d.statements]
    return Counts(
        platforms=len(config.platforms),
        documents=len(documents),
        documents_read=sum(d.is_read for d in documents),
        versions=versions,
        provisions=len(taxonomy.provisions),
        statements=len(statements),
        quotes=sum(len(s.finding.quotes) for s in statements),
        events=len(events),
        material=sum(e.event.kind is EventKind.MATERIAL for e in events),
        editorial=sum(e.event.kind is EventKind.EDITORIAL for e in events),
        pending=sum(d.state.memory.pending is not None for d in documents),
        unreadable=sum(
            d.platform.retired is None and any(s.failure is not None for s in d.state.sources) for d in documents
        ),
        words=sum(d.reading.words for d in documents if d.reading is not None),
    )


def _pages(content: Sequence[Path]) -> tuple[ContentPage, ...]:
    pages = []
    for name, path in overlaid(content, "pages/*.md").items():
        file = read_content(path)
        pages.append(
            ContentPage(
                slug=Path(name).stem,
                title=text_of(file, "title"),
                html=render(file.body, anchors=True),
                description=text_of(file, "description", ""),
            )
        )
    return tuple(pages)


def _yaml(content: Sequence[Path], name: str) -> Mapping[str, object]:
    found = overlaid(content, name)
    if name not in found:
        return {}
    try:
        data = yaml.safe_load(found[name].read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(found[name], mark.line + 1 if mark else 1, "is no YAML") from error
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise ContentError(found[name], 1, "wants keys with values")
    return data


def _quality(content: Sequence[Path]) -> Mapping[str, object]:
    return _yaml(content, "quality.yaml")


def _quick_facts(content: Sequence[Path]) -> tuple[str, ...]:
    slugs = _yaml(content, "edition.yaml").get("quick_facts", [])
    return tuple(str(slug) for slug in slugs) if isinstance(slugs, list) else ()

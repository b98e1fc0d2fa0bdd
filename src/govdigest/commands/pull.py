"""`govdigest pull`: fetch, judge, archive; one document at a time, each on its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from govdigest import extract
from govdigest.archive import Archive, Entry, file_hash, text_hash
from govdigest.captures import Captures
from govdigest.changes import compare, judge, normal_hash
from govdigest.commands.lifecycle import after_failure, after_success
from govdigest.commands.outcomes import Outcome, PullReport
from govdigest.commands.targets import UsageError, targets_of
from govdigest.edition.documents import ReadText
from govdigest.model import (
    Capture,
    Change,
    Config,
    DateKind,
    Document,
    Event,
    EventKind,
    Failure,
    FailureClass,
    Fetched,
    Judgement,
    NotModified,
    Platform,
    Source,
    SourceRecord,
    SourceState,
    Span,
    State,
    Taxonomy,
    Text,
    Validators,
    Verdict,
    VerdictKind,
    Version,
    stamp,
)
from govdigest.pull import Fetcher, agent_name

_SHELL_SHARE = 0.35
"""A plain page with less than this share of the current version's words may be a shell: a browser is asked too."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One source's text in this pull, and the capture that brought it (None: what was accepted before stands)."""

    text: Text
    capture: Capture | None
    record: SourceRecord


@dataclass(frozen=True)
class _Pull:
    config: Config
    archive: Archive
    captures: Captures
    taxonomy: Taxonomy
    read: ReadText
    at: datetime
    fetcher: Fetcher

    async def document(self, platform: Platform, document: Document) -> Outcome:
        """Pull one document: all its sources, one judgement, one transaction."""
        state = self.archive.state(platform.slug, document.slug)
        versions = {v.id: v for v in self.archive.versions(platform.slug, document.slug)} if state.current else {}
        version = versions[state.current] if state.current else None
        markdown = self.archive.text(version) if version else ""
        settings = extract.settings_hash(document.sources)
        resettled = version is not None and (
            (state.extractor or version.extractor) != extract.EXTRACTOR
            or (state.settings_hash or version.settings_hash) != settings
        )
        known = {source.url: source for source in state.sources}
        kept = [
            self.captures.kept(platform.slug, document.slug, index, known[source.url].sha256)
            if source.url in known and known[source.url].sha256
            else None
            for index, source in enumerate(document.sources)
        ]
        conditional = version is not None and (not resettled or all(kept))
        # a source that moved without a change of its text is not in the version: its slice is that of its kept capture
        recorded = {record.url for record in version.sources} if version else set()
        fetched: list[Fetched] = []
        for source, capture in zip(document.sources, kept, strict=True):
            old = known.get(source.url, SourceState(source.url))
            answerable = source.url in recorded or capture is not None
            validators = old.validators if conditional and answerable and old.sha256 else None
            fetched.append(await self._fetch(source, validators))
        parts: list[_Part | Failure] = []
        for index, (source, result) in enumerate(zip(document.sources, fetched, strict=True)):
            capture = kept[index] if resettled or source.url not in recorded else None
            parts.append(await self._part(source, result, version, markdown, capture))
        failures = tuple(part for part in parts if isinstance(part, Failure))
        good = [part for part in parts if isinstance(part, _Part)]
        not_modified = sum(isinstance(result, NotModified) for result in fetched)
        if failures:
            entry = after_failure(platform, document, state, self.at, failures, self.config.judge, _confirmed(good))
            self.archive.add(platform.slug, document.slug, entry)
            broken = all(f.reason is FailureClass.NOT_A_DOCUMENT for f in failures)
            verdict = Verdict(VerdictKind.BROKEN, tuple(f.detail for f in failures)) if broken else None
            return Outcome(platform, document, verdict, failures, not_modified, entry.events)
        judgement, text, slices = self._judge(document, state, version, good, kept, resettled)
        entry = self._entry(platform, document, state, judgement, text, slices, good, settings)
        self.archive.add(platform.slug, document.slug, entry)
        if _stands(judgement):
            for index, part in enumerate(good):
                if part.capture is not None:
                    self.captures.keep(platform.slug, document.slug, index, part.capture)
        return Outcome(platform, document, judgement.verdict, (), not_modified, entry.events)

    # ----------------------------------------------------------------- a source

    async def _fetch(self, source: Source, validators: Validators | None) -> Fetched:
        if source.render:
            return await self.fetcher.render(source)
        return await self.fetcher.fetch(source, validators)

    async def _part(
        self, source: Source, result: Fetched, version: Version | None, markdown: str, kept: Capture | None
    ) -> _Part | Failure:
        """The text of one source, or why there is none."""
        if isinstance(result, Failure):
            return result
        old = next((record for record in version.sources if record.url == source.url), None) if version else None
        if isinstance(result, NotModified):
            if kept is not None:
                part = self._extract(source, kept)
                return replace(part, capture=None) if isinstance(part, _Part) else part
            if old is None:
                return Failure(source.url, FailureClass.CLIENT_ERROR, "304 without an accepted capture", self.at, 304)
            text = extract.segment(markdown[old.span.start : old.span.end].rstrip("\n"))
            return _Part(text, None, old)
        part = self._extract(source, result)
        if source.render or result.rendered or not self._wants_browser(part, old):
            return part
        rendered = await self.fetcher.render(source)
        if isinstance(rendered, Failure):
            # the plain page stands for what it is: a refusal keeps its reason, a small text is judged as odd
            return part if isinstance(part, _Part) else replace(part, detail=f"{part.detail} ({rendered.detail})"[:300])
        return self._extract(source, rendered)

    def _wants_browser(self, part: _Part | Failure, old: SourceRecord | None) -> bool:
        if isinstance(part, Failure):
            return part.reason is FailureClass.NEEDS_BROWSER
        return old is not None and len(part.text.markdown) < _SHELL_SHARE * (old.span.end - old.span.start)

    def _extract(self, source: Source, capture: Capture) -> _Part | Failure:
        try:
            text = extract.extract(capture.body, capture.media_type, source)
        except extract.ExtractError as error:
            return Failure(source.url, error.reason, str(error)[:300], self.at, capture.status)
        refusal = extract.examine(text, source.language)
        if refusal is not None:
            shell = refusal.reason == "shell" and not capture.rendered
            reason = FailureClass.NEEDS_BROWSER if shell else FailureClass.NOT_A_DOCUMENT
            return Failure(source.url, reason, f"{refusal.reason}: {refusal.detail}"[:300], self.at, capture.status)
        record = SourceRecord(
            url=source.url,
            final_url=capture.final_url,
            sha256=capture.sha256,
            media_type=capture.media_type,
            span=Span(0, len(text.markdown)),
            coverage=round(text.coverage, 4),
            rendered=capture.rendered,
        )
        return _Part(text, capture, record)

    # ----------------------------------------------------------------- the document

    def _judge(
        self,
        document: Document,
        state: State,
        version: Version | None,
        parts: Sequence[_Part],
        kept: Sequence[Capture | None],
        resettled: bool,
    ) -> tuple[Judgement, Text, tuple[Span, ...]]:
        text, slices = extract.join([part.text for part in parts])
        settled = all(part.capture is None for part in parts) and not resettled
        if version is not None and settled and state.memory.pending is None and state.memory.returning is None:
            # every site confirmed what is archived: there is nothing to judge
            return Judgement(Verdict(VerdictKind.UNCHANGED), state.memory), text, slices
        current = self._archived(version) if version else None
        baseline: Text | None = None
        if resettled and all(kept):
            again = [
                self._extract(source, capture)
                for source, capture in zip(document.sources, kept, strict=True)
                if capture is not None
            ]
            good = [part.text for part in again if isinstance(part, _Part)]
            baseline = extract.join(good)[0] if len(good) == len(document.sources) else None
        judgement = judge(
            text,
            current,
            state.memory,
            self.at,
            read=self.read,
            taxonomy=self.taxonomy,
            settings=self.config.judge,
            baseline=baseline,
            resettled=resettled,
            current_version=state.current,
        )
        return judgement, text, slices

    def _entry(
        self,
        platform: Platform,
        document: Document,
        state: State,
        judgement: Judgement,
        text: Text,
        slices: Sequence[Span],
        parts: Sequence[_Part],
        settings: str,
    ) -> Entry:
        """What this judgement writes: perhaps a version, perhaps events, and the new state."""
        at = self.at
        fresh: Version | None = None
        memory = judgement.memory
        normal = normal_hash(text.markdown) if judgement.accept else ""
        if judgement.accept:
            fresh = self._version(platform, document, judgement, text, slices, parts, settings)
            memory = replace(
                memory,
                known=tuple(
                    replace(k, version=fresh.id) if k.normal_hash == normal and k.version is None else k
                    for k in memory.known
                ),
            )
        after = fresh.id if fresh else judgement.returns_to
        events: list[Event] = []
        if judgement.event is not None:
            dates = {stated.kind.value: stated.day for stated in text.dates}
            events.append(
                Event(
                    id=_event_id(platform, document, at, judgement.event),
                    kind=judgement.event,
                    platform=platform.slug,
                    document=document.slug,
                    announced=at,
                    headline=judgement.headline,
                    reasons=judgement.verdict.reasons,
                    first_seen=_first_sight(state, judgement, normal, at),
                    updated=dates.get("updated"),
                    effective=judgement.effective or _newly_stated(state, dates.get("effective")),
                    before=state.current,
                    after=after or state.current,
                    change=self._change(platform, document, state, judgement),
                    taxonomy=self.taxonomy.hash,
                    text_hash=text_hash(text.markdown),
                    subject=f"{platform.name}, {document.name}",
                )
            )
        stands = _stands(judgement)
        new = replace(
            state,
            checked=at,
            verified=at if stands else state.verified,
            current=after or state.current,
            memory=memory,
            # a pull repeated at the same instant is the same check, and its verdict stands
            verdict=state.verdict
            if state.checked == at and judgement.verdict.kind is VerdictKind.UNCHANGED
            else judgement.verdict,
            dates=text.dates if stands and any(p.capture for p in parts) else state.dates,
            extractor=extract.EXTRACTOR if stands else state.extractor,
            settings_hash=settings if stands else state.settings_hash,
            sources=tuple(
                _source_state(state, source, part, at, stands)
                for source, part in zip(document.sources, parts, strict=True)
            ),
        )
        back: tuple[Event, ...] = ()
        if stands:
            back, new = after_success(platform, document, new, at)
        return Entry(new, fresh, text.markdown if fresh else None, (*back, *events))

    def _change(self, platform: Platform, document: Document, state: State, judgement: Judgement) -> Change | None:
        """The change between two archived texts: after a rollback, those of the two versions and not of the capture."""
        if judgement.change is None or judgement.returns_to is None:
            return judgement.change
        versions = {v.id: v for v in self.archive.versions(platform.slug, document.slug)}
        left, back = versions.get(state.current or ""), versions.get(judgement.returns_to)
        if left is None or back is None:
            return judgement.change
        return compare(self._archived(left), self._archived(back), self.read, self.taxonomy)

    def _archived(self, version: Version) -> Text:
        return extract.segment(self.archive.text(version), title=version.title, language=version.language)

    def _version(
        self,
        platform: Platform,
        document: Document,
        judgement: Judgement,
        text: Text,
        slices: Sequence[Span],
        parts: Sequence[_Part],
        settings: str,
    ) -> Version:
        versions = self.archive.versions(platform.slug, document.slug)
        version_id = self.archive.free_version_id(platform.slug, document.slug, stamp(self.at))
        version = Version(
            platform=platform.slug,
            document=document.slug,
            id=version_id,
            first_seen=self.at,
            sources=tuple(replace(part.record, span=span) for part, span in zip(parts, slices, strict=True)),
            text_hash=text_hash(text.markdown),
            extractor=extract.EXTRACTOR,
            settings_hash=settings,
            dates=text.dates,
            previous=versions[-1].file_hash if versions else None,
            file_hash="",
            title=text.title[:300],
            language=text.language or document.language,
            verdict=judgement.verdict.kind,
        )
        return replace(version, file_hash=file_hash(version, text.markdown))


def _stands(judgement: Judgement) -> bool:
    """Whether the capture is the document as it is in force: only then are its validators believed."""
    return (
        judgement.accept
        or judgement.returns_to is not None
        or judgement.verdict.kind in {VerdictKind.UNCHANGED, VerdictKind.COSMETIC}
    )


def _confirmed(parts: Sequence[_Part]) -> frozenset[str]:
    """URLs of sources that answered, while another of the same document failed."""
    return frozenset(part.record.url for part in parts)


def _first_sight(state: State, judgement: Judgement, normal: str, at: datetime) -> datetime:
    """The day a text was first seen: when it waited as pending, the day the wait began."""
    pending = state.memory.pending
    if judgement.accept and pending is not None and pending.normal_hash == normal:
        return pending.since
    return at


def _newly_stated(state: State, effective: date | None) -> date | None:
    """A date of effect that the document did not state before: an old one is no news of this change."""
    before = {stated.day for stated in state.dates if stated.kind is DateKind.EFFECTIVE}
    return None if effective in before else effective


def _source_state(state: State, source: Source, part: _Part, at: datetime, stands: bool) -> SourceState:
    old = next((s for s in state.sources if s.url == source.url), SourceState(source.url))
    new = replace(old, checked=at, failing_since=None, failure=None, detail="", failures=0)
    if part.capture is None:
        return replace(new, verified=at)
    if not stands:
        return new
    return replace(
        new,
        verified=at,
        validators=part.capture.validators,
        sha256=part.capture.sha256,
        final_url=part.capture.final_url,
        detail=f"moved to {part.capture.final_url}"[:300] if part.capture.moved else "",
    )


def _event_id(platform: Platform, document: Document, at: datetime, kind: EventKind) -> str:
    return f"{platform.slug}.{document.slug}.{stamp(at)}.{kind.value}"


async def pull(
    config: Config,
    *,
    archive: Archive,
    captures: Captures,
    taxonomy: Taxonomy,
    read: ReadText,
    at: datetime,
    only: Sequence[str] = (),
    shard: tuple[int, int] | None = None,
    progress: Callable[[Outcome, int, int], None] = lambda *_: None,
) -> PullReport:
    """Pull every configured document once, at the instant ``at``, and archive what was learnt.

    A source that fails is data in the report. Raises UsageError for a pull that cannot be carried out, ArchiveError
    when the archive is damaged, OSError when it cannot be written.
    """
    targets = targets_of(config, only, shard)
    for platform, document in targets:
        checked = archive.state(platform.slug, document.slug).checked
        if checked is not None and checked > at:
            raise UsageError(
                f"--at {at.isoformat()}: {platform.slug}/{document.slug} was already checked at {checked.isoformat()}; "
                "the archive only grows forwards"
            )
    outcomes: dict[tuple[str, str], Outcome] = {}
    hosts = frozenset(
        urlsplit(source.url).hostname or "" for p in config.platforms for d in p.documents for source in d.sources
    )
    async with Fetcher(config.pull, at=at, agent=agent_name(config.site), hosts=hosts) as fetcher:
        run = _Pull(config, archive, captures, taxonomy, read, at, fetcher)
        # one task a document: hosts take turns inside the fetcher, and a document's own sources go in their order
        limit = asyncio.Semaphore(config.pull.concurrency * 4)

        async def one(platform: Platform, document: Document) -> None:
            async with limit:
                outcome = await run.document(platform, document)
            outcomes[platform.slug, document.slug] = outcome
            progress(outcome, len(outcomes), len(targets))

        try:
            async with asyncio.TaskGroup() as group:
                for platform, document in targets:
                    group.create_task(one(platform, document))
        except BaseExceptionGroup as errors:
            # a storage error stops the run at once, and is told as what it is
            raise errors.exceptions[0] from None
    return PullReport(at, tuple(outcomes[p.slug, d.slug] for p, d in targets))

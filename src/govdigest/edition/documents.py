"""One document's part of the edition: its text, what it states, its summary and its silences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from govdigest import extract
from govdigest.archive import Archive
from govdigest.edition.notes import EditorsNote, overrule
from govdigest.edition.nouns import Silence, Statement, Summary, SummaryLine
from govdigest.edition.words import SCOPES, opening
from govdigest.model import (
    Document,
    Event,
    Finding,
    Platform,
    Provision,
    Quote,
    Scope,
    State,
    Taxonomy,
    Text,
    Version,
)
from govdigest.positions import key_sentences, shown_values, words


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text states, and what follows from it alone: kept by hash of text, taxonomy and code."""

    findings: tuple[Finding, ...]
    anchors: tuple[str, ...]
    """Fragment of each finding's first quote in the full text."""
    key_sentences: tuple[Quote, ...]
    words: int


ReadText = Callable[[Text], tuple[Finding, ...]]
ReadVersion = Callable[[Version, str], Reading]
"""A version and its text to what it states."""
_USUAL_SHARE = 50
"""Per cent: what so many documents of a kind answer, such documents usually answer."""
_USUAL_LEAST = 3
"""Fewer documents of a kind say nothing about what is usual."""
_SUMMARY_LINES = 3


class EditionError(Exception):
    """The archive and the findings do not fit together: nothing may be published."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A configured document with all that the archive holds of it, read."""

    platform: Platform
    document: Document
    state: State
    versions: tuple[Version, ...]
    """Oldest first."""
    events: tuple[Event, ...]
    """Oldest first."""
    version: Version | None
    """The one in force."""
    reading: Reading | None
    statements: tuple[Statement, ...]
    note: EditorsNote | None

    @property
    def is_read(self) -> bool:
        """Whether its statements were looked for: only English is read."""
        return self.version is not None and self.version.language in {"", "en"}


def read_document(
    platform: Platform,
    document: Document,
    archive: Archive,
    taxonomy: Taxonomy,
    read: ReadVersion,
    note: EditorsNote | None,
) -> ReadDocument:
    """The document as archived, and what its current version states. Raises ArchiveError, EditionError."""
    state = archive.state(platform.slug, document.slug)
    versions = archive.versions(platform.slug, document.slug)
    events = archive.events(platform.slug, document.slug)
    version = next((v for v in versions if v.id == state.current), None)
    if version is None:
        return ReadDocument(platform, document, state, versions, events, None, None, (), note)
    markdown = archive.text(version)
    reading = read(version, markdown)
    for finding in reading.findings:
        _require_grounded(platform, document, markdown, finding)
    told = list(zip(reading.findings, reading.anchors, strict=True))
    reasons: Mapping[tuple[str, str, Scope], str] = {}
    if note is not None:
        findings, reasons = overrule(reading.findings, note, markdown, version.id)
        known = dict(told)
        text = text_of_version(archive, version) if reasons else None
        told = [
            (f, known[f] if f in known or text is None else passage_anchor(text, f.quotes[0].span.start))
            for f in findings
        ]
    statements = [
        _statement(platform, document, version.id, taxonomy, finding, anchor, reasons, markdown)
        for finding, anchor in told
    ]
    order = {provision.slug: index for index, provision in enumerate(taxonomy.provisions)}
    statements.sort(key=lambda s: (order[s.provision.slug], -s.position.exposure.rank, s.position.slug))
    return ReadDocument(platform, document, state, versions, events, version, reading, tuple(statements), note)


def read_version(version: Version, markdown: str, taxonomy: Taxonomy, read: ReadText) -> Reading:
    """What an archived text states, and what follows from it."""
    text = extract.segment(markdown, title=version.title, language=version.language)
    findings = read(text) if text.language in {"", "en"} else ()
    return Reading(
        findings=findings,
        anchors=tuple(passage_anchor(text, finding.quotes[0].span.start) for finding in findings),
        key_sentences=key_sentences(text, findings, taxonomy),
        words=len(markdown.split()),
    )


def text_of_version(archive: Archive, version: Version) -> Text:
    """An archived version, cut into passages again."""
    return extract.segment(archive.text(version), title=version.title, language=version.language)


def passage_anchor(text: Text, offset: int) -> str:
    """The fragment of the passage that holds ``offset``."""
    starts = [passage.span.start for passage in text.passages]
    index = bisect_right(starts, offset) - 1
    return f"p-{starts[index]}" if index >= 0 else "p-0"


def silences(
    document: ReadDocument, taxonomy: Taxonomy, answered: Mapping[str, tuple[int, Mapping[str, int]]]
) -> tuple[Silence, ...]:
    """What the document does not answer; usual silences first.

    ``answered``: by kind of document, how many were read and how many of them answer each provision.
    """
    if not document.is_read:
        return ()
    stated = {statement.provision.slug for statement in document.statements}
    read, by_provision = answered.get(document.document.kind.value, (0, {}))
    rows = []
    for provision in taxonomy.provisions:
        if provision.slug in stated:
            continue
        share = round(100 * by_provision.get(provision.slug, 0) / read) if read else 0
        rows.append(Silence(provision, read >= _USUAL_LEAST and share >= _USUAL_SHARE, share))
    return tuple(sorted(rows, key=lambda row: not row.usual))


def summary(document: ReadDocument) -> Summary | None:
    """A document in a few lines, each with the statement that it rests on; None when it was not read.

    Of the most exposing positions those come first that matter most to readers, and of a provision only one.
    """
    if document.reading is None or not document.is_read:
        return None
    points = sorted(document.statements, key=lambda s: (-s.position.exposure.rank, -s.provision.salience))
    first = {statement.provision.slug: statement for statement in reversed(points)}
    leading = [statement for statement in points if first[statement.provision.slug] is statement]
    lines = tuple(SummaryLine(_sentence(statement), statement) for statement in leading[:_SUMMARY_LINES])
    return Summary(
        opening=opening(document.document),
        lines=lines,
        key_points=tuple(points),
        key_sentences=document.reading.key_sentences,
    )


def _sentence(statement: Statement) -> str:
    """What it states in a sentence, and whom that is about where it is not everyone."""
    scope = SCOPES[statement.finding.scope]
    return f"It {statement.sentence.removesuffix('.')}{f', {scope}' if scope else ''}."


def _require_grounded(platform: Platform, document: Document, markdown: str, finding: Finding) -> None:
    """Raise EditionError where a quote is not a slice of the archived text."""
    for quote in finding.quotes:
        if not quote.text or markdown[quote.span.start : quote.span.end] != quote.text:
            raise EditionError(
                f"{platform.slug}/{document.slug}: a quote for {finding.provision} is not in the archived text: "
                f"{quote.text[:80]!r}"
            )


def _statement(
    platform: Platform,
    document: Document,
    version: str,
    taxonomy: Taxonomy,
    finding: Finding,
    anchor: str,
    reasons: Mapping[tuple[str, str, Scope], str],
    markdown: str,
) -> Statement:
    provision: Provision = taxonomy.provision(finding.provision)
    return Statement(
        platform=platform.slug,
        document=document.slug,
        provision=provision,
        position=provision.position(finding.position),
        finding=finding,
        sentence=words(finding, taxonomy, markdown),
        values="; ".join(shown_values(finding, taxonomy, markdown)),
        anchor=anchor,
        overruled=reasons.get((finding.provision, finding.position, finding.scope), ""),
        version=version,
    )

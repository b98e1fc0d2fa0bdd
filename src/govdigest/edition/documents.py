"""One document's part of the edition: its text, what it states, its summary and its silences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from govdigest import extract
from govdigest.archive import Archive
from govdigest.edition.notes import EditorsNote, overrule
from govdigest.edition.nouns import Silence, Statement, Summary, SummaryLine
from govdigest.edition.words import opening
from govdigest.model import (
    Document,
    Event,
    Finding,
    Platform,
    Provision,
    Scope,
    State,
    Taxonomy,
    Text,
    Version,
)
from govdigest.positions import key_sentences, words

ReadText = Callable[[Text], tuple[Finding, ...]]
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
    text: Text | None
    statements: tuple[Statement, ...]
    note: EditorsNote | None

    @property
    def is_read(self) -> bool:
        """Whether its statements were looked for: only English is read."""
        return self.text is not None and self.text.language in {"", "en"}


def read_document(
    platform: Platform,
    document: Document,
    archive: Archive,
    taxonomy: Taxonomy,
    read: ReadText,
    note: EditorsNote | None,
) -> ReadDocument:
    """The document as archived, and what its current version states. Raises ArchiveError, EditionError."""
    state = archive.state(platform.slug, document.slug)
    versions = archive.versions(platform.slug, document.slug)
    events = archive.events(platform.slug, document.slug)
    version = next((v for v in versions if v.id == state.current), None)
    if version is None:
        return ReadDocument(platform, document, state, versions, events, None, None, (), note)
    text = text_of_version(archive, version)
    findings: Sequence[Finding] = read(text)
    reasons: Mapping[tuple[str, str, Scope], str] = {}
    if note is not None:
        findings, reasons = overrule(findings, note, text, version.id)
    statements = tuple(
        _statement(platform, document, version.id, taxonomy, text, finding, reasons)
        for finding in findings
        if _grounded(platform, document, text, finding)
    )
    order = {provision.slug: index for index, provision in enumerate(taxonomy.provisions)}
    ordered = tuple(
        sorted(statements, key=lambda s: (order[s.provision.slug], -s.position.exposure.rank, s.position.slug))
    )
    return ReadDocument(platform, document, state, versions, events, version, text, ordered, note)


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


def summary(document: ReadDocument, taxonomy: Taxonomy) -> Summary | None:
    """A document in a few lines, each with the statement that it rests on; None when it was not read."""
    if document.text is None or not document.is_read:
        return None
    points = sorted(document.statements, key=lambda s: -s.position.exposure.rank)
    lines = tuple(
        SummaryLine(
            f"It {statement.sentence}." if not statement.sentence.endswith(".") else f"It {statement.sentence}",
            statement,
        )
        for statement in points[:_SUMMARY_LINES]
    )
    findings = [statement.finding for statement in document.statements]
    return Summary(
        opening=opening(document.platform, document.document),
        lines=lines,
        key_points=tuple(points),
        key_sentences=key_sentences(document.text, findings, taxonomy),
    )


def _grounded(platform: Platform, document: Document, text: Text, finding: Finding) -> bool:
    """True; raises EditionError where a quote is not a slice of the archived text."""
    for quote in finding.quotes:
        if not quote.text or text.slice(quote.span) != quote.text:
            raise EditionError(
                f"{platform.slug}/{document.slug}: a quote for {finding.provision} is not in the archived text: "
                f"{quote.text[:80]!r}"
            )
    return True


def _statement(
    platform: Platform,
    document: Document,
    version: str,
    taxonomy: Taxonomy,
    text: Text,
    finding: Finding,
    reasons: Mapping[tuple[str, str, Scope], str],
) -> Statement:
    provision: Provision = taxonomy.provision(finding.provision)
    return Statement(
        platform=platform.slug,
        document=document.slug,
        provision=provision,
        position=provision.position(finding.position),
        finding=finding,
        sentence=words(finding, taxonomy),
        values="; ".join(value for _, values in finding.parameters for value in values),
        anchor=passage_anchor(text, finding.quotes[0].span.start),
        overruled=reasons.get((finding.provision, finding.position, finding.scope), ""),
        version=version,
    )

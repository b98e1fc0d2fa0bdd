"""The edition: one immutable view of all that the site shows.

Every number, sentence and list that a page shows is computed once, here or before; a template prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from govdigest.model import (
    Document,
    Event,
    EventKind,
    Exposure,
    Finding,
    Group,
    Platform,
    Position,
    Provision,
    Quote,
    RedlineBlock,
    Scope,
    Site,
    SourceState,
    State,
    Text,
    Version,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A finding in words: what one document states on one provision."""

    platform: str
    document: str
    provision: Provision
    position: Position
    finding: Finding
    sentence: str
    """'keeps personal data for 30 days': follows the document's name or 'It'."""
    values: str
    """The parameters in words, '30 days; 2 years'; empty when there are none."""
    anchor: str
    """Fragment of the first quote in the full text of the version."""
    overruled: str = ""
    """An editor's reason, where a note replaced what was found."""
    version: str = ""
    """The version that its quotes are slices of."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A provision that a document does not answer."""

    provision: Provision
    usual: bool
    """Most documents of this kind in the archive answer it."""
    share: int
    """Per cent of the archive's documents of this kind that answer it."""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A sentence of a summary, and the statement that it rests on."""

    text: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Summary:
    """A document in a few lines."""

    opening: str
    """What it is: kind, nature and audience. Facts of the configuration, not of the text."""
    lines: tuple[SummaryLine, ...]
    """Its two or three most exposing positions."""
    key_points: tuple[Statement, ...]
    """By exposure, highest first."""
    key_sentences: tuple[Quote, ...]
    """Its most important sentences, in document order."""


_ABOUT = {Scope.ALL: "", Scope.CONSUMER: " (consumers)", Scope.BUSINESS: " (businesses)"}
_LINE = 200
"""Characters; two sentences that are longer together are no line of a list."""


@dataclass(frozen=True, slots=True)
class MoveView:
    """A finding that moved, with what it means and what to ask."""

    provision: str
    """Slug; the provision may have left the taxonomy since."""
    name: str
    scope: Scope
    before_words: str
    after_words: str
    before_quotes: tuple[str, ...]
    after_quotes: tuple[str, ...]
    exposure_before: Exposure | None
    exposure_after: Exposure | None
    why: str = ""
    ask: str = ""
    short: str = ""
    """The move in a few words, where it was announced with some: 'now also business partners'."""

    @property
    def subject(self) -> str:
        """The question, and whom the move is about: as headlines and reasons begin."""
        return self.name + _ABOUT[self.scope]

    @property
    def brief(self) -> str:
        """What a line of a list says instead of both sentences, where these are long; else empty."""
        return self.short if len(self.before_words) + len(self.after_words) > _LINE else ""


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with the names that pages print beside it."""

    event: Event
    platform: Platform
    document: Document
    url: str
    """Site path, without a leading slash, of the page that tells about it."""
    moves: tuple[MoveView, ...]
    compare: Callable[[], tuple[RedlineBlock, ...]] = field(compare=False, repr=False)
    counts: Mapping[str, int]
    """added, removed, reworded, moved, findings."""
    also: tuple[tuple[Platform, Document], ...] = ()
    """Other documents that the same news is about."""
    corrected_by: Event | None = None

    @property
    def subject(self) -> str:
        """Platform and document by the names that they had when it was announced."""
        return self.event.subject or f"{self.platform.name}, {self.document.name}"

    @property
    def lines(self) -> tuple[MoveView, ...]:
        """The moves that its headline does not tell already: of a change in what is stated, it tells the first."""
        told = self.event.kind is EventKind.MATERIAL and bool(self.moves and self.moves[0].short)
        return self.moves[1:] if told else self.moves

    def about(self, provision: str) -> tuple[MoveView, ...]:
        """The moves on a provision that its headline does not tell already; all of its lines where none is named."""
        return tuple(move for move in self.lines if move.provision == provision) if provision else self.lines

    @property
    def is_ahead(self) -> bool:
        """Whether its day of effect lay ahead when it was announced."""
        return self.event.effective is not None and self.event.effective > self.event.announced.date()

    @property
    def redline(self) -> tuple[RedlineBlock, ...]:
        """The change in blocks; empty where there is none. Compared when a page that shows it is made."""
        return self.compare()


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version; its text is loaded when a page that shows it is made, and only then."""

    version: Version
    url: str
    is_current: bool
    load: Callable[[], Text] = field(compare=False, repr=False)
    event: Event | None
    """What announced it."""
    statements: tuple[Statement, ...] = ()
    """What it states: of the current version alone."""

    @property
    def text(self) -> Text:
        """The version's text, cut into passages."""
        return self.load()


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source at its last check, for the status page."""

    platform: Platform
    document: Document
    url: str
    state: SourceState
    verdict: str
    reason: str
    """Plain words: why there is no text, or why one is held back."""
    needs_maintainer: bool


@dataclass(frozen=True, slots=True)
class Dates:
    """Three dates that must never be confused, and the two of our own checks."""

    announced: datetime | None
    """When we announced the last change."""
    updated: date | None
    """'Last updated', as the document states it."""
    effective: date | None
    later: bool
    """Whether the site shows these dates since, and the archived text others: the words did not change."""
    checked: datetime | None
    verified: datetime | None


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's note to a document."""

    html: str
    version: str
    """The version that it was written for."""
    stale: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All that the pages of one document show."""

    platform: Platform
    document: Document
    url: str
    state: State
    current: VersionView | None
    versions: tuple[VersionView, ...]
    """Newest first."""
    statements: tuple[Statement, ...]
    silences: tuple[Silence, ...]
    summary: Summary | None
    events: tuple[EventView, ...]
    """Newest first."""
    dates: Dates
    status: str
    """'current', 'unreadable', 'gone', 'never-read', 'other-language' or 'retired'."""
    status_words: str
    """The same in a sentence, with the reason."""
    variants: bool
    """The site serves more than one text of this document."""
    shared_with: tuple[tuple[Platform, Document], ...]
    """Documents whose current text is the same."""
    note: Note | None = None

    @property
    def is_read(self) -> bool:
        """Whether its current text was read: only then is what it leaves out silence."""
        return self.summary is not None


@dataclass(frozen=True, slots=True)
class PlatformView:
    """All that a platform's page shows."""

    platform: Platform
    url: str
    sector_name: str
    documents: tuple[DocumentView, ...]
    events: tuple[EventView, ...]
    facts: tuple[Row, ...]
    """The provisions that most readers ask about."""
    exposure: Mapping[str, int]
    """How many positions of each exposure its documents state: high, medium, low."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A platform's answer to a provision: each position with the documents that state it."""

    platform: Platform
    statements: tuple[Statement, ...]
    """By exposure, highest first; empty is silence, where documents were read."""
    read: int
    """Documents of the platform that were read."""
    known: int
    """Its documents in all."""
    exposure: Exposure | None


@dataclass(frozen=True, slots=True)
class Row:
    """A provision and a platform's cell: quick facts and matrices."""

    provision: Provision
    cell: Cell


@dataclass(frozen=True, slots=True)
class Adoption:
    """How many documents of an audience state a position, of how many that were read."""

    position: Position
    audience: str
    documents: int
    platforms: int
    of_documents: int
    of_platforms: int


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """All that a provision's page shows."""

    provision: Provision
    group: Group
    url: str
    html: str
    """The body, rendered."""
    cells: tuple[Cell, ...]
    """Answering platforms by exposure, then the silent ones, each by name."""
    adoption: tuple[Adoption, ...]
    answered: int
    read: int
    events: tuple[EventView, ...]
    """Changes that moved this provision, newest first."""


@dataclass(frozen=True, slots=True)
class SectorView:
    """A sector's platforms side by side."""

    slug: str
    name: str
    url: str
    platforms: tuple[PlatformView, ...]
    matrix: tuple[tuple[Provision, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """One closed ISO week (UTC)."""

    week: str
    """``2026-W05``."""
    start: date
    end: date
    """The Sunday."""
    url: str
    headline: str
    introduction: str
    """HTML of ``content/digests/<week>.md``."""
    moved: tuple[EventView, ...]
    material: tuple[EventView, ...]
    ahead: tuple[EventView, ...]
    lifecycle: tuple[EventView, ...]
    """New, gone, back, reverted."""
    editorial: tuple[EventView, ...]
    corrections: tuple[EventView, ...]
    unreadable: tuple[EventView, ...]
    anchors: tuple[tuple[str, str, str], ...]
    """(platform/document, version id, SHA-256 of its file): the newest at the week's end."""

    @property
    def quiet(self) -> bool:
        """Nothing was announced in this week."""
        return not (
            self.moved
            or self.material
            or self.ahead
            or self.lifecycle
            or self.editorial
            or self.corrections
            or self.unreadable
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers that the site shows; each is computed here and nowhere else."""

    platforms: int
    documents: int
    documents_read: int
    versions: int
    provisions: int
    statements: int
    quotes: int
    events: int
    material: int
    editorial: int
    pending: int
    unreadable: int
    words: int


@dataclass(frozen=True, slots=True)
class ContentPage:
    """A page of ``content/pages``."""

    slug: str
    title: str
    html: str
    description: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that the site shows."""

    site: Site
    now: datetime
    """The newest check in the archive: the only 'now' that a build knows."""
    platforms: tuple[PlatformView, ...]
    sectors: tuple[SectorView, ...]
    groups: tuple[Group, ...]
    provisions: tuple[ProvisionView, ...]
    events: tuple[EventView, ...]
    """Newest first; one for each piece of news."""
    upcoming: tuple[EventView, ...]
    """Announced, and not yet in force."""
    digests: tuple[Digest, ...]
    """Newest first."""
    statuses: tuple[SourceStatus, ...]
    counts: Counts
    pages: tuple[ContentPage, ...]
    quality: Mapping[str, object]
    """Measured figures of ``content/quality.yaml``."""
    taxonomy: str
    """Hash."""

"""The nouns of govdigest: frozen, typed, and with no behaviour but their own invariants.

Every room takes and returns these. Offsets are code points into ``Text.markdown``; instants are aware
datetimes in UTC; days are dates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from types import MappingProxyType

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 64
STAMP = "%Y-%m-%dT%H%M%SZ"


class Kind(StrEnum):
    """What sort of document it is."""

    TERMS = "terms"
    PRIVACY = "privacy"
    DPA = "dpa"
    ACCEPTABLE_USE = "acceptable-use"
    COMMERCIAL = "commercial"
    DEVELOPER = "developer"
    COMMUNITY = "community"
    COOKIES = "cookies"
    OTHER = "other"


class Audience(StrEnum):
    """Whom a document addresses."""

    CONSUMER = "consumer"
    BUSINESS = "business"
    DEVELOPER = "developer"
    EVERYONE = "everyone"


class Nature(StrEnum):
    """What force a document claims: a commitments page is no contract."""

    CONTRACT = "contract"
    NOTICE = "notice"
    COMMITMENT = "commitment"
    GUIDELINE = "guideline"


class Exposure(StrEnum):
    """How far a position limits or exposes the user."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        """0 for low, 2 for high."""
        return ("low", "medium", "high").index(self.value)


class Scope(StrEnum):
    """For whom a position holds within one document."""

    ALL = "all"
    CONSUMER = "consumer"
    BUSINESS = "business"


class Basis(StrEnum):
    """``explicit``: one passage says so; ``inferred``: combined, or by a weaker pattern."""

    EXPLICIT = "explicit"
    INFERRED = "inferred"


class VerdictKind(StrEnum):
    """What a new text is, against the known ones."""

    FIRST = "first"
    UNCHANGED = "unchanged"
    COSMETIC = "cosmetic"
    VARIANT = "variant"
    BROKEN = "broken"
    PENDING = "pending"
    EDITORIAL = "editorial"
    MATERIAL = "material"
    RE_EXTRACTION = "re-extraction"


class EventKind(StrEnum):
    """Something dated that a reader may want to know."""

    FIRST = "first"
    MATERIAL = "material"
    EDITORIAL = "editorial"
    REVERTED = "reverted"
    GONE = "gone"
    BACK = "back"
    UNREADABLE = "unreadable"
    EFFECTIVE = "effective"
    CORRECTION = "correction"


class FailureClass(StrEnum):
    """Why there is no text of a source."""

    BLOCKED = "blocked"
    NOT_FOUND = "not-found"
    GONE = "gone"
    MOVED = "moved"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    ROBOTS = "robots"
    TLS = "tls"
    DNS = "dns"
    CONNECTION = "connection"
    RATE_LIMITED = "rate-limited"
    SERVER_ERROR = "server-error"
    CLIENT_ERROR = "client-error"
    REDIRECT_LOOP = "redirect-loop"
    UNSAFE_ADDRESS = "unsafe-address"
    NOT_A_DOCUMENT = "not-a-document"
    NEEDS_BROWSER = "needs-browser"
    SELECTOR = "selector"
    ENCRYPTED = "encrypted"
    IMAGE_ONLY = "image-only"
    UNREADABLE_BYTES = "unreadable-bytes"


# --------------------------------------------------------------------------- configuration


@dataclass(frozen=True, slots=True)
class Source:
    """One URL of a document, and how to cut the document out of its page."""

    url: str
    select: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    start: str | None = None
    """``from``: the heading at which the document begins."""
    end: str | None = None
    """``to``: the heading before which it ends."""
    render: bool = False
    language: str = "en"
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One policy of a platform. Sources make one document in their order."""

    slug: str
    name: str
    kind: Kind
    audience: Audience
    nature: Nature
    sources: tuple[Source, ...]
    language: str = "en"

    def __post_init__(self) -> None:
        require_slug(self.slug)
        if not self.sources:
            raise ValueError(f"document {self.slug} has no source")


@dataclass(frozen=True, slots=True)
class Platform:
    """Whose policies they are. A retired platform keeps its pages and is pulled no more."""

    slug: str
    name: str
    sector: str
    homepage: str
    documents: tuple[Document, ...]
    retired: date | None = None

    def __post_init__(self) -> None:
        require_slug(self.slug)


@dataclass(frozen=True, slots=True)
class Site:
    """What the site is called and where it lives."""

    title: str
    base_url: str
    id_authority: str
    """``DOMAIN,YYYY[-MM[-DD]]``: the authority of RFC 4151 tag URIs; it survives a move of the site."""
    contact: str
    feedback_url: str
    description: str = ""
    repository: str = ""
    sectors: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Sector slug to the name that readers see, in the order of the configuration."""


@dataclass(frozen=True, slots=True)
class PullSettings:
    """How the network is used. Seconds and bytes."""

    pace: float = 2.0
    """Least seconds between two requests to one host."""
    timeout: float = 30.0
    """Seconds that one request may take in all."""
    max_bytes: int = 20_000_000
    """Largest body, after decompression."""
    retries: int = 2
    max_wait: float = 120.0
    """Longest ``Retry-After`` or crawl delay that a run waits for; more, and the source fails."""
    concurrency: int = 16
    gateway: str | None = None
    browser: str | None = None
    """Path of the Chromium to drive; found on the PATH when not given."""


@dataclass(frozen=True, slots=True)
class JudgeSettings:
    """When an odd capture or a returning text is believed."""

    confirm_after_hours: float = 20.0
    revert_captures: int = 3
    revert_days: float = 3.0
    gone_after_hours: float = 20.0
    """A 404 or 410 seen twice, this far apart, is a document gone."""
    unreadable_after_hours: float = 72.0
    """A document that could not be read for so long is announced as unreadable."""


@dataclass(frozen=True, slots=True)
class Config:
    """A whole, valid ``platforms.yaml``."""

    site: Site
    platforms: tuple[Platform, ...]
    pull: PullSettings = PullSettings()
    judge: JudgeSettings = JudgeSettings()


# --------------------------------------------------------------------------- fetching


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site gave to ask 'has it changed?' with (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """What one fetch brought."""

    url: str
    final_url: str
    status: int
    media_type: str
    body: bytes
    instant: datetime
    sha256: str
    validators: Validators = Validators()
    rendered: bool = False
    moved: bool = False
    """Reached through a permanent redirect (301, 308)."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The site says that the accepted capture still stands (304)."""

    url: str
    instant: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a source gave no capture: operational, so data and not an exception."""

    url: str
    reason: FailureClass
    detail: str
    """One line for the status page; size-limited, no control characters."""
    instant: datetime
    status: int | None = None


Fetched = Capture | NotModified | Failure


# --------------------------------------------------------------------------- texts


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in a text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


class PassageKind(StrEnum):
    """What a passage is in the structure of the text."""

    SENTENCE = "sentence"
    ITEM = "item"
    ROW = "row"
    LEAD_IN = "lead-in"
    HEADER = "header"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest quotable unit: a contiguous slice of the text."""

    span: Span
    kind: PassageKind
    block: int
    """Number of the paragraph, list item, row or heading that it stands in."""
    headings: tuple[str, ...] = ()
    """Plain text of the headings above it, outermost first."""
    context: tuple[Span, ...] = ()
    """Slices needed to understand it: a list's lead-in (outermost first), a table's header."""


class DateKind(StrEnum):
    """What a date that a document states is about."""

    EFFECTIVE = "effective"
    UPDATED = "updated"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date that the document itself gives for itself, and where. No span: from the page's metadata."""

    kind: DateKind
    day: date
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PageSignals:
    """What the page was beside its text; what tells a document from an error page."""

    title: str = ""
    password_form: bool = False
    scripts: int = 0
    words: int = 0
    """Words on the whole page, chrome too."""
    link_words: int = 0
    """Words of the kept text that stand in links."""
    noscript: str = ""
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A document as CommonMark with pipe tables, and its passages in order."""

    markdown: str
    passages: tuple[Passage, ...]
    title: str = ""
    language: str = ""
    """ISO 639-1 code that the words themselves show; empty when there are too few to tell."""
    dates: tuple[StatedDate, ...] = ()
    coverage: float = 1.0
    """Share of the page's visible words outside its chrome that were kept, 0 to 1."""
    page: PageSignals | None = None

    def slice(self, span: Span) -> str:
        """The characters of ``span``, verbatim."""
        return self.markdown[span.start : span.end]


# --------------------------------------------------------------------------- findings


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage, or a contiguous part of one, verbatim."""

    text: str
    span: Span


Parameters = tuple[tuple[str, tuple[str, ...]], ...]
"""Parameter name to values as written, both in a fixed order."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A position that a version states on a provision."""

    provision: str
    position: str
    quotes: tuple[Quote, ...]
    scope: Scope = Scope.ALL
    parameters: Parameters = ()
    basis: Basis = Basis.EXPLICIT

    def __post_init__(self) -> None:
        if not 1 <= len(self.quotes) <= 4:
            raise ValueError(f"{self.provision}: {len(self.quotes)} quotes; a finding has 1 to 4")


@dataclass(frozen=True, slots=True)
class FindingMove:
    """A provision on which two versions differ, in the words that were published then."""

    provision: str
    name: str
    """The provision's name, as it was when the event was announced."""
    scope: Scope
    before: tuple[Finding, ...]
    after: tuple[Finding, ...]
    before_words: str
    """The plain sentence that stated it before ('the document does not say' for silence)."""
    after_words: str


# --------------------------------------------------------------------------- taxonomy


@dataclass(frozen=True, slots=True)
class Group:
    """A family of provisions, in the order in which pages show them."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Position:
    """One answer to a provision's question."""

    slug: str
    name: str
    """A few words for a table cell: 'Trains, with an opt-out'."""
    exposure: Exposure
    sentence: str
    """The plain sentence that states it after the document's name: 'keeps personal data for {periods}'."""
    sentence_without: str
    """The same where no parameter was found."""
    why: str
    ask: str
    """The question to put to the vendor."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typed value that may be read off the passage of a position."""

    slug: str
    name: str
    type: str
    """duration, amount, jurisdiction, age, place or list."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Of a list: what readers see of a value whose slug is no word, such as an abbreviation."""


@dataclass(frozen=True, slots=True)
class Provision:
    """A question that is asked of every document, with a closed set of positions."""

    slug: str
    group: str
    name: str
    question: str
    positions: tuple[Position, ...]
    parameters: tuple[Parameter, ...]
    body: str
    """Markdown for readers."""
    find: Mapping[str, object]
    """How to find it: the raw, validated data that ``positions`` compiles."""
    path: str
    """The file it came from, for messages."""
    measured: bool = True
    """Whether labelled data covers it."""
    salience: float = 1.0
    """How much its answer matters to a reader, against other provisions': what key sentences are chosen by."""

    def position(self, slug: str) -> Position:
        """The position called ``slug``; raises KeyError when there is none."""
        for position in self.positions:
            if position.slug == slug:
                return position
        raise KeyError(f"{self.slug} has no position {slug}")


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All that is asked, in page order, with one hash over everything that can move a finding."""

    groups: tuple[Group, ...]
    provisions: tuple[Provision, ...]
    vocabulary: Mapping[str, tuple[str, ...]]
    hash: str

    def provision(self, slug: str) -> Provision:
        """The provision called ``slug``; raises KeyError when there is none."""
        for provision in self.provisions:
            if provision.slug == slug:
                return provision
        raise KeyError(slug)


# --------------------------------------------------------------------------- changes


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage of the earlier text and its counterpart in the later one."""

    before: Span
    after: Span


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two texts. Spans of ``removed`` are in the earlier, of ``added`` in the later."""

    added: tuple[Span, ...] = ()
    removed: tuple[Span, ...] = ()
    reworded: tuple[Pair, ...] = ()
    moved: tuple[Pair, ...] = ()
    moves: tuple[FindingMove, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words in a redline: ``equal``, ``removed`` or ``added``."""

    op: str
    text: str


@dataclass(frozen=True, slots=True)
class RedlineBlock:
    """A passage of a redline: ``added``, ``removed``, ``reworded`` or ``moved``, with equal neighbours as context."""

    op: str
    heading: str
    """Plain text of the nearest heading."""
    before: str
    after: str
    segments: tuple[Segment, ...]
    context_before: str = ""
    context_after: str = ""
    anchor_before: str = ""
    anchor_after: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a new text is, with reasons in words that a reader understands."""

    kind: VerdictKind
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownText:
    """A text of the document that was seen before, by the hash of its normal form."""

    normal_hash: str
    version: str | None
    """The version that holds it; None for a variant that was never accepted."""
    first_seen: datetime
    language: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """A plausible but odd text that waits for a second capture."""

    normal_hash: str
    since: datetime
    reasons: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()
    """The smallest hashes of its sentences: a capture that is nearly the same confirms it."""


@dataclass(frozen=True, slots=True)
class Returning:
    """A known earlier text that is being served again, and since when."""

    normal_hash: str
    since: datetime
    captures: int


@dataclass(frozen=True, slots=True)
class Memory:
    """What the judge remembers of a document between pulls."""

    known: tuple[KnownText, ...] = ()
    pending: Pending | None = None
    returning: Returning | None = None
    variants: int = 0
    """How many captures were a variant."""
    last_variant: datetime | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge decides of a new text."""

    verdict: Verdict
    memory: Memory
    change: Change | None = None
    accept: bool = False
    """The text becomes a new version."""
    returns_to: str | None = None
    """The earlier version that is in force again."""
    event: EventKind | None = None
    """What is announced; None when there is no news."""
    headline: str = ""
    """One line that says what changed, for feeds and lists."""
    effective: date | None = None
    """The day that the new text says it takes effect."""


# --------------------------------------------------------------------------- archive


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """Where one source's part of a version came from."""

    url: str
    final_url: str
    sha256: str
    media_type: str
    span: Span
    """The source's slice of the text."""
    coverage: float = 1.0
    rendered: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """An accepted text, with provenance. The text itself stays in the archive until asked for."""

    platform: str
    document: str
    id: str
    """The instant of first sight as ``YYYY-MM-DDTHHMMSSZ``: the file's stem."""
    first_seen: datetime
    sources: tuple[SourceRecord, ...]
    text_hash: str
    extractor: str
    settings_hash: str
    dates: tuple[StatedDate, ...]
    previous: str | None
    """SHA-256 of the previous version's file: the chain that a feed anchors."""
    file_hash: str
    title: str = ""
    language: str = "en"
    verdict: VerdictKind = VerdictKind.FIRST


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated, announced once and never edited."""

    id: str
    kind: EventKind
    platform: str
    document: str
    announced: datetime
    headline: str
    reasons: tuple[str, ...] = ()
    first_seen: datetime | None = None
    updated: date | None = None
    effective: date | None = None
    before: str | None = None
    """Version id."""
    after: str | None = None
    change: Change | None = None
    taxonomy: str = ""
    """Hash of the taxonomy that both texts were read with."""
    text_hash: str = ""
    """Two documents that share a text share this: one piece of news."""
    corrects: str | None = None
    subject: str = ""
    """'Lumen Docs, Privacy Notice': platform and document as they were named when it was announced."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """How one source stood at its last check."""

    url: str
    checked: datetime | None = None
    verified: datetime | None = None
    """When the site last gave, or confirmed, the accepted text."""
    validators: Validators = Validators()
    sha256: str = ""
    final_url: str = ""
    failing_since: datetime | None = None
    failure: FailureClass | None = None
    detail: str = ""
    failures: int = 0
    """Failed checks in a row."""


@dataclass(frozen=True, slots=True)
class State:
    """How one document stood at its last check."""

    checked: datetime | None = None
    verified: datetime | None = None
    current: str | None = None
    sources: tuple[SourceState, ...] = ()
    memory: Memory = Memory()
    verdict: Verdict | None = None
    dates: tuple[StatedDate, ...] = ()
    extractor: str = ""
    settings_hash: str = ""
    gone_since: datetime | None = None
    """First 404 or 410 of an unbroken row."""
    announced_gone: bool = False
    announced_unreadable: bool = False


# --------------------------------------------------------------------------- helpers of the nouns


def require_slug(slug: str) -> None:
    """Raise ValueError unless ``slug`` is lower-case words joined by single hyphens, 64 characters at most."""
    if len(slug) > SLUG_LENGTH or not SLUG.fullmatch(slug):
        raise ValueError(f"not a slug: {slug[:80]!r}")


def stamp(instant: datetime) -> str:
    """``instant`` as the archive writes it in file names: ``2026-01-05T000000Z``."""
    return instant.astimezone(UTC).strftime(STAMP)


def instant_of(text: str) -> datetime:
    """The instant that ``stamp`` wrote; raises ValueError for anything else."""
    return datetime.strptime(text, STAMP).replace(tzinfo=UTC)

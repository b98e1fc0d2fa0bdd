"""What several pages show: statements with links to their evidence, references to documents, lists of events."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from govdigest.edition.nouns import DocumentView, Edition, EventView, Statement
from govdigest.model import Basis, Site
from govdigest.publish.frame import base_of, report_link
from govdigest.publish.words import KINDS, shorten, shown


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document as other pages name it."""

    platform: str
    platform_name: str
    slug: str
    name: str
    kind: str
    audience: str
    url: str
    """Site path of its page."""
    text_url: str
    """Site path of its current full text; empty when there is none."""
    version: str | None
    """Id of its current version."""


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote as a reader sees it, and where it stands in the full text."""

    words: str
    url: str
    """Site path with the passage's fragment; empty where the text is not shown."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Quotes, the long ones folded, with some words always in sight."""

    shown: tuple[QuoteView, ...]
    opening: str
    """How the first of the folded quotes begins, where all of them are long; else empty."""
    folded: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement, its document and its evidence."""

    statement: Statement
    document: DocumentRef
    anchor: str
    """Its fragment on the document's page."""
    quotes: tuple[QuoteView, ...]
    evidence: Evidence
    """The same quotes, as a page shows them that has room for few."""
    report: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The same position and scope, as one document after the other states them: shown once, with all quotes."""

    views: tuple[StatementView, ...]
    """One for each document."""
    values: str
    """The parameters, where all state the same ones."""
    differ: bool
    """Whether each has parameters of its own."""
    inferred: bool
    """Whether no document says so in one passage."""


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Events under one heading."""

    name: str
    events: tuple[EventView, ...]
    first: tuple[EventView, ...]
    """First versions, which are no news to most."""


NOT_READ = "The text is kept and compared. What it states is not read, as only English is."
"""Of a document that has a text, and was not read."""
FOLD = 260
"""Characters; longer evidence is folded."""
_OPENING = 150
_TELLING = 30
"""Characters; a shorter quote is a lead-in, or a few words of a list, and no evidence by itself."""


def reference(view: DocumentView) -> DocumentRef:
    """``view`` as other pages name it."""
    current = view.current
    return DocumentRef(
        platform=view.platform.slug,
        platform_name=view.platform.name,
        slug=view.document.slug,
        name=view.document.name,
        kind=view.document.kind.value,
        audience=view.document.audience.value,
        url=view.url,
        text_url=current.url if current is not None else "",
        version=current.version.id if current is not None else None,
    )


def references(edition: Edition) -> Mapping[tuple[str, str], DocumentRef]:
    """Every document by platform and slug."""
    return {
        (view.platform.slug, view.document.slug): reference(view)
        for platform in edition.platforms
        for view in platform.documents
    }


def fragment(statement: Statement) -> str:
    """The statement's fragment on its document's page."""
    scope = statement.finding.scope.value
    tail = "" if scope == "all" else f"-{scope}"
    return f"{statement.provision.slug}-{statement.position.slug}{tail}"


def view_of(
    statement: Statement, document: DocumentRef, starts: Sequence[int] = (), *, report: str = "", quoted: bool = True
) -> StatementView:
    """``statement`` with links.

    ``starts``: where the passages of the current text begin, for its further quotes; ``report``: what
    ``report_of`` gave for the document; ``quoted``: False for a page that names answers and links their quotes.
    """
    quotes = []
    for number, quote in enumerate(statement.finding.quotes if quoted else ()):
        anchor = statement.anchor
        if number:
            index = bisect_right(starts, quote.span.start) - 1
            anchor = f"p-{starts[index]}" if index >= 0 else ""
        url = document.text_url and (f"{document.text_url}#{anchor}" if anchor else document.text_url)
        quotes.append(QuoteView(shown(quote.text), url))
    anchor = fragment(statement)
    return StatementView(
        statement=statement,
        document=document,
        anchor=anchor,
        quotes=tuple(quotes),
        evidence=evidence(tuple(quotes)),
        report=report.replace(_HERE, anchor),
    )


def evidence(quotes: tuple[QuoteView, ...]) -> Evidence:
    """``quotes`` with the long ones folded: the first short one stays in sight, or how the first one begins."""
    if sum([len(one.words) for one in quotes]) <= FOLD:
        return Evidence(quotes, "", ())
    for number, one in enumerate(quotes):
        if _TELLING <= len(one.words) <= FOLD:
            return Evidence((one,), "", quotes[:number] + quotes[number + 1 :])
    return Evidence((), shorten(quotes[0].words, _OPENING), quotes)


def answers(views: Iterable[StatementView]) -> tuple[Answer, ...]:
    """``views`` by what they state, in the order in which each answer is first given."""
    groups: dict[tuple[str, str], list[StatementView]] = {}
    for one in views:
        said = one.statement
        groups.setdefault((said.position.slug, said.finding.scope.value), []).append(one)
    return tuple(map(_answer, groups.values()))


def _answer(views: Sequence[StatementView]) -> Answer:
    values = views[0].statement.values
    differ = any(one.statement.values != values for one in views)
    inferred = all(one.statement.finding.basis is Basis.INFERRED for one in views)
    return Answer(tuple(views), "" if differ else values, differ, inferred)


_HERE = "THIS-FINDING"


def report_of(document: DocumentRef, site: Site) -> str:
    """A link that reports an error in a finding of ``document``: made once, for each finding to fill in."""
    about = f"{document.platform}/{document.slug}/{_HERE} ({document.version})"
    return report_link(site, about, f"{base_of(site)}{document.url}#{_HERE}")


def named(document: DocumentRef) -> str:
    """``Acme: Privacy policy``."""
    return f"{document.platform_name}: {document.name}" if document.name else KINDS[document.kind]


def thing_dates(view: DocumentView) -> dict[str, object]:
    """schema.org's dates of a document, where they are known."""
    dates: dict[str, object] = {}
    if view.versions:
        dates["datePublished"] = view.versions[-1].version.first_seen.date().isoformat()
    if view.dates.announced is not None:
        dates["dateModified"] = view.dates.announced.date().isoformat()
    return dates

"""A provision's page: the comparison table, adoption in true counts, and its data files; and the list of provisions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govdigest.edition.nouns import Edition, EventView, ProvisionView, Statement
from govdigest.model import Group, Position, Provision
from govdigest.publish import data
from govdigest.publish.frame import Crumb, FeedLink, Frame, base_of, make_frame
from govdigest.publish.pages.common import Answer, DocumentRef, answers, fragment, references, view_of
from govdigest.publish.press import Files, Output, Press
from govdigest.publish.words import AUDIENCES, KINDS, count, shown

_LATEST = 10
_FORMULA = frozenset("=+-@\t\r")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A platform's line in the comparison table."""

    name: str
    url: str
    sector: str
    sector_name: str
    kinds: str
    """Kinds of the documents that answer, separated by spaces: what the filter looks at."""
    positions: str
    """Positions stated, separated by spaces."""
    answers: tuple[Answer, ...]
    """Each with the documents that give it."""
    read: int
    known: int
    """Its documents in all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a filter."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Share:
    """How many documents of an audience state a position."""

    audience: str
    documents: int
    of_documents: int
    platforms: int
    of_platforms: int


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """A position and its adoption, by audience."""

    position: Position
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Possible:
    """A possible answer, and how many platforms give it."""

    position: Position
    platforms: int


@dataclass(frozen=True, slots=True)
class ProvisionPage:
    """`provision.html`: a question, its answers, and every platform's."""

    view: ProvisionView
    answering: tuple[TableRow, ...]
    silent: tuple[TableRow, ...]
    """Platforms of which documents were read, and do not say."""
    unread: tuple[TableRow, ...]
    """Platforms of which no document was read."""
    positions: tuple[Possible, ...]
    """The possible answers as the table has them: highest exposure first."""
    adoption: tuple[AdoptionRow, ...]
    audiences: tuple[str, ...]
    """Names of the audiences, in the order of each row's shares."""
    sectors: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    events: tuple[EventView, ...]
    more_events: int


@dataclass(frozen=True, slots=True)
class ProvisionLine:
    """A provision in the list."""

    provision: Provision
    url: str
    answered: int
    read: int


@dataclass(frozen=True, slots=True)
class ProvisionGroup:
    """The provisions of a group."""

    group: Group
    provisions: tuple[ProvisionLine, ...]


@dataclass(frozen=True, slots=True)
class ProvisionsPage:
    """`provisions.html`: every question by group."""

    groups: tuple[ProvisionGroup, ...]
    provisions: int


Refs = Mapping[tuple[str, str], DocumentRef]


def _rows(view: ProvisionView, refs: Refs, sectors: Mapping[str, str], press: Press) -> Iterator[TableRow]:
    for cell in view.cells:
        statements = tuple(view_of(one, refs[one.platform, one.document]) for one in cell.statements)
        kinds = dict.fromkeys(one.document.kind for one in statements)
        positions = dict.fromkeys(one.statement.position.slug for one in statements)
        yield TableRow(
            name=cell.platform.name,
            url=f"platforms/{cell.platform.slug}/",
            sector=cell.platform.sector,
            sector_name=sectors.get(cell.platform.sector, cell.platform.sector),
            kinds=" ".join(kinds),
            positions=" ".join(positions),
            answers=answers(statements),
            read=cell.read,
            known=cell.known,
        )


def _ordered(provision: Provision) -> tuple[Position, ...]:
    return tuple(sorted(provision.positions, key=lambda position: -position.exposure.rank))


def _adoption(view: ProvisionView) -> tuple[tuple[str, ...], tuple[AdoptionRow, ...]]:
    audiences = tuple(dict.fromkeys(one.audience for one in view.adoption))
    rows = []
    for position in _ordered(view.provision):
        shares = {one.audience: one for one in view.adoption if one.position.slug == position.slug}
        if shares:
            rows.append(
                AdoptionRow(
                    position,
                    tuple(
                        Share(name, one.documents, one.of_documents, one.platforms, one.of_platforms)
                        for name in audiences
                        for one in [shares[name]]
                    ),
                )
            )
    return tuple(AUDIENCES[name] for name in audiences), tuple(rows)


def provision_page(
    view: ProvisionView, refs: Refs, sectors: Mapping[str, str], press: Press
) -> tuple[Frame, ProvisionPage]:
    """The page of a provision; ``sectors``: names by slug."""
    rows = tuple(_rows(view, refs, sectors, press))
    answering = tuple(row for row in rows if row.answers)
    audiences, adoption = _adoption(view)
    kinds = dict.fromkeys(kind for row in answering for kind in row.kinds.split())
    used = dict.fromkeys(row.sector for row in answering)
    page = ProvisionPage(
        view=view,
        answering=answering,
        silent=tuple(row for row in rows if row.read and not row.answers),
        unread=tuple(row for row in rows if not row.read and not row.answers),
        positions=tuple(
            Possible(
                position, sum(any(s.position.slug == position.slug for s in cell.statements) for cell in view.cells)
            )
            for position in _ordered(view.provision)
        ),
        adoption=adoption,
        audiences=audiences,
        sectors=tuple(Choice(slug, name) for slug, name in sectors.items() if slug in used),
        kinds=tuple(Choice(str(kind), name) for kind, name in KINDS.items() if kind in kinds),
        events=view.events[:_LATEST],
        more_events=max(0, len(view.events) - _LATEST),
    )
    frame = make_frame(
        press.site,
        view.url,
        view.provision.name,
        f"{view.provision.question} {count(len(answering), 'platform')} of {len(rows)} say.",
        crumbs=(Crumb("Provisions", "provisions/"),),
        section="provisions/",
        feed=FeedLink(f"{view.provision.name}: every event", f"{view.url}events"),
        scripts=("filter.js",),
        thing={
            "@type": "Dataset",
            "name": f"{view.provision.name}: positions by platform",
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": "text/csv",
                    "contentUrl": f"{base_of(press.site)}{view.url}table.csv",
                },
                {
                    "@type": "DataDownload",
                    "encodingFormat": "application/json",
                    "contentUrl": f"{base_of(press.site)}{view.url}index.json",
                },
            ],
        },
        search_kind="Provision",
    )
    return frame, page


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180 in UTF-8; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        if not _FORMULA.isdisjoint([cell[:1] for cell in row]):
            row = [f"'{cell}" if cell[:1] in _FORMULA else cell for cell in row]
        writer.writerow(row)
    return buffer.getvalue().encode("utf-8", "replace")


TABLE = (
    "platform",
    "platform_name",
    "sector",
    "document",
    "document_name",
    "kind",
    "audience",
    "provision",
    "scope",
    "position",
    "position_name",
    "exposure",
    "parameters",
    "basis",
    "version",
    "url",
)
"""Columns of every table of statements; a provision's own table has ``quote`` too."""


def table_row(one: Statement, ref: DocumentRef, sector: str, base: str) -> tuple[str, ...]:
    """A statement as a line of a table."""
    return (
        ref.platform,
        ref.platform_name,
        sector,
        ref.slug,
        ref.name,
        ref.kind,
        ref.audience,
        one.provision.slug,
        one.finding.scope.value,
        one.position.slug,
        one.position.name,
        one.position.exposure.value,
        one.values,
        one.finding.basis.value,
        ref.version or "",
        f"{base}{ref.url}#{fragment(one)}",
    )


def provisions_page(groups: tuple[ProvisionGroup, ...], press: Press) -> tuple[Frame, ProvisionsPage]:
    """The list of provisions."""
    number = sum(len(group.provisions) for group in groups)
    frame = make_frame(
        press.site,
        "provisions/",
        "Provisions",
        f"{count(number, 'provision')}: questions that are asked of every document, each with a closed set of answers.",
        section="provisions/",
        feed=FeedLink("Every event", "feeds/events"),
        thing={"@type": "CollectionPage"},
    )
    return frame, ProvisionsPage(groups, number)


def outputs(edition: Edition) -> Iterator[Output]:
    """The pages of provisions."""
    refs = references(edition)
    sectors = {**{view.platform.sector: view.sector_name for view in edition.platforms}}
    ordered = {slug: name for slug, name in edition.site.sectors.items() if slug in sectors} | sectors
    groups = tuple(
        ProvisionGroup(
            group,
            tuple(
                ProvisionLine(view.provision, view.url, view.answered, view.read)
                for view in edition.provisions
                if view.provision.group == group.slug
            ),
        )
        for group in edition.groups
    )
    yield _list(tuple(group for group in groups if group.provisions), edition)
    for view in edition.provisions:
        yield _provision(view, refs, ordered)


def _list(groups: tuple[ProvisionGroup, ...], edition: Edition) -> Output:
    def make(press: Press) -> Files:
        frame, page = provisions_page(groups, press)
        yield "provisions/index.html", press.html("provisions.html", frame, page)
        facts = [data.provision_facts(view) for view in edition.provisions]
        yield "provisions/index.json", data.dump({"provisions": facts})

    facts = tuple(line for group in groups for line in group.provisions)
    files = ("provisions/index.html", "provisions/index.json")
    return Output("provisions/", files, (facts, groups), make, in_sitemap=True)


def _provision(view: ProvisionView, refs: Refs, sectors: Mapping[str, str]) -> Output:
    own = {
        (one.platform, one.document): refs[one.platform, one.document] for cell in view.cells for one in cell.statements
    }

    def make(press: Press) -> Files:
        frame, page = provision_page(view, own, sectors, press)
        yield f"{view.url}index.html", press.html("provision.html", frame, page)
        versions = {key: ref.version for key, ref in own.items()}
        yield f"{view.url}index.json", data.dump(data.provision(view, versions))
        rows = (
            (
                *table_row(one, own[one.platform, one.document], cell.platform.sector, base_of(press.site)),
                " [...] ".join(shown(quote.text) for quote in one.finding.quotes),
            )
            for cell in view.cells
            for one in cell.statements
        )
        yield f"{view.url}table.csv", csv_bytes((*TABLE, "quote"), rows)

    files = (f"{view.url}index.html", f"{view.url}index.json", f"{view.url}table.csv")
    return Output(view.url, files, (view, tuple(own.values()), sectors), make, in_sitemap=True, searched=True)

"""A platform's page, the list of platforms, and each sector's matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from govdigest.edition.nouns import DocumentView, Edition, EventView, PlatformView, SectorView
from govdigest.model import Provision, Site
from govdigest.publish import data
from govdigest.publish.frame import Crumb, FeedLink, Frame, make_frame
from govdigest.publish.pages.common import NOT_READ, Answer, DocumentRef, answers, reference, view_of
from govdigest.publish.press import Files, Output, Press
from govdigest.publish.timeline import Timeline, timeline
from govdigest.publish.words import capital, count

_LATEST = 12
_SIBLINGS = 12
_UNREAD = "not read"
_COULD_NOT = "This document could not be read: "
"""How the status of a document begins that was never read; where several share it, it is told once."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A question, and what the platform's documents state on it."""

    provision: Provision
    answers: tuple[Answer, ...]
    """Each with the documents that give it."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """A platform of a sector, by name."""

    slug: str
    name: str
    url: str
    read: str
    """How much of it was read: `2 of 4 documents read`."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Documents that were not read for the same reason."""

    names: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class PlatformPage:
    """`platform.html`: a platform's documents, quick facts, exposure, year and feeds."""

    view: PlatformView
    facts: tuple[Fact, ...]
    """Of the provisions that most ask about those that its documents answer."""
    silent: tuple[Provision, ...]
    """The others."""
    stated: int
    """How many positions its documents state in all."""
    silence: str
    """What is said of a question on which it has no answer: only what was read can be silent."""
    timeline: Timeline
    events: tuple[EventView, ...]
    """The latest."""
    siblings: tuple[Sibling, ...]
    sector_url: str
    """Site path of the sector's matrix."""
    unread: tuple[Unread, ...]
    """Documents that were not read."""


@dataclass(frozen=True, slots=True)
class PlatformLine:
    """A platform in the list."""

    slug: str
    name: str
    url: str
    sector: str
    documents: int
    read: int
    exposure: Mapping[str, int]
    retired: bool


@dataclass(frozen=True, slots=True)
class SectorLines:
    """A sector's platforms."""

    name: str
    url: str
    platforms: tuple[PlatformLine, ...]


@dataclass(frozen=True, slots=True)
class PlatformsPage:
    """`platforms.html`: every platform by sector."""

    sectors: tuple[SectorLines, ...]
    platforms: int
    documents: int


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A platform's answer in a matrix."""

    platform: str
    answers: tuple[Answer, ...]
    """Each with the documents that give it."""
    named: bool
    """Whether the documents are named: the platform has more than one."""
    silence: str
    """What is said where there is no answer; empty where each document was read and does not say."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A question across a sector's platforms."""

    provision: Provision
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class SectorPage:
    """`sector.html`: a sector's platforms side by side on every provision, made to be read without a script."""

    name: str
    platforms: tuple[Sibling, ...]
    """In the order of each row's cells."""
    rows: tuple[MatrixRow, ...]
    silent: tuple[Provision, ...]
    """Provisions on which no document that was read states anything."""


def _year_before(value: date) -> date:
    return date(value.year - (value.month != 12), value.month % 12 + 1, 1)


def platform_page(
    view: PlatformView, siblings: tuple[Sibling, ...], month: date, press: Press
) -> tuple[Frame, PlatformPage]:
    """The page of a platform; ``month``: the last of the twelve that its timeline shows."""
    documents = {one.document.slug: reference(one) for one in view.documents}
    facts = tuple(
        Fact(
            row.provision,
            answers(view_of(one, documents[one.document]) for one in row.cell.statements),
        )
        for row in view.facts
        if row.cell.statements
    )
    read, known = sum(one.is_read for one in view.documents), len(view.documents)
    page = PlatformPage(
        view=view,
        facts=facts,
        silent=tuple(row.provision for row in view.facts if not row.cell.statements),
        stated=sum(view.exposure.values()),
        silence={"": "Its documents say nothing on:", _UNREAD: "Not read, so nothing is known on:"}.get(
            _silence(read, known), "Those of its documents that were read say nothing on:"
        ),
        timeline=timeline(view.events, _year_before(month), month),
        events=view.events[:_LATEST],
        siblings=siblings,
        sector_url=f"sectors/{view.platform.sector}/",
        unread=_unread(view),
    )
    frame = make_frame(
        press.site,
        view.url,
        view.platform.name,
        f"What {count(known, 'document')} of {view.platform.name} "
        f"{'states, and how it changes' if known == 1 else 'state, and how they change'}"
        f"{'.' if read == known else f'; {read} could be read.'}",
        crumbs=(Crumb("Platforms", "platforms/"),),
        section="platforms/",
        feed=FeedLink(f"{view.platform.name}: weekly digest", f"{view.url}weekly"),
        og_type="profile",
        thing={"about": {"@type": "Organization", "name": view.platform.name, "url": view.platform.homepage}},
        search_kind="Platform",
    )
    return frame, page


def _unread(view: PlatformView) -> tuple[Unread, ...]:
    reasons: dict[str, list[str]] = {}
    for one in view.documents:
        if not one.is_read:
            reason = capital(one.status_words.removeprefix(_COULD_NOT)) if one.current is None else NOT_READ
            reasons.setdefault(reason, []).append(one.document.name)
    return tuple(Unread("; ".join(names), len(names), reason) for reason, names in reasons.items())


def _documents(read: int, known: int) -> str:
    """'4 documents', or '3 of 4 documents' where not all were read."""
    return count(known, "document") if read == known else f"{read} of {count(known, 'document')}"


def _silence(read: int, known: int) -> str:
    """What is said where no document that was read gives an answer; empty where all of them were read."""
    if not read:
        return _UNREAD
    return "" if read == known else "not in those read"


def _line(view: PlatformView) -> PlatformLine:
    return PlatformLine(
        slug=view.platform.slug,
        name=view.platform.name,
        url=view.url,
        sector=view.platform.sector,
        documents=len(view.documents),
        read=sum(one.is_read for one in view.documents),
        exposure=view.exposure,
        retired=view.platform.retired is not None,
    )


def platforms_page(sectors: tuple[SectorLines, ...], press: Press) -> tuple[Frame, PlatformsPage]:
    """The list of platforms."""
    lines = [line for sector in sectors for line in sector.platforms]
    documents = sum(line.documents for line in lines)
    frame = make_frame(
        press.site,
        "platforms/",
        "Platforms",
        f"{count(len(lines), 'platform')} and {count(documents, 'document')}, by sector.",
        section="platforms/",
        feed=FeedLink("Weekly digest", "feeds/weekly"),
        thing={"@type": "CollectionPage"},
    )
    return frame, PlatformsPage(sectors, len(lines), documents)


def sector_page(
    sector: SectorView, documents: Mapping[tuple[str, str], DocumentRef], press: Press
) -> tuple[Frame, SectorPage]:
    """The matrix of a sector."""
    rows, silent = [], []
    for provision, cells in sector.matrix:
        if not any(cell.statements for cell in cells):
            silent.append(provision)
            continue
        rows.append(
            MatrixRow(
                provision,
                tuple(
                    MatrixCell(
                        cell.platform.name,
                        answers(
                            view_of(one, documents[one.platform, one.document], quoted=False) for one in cell.statements
                        ),
                        cell.known > 1,
                        _silence(cell.read, cell.known),
                    )
                    for cell in cells
                ),
            )
        )
    every = [one for view in sector.platforms for one in view.documents]
    read, known = sum(one.is_read for one in every), len(every)
    frame = make_frame(
        press.site,
        sector.url,
        f"{sector.name}: side by side",
        f"What {_documents(read, known)} of {count(len(sector.platforms), 'platform')} state "
        f"on {count(len(sector.matrix), 'provision')}.",
        crumbs=(Crumb("Compare", "compare/"),),
        section="compare/",
        feed=FeedLink("Every event", "feeds/events"),
        thing={"@type": "CollectionPage"},
    )
    return frame, SectorPage(sector.name, _siblings(sector), tuple(rows), tuple(silent))


def outputs(edition: Edition) -> Iterator[Output]:
    """The pages of platforms and sectors."""
    month = edition.now.date().replace(day=1)
    by_sector: dict[str, list[Sibling]] = {}
    for view in edition.platforms:
        by_sector.setdefault(view.platform.sector, []).append(_sibling(view))
    for view in edition.platforms:
        others = tuple(one for one in by_sector[view.platform.sector] if one.slug != view.platform.slug)
        yield _platform(view, others[:_SIBLINGS], month)
    sectors = tuple(
        SectorLines(one.name, one.url, tuple(_line(view) for view in one.platforms)) for one in edition.sectors
    )
    yield _platforms(sectors, edition.site)
    for sector in edition.sectors:
        yield _sector(sector)


def _platform(view: PlatformView, siblings: tuple[Sibling, ...], month: date) -> Output:
    def make(press: Press) -> Files:
        frame, page = platform_page(view, siblings, month, press)
        yield f"{view.url}index.html", press.html("platform.html", frame, page)
        yield f"{view.url}index.json", data.dump(data.platform(view, versions_of(view.documents)))

    files = (f"{view.url}index.html", f"{view.url}index.json")
    return Output(view.url, files, (view, siblings, month), make, in_sitemap=True, searched=True)


def versions_of(documents: tuple[DocumentView, ...]) -> dict[tuple[str, str], str | None]:
    """The current version of each document."""
    return {
        (one.platform.slug, one.document.slug): one.current.version.id if one.current else None for one in documents
    }


def _platforms(sectors: tuple[SectorLines, ...], site: Site) -> Output:
    def make(press: Press) -> Files:
        frame, page = platforms_page(sectors, press)
        yield "platforms/index.html", press.html("platforms.html", frame, page)
        yield (
            "platforms/index.json",
            data.dump(
                {
                    "platforms": [
                        {
                            "platform": line.slug,
                            "platform_name": line.name,
                            "url": line.url,
                            "sector": line.sector,
                            "documents": line.documents,
                            "read": line.read,
                            "exposure": dict(line.exposure),
                            "retired": line.retired,
                        }
                        for sector in sectors
                        for line in sector.platforms
                    ]
                }
            ),
        )

    files = ("platforms/index.html", "platforms/index.json")
    return Output("platforms/", files, (sectors,), make, in_sitemap=True)


def _sibling(view: PlatformView) -> Sibling:
    read, known = sum(one.is_read for one in view.documents), len(view.documents)
    return Sibling(view.platform.slug, view.platform.name, view.url, f"{_documents(read, known)} read")


def _siblings(sector: SectorView) -> tuple[Sibling, ...]:
    return tuple(map(_sibling, sector.platforms))


def _sector(sector: SectorView) -> Output:
    documents = {
        (one.platform.slug, one.document.slug): reference(one) for view in sector.platforms for one in view.documents
    }

    def make(press: Press) -> Files:
        frame, page = sector_page(sector, documents, press)
        yield f"{sector.url}index.html", press.html("sector.html", frame, page)
        versions = {key: one.version for key, one in documents.items()}
        yield (
            f"{sector.url}index.json",
            data.dump(
                {
                    "sector": sector.slug,
                    "sector_name": sector.name,
                    "platforms": [view.platform.slug for view in sector.platforms],
                    "rows": [
                        {
                            "provision": provision.slug,
                            "cells": [data.cell(cell, versions, quoted=False) for cell in cells],
                        }
                        for provision, cells in sector.matrix
                    ],
                }
            ),
        )

    files = (f"{sector.url}index.html", f"{sector.url}index.json")
    inputs = (sector.slug, sector.name, sector.url, _siblings(sector), sector.matrix, tuple(documents.values()))
    return Output(sector.url, files, inputs, make, in_sitemap=True)

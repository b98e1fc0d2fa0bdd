"""Comparisons: a platform's cell on a provision, adoption, sectors, and what documents of a kind usually answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from govdigest.content import render
from govdigest.edition.documents import ReadDocument
from govdigest.edition.nouns import Adoption, Cell, EventView, PlatformView, ProvisionView, Row, SectorView, Statement
from govdigest.model import Audience, Platform, Provision, Taxonomy


def cell(platform: Platform, documents: Sequence[ReadDocument], provision: Provision) -> Cell:
    """The platform's answer: each position that its documents state, the most exposing first."""
    own = [d for d in documents if d.platform.slug == platform.slug]
    statements = sorted(
        (s for d in own for s in d.statements if s.provision.slug == provision.slug),
        key=lambda s: (-s.position.exposure.rank, s.finding.scope.value, s.document),
    )
    return Cell(
        platform=platform,
        statements=tuple(statements),
        read=sum(d.is_read for d in own),
        known=len(own),
        exposure=statements[0].position.exposure if statements else None,
    )


def cells(
    documents: Sequence[ReadDocument], platforms: Sequence[Platform], taxonomy: Taxonomy
) -> Mapping[tuple[str, str], Cell]:
    """Every platform's cell on every provision, by provision and platform slug."""
    by_platform: dict[str, list[ReadDocument]] = {}
    for document in documents:
        by_platform.setdefault(document.platform.slug, []).append(document)
    return {
        (provision.slug, platform.slug): cell(platform, by_platform.get(platform.slug, []), provision)
        for provision in taxonomy.provisions
        for platform in platforms
    }


def answered_by_kind(documents: Sequence[ReadDocument]) -> Mapping[str, tuple[int, Mapping[str, int]]]:
    """By kind of document: how many were read, and how many of them answer each provision."""
    read: Counter[str] = Counter()
    answers: dict[str, Counter[str]] = {}
    for document in documents:
        if not document.is_read:
            continue
        kind = document.document.kind.value
        read[kind] += 1
        answers.setdefault(kind, Counter()).update({s.provision.slug for s in document.statements})
    return {kind: (number, answers.get(kind, Counter())) for kind, number in read.items()}


def adoption(provision: Provision, documents: Sequence[ReadDocument]) -> tuple[Adoption, ...]:
    """How many of the documents of each audience that were read state each position."""
    rows = []
    for position in provision.positions:
        for audience in Audience:
            read = [d for d in documents if d.is_read and d.document.audience is audience]
            if not read:
                continue
            stating = [
                d
                for d in read
                if any(s.provision.slug == provision.slug and s.position.slug == position.slug for s in d.statements)
            ]
            rows.append(
                Adoption(
                    position=position,
                    audience=audience.value,
                    documents=len(stating),
                    platforms=len({d.platform.slug for d in stating}),
                    of_documents=len(read),
                    of_platforms=len({d.platform.slug for d in read}),
                )
            )
    return tuple(rows)


def provision_views(
    taxonomy: Taxonomy,
    documents: Sequence[ReadDocument],
    platforms: Sequence[Platform],
    table: Mapping[tuple[str, str], Cell],
    events: Sequence[EventView],
) -> tuple[ProvisionView, ...]:
    """A view for each provision, in the taxonomy's order."""
    groups = {group.slug: group for group in taxonomy.groups}
    read = [document for document in documents if document.is_read]
    views = []
    for provision in taxonomy.provisions:
        row = [table[provision.slug, platform.slug] for platform in platforms]
        row.sort(key=lambda c: (-(c.exposure.rank if c.exposure else -1), c.platform.name.casefold(), c.platform.slug))
        views.append(
            ProvisionView(
                provision=provision,
                group=groups[provision.group],
                url=f"provisions/{provision.slug}/",
                html=render(provision.body),
                cells=tuple(row),
                adoption=adoption(provision, documents),
                answered=sum(any(s.provision.slug == provision.slug for s in d.statements) for d in read),
                read=len(read),
                events=tuple(e for e in events if any(m.provision == provision.slug for m in e.moves)),
            )
        )
    return tuple(views)


def sector_views(
    sectors: Mapping[str, str],
    platforms: Sequence[PlatformView],
    taxonomy: Taxonomy,
    table: Mapping[tuple[str, str], Cell],
) -> tuple[SectorView, ...]:
    """A view for each sector that has a platform, in the configuration's order."""
    views = []
    for slug, name in sectors.items():
        own = tuple(view for view in platforms if view.platform.sector == slug)
        if own:
            matrix = tuple(
                (provision, tuple(table[provision.slug, view.platform.slug] for view in own))
                for provision in taxonomy.provisions
            )
            views.append(SectorView(slug, name, f"sectors/{slug}/", own, matrix))
    return tuple(views)


def facts(
    platform: Platform, slugs: Sequence[str], taxonomy: Taxonomy, table: Mapping[tuple[str, str], Cell]
) -> tuple[Row, ...]:
    """The platform's cells on the provisions named."""
    chosen = [provision for slug in slugs for provision in taxonomy.provisions if provision.slug == slug]
    return tuple(Row(provision, table[provision.slug, platform.slug]) for provision in chosen)


def exposure_counts(statements: Sequence[Statement]) -> Mapping[str, int]:
    """Statements by exposure: high, medium, low."""
    counts = Counter(statement.position.exposure.value for statement in statements)
    return {name: counts[name] for name in ("high", "medium", "low")}

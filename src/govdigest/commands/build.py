"""`govdigest build`: archive to site. No network and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from govdigest.archive import Archive
from govdigest.commands.reading import read_versions_with
from govdigest.commands.standing import Built, remember
from govdigest.config import load as load_config
from govdigest.edition.compose import compose
from govdigest.edition.nouns import Edition
from govdigest.model import Config, Taxonomy
from govdigest.publish import publish
from govdigest.resources import Folders
from govdigest.taxonomy import load as load_taxonomy


def build(
    config: Config,
    *,
    archive: Archive,
    taxonomy: Taxonomy,
    templates: Sequence[Path],
    content: Sequence[Path],
    out: Path,
    cache: Path | None,
    jobs: int,
) -> Built:
    """Compose the edition of what is archived and publish it to ``out``.

    Raises ArchiveError, EditionError, ContentError and the publish room's errors: what is damaged is not published.
    """
    edition = compose(
        config, archive=archive, taxonomy=taxonomy, read=read_versions_with(taxonomy, cache), content=content
    )
    published = publish(edition, templates=templates, out=out, cache=cache, jobs=jobs)
    return Built(
        counts=edition.counts,
        pages=published.pages,
        rendered=published.rendered,
        written=published.written,
        deleted=published.deleted,
        worth_opening=_worth_opening(edition),
    )


def build_site(places: Folders, configuration: Path, *, out: Path, jobs: int) -> Built:
    """Build the site of ``places`` as configured, and remember it for ``standing``.

    Raises what ``build`` and the loaders raise.
    """
    built = build(
        load_config(configuration),
        archive=Archive(places.archive),
        taxonomy=load_taxonomy(places.content),
        templates=places.templates,
        content=places.content,
        out=out,
        cache=places.cache,
        jobs=jobs,
    )
    remember(places, configuration, out, built)
    return built


def _worth_opening(edition: Edition) -> tuple[tuple[str, str], ...]:
    telling = next((event for event in edition.events if event.moves), None)
    pages = [("a change", telling.url)] if telling is not None else []
    if edition.digests:
        pages.append(("a weekly digest", edition.digests[0].url))
    asked = [view for view in edition.provisions if view.answered]
    if asked:
        pages.append(("a comparison", max(asked, key=lambda view: view.answered).url))
    read = [view for platform in edition.platforms for view in platform.documents if view.statements]
    if read:
        pages.append(("a document", max(read, key=lambda view: len(view.statements)).url))
    return tuple((what, f"{path}index.html") for what, path in pages)

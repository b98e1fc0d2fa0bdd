"""`govdigest build`: archive to site. No network and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from govdigest.archive import Archive
from govdigest.commands.reading import read_with
from govdigest.edition import Edition
from govdigest.edition.compose import compose
from govdigest.model import Config, Taxonomy
from govdigest.publish import Published, publish


@dataclass(frozen=True, slots=True)
class Built:
    """A build: what it shows, and what it wrote."""

    edition: Edition
    published: Published


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
    edition = compose(config, archive=archive, taxonomy=taxonomy, read=read_with(taxonomy, cache), content=content)
    return Built(edition, publish(edition, templates=templates, out=out, cache=cache, jobs=jobs))

"""`govdigest build`: archive to site. No network and no clock."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from govdigest.archive import Archive
from govdigest.commands.reading import code_hash, read_versions_with
from govdigest.config import load as load_config
from govdigest.edition.compose import compose
from govdigest.edition.nouns import Counts, Edition
from govdigest.model import Config, Taxonomy
from govdigest.publish import Published, publish
from govdigest.publish.writer import scan
from govdigest.resources import Folders
from govdigest.taxonomy import load as load_taxonomy

_CURRENT = re.compile(rb'"current": "([0-9TZ-]{1,40})"')


@dataclass(frozen=True, slots=True)
class Built:
    """A build: what it shows, and what it wrote."""

    counts: Counts
    published: Published
    pages: tuple[tuple[str, str], ...] = ()
    """Pages worth opening: what each is, and its path in the site."""


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
    return Built(edition.counts, published, _worth_opening(edition))


def build_site(places: Folders, configuration: Path, *, out: Path, jobs: int, fresh: bool = False) -> Built:
    """Build the site of ``places`` as configured, or find that nothing is to be done.

    A build whose inputs and outputs are as the last one left them (by size and time, the archive's states by their
    bytes) reads and composes nothing. ``fresh`` builds all the same. Raises what ``build`` and the loaders raise.
    """
    memory = places.cache / "build.json"
    inputs = _inputs(places, configuration, out)
    if not fresh:
        last = _last(memory)
        if last is not None and last.inputs == inputs and last.outputs == _outputs(out):
            nothing = replace(last.built.published, rendered=0, unchanged=0, written=0, deleted=0)
            return replace(last.built, published=nothing)
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
    memory.parent.mkdir(parents=True, exist_ok=True)
    temporary = memory.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_bytes(msgspec.json.encode(_Last(inputs=inputs, outputs=_outputs(out), built=built)))
    temporary.replace(memory)
    return built


class _Last(msgspec.Struct):
    """What the last build was made of, and what it left."""

    inputs: str
    outputs: str
    built: Built


def _last(memory: Path) -> _Last | None:
    try:
        return msgspec.json.decode(memory.read_bytes(), type=_Last)
    except (FileNotFoundError, msgspec.DecodeError, ValueError):
        return None


def _inputs(places: Folders, configuration: Path, out: Path) -> str:
    """One hash over everything that a build is made of. Older versions are not looked at: nothing edits them."""
    digest = hashlib.sha256(f"{code_hash()} {out.resolve()}".encode())
    files = [configuration]
    for folder in (*places.templates, *places.content):
        files += [p for p in sorted(folder.rglob("*")) if places.archive not in p.parents and p.is_file()]
    for platform, document in Archive(places.archive).documents():
        folder = places.archive / platform / document
        state = folder / "state.json"
        if state.exists():
            data = state.read_bytes()
            digest.update(data)
            current = _CURRENT.search(data)
            if current is not None:
                files.append(folder / f"{current[1].decode()}.md")
        files.append(folder / "events.jsonl")
    for path in files:
        digest.update(f"{path}\0{_stamp(path)}\n".encode())
    return digest.hexdigest()


def _outputs(out: Path) -> str:
    digest = hashlib.sha256()
    for name, stamp in sorted(scan(out).items()) if out.is_dir() else ():
        digest.update(f"{name}\0{stamp}\n".encode())
    return digest.hexdigest()


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        return (-1, -1)
    return (stat.st_size, stat.st_mtime_ns)


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

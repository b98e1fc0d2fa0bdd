"""Publishing: plan every page, make those whose inputs differ, write the files that differ, delete the rest."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from govdigest.edition.nouns import Edition, EventView
from govdigest.publish import feeds, search, writer
from govdigest.publish.errors import TwoWritesError
from govdigest.publish.fingerprint import Fingerprints
from govdigest.publish.frame import base_of
from govdigest.publish.pages import document, lists, platform, provision, standing
from govdigest.publish.pages.common import DocumentRef
from govdigest.publish.press import Files, Output, Press, engine_hash
from govdigest.publish.words import clean
from govdigest.publish.writer import Made, Stamp

_WORTH_FORKING = 300
"""Outputs to make; fewer are made in this process."""
_SHARE = 64
"""Outputs that a worker takes at once."""
_RARELY = 50_000
"""Objects that a worker makes between two collections: a page makes hundreds, and few of them are cycles."""
_INDEX = "pagefind/"


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication came to."""

    pages: int
    """HTML pages of the site."""
    files: int
    """Files of the site, the search index's among them."""
    rendered: int
    """Pages and artefacts whose inputs differed."""
    unchanged: int
    """Pages and artefacts that were not even rendered."""
    written: int
    deleted: int


def plan(edition: Edition, press: Press) -> tuple[Output, ...]:
    """Every output of the site. Raises TwoWritesError where two claim one path."""
    outputs = [*lists.outputs(edition), *platform.outputs(edition), *provision.outputs(edition)]
    news: dict[str, EventView] = {one.url: one for one in edition.events}
    for view in edition.platforms:
        for one in view.documents:
            outputs += document.outputs(one, edition.groups, news)
    outputs += standing.outputs(edition)
    outputs += feeds.outputs(edition)
    outputs += _assets(press)
    outputs += _addresses(outputs)
    owners: dict[str, str] = {}
    for output in outputs:
        for name in output.files:
            key = name.casefold()
            if key in owners:
                raise TwoWritesError(f"{name} is written by {owners[key] or '/'} and by {output.name or '/'}")
            owners[key] = output.name
    return tuple(outputs)


def _assets(press: Press) -> Iterator[Output]:
    for name, path in press.assets().items():

        def make(press: Press, name: str = name, path: Path = path) -> Files:
            yield f"assets/{name}", path.read_bytes()

        yield Output(f"assets/{name}", (f"assets/{name}",), (), make)


def _addresses(outputs: Sequence[Output]) -> Iterator[Output]:
    """The sitemap and robots.txt."""
    listed = tuple(sorted(output.name for output in outputs if output.in_sitemap))

    def sitemap(press: Press) -> Files:
        base = base_of(press.site)
        lines = "".join(f"<url><loc>{_xml(base + name)}</loc></url>\n" for name in listed)
        yield (
            "sitemap.xml",
            (
                '<?xml version="1.0" encoding="UTF-8"?>\n'
                f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
            ).encode(),
        )

    def robots(press: Press) -> Files:
        yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {base_of(press.site)}sitemap.xml\n".encode()

    yield Output("sitemap.xml", ("sitemap.xml",), (listed,), sitemap)
    yield Output("robots.txt", ("robots.txt",), (), robots)


def _xml(value: str) -> str:
    return clean(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@dataclass(frozen=True, slots=True)
class _Task:
    """What workers share: set once before they are forked."""

    outputs: tuple[Output, ...]
    press: Press
    out: Path
    existing: Mapping[str, Stamp]


_task: list[_Task] = []


def _make(numbers: Sequence[int]) -> list[tuple[int, tuple[Stamp, ...], int]]:
    """Make the outputs of those numbers: the stamps of their files, and how many were written."""
    task = _task[-1]
    made = []
    for number in numbers:
        output = task.outputs[number]
        stamps: dict[str, Stamp] = {}
        written = 0
        for name, body in output.make(task.press):
            stamps[name], wrote = writer.write(task.out / name, body, task.existing.get(name))
            written += wrote
        made.append((number, tuple(stamps[name] for name in output.files), written))
    return made


def _make_all(task: _Task, numbers: Sequence[int], jobs: int) -> list[tuple[int, tuple[Stamp, ...], int]]:
    _task.append(task)
    try:
        if jobs < 2 or len(numbers) < _WORTH_FORKING or "fork" not in multiprocessing.get_all_start_methods():
            return _make(numbers)
        shares = [numbers[start : start + _SHARE] for start in range(0, len(numbers), _SHARE)]
        gc.collect()
        gc.freeze()  # collections in the workers would copy every page of memory that they share with us
        try:
            with multiprocessing.get_context("fork").Pool(jobs, gc.set_threshold, (_RARELY,)) as pool:
                return [made for share in pool.imap_unordered(_make, shares) for made in share]
        finally:
            gc.unfreeze()
    finally:
        _task.pop()


def publish(
    edition: Edition,
    *,
    templates: Sequence[Path],
    out: Path,
    cache: Path | None,
    jobs: int | None = None,
) -> Published:
    """Write the site of ``edition`` to ``out``.

    ``templates``: folders of templates, a later one overriding an earlier one file by file. ``cache``: folder for
    what makes the next build fast; None for none. ``jobs``: processes to use; None for as many as there are cores.
    Raises PublishError.
    """
    bytecode = cache / "templates" if cache is not None else None
    press = Press(edition.site, templates, bytecode)
    prints = Fingerprints((DocumentRef,))
    file = cache / "published.json" if cache is not None else None
    with _no_collection():
        outputs = plan(edition, press)
        keys = [prints.of(output.name, output.files, output.inputs) for output in outputs]
        engine = engine_hash(prints.of(edition.site), templates)
        writer.prepare(out)
        existing = writer.scan(out)
        before = writer.load(file, engine)
        manifest: writer.Manifest = {}
        todo: list[int] = []
        for number, output in enumerate(outputs):
            known = before.get(output.name)
            if known is not None and known.key == keys[number] and _there(output, known, existing):
                manifest[output.name] = known
            else:
                todo.append(number)
    # what is made of the same nouns follows each other: pages of a platform, its documents, their texts
    todo.sort(key=lambda number: outputs[number].name)
    writer.make_folders(out, (name for number in todo for name in outputs[number].files if name not in existing))
    workers = jobs or os.cpu_count() or 1
    made = _make_all(_Task(outputs, press, out, existing), todo, workers)
    written = 0
    for number, stamps, wrote in made:
        manifest[outputs[number].name] = Made(keys[number], stamps)
        written += wrote
    searched = [output for output in outputs if output.searched]
    index, wrote = _index(out, searched, keys=manifest, before=before.get(_INDEX), existing=existing, jobs=workers)
    manifest[_INDEX] = index[0]
    written += wrote
    planned = {name for output in outputs for name in output.files} | set(index[1])
    stale = sorted(name for name in existing if name not in planned and name not in writer.SPARED)
    deleted = writer.delete(out, stale)
    writer.save(file, engine, manifest)
    return Published(
        pages=sum(name.endswith(".html") for output in outputs for name in output.files),
        files=len(planned),
        rendered=len(todo),
        unchanged=len(outputs) - len(todo),
        written=written,
        deleted=deleted,
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection meanwhile: planning makes no cycles, and a collection walks the whole edition."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _there(output: Output, known: Made, existing: Mapping[str, Stamp]) -> bool:
    """Whether the output's files are as the manifest has them."""
    return len(known.stamps) == len(output.files) and all(
        existing.get(name) == stamp for name, stamp in zip(output.files, known.stamps, strict=True)
    )


def _index(
    out: Path,
    searched: Sequence[Output],
    *,
    keys: writer.Manifest,
    before: Made | None,
    existing: dict[str, Stamp],
    jobs: int,
) -> tuple[tuple[Made, list[str]], int]:
    """The search index: made again only where a page that it covers was."""
    pages = sorted(name for output in searched for name in output.files if name.endswith(".html"))
    key = Fingerprints().of([(output.name, keys[output.name].key) for output in searched])
    there = sorted(name for name in existing if name.startswith(search.FOLDER))
    if before is not None and before.key == key and before.stamps == tuple(existing[name] for name in there):
        return (before, there), 0
    files = search.build_index(out, pages, jobs=jobs)
    written = search.put(out, files, existing)
    stamps = []
    for name in sorted(files):
        stat = (out / name).stat()
        stamps.append((stat.st_size, stat.st_mtime_ns))
    return (Made(key, tuple(stamps)), sorted(files)), written

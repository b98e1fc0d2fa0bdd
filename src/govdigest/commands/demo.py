"""`govdigest demo`: the whole thing on the fictional world, offline, through real HTTP on loopback.

The world's archive lives in ``.govdigest/demo`` and is made anew by each run, its pages go to ``site/``.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from govdigest.archive import Archive
from govdigest.captures import Captures
from govdigest.commands.build import build
from govdigest.commands.corrections import announce_corrections
from govdigest.commands.outcomes import PullReport
from govdigest.commands.pull import pull
from govdigest.commands.reading import read_with
from govdigest.commands.serve import site_server
from govdigest.commands.standing import Built
from govdigest.config import load as load_config
from govdigest.demo import World
from govdigest.edition.documents import ReadText
from govdigest.edition.words import plural
from govdigest.model import Config, Event, EventKind, Taxonomy
from govdigest.resources import Folders, folders
from govdigest.taxonomy import load as load_taxonomy
from govdigest.terminal import one_line
from govdigest.verify import verify


def demo(root: Path, *, out: Path, keep_serving: bool, port: int) -> int:
    """Pull the world week by week, build the site to ``out``, verify it, and say where to look."""
    base = folders(root)
    home = base.work / "demo"
    if home.exists():
        shutil.rmtree(home)
    content = home / "content"
    content.mkdir(parents=True)
    places = Folders(home, base.templates, (*base.content, content))
    taxonomy = load_taxonomy(places.content)
    archive = Archive(places.archive)
    read = read_with(taxonomy, places.cache)
    world = World()
    (content / "quality.yaml").write_text(world.quality(), encoding="utf-8")
    with world.serve() as gateway:
        for week in world.weeks:
            config = _configuration(world, home, week.number, gateway)
            _write_corrections(world, week.number, content)
            events: list[Event] = []
            for instant in week.pulls:
                world.move(instant)
                report, corrections = _pull(config, places, archive, taxonomy, read, instant)
                events += [event for outcome in report.outcomes for event in outcome.events]
                events += corrections
            print(_week_line(week.number, week.instant, events, _names(config)), flush=True)
        built = build(
            _configuration(world, home, world.weeks[-1].number, gateway),
            archive=archive,
            taxonomy=taxonomy,
            templates=places.templates,
            content=places.content,
            out=out,
            cache=base.cache,
            jobs=2,
        )
        checked = verify(archive, out)
        for problem in checked.problems:
            print(problem, file=sys.stderr)
        print(_where_to_look(built, out, checked.quotes), flush=True)
        if keep_serving:
            _keep_serving(out, port, gateway)
    return 1 if checked.problems else 0


def _pull(
    config: Config, places: Folders, archive: Archive, taxonomy: Taxonomy, read: ReadText, at: datetime
) -> tuple[PullReport, tuple[Event, ...]]:
    report = asyncio.run(
        pull(
            config,
            archive=archive,
            captures=Captures(places.captures),
            taxonomy=taxonomy,
            read=read,
            at=at,
        )
    )
    return report, announce_corrections(archive, places.content, at)


def _configuration(world: World, home: Path, week: int, gateway: str) -> Config:
    """What the fictional maintainer has configured in ``week``, pulled through the world's gateway."""
    path = home / "platforms.yaml"
    path.write_text(world.configuration(week), encoding="utf-8")
    config = load_config(path)
    return replace(config, pull=replace(config.pull, gateway=gateway))


def _write_corrections(world: World, week: int, content: Path) -> None:
    for name, words in world.corrections(week).items():
        path = content / "corrections" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(words, encoding="utf-8")


def _names(config: Config) -> dict[tuple[str, str], str]:
    return {(p.slug, d.slug): f"{p.name}, {d.name}" for p in config.platforms for d in p.documents}


def _week_line(number: int, instant: datetime, events: Sequence[Event], names: dict[tuple[str, str], str]) -> str:
    """One line that tells what a week brought."""
    head = f"week {number:2} ({instant.date().isoformat()}): "
    told = [event for event in events if event.kind is not EventKind.FIRST]
    fresh = len(events) - len(told)
    same: dict[tuple[str, str], list[str]] = {}  # what several documents of a platform share is told once
    for event in told:
        same.setdefault((event.platform, one_line(event.headline)), []).append(
            names.get((event.platform, event.document), event.platform)
        )
    parts = [f"{_listed(who)}: {what}" for (_, what), who in same.items()]
    if fresh:
        parts.insert(0, f"{plural(fresh, 'document')} read for the first time")
    return head + ("; ".join(parts) if parts else "no news")


def _listed(names: Sequence[str]) -> str:
    """The names of one platform's documents, 'Platform, Document', in one phrase that names the platform once."""
    short = [names[0], *(name.partition(", ")[2] for name in names[1:])]
    return f"{', '.join(short[:-1])} and {short[-1]}" if short[1:] else short[0]


def _where_to_look(built: Built, out: Path, quotes: int) -> str:
    counts = built.counts
    lines = [
        "",
        (
            f"{counts.platforms} platforms, {counts.documents_read} documents read, {counts.statements} statements; "
            f"{quotes} published quotes found in the archive"
        ),
        f"{built.pages} pages in {out}; {built.written} files written",
        "",
        f"Open {(out / 'index.html').resolve()}",
        *[f"  {what}: {(out / path).resolve()}" for what, path in built.worth_opening[:3]],
        "or serve it: govdigest demo --keep-serving (from a checkout: make demo ARGS=--keep-serving)",
    ]
    return "\n".join(lines)


def _keep_serving(out: Path, port: int, gateway: str) -> None:
    with site_server(out, port) as server:
        print(
            f"the site: http://127.0.0.1:{server.server_port}/   the world: {gateway}/   (Ctrl-C ends both)", flush=True
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("done")

"""The command line: arguments in, calls, progress, exit codes. No logic.

Exit codes: 0 done (sites that were down are reported, not fatal), 1 something that the maintainer must mend,
2 wrong usage or configuration.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from govdigest import __version__
from govdigest.model import Config, Taxonomy
from govdigest.resources import Folders, folders

DONE, MEND, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except BrokenPipeError:
        # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("interrupted; what was archived stays valid", file=sys.stderr)
        return 130
    except Exception as error:
        known = _known(error)
        if known is None:
            raise
        print(f"govdigest: {error}", file=sys.stderr)
        return known
    return code


@contextmanager
def report_errors() -> Iterator[None]:
    """Print an error that a person can act on, and go on; a defect of ours is raised."""
    try:
        yield
    except Exception as error:
        if _known(error) is None:
            raise
        print(f"govdigest: {error}", file=sys.stderr)


def _known(error: Exception) -> int | None:
    """The exit code of an error that a person can act on; None for a defect of ours, which shows its traceback."""
    from govdigest.archive import ArchiveError
    from govdigest.commands.files import FileError
    from govdigest.commands.targets import UsageError
    from govdigest.config import ConfigError
    from govdigest.content import ContentError
    from govdigest.edition.documents import EditionError
    from govdigest.publish.errors import PublishError
    from govdigest.taxonomy import TaxonomyError

    if isinstance(error, ConfigError | UsageError | ContentError | TaxonomyError):
        return USAGE
    if isinstance(error, ArchiveError | EditionError | PublishError | FileError | OSError):
        return MEND
    return None


# --------------------------------------------------------------------------- commands


def _pull(options: argparse.Namespace) -> int:
    from dataclasses import replace

    from govdigest.archive import Archive
    from govdigest.captures import Captures
    from govdigest.commands.corrections import announce_corrections
    from govdigest.commands.pull import pull
    from govdigest.commands.reading import read_with
    from govdigest.terminal import Progress, pull_table

    places = folders(options.root)
    config = _config(options)
    if options.gateway:
        config = replace(config, pull=replace(config.pull, gateway=options.gateway))
    taxonomy = _taxonomy(places)
    archive = Archive(places.archive)
    at = options.at or datetime.now(UTC).replace(microsecond=0)
    with Progress() as progress:
        report = asyncio.run(
            pull(
                config,
                archive=archive,
                captures=Captures(places.captures),
                taxonomy=taxonomy,
                read=read_with(taxonomy, places.cache),
                at=at,
                only=options.only,
                shard=options.shard,
                progress=progress.document,
            )
        )
    corrections = announce_corrections(archive, places.content, at)
    print(pull_table(report, corrections))
    if options.summary:
        from govdigest.terminal import job_summary

        with options.summary.open("a", encoding="utf-8") as file:
            file.write(job_summary(report, corrections))
    return DONE


def _build(options: argparse.Namespace) -> int:
    from govdigest.commands.standing import standing

    places, configuration, out = folders(options.root), _configuration(options), options.out or options.root / "site"
    built = None if options.fresh else standing(places, configuration, out)
    if built is None:
        from govdigest.commands.build import build_site

        built = build_site(places, configuration, out=out, jobs=options.jobs)
    counts = built.counts
    print(
        f"{counts.platforms} platforms, {counts.documents_read} of {counts.documents} documents read, "
        f"{counts.statements} statements with {counts.quotes} quotes, {counts.events} events\n"
        f"{built.pages} pages: {built.rendered} made, {built.written} files written, {built.deleted} deleted, in {out}"
    )
    return DONE


def _demo(options: argparse.Namespace) -> int:
    from govdigest.commands.demo import demo

    return demo(
        options.root, out=options.out or options.root / "site", keep_serving=options.keep_serving, port=options.port
    )


def _read(options: argparse.Namespace) -> int:
    from govdigest.commands.files import FileError, finding_row, read_files, report
    from govdigest.commands.reading import read_with

    taxonomy = _taxonomy(folders(options.root))
    read = read_with(taxonomy, None)
    code = DONE
    for index, path in enumerate(options.files):
        try:
            (file,) = read_files([path], read)
        except FileError as error:
            print(f"govdigest: {error}", file=sys.stderr)
            code = MEND
            continue
        if options.json:
            for finding in file.findings:
                print(json.dumps(finding_row(path.stem, finding), ensure_ascii=False))
        else:
            print(("\n\n" if index else "") + report(file, taxonomy))
    return code


def _extract(options: argparse.Namespace) -> int:
    from govdigest.commands.files import text_of

    text = text_of(options.file)
    sys.stdout.write(text.markdown if text.markdown.endswith("\n") else text.markdown + "\n")
    if options.verbose:
        print(f"coverage {text.coverage:.3f}, language {text.language or '?'}", file=sys.stderr)
    return DONE


def _diff(options: argparse.Namespace) -> int:
    from govdigest.changes.sequence import replay
    from govdigest.commands.files import load
    from govdigest.commands.reading import read_with
    from govdigest.model import JudgeSettings

    taxonomy = _taxonomy(folders(options.root))
    captures = [load(path) for path in options.files]
    steps = replay(captures, read=read_with(taxonomy, None), taxonomy=taxonomy, settings=JudgeSettings())
    for path, step in zip(options.files, steps, strict=True):
        if options.json:
            row = {
                "verdict": step.verdict.kind.value,
                "reasons": list(step.verdict.reasons),
                "added": list(step.added),
                "removed": list(step.removed),
            }
            print(json.dumps(row, ensure_ascii=False))
            continue
        print(f"{path}: {step.verdict.kind.value}")
        for reason in step.verdict.reasons:
            print(f"  {reason}")
        for passage in step.removed:
            print(f"  - {passage}")
        for passage in step.added:
            print(f"  + {passage}")
    return DONE


def _verify(options: argparse.Namespace) -> int:
    from govdigest.archive import Archive
    from govdigest.verify import verify

    places = folders(options.root)
    archive = options.archive or places.archive
    result = verify(Archive(archive), options.out or options.root / "site")
    for problem in result.problems:
        print(problem, file=sys.stderr)
    print(
        f"{result.documents} documents, {result.versions} versions, {result.events} events, "
        f"{result.quotes} published quotes checked; {len(result.problems)} problems"
    )
    return MEND if result.problems else DONE


def _check(options: argparse.Namespace) -> int:
    config = _config(options)
    taxonomy = _taxonomy(folders(options.root))
    documents = sum(len(platform.documents) for platform in config.platforms)
    print(
        f"{_configuration(options)}: {len(config.platforms)} platforms, {documents} documents; "
        f"content: {len(taxonomy.provisions)} provisions in {len(taxonomy.groups)} groups. No problem found."
    )
    return DONE


def _serve(options: argparse.Namespace) -> int:
    from govdigest.commands.serve import serve

    return serve(options.root, options.config, out=options.out or options.root / "site", port=options.port)


def _evaluate(options: argparse.Namespace) -> int:
    from govdigest.commands.evaluate import evaluate

    print(evaluate(options.labels, options.documents, _taxonomy(folders(options.root)), as_json=options.json))
    return DONE


# --------------------------------------------------------------------------- arguments


def _config(options: argparse.Namespace) -> Config:
    from govdigest.config import load

    return load(_configuration(options))


def _configuration(options: argparse.Namespace) -> Path:
    path: Path = options.config or options.root / "platforms.yaml"
    return path


def _taxonomy(places: Folders) -> Taxonomy:
    from govdigest.taxonomy import load

    return load(places.content)


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text}: an ISO 8601 date or date-time, such as 2026-01-05") from error
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return instant.astimezone(UTC).replace(microsecond=0)


def _shard(text: str) -> tuple[int, int]:
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= 1000):
        raise argparse.ArgumentTypeError(f"{text}: a shard and how many there are, such as 2/8")
    return int(number), int(of)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="govdigest", description="A static digest of what platforms' policies state, and of how they change."
    )
    parser.add_argument("--version", action="version", version=f"govdigest {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(
        name: str, run: object, help_text: str, *, config: bool = False, out: bool = False
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_text, description=help_text)
        sub.set_defaults(run=run)
        sub.add_argument("--root", type=Path, default=Path(), help="the site's folder (default: the current one)")
        if config:
            sub.add_argument("--config", type=Path, help="the configuration (default: platforms.yaml in the root)")
        if out:
            sub.add_argument("--out", type=Path, help="the folder of the built site (default: site in the root)")
        return sub

    sub = command("demo", _demo, "build the whole site from the embedded fictional world, offline", out=True)
    sub.add_argument("--keep-serving", action="store_true", help="leave the world and the site up until interrupted")
    sub.add_argument("--port", type=int, default=8000, help="where --keep-serving serves the site (default: 8000)")

    sub = command("pull", _pull, "fetch every configured policy, judge what changed, archive it", config=True)
    sub.add_argument("--at", type=_instant, metavar="INSTANT", help="the clock (default: now, UTC)")
    sub.add_argument(
        "--only", action="append", default=[], metavar="PLATFORM[/DOCUMENT]", help="may stand several times"
    )
    sub.add_argument("--shard", type=_shard, metavar="N/M", help="the Nth of M parts, split by host")
    sub.add_argument("--gateway", metavar="URL", help="request https://HOST/PATH as URL/HOST/PATH")
    sub.add_argument("--summary", type=Path, metavar="FILE", help="append a Markdown summary, as GitHub's job summary")

    sub = command("build", _build, "build the site from the archive; no network", config=True, out=True)
    sub.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: one a core)")
    sub.add_argument("--fresh", action="store_true", help="build even where nothing seems to have changed")

    sub = command("read", _read, "what local documents (HTML, Markdown, PDF, text) state")
    sub.add_argument("files", type=Path, nargs="+", metavar="FILE")
    sub.add_argument("--json", action="store_true", help="one finding a line")

    sub = command("diff", _diff, "what pulls of these captures, a day apart, would announce")
    sub.add_argument("files", type=Path, nargs="+", metavar="FILE")
    sub.add_argument("--json", action="store_true", help="one verdict a line")

    sub = command("extract", _extract, "a document's text as Markdown")
    sub.add_argument("file", type=Path, metavar="FILE")
    sub.add_argument("--verbose", action="store_true", help="coverage and language on standard error")

    sub = command("verify", _verify, "check every hash of the archive, and every published quote against it", out=True)
    sub.add_argument("--archive", type=Path, help="the archive's folder (default: content/archive in the root)")

    command("check", _check, "check configuration and content; no network", config=True)

    sub = command(
        "serve", _serve, "serve the site on loopback; rebuild when content or templates change", config=True, out=True
    )
    sub.add_argument("--port", type=int, default=8000)

    sub = command("evaluate", _evaluate, "score the reading of documents against labels, by provision")
    sub.add_argument("labels", type=Path, metavar="LABELS")
    sub.add_argument("documents", type=Path, metavar="DOCUMENTS")
    sub.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())

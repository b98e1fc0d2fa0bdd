"""Whether a build has anything to do: asked before anything that is slow to load is loaded."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from govdigest.archive import Archive
from govdigest.atomic import put
from govdigest.code import code_hash
from govdigest.edition.nouns import Counts
from govdigest.publish.writer import scan
from govdigest.resources import Folders

_CURRENT = re.compile(rb'"current": "([0-9TZ-]{1,40})"')


@dataclass(frozen=True, slots=True)
class Built:
    """A build: what it shows, and what it wrote."""

    counts: Counts
    pages: int
    """HTML pages of the site."""
    rendered: int
    written: int
    """Files."""
    deleted: int
    worth_opening: tuple[tuple[str, str], ...] = ()
    """What each page is, and its path in the site."""


class _Last(msgspec.Struct):
    """What the last build was made of, and what it left."""

    inputs: str
    outputs: str
    built: Built


def standing(places: Folders, configuration: Path, out: Path) -> Built | None:
    """The last build, when its inputs and its outputs are as it left them; None when there is something to do.

    Files are compared by size and time, the archive's states by their bytes. Older versions are not looked at:
    nothing edits them, and ``verify`` finds it when somebody did.
    """
    try:
        last = msgspec.json.decode((places.cache / "build.json").read_bytes(), type=_Last)
    except (FileNotFoundError, msgspec.DecodeError, ValueError):
        return None
    if last.inputs != _inputs(places, configuration, out) or last.outputs != _outputs(out):
        return None
    return replace(last.built, rendered=0, written=0, deleted=0)


def remember(places: Folders, configuration: Path, out: Path, built: Built) -> None:
    """Let the next build find that ``built`` stands."""
    last = _Last(inputs=_inputs(places, configuration, out), outputs=_outputs(out), built=built)
    put(places.cache / "build.json", msgspec.json.encode(last))


def _inputs(places: Folders, configuration: Path, out: Path) -> str:
    """One hash over everything that a build is made of."""
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

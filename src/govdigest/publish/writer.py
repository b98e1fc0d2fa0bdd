"""The output folder: only files whose bytes differ are written, each at once; what is no longer planned goes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from govdigest.publish.errors import UnsafeFolderError

MARKER = ".nojekyll"
"""Tells GitHub Pages to serve the files as they are, and us that the folder is a site's output."""
SPARED = frozenset({"README.md", MARKER})
_MANIFEST = 1
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC

Stamp = tuple[int, int]
"""Size and time of change of a file, as the file system has them."""


@dataclass(frozen=True, slots=True)
class Made:
    """An output that was made: its inputs' hash, and the stamps of its files."""

    key: str
    stamps: tuple[Stamp, ...]


Manifest = dict[str, Made]


def scan(out: Path) -> dict[str, Stamp]:
    """Every file below ``out`` with its stamp, by relative path with slashes."""
    found: dict[str, Stamp] = {}
    stack = [("", str(out))]
    while stack:
        prefix, folder = stack.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                name = f"{prefix}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    stack.append((f"{name}/", entry.path))
                else:
                    stat = entry.stat(follow_symlinks=False)
                    found[name] = (stat.st_size, stat.st_mtime_ns)
    return found


def prepare(out: Path) -> None:
    """Make ``out`` ready for a site. Raises UnsafeFolderError where it holds anything that is not a site of ours."""
    out.mkdir(parents=True, exist_ok=True)
    if not (out / MARKER).is_file():
        foreign = sorted(path.name for path in out.iterdir() if path.name not in SPARED)
        if foreign:
            raise UnsafeFolderError(
                f"{out} holds files that no build wrote ({', '.join(foreign[:3])}); publishing deletes what it did not "
                f"write, so name an empty folder, or put a file {MARKER} into this one"
            )
        (out / MARKER).write_bytes(b"")


def make_folders(out: Path, names: Iterable[str]) -> None:
    """Make the folders below ``out`` of the files named: each once, which a file at a time would not."""
    made: set[str] = {""}
    base = str(out)

    def make(folder: str) -> None:
        if folder not in made:
            make(folder.rpartition("/")[0])
            made.add(folder)
            with contextlib.suppress(FileExistsError):
                os.mkdir(f"{base}/{folder}")  # noqa: PTH102 - thousands of them

    for name in names:
        make(name.rpartition("/")[0])


def write(path: Path, body: bytes, before: Stamp | None) -> tuple[Stamp, bool]:
    """Put ``body`` at ``path`` unless it is there already; its stamp, and whether it was written.

    ``before``: the stamp that a scan saw, None where there was no file.
    """
    if before is not None and before[0] == len(body) and not path.is_symlink() and path.read_bytes() == body:
        return before, False
    name = str(path)
    folder, base = os.path.split(name)
    # a page that takes another's place does so at once; nobody reads one that was not there before
    partial = f"{folder}/.{base}.{os.getpid()}.part" if before is not None else name
    try:
        file = os.open(partial, _NEW, 0o666)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(partial, _NEW, 0o666)
    try:
        rest = memoryview(body)
        while rest:
            rest = rest[os.write(file, rest) :]
        stat = os.fstat(file)
    finally:
        os.close(file)
    if partial != name:
        os.replace(partial, name)  # noqa: PTH105 - half the time of a page's writing went into paths
    return (stat.st_size, stat.st_mtime_ns), True


def delete(out: Path, names: Iterable[str]) -> int:
    """Delete the files named, and the folders that this leaves empty; how many files there were."""
    number = 0
    folders: set[Path] = set()
    for name in names:
        path = out / name
        path.unlink(missing_ok=True)
        folders.add(path.parent)
        number += 1
    for folder in sorted(folders, key=lambda one: len(one.parts), reverse=True):
        while folder != out and out in folder.parents and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
    return number


def load(path: Path | None, engine: str) -> Manifest:
    """The manifest at ``path``; empty where there is none, it is damaged, or other code or templates made it."""
    if path is None or not path.is_file():
        return {}
    try:
        raw = json.loads(path.read_bytes())
        if raw["manifest"] != _MANIFEST or raw["engine"] != engine:
            return {}
        return {
            name: Made(key, tuple((size, changed) for size, changed in stamps))
            for name, (key, stamps) in raw["outputs"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def save(path: Path | None, engine: str, manifest: Mapping[str, Made]) -> None:
    """Write the manifest to ``path``, at once, where it differs."""
    if path is None:
        return
    outputs = {name: [made.key, [list(stamp) for stamp in made.stamps]] for name, made in sorted(manifest.items())}
    body = json.dumps({"manifest": _MANIFEST, "engine": engine, "outputs": outputs}, separators=(",", ":")).encode()
    before = (path.stat().st_size, 0) if path.is_file() else None
    write(path, body, before)


def digest_of(out: Path, names: Iterable[str]) -> str:
    """One hash over the files named, in order."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + hashlib.sha256((out / name).read_bytes()).digest())
    return digest.hexdigest()

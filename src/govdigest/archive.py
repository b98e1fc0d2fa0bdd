"""The archive: accepted versions, announced events and the state of each document, as plain files.

The only room that writes under ``content/archive``. Everything that one pull learns of one document is written as
one transaction: a write-ahead file first, then the version, the events and the state, then the write-ahead file
goes. A run that is killed anywhere leaves either nothing or a transaction that the next reader completes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import msgspec

from govdigest.atomic import put
from govdigest.model import (
    Event,
    SourceRecord,
    State,
    StatedDate,
    VerdictKind,
    Version,
    instant_of,
    require_slug,
    stamp,
)

TRANSACTION = "transaction.json"
STATE = "state.json"
EVENTS = "events.jsonl"
_FENCE = "---\n"
_HEAD_LIMIT = 1 << 20


class ArchiveError(Exception):
    """The archive on disk is not what was written: storage, or somebody's edit. Stops the run."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Entry:
    """What one pull adds to one document's archive."""

    state: State
    version: Version | None = None
    text: str | None = None
    """The version's text, verbatim."""
    events: tuple[Event, ...] = ()


class _FrontMatter(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The keys of a version's front matter, in file order. Each value is JSON, which is YAML too."""

    format: int = 1
    title: str
    language: str
    first_seen: str
    verdict: VerdictKind
    text_hash: str
    extractor: str
    settings_hash: str
    dates: tuple[StatedDate, ...]
    sources: tuple[SourceRecord, ...]
    previous: str | None


class _Transaction(msgspec.Struct, kw_only=True):
    """A whole entry, as the write-ahead file holds it."""

    version_id: str | None
    version_file: str | None
    events: tuple[Event, ...]
    state: State


def text_hash(text: str) -> str:
    """SHA-256 of a text's UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Archive:
    """The archive below ``root`` (``content/archive``); the folder need not exist yet."""

    def __init__(self, root: Path) -> None:
        self.root = root

    # ----------------------------------------------------------------- reading

    def documents(self) -> Iterator[tuple[str, str]]:
        """Platform and document slugs that have anything archived, in order."""
        for platform in _folders(self.root):
            for document in _folders(platform):
                yield platform.name, document.name

    def state(self, platform: str, document: str) -> State:
        """The document's state; an empty one when it was never checked. Raises ArchiveError."""
        folder = self._folder(platform, document)
        path = folder / STATE
        try:
            return _STATE.decode(path.read_bytes())
        except FileNotFoundError:
            return State()
        except (msgspec.DecodeError, ValueError) as error:
            raise ArchiveError(path, f"is no state that this version of govdigest wrote: {error}") from error

    def events(self, platform: str, document: str) -> tuple[Event, ...]:
        """What was announced of the document, oldest first. Raises ArchiveError."""
        path = self._folder(platform, document) / EVENTS
        try:
            lines = path.read_bytes().splitlines()
        except FileNotFoundError:
            return ()
        events = []
        for number, line in enumerate(lines, start=1):
            try:
                events.append(_EVENT.decode(line))
            except (msgspec.DecodeError, ValueError) as error:
                raise ArchiveError(path, f"line {number} is no event: {error}") from error
        return tuple(events)

    def versions(self, platform: str, document: str) -> tuple[Version, ...]:
        """The document's versions, oldest first. Raises ArchiveError.

        A version's file hash is what its successor recorded, so that only the newest file is read whole;
        ``verify`` reads them all.
        """
        folder = self._folder(platform, document)
        paths = sorted(folder.glob("*.md"))
        versions: list[Version] = []
        following: str | None = None
        for path in reversed(paths):
            if following is None:
                data = path.read_bytes()
                head, _ = _split(path, data.decode("utf-8", "strict"))
                digest = hashlib.sha256(data).hexdigest()
            else:
                head, digest = _head(path), following
            version = _version(platform, document, path, head, digest)
            following = version.previous
            if following is None and path != paths[0]:
                raise ArchiveError(path, "does not name the version before it")
            versions.append(version)
        return tuple(reversed(versions))

    def text(self, version: Version) -> str:
        """The version's text, checked against its hash. Raises ArchiveError when it was tampered with."""
        path = self.path(version.platform, version.document, version.id)
        try:
            content = path.read_bytes().decode("utf-8", "strict")
        except FileNotFoundError as error:
            raise ArchiveError(path, "is missing, though the archive refers to it") from error
        except UnicodeDecodeError as error:
            raise ArchiveError(path, f"is not UTF-8: {error}") from error
        _, text = _split(path, content)
        if text_hash(text) != version.text_hash:
            raise ArchiveError(path, "the text is not the one that was archived: its hash differs from text_hash")
        return text

    def path(self, platform: str, document: str, version: str) -> Path:
        """Where a version is."""
        instant_of(version)
        return self._folder(platform, document, recover=False) / f"{version}.md"

    # ----------------------------------------------------------------- writing

    def free_version_id(self, platform: str, document: str, wanted: str) -> str:
        """``wanted``, or the first later second that no version has."""
        instant = instant_of(wanted)
        while self.path(platform, document, stamp(instant)).exists():
            instant += timedelta(seconds=1)
        return stamp(instant)

    def add(self, platform: str, document: str, entry: Entry) -> None:
        """Write ``entry`` as one transaction; files whose bytes are the same are left alone."""
        folder = self._folder(platform, document)
        if entry.version is None and not entry.events:
            _write(folder / STATE, _encode_state(entry.state))
            return
        content = None
        if entry.version is not None:
            if entry.text is None:
                raise ValueError("a version needs its text")
            content = _file(entry.version, entry.text)
        transaction = _Transaction(
            version_id=entry.version.id if entry.version else None,
            version_file=content,
            events=entry.events,
            state=entry.state,
        )
        _write(folder / TRANSACTION, msgspec.json.encode(transaction))
        self._complete(folder)

    def _folder(self, platform: str, document: str, *, recover: bool = True) -> Path:
        require_slug(platform)
        require_slug(document)
        folder = self.root / platform / document
        if recover and (folder / TRANSACTION).exists():
            self._complete(folder)
        return folder

    def _complete(self, folder: Path) -> None:
        """Carry out a transaction that stands complete on disk; again when it was cut off."""
        path = folder / TRANSACTION
        try:
            transaction = _TRANSACTION.decode(path.read_bytes())
        except (msgspec.DecodeError, ValueError) as error:
            raise ArchiveError(path, f"is no transaction: {error}") from error
        if transaction.version_id is not None and transaction.version_file is not None:
            instant_of(transaction.version_id)
            _write(folder / f"{transaction.version_id}.md", transaction.version_file.encode("utf-8"))
        if transaction.events:
            events = folder / EVENTS
            old = events.read_bytes() if events.exists() else b""
            have = {_EVENT.decode(line).id for line in old.splitlines()}
            new = [msgspec.json.encode(event) + b"\n" for event in transaction.events if event.id not in have]
            _write(events, old + b"".join(new))
        _write(folder / STATE, _encode_state(transaction.state))
        path.unlink()


def check_chain(archive: Archive, platform: str, document: str) -> list[str]:
    """Problems of one document's archive: every hash recomputed, every reference followed. Empty when it is whole."""
    problems: list[str] = []
    try:
        versions = archive.versions(platform, document)
        events = archive.events(platform, document)
        state = archive.state(platform, document)
    except ArchiveError as error:
        return [str(error)]
    previous: str | None = None
    for version in versions:
        path = archive.path(platform, document, version.id)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if version.previous != previous:
            problems.append(f"{path}: previous is not the hash of the version before it")
        if version.file_hash != digest:
            problems.append(
                f"{path}: the file is not the one that was archived: the next version recorded another hash"
            )
        previous = digest
        try:
            text = archive.text(version)
        except ArchiveError as error:
            problems.append(str(error))
            continue
        if version.sources and (version.sources[0].span.start != 0 or version.sources[-1].span.end != len(text)):
            problems.append(f"{path}: the slices of its sources do not cover the text")
    known = {version.id for version in versions}
    references = [(STATE, state.current)]
    for event in events:
        references += [(f"{EVENTS}: event {event.id}", event.before), (f"{EVENTS}: event {event.id}", event.after)]
    problems += [
        f"{archive.root / platform / document}/{where} refers to version {version}, which is not there"
        for where, version in references
        if version is not None and version not in known
    ]
    seen: set[str] = set()
    for event in events:
        if event.id in seen:
            problems.append(f"{archive.root / platform / document / EVENTS}: event {event.id} stands twice")
        seen.add(event.id)
        if (event.platform, event.document) != (platform, document):
            problems.append(f"{archive.root / platform / document / EVENTS}: event {event.id} is another document's")
    return problems


# --------------------------------------------------------------------------- files

_STATE = msgspec.json.Decoder(State)
_EVENT = msgspec.json.Decoder(Event)
_TRANSACTION = msgspec.json.Decoder(_Transaction)


def _folders(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    return sorted(child for child in path.iterdir() if child.is_dir() and not child.name.startswith("."))


def _encode_state(state: State) -> bytes:
    # one key a line, so that a maintainer's `git diff` reads well
    return msgspec.json.format(msgspec.json.encode(state), indent=1) + b"\n"


def _file(version: Version, text: str) -> str:
    head = _FrontMatter(
        title=version.title,
        language=version.language,
        first_seen=version.id,
        verdict=version.verdict,
        text_hash=version.text_hash,
        extractor=version.extractor,
        settings_hash=version.settings_hash,
        dates=version.dates,
        sources=version.sources,
        previous=version.previous,
    )
    raw = msgspec.to_builtins(head)
    lines = (f"{key}: {json.dumps(value, ensure_ascii=True)}\n" for key, value in raw.items())
    return _FENCE + "".join(lines) + _FENCE + text


def file_hash(version: Version, text: str) -> str:
    """SHA-256 of the file that ``version`` becomes."""
    return hashlib.sha256(_file(version, text).encode("utf-8")).hexdigest()


def _split(path: Path, content: str) -> tuple[str, str]:
    end = content.find("\n" + _FENCE, len(_FENCE) - 1)
    if not content.startswith(_FENCE) or end < 0:
        raise ArchiveError(path, "has no front matter between two lines of ---")
    return content[len(_FENCE) : end + 1], content[end + 1 + len(_FENCE) :]


def _head(path: Path) -> str:
    lines: list[str] = []
    with path.open(encoding="utf-8", newline="\n") as file:
        if file.readline(16) != _FENCE:
            raise ArchiveError(path, "has no front matter between two lines of ---")
        while (line := file.readline(_HEAD_LIMIT)) and line != _FENCE:
            lines.append(line)
    if not line:
        raise ArchiveError(path, "has no front matter between two lines of ---")
    return "".join(lines)


def _version(platform: str, document: str, path: Path, head: str, digest: str) -> Version:
    try:
        first_seen = instant_of(path.stem)
        raw = {}
        for line in head.splitlines():
            key, _, value = line.partition(": ")
            raw[key] = json.loads(value)
        matter = msgspec.convert(raw, _FrontMatter)
        if matter.first_seen != path.stem:
            raise ValueError(f"first_seen is {matter.first_seen}, the file's name says {path.stem}")
    except (ValueError, msgspec.ValidationError) as error:
        raise ArchiveError(path, f"its front matter is not what was written: {error}") from error
    return Version(
        platform=platform,
        document=document,
        id=path.stem,
        first_seen=first_seen,
        sources=matter.sources,
        text_hash=matter.text_hash,
        extractor=matter.extractor,
        settings_hash=matter.settings_hash,
        dates=matter.dates,
        previous=matter.previous,
        file_hash=digest,
        title=matter.title,
        language=matter.language,
        verdict=matter.verdict,
    )


def _write(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` at once and durably; leave it alone when it already holds them."""
    try:
        if path.read_bytes() == data:
            return
    except FileNotFoundError:
        pass
    put(path, data, durable=True)


__all__ = ["Archive", "ArchiveError", "Entry", "check_chain", "file_hash", "text_hash"]

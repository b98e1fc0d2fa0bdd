"""`govdigest verify`: every hash of the archive, and every published quote against it.

It knows nothing of how findings are made: it opens the published data files, and looks each quote up by its offsets
in the archived text that it names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from govdigest.archive import Archive, check_chain

_NAMES = {"platform", "document", "version"}


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification looked at, and what it found wrong."""

    documents: int
    versions: int
    events: int
    quotes: int
    problems: tuple[str, ...]


def verify(archive: Archive, site: Path | None) -> Verified:
    """Check the archive's chain of hashes, and, where ``site`` is given, the quotes of its data files."""
    problems: list[str] = []
    documents = versions = events = quotes = 0
    for platform, document in archive.documents():
        documents += 1
        found = check_chain(archive, platform, document)
        problems += found
        if not found:
            versions += len(archive.versions(platform, document))
            events += len(archive.events(platform, document))
    if site is not None and site.is_dir():
        texts: dict[tuple[str, str, str], str] = {}
        for path in sorted(site.rglob("*.json")):
            for row in _quoted(json.loads(path.read_text(encoding="utf-8"))):
                name = (str(row["platform"]), str(row["document"]), str(row["version"]))
                if name not in texts:
                    try:
                        texts[name] = _text(archive, *name)
                    except (ValueError, FileNotFoundError):
                        problems.append(f"{path}: quotes a version that is not archived: {'/'.join(name)}")
                        texts[name] = ""
                for quote in _rows(row["quotes"]):
                    quotes += 1
                    problem = _check(texts[name], quote)
                    if problem:
                        problems.append(f"{path}: {'/'.join(name)}: {problem}")
    return Verified(documents, versions, events, quotes, tuple(problems))


def _quoted(value: object) -> Iterator[Mapping[str, object]]:
    """Objects that name a version and carry quotes, at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get("quotes"), list) and value["quotes"] and value.keys() >= _NAMES:
            yield value
        for child in value.values():
            yield from _quoted(child)
    elif isinstance(value, list):
        for child in value:
            yield from _quoted(child)


def _rows(value: object) -> list[Mapping[str, object]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _text(archive: Archive, platform: str, document: str, version: str) -> str:
    content = archive.path(platform, document, version).read_bytes().decode("utf-8")
    return content[content.index("\n---\n", 4) + len("\n---\n") :]


def _check(archived: str, quote: Mapping[str, object]) -> str:
    start, end, text = quote.get("start"), quote.get("end"), quote.get("text")
    if not isinstance(start, int) or not isinstance(end, int) or not isinstance(text, str) or not text:
        return "a quote without start, end and text"
    if archived[start:end] != text:
        return f"the quote at {start}..{end} is not in the archived text: {text[:80]!r}"
    return ""

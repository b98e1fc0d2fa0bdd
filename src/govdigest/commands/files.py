"""`govdigest read`, `extract` and `diff`: local files in, findings, text or verdicts out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from govdigest import extract
from govdigest.edition.documents import ReadText
from govdigest.marks import plain
from govdigest.model import Finding, Taxonomy, Text
from govdigest.positions import words

_LARGEST = 50_000_000
_MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".txt": "text/plain",
    ".pdf": "application/pdf",
}


class FileError(Exception):
    """A local file that cannot be used, and why."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file and what it states."""

    path: Path
    text: Text
    findings: tuple[Finding, ...]


def load(path: Path) -> tuple[bytes, str]:
    """A file's bytes and media type, by its name or, where that tells nothing, by its first bytes."""
    try:
        if path.stat().st_size > _LARGEST:
            raise FileError(f"{path}: larger than {_LARGEST} bytes")
        body = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: {error.strerror or error}") from error
    media_type = _MEDIA_TYPES.get(path.suffix.lower(), "")
    if not media_type:
        head = body[:1024].lstrip().lower()
        if head.startswith(b"%pdf-"):
            media_type = "application/pdf"
        else:
            media_type = "text/html" if head.startswith((b"<!doctype", b"<html", b"<")) else "text/markdown"
    return body, media_type


def text_of(path: Path) -> Text:
    """The document in a local file. Raises FileError with the reason."""
    body, media_type = load(path)
    try:
        return extract.extract(body, media_type)
    except extract.ExtractError as error:
        raise FileError(f"{path}: {error.reason.value}: {error}") from error


def read_files(paths: Sequence[Path], read: ReadText) -> Iterator[ReadFile]:
    """Each file and what it states, in the order given."""
    for path in paths:
        text = text_of(path)
        yield ReadFile(path, text, read(text))


def finding_row(document: str, finding: Finding) -> dict[str, object]:
    """A finding as one line of ``govdigest read --json``."""
    return {
        "doc": document,
        "provision": finding.provision,
        "position": finding.position,
        "scope": finding.scope.value,
        "basis": finding.basis.value,
        "parameters": {name: list(values) for name, values in finding.parameters},
        "quotes": [quote.text for quote in finding.quotes],
        "spans": [[quote.span.start, quote.span.end] for quote in finding.quotes],
    }


def report(file: ReadFile, taxonomy: Taxonomy) -> str:
    """What a file states, for a terminal."""
    lines = [file.text.title or file.path.name, "=" * min(78, len(file.text.title or file.path.name))]
    if file.text.language not in {"", "en"}:
        lines += [f"The document is in another language ({file.text.language}): only English is read."]
    stated = {finding.provision for finding in file.findings}
    groups = {group.slug: group.name for group in taxonomy.groups}
    group = ""
    for finding in file.findings:
        provision = taxonomy.provision(finding.provision)
        if provision.group != group:
            group = provision.group
            lines += ["", groups[group].upper()]
        position = provision.position(finding.position)
        scope = "" if finding.scope.value == "all" else f" ({finding.scope.value})"
        basis = "" if finding.basis.value == "explicit" else " (inferred)"
        lines += [f"- {provision.name}{scope}: {position.name} [{position.exposure.value} exposure]{basis}"]
        lines += [f"  It {words(finding, taxonomy)}"]
        lines += [f"  “{plain(quote.text)}”" for quote in finding.quotes]
    silent = [provision.name for provision in taxonomy.provisions if provision.slug not in stated]
    lines += ["", f"Says nothing on: {', '.join(silent) or 'none of the questions'}."]
    lines += ["", "Describes what the document states; no legal determination."]
    return "\n".join(lines)

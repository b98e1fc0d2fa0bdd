"""Editors' notes: words beside a document, pinned to a version, which may overrule a finding with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from govdigest.content import ContentError, ContentFile, overlaid, read_content, render, text_of
from govdigest.edition.nouns import Note
from govdigest.model import Basis, Finding, Quote, Scope, Span, Taxonomy


@dataclass(frozen=True, slots=True)
class Overruling:
    """An editor's answer in place of what was found."""

    provision: str
    position: str | None
    """None: the document is silent."""
    scope: Scope
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class EditorsNote:
    """A note's file, read."""

    file: ContentFile
    version: str
    overrulings: tuple[Overruling, ...]

    def shown(self, current: str | None) -> Note:
        """The note as the page of a document whose current version is ``current`` shows it."""
        return Note(html=render(self.file.body), version=self.version, stale=self.version != current)


def load_notes(folders: Sequence[Path], taxonomy: Taxonomy) -> dict[tuple[str, str], EditorsNote]:
    """Notes of ``content/notes/<platform>/<document>.md``, by platform and document. Raises ContentError."""
    notes: dict[tuple[str, str], EditorsNote] = {}
    for name, path in overlaid(folders, "notes/*/*.md").items():
        _, platform, document = name.removesuffix(".md").split("/")
        file = read_content(path)
        rows = file.matter.get("overrules", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ContentError(path, 2, "overrules: wants a list of provision, position, reason and quote")
        overrulings = tuple(_overruling(path, row, taxonomy) for row in rows)
        notes[platform, document] = EditorsNote(file, text_of(file, "version"), overrulings)
    return notes


def _overruling(path: Path, row: Mapping[str, object], taxonomy: Taxonomy) -> Overruling:
    def need(key: str, default: str | None = None) -> str:
        value = row.get(key, default)
        if not isinstance(value, str):
            raise ContentError(path, 2, f"overrules: {key}: wants a text")
        return value

    provision, position = need("provision"), need("position")
    try:
        known = taxonomy.provision(provision)
    except KeyError as error:
        raise ContentError(path, 2, f"overrules: provision: {provision} is not in the taxonomy") from error
    slugs = [p.slug for p in known.positions]
    if position not in (*slugs, "silent"):
        raise ContentError(path, 2, f"overrules: position: {position}: one of {', '.join(slugs)} or silent")
    scope = need("scope", "all")
    if scope not in set(Scope):
        raise ContentError(path, 2, f"overrules: scope: {scope}: one of {', '.join(Scope)}")
    quote = need("quote", "") if position == "silent" else need("quote")
    return Overruling(provision, None if position == "silent" else position, Scope(scope), quote, need("reason"))


def overrule(
    findings: Sequence[Finding], note: EditorsNote, markdown: str, current: str
) -> tuple[tuple[Finding, ...], Mapping[tuple[str, str, Scope], str]]:
    """``findings`` with the note's answers, and the editor's reason by provision, position and scope.

    A note that was written for another version overrules nothing. Raises ContentError for a quote that the version
    does not contain.
    """
    if note.version != current:
        return tuple(findings), {}
    result = list(findings)
    reasons: dict[tuple[str, str, Scope], str] = {}
    for ruling in note.overrulings:
        same = [f for f in result if f.provision == ruling.provision and f.scope is ruling.scope]
        result = [f for f in result if f not in same]
        if ruling.position is None:
            continue
        start = markdown.find(ruling.quote) if ruling.quote else -1
        if start < 0:
            raise ContentError(note.file.path, 2, f"overrules: quote: the version does not contain {ruling.quote!r}")
        quote = Quote(ruling.quote, Span(start, start + len(ruling.quote)))
        matching = next((f for f in same if f.position == ruling.position), None)
        finding = (
            replace(matching, quotes=(quote,))
            if matching
            else Finding(ruling.provision, ruling.position, (quote,), ruling.scope, (), Basis.EXPLICIT)
        )
        result.append(finding)
        reasons[finding.provision, finding.position, finding.scope] = ruling.reason
    return tuple(result), reasons

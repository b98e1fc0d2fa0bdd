"""Files that editors write: YAML front matter between two lines of ---, then Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

_LIMIT = 1_000_000
"""Bytes; an editor's file is never larger."""


class ContentError(Exception):
    """A content file that cannot be used: names file, line and what would be right."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class ContentFile:
    """One file: its front matter and its body."""

    path: Path
    matter: Mapping[str, object]
    body: str


def read_content(path: Path) -> ContentFile:
    """The file at ``path``; front matter is optional. Raises ContentError, FileNotFoundError."""
    data = path.read_bytes()
    if len(data) > _LIMIT:
        raise ContentError(path, 1, f"has {len(data)} bytes; {_LIMIT} at most")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(path, data.count(b"\n", 0, error.start) + 1, "is not UTF-8") from error
    if not text.startswith("---\n"):
        return ContentFile(path, {}, text)
    end = text.find("\n---\n", 3)
    if end < 0:
        raise ContentError(path, 1, "its front matter has no closing line of ---")
    try:
        matter = yaml.safe_load(text[4 : end + 1]) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "is no YAML"
        raise ContentError(path, (mark.line + 2) if mark else 1, f"front matter: {problem}") from error
    if not isinstance(matter, dict) or not all(isinstance(key, str) for key in matter):
        raise ContentError(path, 2, "front matter must be keys with values")
    return ContentFile(path, matter, text[end + 5 :])


def text_of(file: ContentFile, key: str, default: str | None = None) -> str:
    """The text under ``key``; ``default`` where it is absent. Raises ContentError."""
    value = file.matter.get(key, default)
    if not isinstance(value, str):
        raise ContentError(file.path, 2, f"{key}: wants a text")
    return value


def overlaid(folders: Sequence[Path], pattern: str) -> dict[str, Path]:
    """Files that match ``pattern`` below the folders, by relative path, in order; a later folder's file wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob(pattern)):
            found[path.relative_to(folder).as_posix()] = path
    return dict(sorted(found.items()))


def render(markdown: str, *, anchors: bool = False) -> str:
    """An editor's Markdown as HTML; HTML in it is shown as text.

    ``anchors``: each heading gets an id of its words ('Where it can be wrong': ``where-it-can-be-wrong``), which wants
    a page that holds nothing else with such ids.
    """
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
    tokens = parser.parse(markdown)
    used: set[str] = set()
    for opening, inline in pairwise(tokens):
        if anchors and opening.type == "heading_open":
            slug = "-".join(re.findall(r"[a-z0-9]+", inline.content.lower()))
            if slug and slug not in used:
                used.add(slug)
                opening.attrSet("id", slug)
    return str(parser.renderer.render(tokens, parser.options, {}))

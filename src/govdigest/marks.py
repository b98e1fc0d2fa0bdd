"""Markdown's marks: what a reader sees of a slice, and where each character of that stands.

Patterns are matched on, and pages show, the projection; quotes and offsets stay on the archived text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_MARK = re.compile(
    r"""
    (?P<break>\\(?=\n))
  | (?P<escape>\\(?P<escaped>[!-/:-@\[-`{-~]))
  | (?P<image>!\[(?P<alt>[^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"\n]*")?\))
  | (?P<target>\]\((?:[^()\s<>]|\([^()\s]*\))*(?:\s+"[^"\n]*")?\)|\]\(<[^<>\n]*>(?:\s+"[^"\n]*")?\))
  | (?P<autolink><(?P<address>https?://[^<>\s]+|[^<>\s@]+@[^<>\s]+)>)
  | (?P<tag></?[a-zA-Z][^<>\n]{0,200}>)
  | (?P<line>^[ \t]*(?:>[ \t]?)*(?:\#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(?:\[[ xX]\][ \t]+)?)
  | (?P<rule>^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t]*:?-*:?[ \t]*$)
  | (?P<emphasis>\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])|~~|`{1,3})
  | (?P<open>\[(?=[^\[\]\n]*\]\())
  | (?P<pipe>[ \t]*\|[ \t]*)
  | (?P<invisible>[\u00ad\u200b\u2060\ufeff]+)
  | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)
    """,
    re.VERBOSE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Projection:
    """A slice without its marks, and the offset in the slice of each character that is left."""

    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]
    """Where each character ends in the slice: an entity or an escape is longer than what it shows."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``text[start:end]`` stands in the slice."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"not a span of the projection: {start}..{end}")
        return self.offsets[start], self.ends[end - 1]


def project(markdown: str) -> Projection:
    """``markdown`` without its marks; a run of white space becomes one space, a table's bars become ' · '.

    The projection never joins or reorders words, so a span of it is a contiguous slice of the source.
    """
    text: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []

    def put(characters: str, at: int, end: int | None = None) -> None:
        """Append what ``characters`` show; ``end`` where they stand for one longer mark."""
        for index, character in enumerate(characters):
            if character.isspace():
                if not text or text[-1] == " ":
                    continue
                character = " "
            text.append(character)
            offsets.append(at if end is not None else at + index)
            ends.append(end if end is not None else at + index + 1)

    position = 0
    for match in _MARK.finditer(markdown):
        if match.start() > position:
            put(markdown[position : match.start()], position)
        kind, at = match.lastgroup or "", match.start()
        # lastgroup names the outermost group that closed last, so the inner names never show here
        if match["escape"]:
            put(match["escaped"], at + 1)
        elif match["image"]:
            put(match["alt"], match.start("alt"))
        elif match["autolink"]:
            put(match["address"], match.start("address"))
        elif kind == "pipe":
            if text and text[-1] != " " and match.end() < len(markdown) and markdown[match.end()] != "\n":
                put(" · ", at, match.end())
            else:
                put(" ", at)
        elif kind == "entity":
            put(html.unescape(match.group()), at, match.end())
        elif kind in {"tag", "line", "rule", "break"} and match.group():
            put(" ", at)
        position = match.end()
    put(markdown[position:], position)
    while text and text[-1] == " ":
        text.pop()
        offsets.pop()
        ends.pop()
    return Projection("".join(text), tuple(offsets), tuple(ends))


def plain(markdown: str, *, inside: bool = False) -> str:
    """``markdown`` as a reader sees it, on one line: the text of its projection, without the offsets, and faster.

    ``inside``: a slice that begins within its block, as passages and quotes do; then the ``3.`` of a heading
    ``3. Fees`` is text, and not the mark of a list.
    """
    if _UNMARKED.fullmatch(markdown):
        return " ".join(markdown.split())
    if inside and (number := _NUMBER.match(markdown)):
        return " ".join([*number[0].split(), plain(markdown[number.end() :])]).rstrip()
    parts: list[str] = []
    last = " "
    position = 0
    for match in _MARK.finditer(markdown):
        start, end = match.span()
        if start > position:
            parts.append(markdown[position:start])
            last = " " if markdown[start - 1].isspace() else "x"
        shown = _shown(match, last, end < len(markdown) and markdown[end] != "\n")
        if shown:
            parts.append(shown)
            last = " " if shown[-1].isspace() else "x"
        position = end
    parts.append(markdown[position:])
    return " ".join("".join(parts).split())


_NUMBER = re.compile(r"[ \t]*(?:\d{1,9}[.)][ \t]+)+")
_UNMARKED = re.compile(
    r"[^\s\\!\[\]<>*_~`|&#+\-\d\u00ad\u200b\u2060\ufeff]"
    r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029\\!\[\]<>*_~`|&#\u00ad\u200b\u2060\ufeff]*"
)
"""A line without anything that could be a mark."""


def _shown(match: re.Match[str], last: str, within: bool) -> str:
    """What stands for a mark; ``last`` is what precedes it, ``within``: something follows on the line."""
    kind = match.lastgroup or ""
    if match["escape"]:
        return match["escaped"]
    if match["image"]:
        return match["alt"]
    if match["autolink"]:
        return match["address"]
    if kind == "pipe":
        return " · " if last != " " and within else " "
    if kind == "entity":
        return html.unescape(match.group())
    return " " if kind in {"tag", "line", "rule", "break"} and match.group() else ""

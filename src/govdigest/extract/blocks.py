"""The blocks of a Markdown text, found in one pass over its lines.

A scanner of our own, because only what a policy is made of matters here (headings, paragraphs, lists, tables), in
the dialects that converters write (setext headings, ``*   `` bullets, hard breaks), with the offsets of the source
and in time linear in its length. The rules are CommonMark 0.31's and GFM's tables, with these liberties: indented
code is a paragraph, HTML is a paragraph, and nesting deeper than ``DEEPEST`` is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

DEEPEST = 24

_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_ATX_END = re.compile(r"(?:[ \t]+#+)?[ \t]*$")
_MARKER = re.compile(r"([-*+]|\d{1,9}[.)])([ \t]+|$)")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")
_RULE = re.compile(r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*$")
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+")
_CELL_BAR = re.compile(r"(?<!\\)\|")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_OPEN_END = re.compile(r"[\w,&/’'”\")%-]\Z")
_SMALL = re.compile(r"[(“\"]?[a-z]{2}|[(“\"]?a ")
_LETTERED = re.compile(r"[(“\"]?[\w“\"(]")
_PRINTED = 130
"""Characters: a longer paragraph is no line of a printed page."""
_FEWEST = 40
"""Paragraphs: a shorter document tells nothing about how its lines were broken."""


class BlockKind(Enum):
    """What a leaf of the text is."""

    PARAGRAPH = auto()
    HEADING = auto()
    HEADER = auto()
    ROW = auto()
    CODE = auto()


@dataclass(slots=True)
class Block:
    """A leaf: ``start`` and ``end`` leave out its marker, white space around it, and an underline."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Of a heading, 1 to 6."""
    items: tuple[int, ...] = ()
    """Numbers of the list items that it stands in, outermost first."""
    table: int = -1
    """Index of the header block, of a row."""
    first: bool = False
    """The first leaf of its list item."""


@dataclass(slots=True)
class List:
    """A list: where it hangs, and which leaf may introduce it."""

    parent: int
    """Number of the item that it is nested in; -1 at the top."""
    before: int
    """Index of the leaf that stands directly before it in the same container; -1 where there is none."""


@dataclass(slots=True)
class Blocks:
    """All leaves in order; ``item_lists[n]`` is the list of item ``n``."""

    leaves: list[Block] = field(default_factory=list)
    lists: list[List] = field(default_factory=list)
    item_lists: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """An open list item."""

    number: int
    column: int
    ordered: bool
    list: int


def scan(markdown: str) -> Blocks:
    """The blocks of ``markdown``; offsets are code points into it."""
    return _Scanner(markdown).run()


class _Scanner:
    """The state of one pass."""

    def __init__(self, markdown: str) -> None:
        self.source = markdown
        self.out = Blocks()
        self.stack: list[_Open] = []
        self.numbers: tuple[int, ...] = ()
        self.closed: _Open | None = None
        """The item closed last at the present depth: a marker after it goes on with its list."""
        self.paragraph: Block | None = None
        self.lines = 0
        self.column = 0
        """Where the open paragraph's container begins."""
        self.table = -1
        self.fence = ""
        self.fresh = False
        self.width = printed_width(markdown)

    def run(self) -> Blocks:
        source, position, length = self.source, 0, len(self.source)
        while position < length:
            end = source.find("\n", position)
            if end < 0:
                end = length
            self.line(position, end)
            position = end + 1
        return self.out

    def line(self, start: int, end: int) -> None:
        source = self.source
        at = start
        while at < end and source[at] in " \t":
            at += 1
        if at < end and source[at] == ">":
            quote = _QUOTE.match(source, start, end)
            if quote and not self.fence:
                at = quote.end()
                while at < end and source[at] in " \t":
                    at += 1
        while end > at and source[end - 1] in " \t\r":
            end -= 1
        if self.fence:
            self.fenced(at, end)
            return
        if at == end:
            self.paragraph = None
            self.table = -1
            return
        indent = len(source[start:at].expandtabs(4))
        self.text(at, end, indent)

    def fenced(self, at: int, end: int) -> None:
        """A line in a code block: each is a leaf of its own."""
        line = self.source[at:end]
        if line.startswith(self.fence) and not line.strip(self.fence[0]):
            self.fence = ""
        elif line:
            self.leaf(BlockKind.CODE, at, end)

    def text(self, at: int, end: int, indent: int) -> None:
        """A line that is not blank, from its first mark on."""
        source = self.source
        first = source[at]
        if first in "=-" and self.paragraph is not None and indent >= self.column:
            underline = _SETEXT.match(source, at, end)
            if underline:
                self.paragraph.kind = BlockKind.HEADING
                self.paragraph.level = 1 if first == "=" else 2
                self.paragraph = None
                return
        if first in "|:-" and self.paragraph is not None and self.lines == 1 and self.is_table(at, end):
            self.paragraph.kind = BlockKind.HEADER
            self.table = len(self.out.leaves) - 1
            self.paragraph = None
            return
        if first in "*-_" and _RULE.match(source, at, end):
            self.close(indent)
            self.closed = None
            return
        if first == "#":
            heading = _ATX.match(source, at, end)
            if heading:
                self.close(indent)
                tail = _ATX_END.search(source, heading.end(), end)
                stop = tail.start() if tail else end
                self.leaf(BlockKind.HEADING, heading.end(), max(heading.end(), stop)).level = len(heading[1])
                return
        if first in "`~":
            fence = _FENCE.match(source, at, end)
            if fence:
                self.close(indent)
                self.fence = fence[1]
                return
        if first in "-*+" or first.isdigit():
            marker = _MARKER.match(source, at, end)
            if marker and len(self.stack) < DEEPEST and not self.is_text(marker, end):
                self.item(marker, at, end, indent)
                return
        if self.table >= 0 and "|" in source[at:end]:
            self.row(at, end)
            return
        self.table = -1
        if self.paragraph is not None:
            self.paragraph.end = end
            self.lines += 1
            return
        if self.width and self.goes_on(at):
            self.paragraph = self.out.leaves[-1]
            self.paragraph.end = end
            self.lines = 2
            return
        self.close(indent)
        self.paragraph = self.leaf(BlockKind.PARAGRAPH, at, end)
        self.lines, self.column = 1, self.stack[-1].column if self.stack else 0

    def goes_on(self, at: int) -> bool:
        """Whether the line at ``at`` goes on with the sentence of the line above the blank one, on a printed page."""
        if not self.out.leaves:
            return False
        above = self.out.leaves[-1]
        if above.kind is not BlockKind.PARAGRAPH or above.items != self.numbers:
            return False
        last = self.source[above.start : above.end].rpartition("\n")[2]
        if len(last) < self.width // 2 or not _OPEN_END.search(last):
            return False
        return bool(
            _SMALL.match(self.source, at) or (len(last) > self.width * 0.8 and _LETTERED.match(self.source, at))
        )

    def is_text(self, marker: re.Match[str], end: int) -> bool:
        """A marker within a paragraph that cannot begin a list (CommonMark 5.3)."""
        if self.paragraph is None:
            return False
        if self.stack:
            return marker.end() == end
        return marker.end() == end or (marker[1][0].isdigit() and marker[1][:-1] != "1")

    def is_table(self, at: int, end: int) -> bool:
        """Whether this line is the delimiter row under a header that stands in the open paragraph."""
        if self.paragraph is None or not _DELIMITER.match(self.source, at, end):
            return False
        header = self.source[self.paragraph.start : self.paragraph.end].strip().strip("|")
        return "|" in self.source[at:end] and (
            len(_CELL_BAR.findall(header)) == self.source[at:end].strip().strip("|").count("|")
        )

    def close(self, indent: int) -> None:
        """Close the paragraph, and the items that a block at this indent does not belong to."""
        self.paragraph = None
        self.table = -1
        popped = None
        while self.stack and self.stack[-1].column > indent:
            popped = self.stack.pop()
        if popped is not None:
            self.closed = popped
            self.numbers = self.numbers[: len(self.stack)]

    def item(self, marker: re.Match[str], at: int, end: int, indent: int) -> None:
        """Open a list item, and go on with what stands behind its marker."""
        self.close(indent)
        ordered = marker[1][0].isdigit()
        gap = len(marker[2].expandtabs(4))
        column = indent + len(marker[1]) + (gap if 1 <= gap <= 4 else 1)
        sibling = self.closed
        parent = self.stack[-1].number if self.stack else -1
        if sibling is not None and self.out.lists[sibling.list].parent == parent and sibling.ordered == ordered:
            which = sibling.list
        else:
            which = len(self.out.lists)
            self.out.lists.append(List(parent, self.introduction(parent)))
        number = len(self.out.item_lists)
        self.out.item_lists.append(which)
        self.stack.append(_Open(number, column, ordered, which))
        self.numbers = (*self.numbers, number)
        self.closed = None
        self.fresh = True
        if marker.end() < end:
            self.text(marker.end(), end, column)

    def introduction(self, parent: int) -> int:
        """The leaf right before a new list, where it stands in the same container."""
        leaves = self.out.leaves
        if not leaves:
            return -1
        last = leaves[-1]
        if last.items == self.numbers:
            return len(leaves) - 1
        if len(last.items) > len(self.numbers) and last.items[: len(self.numbers)] == self.numbers:
            # right behind another list of the same container: the same introduction serves both
            return self.out.lists[self.out.item_lists[last.items[len(self.numbers)]]].before
        return -1

    def row(self, at: int, end: int) -> None:
        leaf = Block(BlockKind.ROW, at, end, items=self.numbers, table=self.table)
        self.out.leaves.append(leaf)

    def leaf(self, kind: BlockKind, start: int, end: int) -> Block:
        leaf = Block(kind, start, end, items=self.numbers, first=self.fresh)
        self.fresh = False
        self.closed = None
        self.out.leaves.append(leaf)
        return leaf


def printed_width(markdown: str) -> int:
    """Characters in a line of the printed page that the text was taken from, if every line became a paragraph; or 0.

    Converters of PDF write so: nearly no paragraph is longer than a line, and many begin in the midst of a sentence.
    """
    if any(len(line) > 2 * _PRINTED for line in markdown[:20_000].split("\n")):
        return 0
    paragraphs = _BLANK.split(markdown)
    if len(paragraphs) < _FEWEST:
        return 0
    lengths = sorted(map(len, paragraphs))
    width = lengths[int(len(lengths) * 0.95)]
    if width > _PRINTED:
        return 0
    broken = sum(
        1
        for above, below in pairwise(paragraphs)
        if len(above) > width // 2 and _OPEN_END.search(above) and _SMALL.match(below)
    )
    return width if broken * 6 > len(paragraphs) else 0

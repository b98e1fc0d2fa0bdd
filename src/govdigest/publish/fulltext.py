"""An archived text as HTML: every passage linkable, findings marked where they stand, nothing of it executed.

markdown-it-py parses (CommonMark with tables, HTML off); the tokens are walked here, because each passage's offsets
have to be carried from the Markdown to the page. Links lead to http(s) and mailto only, images show their words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it.token import Token

from govdigest.model import PassageKind, Text
from govdigest.publish.addresses import safe_address as safe_address
from govdigest.publish.commonmark import parser, words
from govdigest.publish.words import clean, shown

LARGEST = 1_500_000
"""Characters; a longer text is shown as plain paragraphs, passage by passage."""
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding at a passage: what stands in the margin."""

    name: str
    """The provision's."""
    words: str
    """The position's name, with its scope."""
    href: str
    exposure: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the table of contents."""

    anchor: str
    words: str
    level: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text as HTML, and its headings in order."""

    html: str
    headings: tuple[Heading, ...]


class _Walk:
    """One text on its way to HTML."""

    def __init__(self, text: Text, marks: Mapping[int, Sequence[Mark]], first_level: int) -> None:
        self.text = text
        self.source = text.markdown
        self.marks = marks
        self.first_level = first_level
        self.out: list[str] = []
        self.headings: list[Heading] = []
        self.passages = sorted(text.passages, key=lambda passage: (passage.span.start, passage.span.end))
        self.starts = [passage.span.start for passage in self.passages]
        self.next = 0
        """The first passage that has no anchor yet."""
        self.position = 0
        self.levels: list[int] = []
        self.links: list[bool] = []
        lines = [0]
        at = self.source.find("\n")
        while at >= 0:
            lines.append(at + 1)
            at = self.source.find("\n", at + 1)
        lines.append(len(self.source))
        self.lines = lines

    # ------------------------------------------------------------------ passages

    def passage_at(self, offset: int) -> int | None:
        index = bisect_right(self.starts, offset) - 1
        if index >= 0 and self.passages[index].span.end > offset:
            return index
        return None

    def skipped(self, before: int) -> list[int]:
        """The passages without an anchor that begin before passage number ``before``."""
        skipped = list(range(self.next, before))
        self.next = max(self.next, before)
        return skipped

    def attributes(self, index: int, first: bool) -> str:
        passage = self.passages[index]
        found = self.marks.get(passage.span.start)
        identity = f' id="p-{passage.span.start}"' if first else ""
        return f'{identity} class="found"' if found else identity

    def notes(self, indexes: Sequence[int]) -> str:
        """The margin notes of passages."""
        if not self.marks:
            return ""
        marks = [mark for index in indexes for mark in self.marks.get(self.passages[index].span.start, ())]
        notes = [
            f'<a class="{mark.exposure}" href="{escape(mark.href)}"><b>{escape(mark.name)}</b> {escape(mark.words)}</a>'
            for mark in dict.fromkeys(marks)
        ]
        return f'<span class="margin" data-pagefind-ignore>{"".join(notes)}</span>' if notes else ""

    # ------------------------------------------------------------------ inline

    def inline(self, token: Token, *, heading: bool = False) -> tuple[str, list[int]]:
        """The content of a block, and the passages that got their anchor in it."""
        if token.map:
            self.position = max(self.position, self.lines[token.map[0]])
            limit = self.lines[min(token.map[1], len(self.lines) - 1)]
        else:
            limit = min(len(self.source), self.position + 20_000)
        if not token.children:
            plain = self.plain(token.content, limit, heading)
            if plain is not None:
                return plain
        pieces: list[tuple[str, str, int | None]] = []  # (what, html, passage)
        for child in token.children or words(token.content):
            self.piece(child, limit, pieces)
        return self.wrap(pieces, heading)

    def plain(self, content: str, limit: int, heading: bool) -> tuple[str, list[int]] | None:
        """What ``run_of`` and ``wrap`` make of a block of words alone, of one line or more.

        None where its passages overlap, or one begins or ends at a break.
        """
        at = self.source.find(content, self.position, limit) if content else -1
        if at < 0:
            return None
        line = content.find("\n")
        if line >= 0 and self.source.find(content[:line], self.position, limit) != at:
            return None
        pieces: list[tuple[int, int, int | None]] = []
        start, end, before = at, at + len(content), -1
        while start < end:
            index, stop = self.share(start, end)
            if index is not None:
                if index <= before or self.source[start] == "\n" or self.source[stop - 1] == "\n":
                    return None
                before = index
            pieces.append((start, stop, index))
            start = stop
        self.position = end
        parts, loose, seen = [], [], []
        as_it_is = content.replace("\n", " ").isprintable() and not ("&" in content or "<" in content or ">" in content)
        for start, stop, index in pieces:
            html = self.source[start:stop]
            if not as_it_is:
                html = escape(clean(html), quote=False)
            if index is not None:
                new = index >= self.next
                if new:
                    loose += [f'<span id="p-{self.starts[skipped]}"></span>' for skipped in self.skipped(index)]
                    self.next = index + 1
                    seen.append(index)
                attributes = self.attributes(index, new and not heading)
                if attributes:
                    html = f"<span{attributes}>{html}</span>"
            parts.append(html)
        return "".join([*loose, *parts]), seen

    def share(self, start: int, end: int) -> tuple[int | None, int]:
        """The passage at ``start``, and where words up to ``end`` leave it or another begins."""
        following = bisect_right(self.starts, start)
        index = following - 1 if following and self.passages[following - 1].span.end > start else None
        stop = end if index is None else min(end, self.passages[index].span.end)
        if following < len(self.starts):
            stop = min(stop, self.starts[following])
        return index, max(stop, start + 1)

    def piece(self, child: Token, limit: int, pieces: list[tuple[str, str, int | None]]) -> None:
        kind = child.type
        if kind in {"text", "text_special", "code_inline"}:
            self.run_of(child, limit, pieces)
        elif kind == "softbreak":
            pieces.append(("text", "\n", self.running(pieces)))
        elif kind == "hardbreak":
            pieces.append(("text", "<br>\n", self.running(pieces)))
        elif kind == "image":
            told = clean(child.content)
            found = self.source.find(child.content, self.position, limit) if child.content else -1
            self.position = found + len(child.content) if found >= 0 else self.position
            pieces.append(
                (
                    "text",
                    f'<span class="image">[image: {escape(told) or "no words"}]</span>',
                    self.passage_at(self.position),
                )
            )
        elif kind == "link_open":
            if any(self.links):
                self.links.append(False)  # a link in a link, as the words of an image would have it
                return
            address = safe_address(str(child.attrs.get("href", "")))
            self.links.append(address is not None)
            if address is not None:
                pieces.append(("open", f'<a href="{escape(address)}" rel="nofollow noopener noreferrer">', None))
        elif kind == "link_close":
            if self.links.pop():
                pieces.append(("close", "</a>", None))
            tail = self.source.find("](", self.position, self.position + 4)
            self.position = tail + 2 if tail >= 0 else self.position
        elif child.nesting == 1:
            pieces.append(("open", f"<{child.tag}>", None))
        elif child.nesting == -1:
            pieces.append(("close", f"</{child.tag}>", None))

    def running(self, pieces: list[tuple[str, str, int | None]]) -> int | None:
        """The passage that a break stands in: the one before it, where it goes on after it."""
        last = next((piece[2] for piece in reversed(pieces) if piece[0] == "text"), None)
        if last is not None and self.passages[last].span.end > self.position + 1:
            return last
        return None

    def run_of(self, child: Token, limit: int, pieces: list[tuple[str, str, int | None]]) -> None:
        content = child.content
        if not content:
            return
        written = child.markup if child.type == "text_special" else content
        at = self.source.find(written, self.position, limit)
        code = child.type == "code_inline"
        if at < 0 or code or child.type == "text_special":
            here = at if at >= 0 else self.position
            self.position = max(self.position, at + len(written))
            html = escape(clean(content), quote=False)
            pieces.append(("text", f"<code>{html}</code>" if code else html, self.passage_at(here)))
            return
        self.position = at + len(content)
        start, end = at, at + len(content)
        while start < end:
            index, stop = self.share(start, end)
            pieces.append(("text", escape(clean(self.source[start:stop]), quote=False), index))
            start = stop

    def wrap(self, pieces: list[tuple[str, str, int | None]], heading: bool) -> tuple[str, list[int]]:
        """``pieces`` joined, each passage in a span of its own as far as the nesting allows."""
        ranges: dict[int, tuple[int, int]] = {}
        for number, (_, _, index) in enumerate(pieces):
            if index is not None:
                ranges[index] = (ranges.get(index, (number, number))[0], number)
        opening: dict[int, list[str]] = {}
        closing: dict[int, str] = {}
        single: dict[int, str] = {}
        seen: list[int] = []
        loose: list[str] = []
        for index in sorted(ranges):
            first, last = ranges[index]
            new = index >= self.next
            if new:
                loose += [f'<span id="p-{self.starts[skipped]}"></span>' for skipped in self.skipped(index)]
                self.next = index + 1
                seen.append(index)
            attributes = self.attributes(index, new and not heading)
            if not attributes:
                continue
            while first <= last and pieces[first][1].isspace():
                first += 1
            first = min(first, last)
            while last > first and pieces[last][0] == "text" and pieces[last][1].isspace():
                last -= 1
            if self.balanced(pieces, first, last):
                opening.setdefault(first, []).append(f"<span{attributes}>")
                closing[last] = "</span>"
            else:
                for number in range(first, last + 1):
                    if pieces[number][2] == index:
                        single[number] = attributes
                        attributes = self.attributes(index, False)
        parts = loose
        for number, (_, html, _) in enumerate(pieces):
            if number in single:
                html = f"<span{single[number]}>{html}</span>" if single[number] else html
            parts += opening.get(number, ())
            parts.append(html)
            if number in closing:
                parts.append(closing[number])
        return "".join(parts), seen

    @staticmethod
    def balanced(pieces: list[tuple[str, str, int | None]], first: int, last: int) -> bool:
        depth = 0
        for number in range(first, last + 1):
            what = pieces[number][0]
            depth += (what == "open") - (what == "close")
            if depth < 0:
                return False
        return depth == 0

    # ------------------------------------------------------------------ blocks

    def level(self, depth: int) -> int:
        """The heading level that the page gives to a heading of ``depth``: none is ever skipped."""
        while self.levels and self.levels[-1] >= depth:
            self.levels.pop()
        self.levels.append(depth)
        return min(DEEPEST, self.first_level + len(self.levels) - 1)

    def heading(self, opening: Token, token: Token) -> None:
        start = self.position
        if opening.map:
            start = self.lines[opening.map[0]]
        html, seen = self.inline(token, heading=True)
        level = self.level(int(opening.tag[1]))
        if seen:
            anchor = f"p-{self.starts[seen[0]]}"
            html += "".join(f'<span id="p-{self.starts[more]}"></span>' for more in seen[1:])
        else:
            anchor = f"h-{start}"
        said = shown(token.content)
        if not said:
            self.out.append(f'<p id="{anchor}">{html}</p>\n')
            return
        self.headings.append(Heading(anchor, clean(said), level))
        self.out.append(f'<h{level} id="{anchor}">{html}</h{level}>{self.notes(seen)}\n')

    def run(self) -> Rendered:
        tokens = parser().parse(self.source)
        number = 0
        while number < len(tokens):
            token = tokens[number]
            kind = token.type
            if kind == "heading_open":
                self.heading(token, tokens[number + 1])
                number += 3
                continue
            if kind == "th_open" and not tokens[number + 1].content.strip():
                token.tag = tokens[number + 2].tag = "td"  # a header of nothing is none
            if kind == "line":
                html, seen = self.inline(token)
                self.out.append(f"<p>{self.notes(seen)}{html}</p>\n")
            elif kind == "items":
                self.out.append("<ul>")
                for item in token.meta["items"]:
                    html, seen = self.inline(item)
                    self.out.append(f"<li>{self.notes(seen)}{html}</li>\n")
                self.out.append("</ul>\n")
            elif kind == "inline":
                html, seen = self.inline(token)
                self.out.append(self.notes(seen) + html)
            elif kind in {"fence", "code_block", "html_block"}:
                self.code(token)
            elif kind == "hr":
                self.out.append("<hr>\n")
            else:
                self.block(token)
            number += 1
        rest = self.skipped(len(self.passages))
        if rest:
            self.out.append("".join(f'<span id="p-{self.starts[index]}"></span>' for index in rest))
        return Rendered("".join(self.out), tuple(self.headings))

    def code(self, token: Token) -> None:
        anchors = ""
        if token.map:
            end = self.lines[min(token.map[1], len(self.lines) - 1)]
            self.position = max(self.position, end)
            following = bisect_right(self.starts, end - 1)
            anchors = "".join(f'<span id="p-{self.starts[index]}"></span>' for index in self.skipped(following))
        self.out.append(f"<pre>{anchors}<code>{escape(clean(token.content), quote=False)}</code></pre>\n")

    def block(self, token: Token) -> None:
        kind, tag = token.type, token.tag
        if token.hidden:
            return
        if kind == "table_open":
            self.out.append(
                '<div class="scroll" tabindex="0" role="group" aria-label="Table of the document"><table>\n'
            )
        elif kind == "table_close":
            self.out.append("</table></div>\n")
        elif kind == "ordered_list_open":
            start = token.attrs.get("start")
            self.out.append(f'<ol start="{int(start)}">\n' if start is not None else "<ol>\n")
        elif kind == "tr_open":
            if token.map:
                self.position = max(self.position, self.lines[token.map[0]])
            self.out.append("<tr>")
        elif token.nesting == 1:
            scope = ' scope="col"' if tag == "th" else ""
            self.out.append(f"<{tag}{scope}>")
        elif token.nesting == -1:
            self.out.append(f"</{tag}>" + ("" if tag in {"th", "td"} else "\n"))


def _plainly(text: Text) -> Rendered:
    """A text too long to parse: its passages as paragraphs."""
    parts = [
        f'<p id="p-{passage.span.start}">{escape(clean(shown(text.slice(passage.span))), quote=False)}</p>\n'
        for passage in text.passages
        if passage.kind is not PassageKind.HEADER
    ]
    return Rendered("".join(parts), ())


def render(text: Text, marks: Mapping[int, Sequence[Mark]], *, first_level: int = 2) -> Rendered:
    """``text`` as HTML.

    ``marks``: the start of a passage to the findings that rest on it. ``first_level``: the level of its outermost
    heading on the page. Each passage has exactly one element with the id ``p-<start of its span>``.
    """
    if len(text.markdown) > LARGEST:
        return _plainly(text)
    return _Walk(text, marks, first_level).run()

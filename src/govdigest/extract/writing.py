"""From an HTML tree to canonical CommonMark with pipe tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from govdigest.extract import inline
from govdigest.extract.blocks import DEEPEST
from govdigest.extract.inline import Inline
from govdigest.extract.marking import BLOCKS, HEADINGS, heading_level, is_tag
from govdigest.extract.tables import is_data_table, rows_of

_EMPHASIS = {"b": "**", "strong": "**", "em": "*", "i": "*", "cite": "", "dfn": ""}
_LISTS = {"ul", "ol", "menu", "dir"}
_ALPHA = re.compile(r"list-style(?:-type)?\s*:[^;]{0,40}?(lower|upper)-(alpha|latin|roman)", re.IGNORECASE)
_ENUMERATED = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z]|[ivxIVX]{1,5})[.)]?\s|\(?\d{1,3}(?:\.\d{1,3})*[.)]")
_LINE_BREAK = re.compile(r"\\?\n[ >]*")
_OPENERS = {"true", "false"}


@dataclass(slots=True)
class Written:
    """A block of Markdown: ``kind`` is p, h, ul, ol, table, rule or quote."""

    kind: str
    text: str
    mark: str = ""
    """Of a numbered list, its last marker: ``7.``."""


@dataclass(slots=True)
class Item:
    """A list item: its number as the page shows it, and its blocks."""

    label: str
    blocks: list[Written] = field(default_factory=list)


def write(root: HtmlElement, base: str = "") -> str:
    """The content of ``root`` as Markdown that ends without a line break; ``base`` resolves relative links."""
    return assemble(Writer(base, marked(root)).content(root))


def marked(root: HtmlElement) -> set[HtmlElement]:
    """The elements that contain a block: what is inline by its tag is a container all the same."""
    found: set[HtmlElement] = set()
    for element in root.iter(*BLOCKS):
        parent = element.getparent()
        while parent is not None and parent not in found:
            found.add(parent)
            if parent is root:
                break
            parent = parent.getparent()
    return found


def assemble(blocks: list[Written]) -> str:
    """Blocks with an empty line between."""
    return "\n\n".join(block.text for block in blocks)


class Writer:
    """Walks a tree once."""

    def __init__(self, base: str, containers: set[HtmlElement]) -> None:
        self.base = base
        self.containers = containers
        self.nesting = 0

    def content(self, element: HtmlElement) -> list[Written]:
        """The blocks within ``element``."""
        out: list[Written] = []
        run = Inline()
        run = self.flow(element, out, run)
        self.flush(run, out)
        return out

    def flush(self, run: Inline, out: list[Written]) -> Inline:
        out.extend(Written("p", text) for text in run.paragraphs())
        return Inline()

    def flow(self, element: HtmlElement, out: list[Written], run: Inline) -> Inline:
        """Put the children of ``element``; gives the run that is open at its end."""
        run.text(element.text)
        for child in element:
            if is_tag(child):
                run = self.child(child, out, run)
            run.text(child.tail)
        return run

    def child(self, child: HtmlElement, out: list[Written], run: Inline) -> Inline:
        tag = child.tag
        if tag == "br":
            run.put(inline.BREAK)
            return run
        level = heading_level(child)
        if tag not in BLOCKS and not level and child not in self.containers:
            if tag == "button" and child.get("aria-expanded") in _OPENERS and not run.words:
                return self.label(child, out, run)
            self.phrase(child, run)
            return run
        run = self.flush(run, out)
        if level:
            self.heading(child, level, out)
        elif tag in _LISTS or child.get("role") == "list":
            self.listing(child, out)
        elif tag == "li":
            self.stray_item(child, out)
        elif tag == "table":
            self.table(child, out)
        elif tag == "blockquote":
            inner = assemble(self.content(child))
            if inner:
                out.append(Written("quote", "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))))
        elif tag == "hr":
            if out and out[-1].kind != "rule":
                out.append(Written("rule", "---"))
        elif tag in {"dt", "summary"}:
            return self.label(child, out, run)
        elif tag == "pre":
            self.preformatted(child, out)
        else:
            run = self.flow(child, out, run)
            return self.flush(run, out)
        return run

    def phrase(self, element: HtmlElement, run: Inline) -> None:
        """An inline element without blocks in it."""
        mark = _EMPHASIS.get(element.tag, "")
        href = ""
        if element.tag == "a":
            href = inline.target(element.get("href") or "", self.base)
        if mark:
            run.put(inline.OPEN, mark)
        if href:
            run.put(inline.LINK, href)
        run.text(element.text)
        for child in element:
            if is_tag(child):
                if child.tag == "br":
                    run.put(inline.BREAK)
                else:
                    self.phrase(child, run)
            run.text(child.tail)
        if href:
            run.put(inline.UNLINK)
        if mark:
            run.put(inline.CLOSE, mark)

    def label(self, element: HtmlElement, out: list[Written], run: Inline) -> Inline:
        """A term, or what opens a section: a line of its own, in bold unless it has a structure."""
        run = self.flush(run, out)
        if element in self.containers:
            return self.flush(self.flow(element, out, run), out)
        bold = Inline()
        bold.put(inline.OPEN, "**")
        self.phrase(element, bold)
        bold.put(inline.CLOSE, "**")
        self.flush(bold, out)
        return Inline()

    def heading(self, element: HtmlElement, level: int, out: list[Written]) -> None:
        words = self.words(element)
        if words:
            out.append(Written("h", f"{'#' * level} {words}"))

    def words(self, element: HtmlElement) -> str:
        """The text of ``element`` on one line, escaped, without links or emphasis."""
        run = Inline()
        blocks = element in self.containers
        for text in _texts(element, blocks):
            run.text(text)
        line = inline.within_line(" ".join(run.paragraphs()))
        return line.rstrip("#").rstrip() if line.endswith("#") else line

    def listing(self, element: HtmlElement, out: list[Written]) -> None:
        items: list[Item] = []
        self.nesting += 1
        self.items(element, items, _numbering(element))
        self.nesting -= 1
        items = [item for item in items if item.blocks]
        if not items:
            return
        if self.nesting >= DEEPEST:
            out.extend(block for item in items for block in item.blocks)
            return
        self.put_list(items, element.tag == "ol", out)

    def items(self, element: HtmlElement, items: list[Item], number: _Numbers) -> None:
        """Collect the items of a list, through wrappers; text outside of any item goes on with the one before."""
        self.loose_text(element.text, items)
        for child in element:
            if is_tag(child):
                if child.tag == "li" or child.get("role") == "listitem":
                    item = Item(number.next(child), self.content(child))
                    if items and item.blocks and all(block.kind in {"ul", "ol"} for block in item.blocks):
                        # an item that is nothing but a list: it belongs below the one before
                        items[-1].blocks.extend(item.blocks)
                    else:
                        items.append(item)
                elif child.tag in _LISTS:
                    inner: list[Written] = []
                    self.listing(child, inner)
                    if items:
                        items[-1].blocks.extend(inner)
                    elif inner:
                        items.append(Item("", inner))
                elif child in self.containers and child.tag not in BLOCKS - {"div", "section"}:
                    self.items(child, items, number)
                else:
                    run = Inline()
                    blocks: list[Written] = []
                    run = self.child(child, blocks, run)
                    self.flush(run, blocks)
                    if blocks:
                        items.append(Item("", blocks))
            self.loose_text(child.tail, items)

    def loose_text(self, text: str | None, items: list[Item]) -> None:
        run = Inline()
        run.text(text)
        blocks: list[Written] = []
        self.flush(run, blocks)
        if blocks and items:
            items[-1].blocks.extend(blocks)
        elif blocks:
            items.append(Item("", blocks))

    def stray_item(self, element: HtmlElement, out: list[Written]) -> None:
        """An item outside of any list: it goes on with the list before it."""
        blocks = self.content(element)
        if not blocks:
            return
        self.nesting += 1
        text = _item_text("-", blocks)
        self.nesting -= 1
        if out and out[-1].kind == "ul" and out[-1].text.startswith("- "):
            out[-1] = Written("ul", f"{out[-1].text}\n{text}")
        else:
            out.append(Written("ul", text))

    def put_list(self, items: list[Item], ordered: bool, out: list[Written]) -> None:
        numbered = ordered and not all(_ENUMERATED.match(_bare(item.blocks[0].text)) for item in items)
        decimal = numbered and all(item.label.isdigit() or not item.label for item in items)
        loose = any(_is_loose(item.blocks) for item in items)
        last = out[-1] if out else None
        kind = "ol" if decimal else "ul"
        # the same marker again would go on with the list before: bullets may, numbers only where they do go on
        before = last.text if last is not None and last.kind == kind else ""
        mark = last.mark if last is not None and before and decimal else ""
        goes_on = bool(mark) and items[0].label == str(int(mark[:-1]) + 1)
        second = bool(mark) and (mark[-1] == ")") == goes_on
        lines = []
        for item in items:
            if decimal and item.label:
                marker = f"{item.label}{')' if second else '.'}"
            else:
                marker = "-"
                if numbered and item.label and not decimal:
                    first = item.blocks[0]
                    if first.kind == "p":
                        item.blocks[0] = Written("p", f"{item.label}. {first.text}")
            lines.append(_item_text(marker, item.blocks))
        text = ("\n\n" if loose else "\n").join(lines)
        if before and not decimal:
            loose = loose or "\n\n" in before
            out[-1] = Written(kind, f"{before}{chr(10) * (1 + loose)}{text}")
        else:
            label = items[-1].label if decimal else ""
            out.append(Written(kind, text, f"{label}{')' if second else '.'}" if label else ""))

    def table(self, element: HtmlElement, out: list[Written]) -> None:
        grid = rows_of(element)
        if not is_data_table(element, grid):
            self.flush(self.flow(element, out, Inline()), out)
            return
        for caption in element.iterchildren("caption"):
            out.extend(self.content(caption))
        lines = [[self.cell(cell) if cell is not None else "" for cell in row] for row in grid.rows]
        kept = [index for index, line in enumerate(lines) if any(line)]
        if not kept:
            return
        width = max(len(lines[index]) for index in kept)
        header = [""] * width
        if grid.header and kept[0] == 0:
            header = lines[0] + [""] * (width - len(lines[0]))
            kept = kept[1:]
        text = [_row(header), f"|{' --- |' * width}"]
        text.extend(_row(lines[index] + [""] * (width - len(lines[index]))) for index in kept)
        out.append(Written("table", "\n".join(text)))

    def cell(self, element: HtmlElement) -> str:
        """A cell's content on one line."""
        parts: list[str] = []
        for block in self.content(element):
            if block.kind in {"ul", "ol", "table"}:
                for line in block.text.split("\n"):
                    words = re.sub(r"^[ ]*(?:[-*]|\d{1,9}[.)])[ ]+", "", line).strip()
                    if words and not set(words) <= set("|- :"):
                        parts.append(words if words.endswith((".", ";", ":", ",")) else f"{words};")
                if parts:
                    parts[-1] = parts[-1].rstrip(";")
            elif block.kind == "rule":
                continue
            else:
                text = block.text.lstrip("#").lstrip() if block.kind == "h" else block.text
                parts.append(_LINE_BREAK.sub(" ", inline.within_line(text)))
        return re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", " ".join(parts))

    def preformatted(self, element: HtmlElement, out: list[Written]) -> None:
        """Text whose line breaks count, though prose more often than code: paragraphs with hard breaks."""
        text = "".join(_texts(element, False))
        for part in re.split(r"\n[ \t]*\n", text):
            run = Inline()
            for index, line in enumerate(part.strip("\n").split("\n")):
                if index:
                    run.put(inline.BREAK)
                run.text(line)
            self.flush(run, out)


def _texts(element: HtmlElement, spaced: bool) -> list[str]:
    """The texts of a subtree in order; where it has blocks or breaks, with spaces between."""
    found: list[str] = []
    for text in _walk(element):
        found.append(text)
        if spaced:
            found.append(" ")
    return found


def _walk(element: HtmlElement) -> list[str]:
    found = [element.text or ""]
    for child in element:
        if is_tag(child):
            if child.tag in {"br", "hr"}:
                found.append("\n")
            else:
                found.extend(_walk(child))
        found.append(child.tail or "")
    return found


class _Numbers:
    """Counts the items of an ``ol`` as a browser does."""

    def __init__(self, start: int, style: str) -> None:
        self.value = start - 1
        self.style = style

    def next(self, item: HtmlElement) -> str:
        """The label of the next item; empty in a list without numbers."""
        if not self.style:
            return ""
        own = item.get("value", "")
        self.value = int(own) if own.isascii() and own.isdigit() and len(own) < 7 else self.value + 1
        return _label(self.value, self.style)


def _numbering(element: HtmlElement) -> _Numbers:
    if element.tag != "ol":
        return _Numbers(1, "")
    start = element.get("start", "")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1
    style = element.get("type", "1")
    css = _ALPHA.search(element.get("style", ""))
    if css:
        style = {"roman": "i"}.get(css[2].lower(), "a")
        style = style.upper() if css[1].lower() == "upper" else style
    return _Numbers(first, style if style in {"a", "A", "i", "I"} else "1")


def _label(value: int, style: str) -> str:
    if style == "1" or not 0 < value < 4000:
        return str(max(0, value))
    if style in "aA":
        text = ""
        while value:
            value, digit = divmod(value - 1, 26)
            text = chr(ord("a") + digit) + text
    else:
        text = ""
        for size, sign in zip(
            (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
            ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
            strict=True,
        ):
            count, value = divmod(value, size)
            text += sign * count
    return text.upper() if style.isupper() else text


def _bare(text: str) -> str:
    return text.replace("\\", "").lstrip("*_#[ ")


def _is_loose(blocks: list[Written]) -> bool:
    """Whether an item needs empty lines to keep its blocks apart."""
    return any(block.kind not in {"ul", "ol"} for block in blocks[1:])


def _item_text(marker: str, blocks: list[Written]) -> str:
    pad = " " * (len(marker) + 1)
    loose = _is_loose(blocks)
    inner = ("\n\n" if loose else "\n").join(block.text for block in blocks)
    return f"{marker} " + "\n".join(f"{pad}{line}" if line else "" for line in inner.split("\n"))[len(pad) :]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escape_text(text: str) -> str:
    """Plain text as Markdown: paragraphs where it has empty lines, hard breaks where its lines are short."""
    out = []
    for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text):
        run = Inline()
        lines = part.strip("\n").split("\n")
        for index, line in enumerate(lines):
            if index:
                run.put(inline.BREAK) if len(lines[index - 1].strip()) < 50 else run.text(" ")
            run.text(line)
        out.extend(run.paragraphs())
    return "\n\n".join(out)


__all__ = ["HEADINGS", "Writer", "Written", "assemble", "escape_text", "marked", "write"]

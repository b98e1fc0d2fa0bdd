"""What a source's settings cut out of its page: ``select``, ``remove``, and the headings ``from`` and ``to``."""

from __future__ import annotations

import re

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.cssselect import SelectorError as CssError
from lxml.html import HtmlElement

from govdigest.extract.blocks import Block, BlockKind, scan
from govdigest.extract.errors import SelectorError
from govdigest.extract.tree import drop
from govdigest.marks import plain
from govdigest.model import Source

_FOLD = re.compile(r"[\W_]+")


def select(root: HtmlElement, source: Source) -> list[HtmlElement] | None:
    """The elements that ``select`` matches, in page order, outermost only; None where the source selects nothing."""
    if not source.select:
        return None
    matched: set[HtmlElement] = set()
    for selector in source.select:
        found = _match(root, selector)
        if not found:
            raise SelectorError(f"select: {selector!r} matches nothing on the page")
        matched.update(found)
    return [
        element
        for element in root.iter()
        if element in matched and not any(above in matched for above in element.iterancestors())
    ]


def remove(root: HtmlElement, source: Source) -> None:
    """Take away what ``remove`` matches."""
    for selector in source.remove:
        found = _match(root, selector)
        if not found:
            raise SelectorError(f"remove: {selector!r} matches nothing on the page")
        for element in found:
            if element.tag not in {"html", "body"}:
                drop(element)


def cut(markdown: str, source: Source) -> str:
    """The text from the heading ``start`` on, up to the heading ``end``; as it is where the source names none."""
    if source.start is None and source.end is None:
        return markdown
    leaves = scan(markdown).leaves
    first, last = 0, len(markdown)
    after = -1
    if source.start is not None:
        after = _heading(markdown, leaves, source.start, -1)
        if after < 0:
            raise SelectorError(f"from: no heading {source.start!r} in the document")
        first = markdown.rfind("\n", 0, leaves[after].start) + 1
    if source.end is not None:
        at = _heading(markdown, leaves, source.end, after)
        if at < 0:
            raise SelectorError(f"to: no heading {source.end!r} in the document")
        last = markdown.rfind("\n", 0, leaves[at].start) + 1
    return markdown[first:last].strip("\n")


def _match(root: HtmlElement, selector: str) -> list[HtmlElement]:
    try:
        found = CSSSelector(selector, translator="html")(root)
    except (CssError, etree.XPathError) as error:
        raise SelectorError(f"{selector!r} is no CSS selector that can be used: {error}") from error
    return [element for element in found if isinstance(element, HtmlElement)] if isinstance(found, list) else []


def _heading(markdown: str, leaves: list[Block], words: str, after: int) -> int:
    """Index of the first heading behind ``after`` that reads ``words``, else of a short line that does; -1 if none.

    Case, marks and punctuation do not count.
    """
    wanted = _fold(words)
    line = -1
    for index in range(after + 1, len(leaves)):
        leaf = leaves[index]
        if leaf.kind not in {BlockKind.HEADING, BlockKind.PARAGRAPH} or leaf.end - leaf.start > 300:
            continue
        # '3. Fees' may be asked for with its number or without
        line_start = markdown.rfind("\n", 0, leaf.start) + 1
        if wanted in {_fold(plain(markdown[start : leaf.end])) for start in (line_start, leaf.start)}:
            if leaf.kind is BlockKind.HEADING:
                return index
            line = index if line < 0 else line
    return line


def _fold(text: str) -> str:
    return _FOLD.sub(" ", text.lower()).strip()

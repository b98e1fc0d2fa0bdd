"""What a source's settings cut out of its page: ``select``, ``remove``, and the headings ``from`` and ``to``."""

from __future__ import annotations

import re

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.cssselect import SelectorError as CssError
from lxml.html import HtmlElement

from govdigest.extract.errors import SelectorError
from govdigest.extract.tree import drop
from govdigest.extract.writing import Written
from govdigest.marks import plain
from govdigest.model import Source

_FOLD = re.compile(r"[\W_]+")


def has_selectors(source: Source) -> bool:
    """Whether headings bound the document."""
    return source.start is not None or source.end is not None


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


def cut(blocks: list[Written], source: Source) -> list[Written]:
    """The blocks from the heading ``start`` on, up to the heading ``end``."""
    if source.start is not None:
        at = _heading(blocks, source.start, 0)
        if at is None:
            raise SelectorError(f"from: no heading {source.start!r} on the page")
        blocks = blocks[at:]
    if source.end is not None:
        at = _heading(blocks, source.end, 1)
        if at is None:
            raise SelectorError(f"to: no heading {source.end!r} on the page")
        blocks = blocks[:at]
    return blocks


def _match(root: HtmlElement, selector: str) -> list[HtmlElement]:
    try:
        found = CSSSelector(selector, translator="html")(root)
    except (CssError, etree.XPathError) as error:
        raise SelectorError(f"{selector!r} is no CSS selector that can be used: {error}") from error
    return [element for element in found if isinstance(element, HtmlElement)] if isinstance(found, list) else []


def _heading(blocks: list[Written], words: str, first: int) -> int | None:
    """Index of the heading (or a line in bold) that reads ``words``; case, marks and punctuation do not count."""
    wanted = _fold(words)
    for index in range(first, len(blocks)):
        block = blocks[index]
        if (block.kind == "h" or (block.kind == "p" and len(block.text) < 300)) and _fold(plain(block.text)) == wanted:
            return index
    return None


def _fold(text: str) -> str:
    return _FOLD.sub(" ", text.lower()).strip()

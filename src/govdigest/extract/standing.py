"""Where an element stands on its page: among the paragraphs of a text, or beside them."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from govdigest.extract.marking import BLOCKS, HEADINGS, is_tag

TEXT = frozenset(["p", "ul", "ol", "dl", "table", "blockquote", "pre", *HEADINGS])
_SENTENCE = 8
"""Words of a sentence; fewer make a label."""
_NEAR = 2
"""Neighbours looked at on either side."""
_OPENER_PARTS = 40
_BOXES = 5
"""Boxes within boxes that are looked through."""


def unlinked(element: HtmlElement) -> int:
    """Words of the sentences within ``element`` that are no links."""
    count = 0
    stack = [element]
    while stack:
        part = stack.pop()
        if not is_tag(part) or part.tag == "a":
            continue
        texts = [part.text, *(child.tail for child in part)]
        count += sum(words for text in texts if text and (words := len(text.split())) >= _SENTENCE)
        stack.extend(part)
    return count


def among_prose(element: HtmlElement, *, one_side: bool = False) -> bool:
    """Whether ``element`` says something in sentences, and paragraphs of a text stand right before and behind it.

    Then it is a part of that text, whatever it calls itself: an alert box in a contract is a clause. With ``one_side``
    it is enough that they stand on one.
    """
    if not unlinked(element) or next(element.iterdescendants("form", "nav", "button"), None) is not None:
        return False
    outer = _outer(element)
    sides = [
        [near for near in map(_inner, islice(outer.itersiblings(preceding=preceding), _NEAR)) if is_paragraph(near)]
        for preceding in (True, False)
    ]
    if not (any(sides) if one_side else all(sides)):
        return False
    return any(near.tag not in HEADINGS and unlinked(near) for side in sides for near in side)


def is_paragraph(element: HtmlElement) -> bool:
    """Whether ``element`` is a block of running text: by its tag, or because it holds no other block."""
    if not is_tag(element):
        return False
    if element.tag in TEXT:
        return True
    return element.tag == "div" and not any(is_tag(child) and child.tag in BLOCKS for child in element)


def _outer(element: HtmlElement) -> HtmlElement:
    """``element`` with the boxes that hold nothing else."""
    for _ in range(_BOXES):
        parent = element.getparent()
        if parent is None or parent.tag not in {"div", "section"} or len(parent) != 1 or (parent.text or "").strip():
            break
        element = parent
    return element


def _inner(element: HtmlElement) -> HtmlElement:
    """What stands in ``element`` where that only boxes it."""
    for _ in range(_BOXES):
        if element.tag not in {"div", "section"} or len(element) != 1 or (element.text or "").strip():
            break
        element = element[0]
    return element


def is_opened(element: HtmlElement) -> bool:
    """Whether what stands right before ``element`` opens it: the title of a collapsed section, or a button."""
    before = element.getprevious()
    if before is None or element.tag not in BLOCKS or before.tag == "h1":
        return False
    if before.tag in HEADINGS or before.tag in {"dt", "summary"}:
        return True
    return any(
        part.tag == "button" or part.get("aria-expanded") is not None or part.get("role") in {"button", "tab"}
        for part in islice(before.iter(), _OPENER_PARTS)
        if is_tag(part)
    )

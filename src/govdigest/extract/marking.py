"""What the tags of a page are: block or inline, heading or not."""

from __future__ import annotations

from lxml.html import HtmlElement

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}


def is_tag(element: HtmlElement) -> bool:
    """False for comments and processing instructions."""
    return isinstance(element.tag, str)


def heading_level(element: HtmlElement) -> int:
    """1 to 6, or 0 for what is no heading."""
    level = HEADINGS.get(element.tag)
    if level is not None:
        return level
    if element.get("role") == "heading":
        given = element.get("aria-level", "2")
        return min(6, max(1, int(given))) if given.isascii() and given.isdigit() and len(given) < 3 else 2
    return 0

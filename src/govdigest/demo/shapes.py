"""Shapes: the same text as different sites build it (accordions, tabs, bare ``div``s, definition lists)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lxml import html as lxml_html
from lxml.html import HtmlElement
from markdown_it import MarkdownIt


def to_html(markdown: str, *, raw: bool = False) -> str:
    """CommonMark with pipe tables as HTML; ``raw`` lets HTML in the text stand."""
    return str(MarkdownIt("commonmark", {"html": raw}).enable("table").render(markdown))


def article(html: str) -> str:
    """As it comes."""
    return html


def sections(html: str) -> list[str]:
    """The names of the ``h2`` sections, for tables of contents."""
    return [" ".join(node.text_content().split()) for node in _parse(html).iter("h2")]


def details(html: str) -> str:
    """Each section in a ``details`` with its heading as the summary."""
    return _wrap(html, lambda head, rest, _: f"<details class='fold'><summary>{head}</summary>{rest}</details>")


def buttons(html: str) -> str:
    """Each section in an accordion whose heading is text in a button, and whose panel is hidden until clicked."""

    def make(head: str, rest: str, number: int) -> str:
        return (
            f"<div class='acc'><h2 class='acc-h'><button type='button' aria-expanded='false' aria-controls='p{number}'>"
            f"{_inner(head)}</button></h2><div id='p{number}' class='acc-p' hidden>{rest}</div></div>"
        )

    return _wrap(html, make)


def tabs(html: str) -> str:
    """A tab for each section; all but the first panel are hidden."""
    names = sections(html)
    bar = "".join(f"<a role='tab' href='#t{index}'>{_escape(name)}</a>" for index, name in enumerate(names, start=1))

    def make(head: str, rest: str, number: int) -> str:
        hidden = "" if number == 1 else " style='display:none'"
        return f"<section role='tabpanel' id='t{number}'{hidden}>{head}{rest}</section>"

    panels = _wrap(html, make)
    return f"<nav role='tablist' aria-label='Sections'>{bar}</nav>{panels}"


def soup(html: str) -> str:
    """No semantics at all: ``div`` and ``span`` for everything but tables."""
    root = _parse(html)
    classes = {"h1": "t-hero", "h2": "t-lg", "h3": "t-md", "p": "t-body", "ul": "stack", "ol": "stack", "li": "row"}
    for node in list(root.iter()):
        if isinstance(node.tag, str) and node.tag in classes:
            node.set("class", classes[node.tag])
            node.tag = "div"
        elif node.tag in ("strong", "em"):
            node.set("class", "b")
            node.tag = "span"
    return _serialise(root)


def definitions(html: str) -> str:
    """Lists whose items begin with a bold term become definition lists."""
    root = _parse(html)
    for listing in list(root.iter("ul")):
        items = list(listing)
        if not items or not all(len(item) and item[0].tag == "strong" and not item.text for item in items):
            continue
        listing.tag = "dl"
        for item in items:
            term = item[0]
            term.tag = "dt"
            rest, term.tail = term.tail, None
            listing.insert(listing.index(item), term)
            item.tag = "dd"
            item.text = (rest or "").lstrip(" :–—")
    return _serialise(root)


SHAPES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"details": details, "buttons": buttons, "tabs": tabs, "soup": soup, "definitions": definitions}
)


def half(html: str, keep: int = 2) -> str:
    """The first ``keep`` sections, and grey bars where the rest would have come."""
    bars = "<div class='skeleton' aria-busy='true'><span></span><span></span><span></span></div>"
    return _wrap(html, lambda head, rest, number: f"{head}{rest}" if number <= keep else bars)


def _wrap(html: str, make: Callable[[str, str, int], str]) -> str:
    """``html`` with ``make(heading, rest, number)`` around each ``h2`` section."""
    root = _parse(html)
    parts: list[str] = []
    head, rest, number = "", [root.text or ""], 0
    for child in root:
        markup = str(lxml_html.tostring(child, encoding="unicode"))
        if child.tag == "h2":
            parts.append(make(head, "".join(rest), number) if number else "".join(rest))
            head, rest, number = markup, [], number + 1
        else:
            rest.append(markup)
    parts.append(make(head, "".join(rest), number) if number else "".join(rest))
    return "".join(parts)


def _inner(markup: str) -> str:
    return _escape(" ".join(_parse(markup).text_content().split()))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _parse(html: str) -> HtmlElement:
    return lxml_html.fragment_fromstring(html, create_parent="div")


def _serialise(root: HtmlElement) -> str:
    return (root.text or "") + "".join(str(lxml_html.tostring(child, encoding="unicode")) for child in root)

"""Parsing a page once, and taking away what no reader sees."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from govdigest.extract.charset import decode
from govdigest.extract.errors import UnreadableBytes
from govdigest.extract.marking import BLOCKS, is_tag
from govdigest.extract.standing import is_opened

DEEPEST = 120
"""Elements nested deeper are unwrapped, so that the walk stays within the stack."""

_TOO_DEEP = f"boolean({'/*' * (DEEPEST + 2)})"

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_UNSEEN = (
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "video", "audio", "canvas", "map",
    "select", "input", "textarea", "datalist", "img", "picture", "source", "track", "math", "progress", "meter", "head",
    "title",
)  # fmt: skip
_STRUCTURE = frozenset(["html", "body", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "ul", "ol", "li"])
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,}|font-size\s*:\s*0(?:px|em|rem|;|$|\s)"
    r"|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01]",
    re.IGNORECASE,
)
_MOST_PROBE_WORDS = 25
_AREA_WORDS = 20
"""Words of a text area that nobody typed: old sites show their contracts in one."""
_ENDS = (".", "?", ":", ";")


def parse(body: bytes, media_type: str) -> HtmlElement:
    """The tree of a page, comments kept out. Raises UnreadableBytes for what is no page."""
    text = _CONTROLS.sub("", decode(body, media_type))
    if not text.strip():
        raise UnreadableBytes("the page is empty")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableBytes("the page has no content that a browser would show") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise UnreadableBytes("the page's elements are nested too deep to be read to its end")
    for template in [element for element in root.iter("template") if isinstance(element, HtmlElement)]:
        if template.get("shadowrootmode"):
            template.drop_tag()  # a browser shows it as a part of the page
    flatten(root)
    return root


def flatten(root: HtmlElement) -> None:
    """Unwrap elements that are nested deeper than ``DEEPEST``."""
    if not root.xpath(_TOO_DEEP):
        return
    deep: list[HtmlElement] = []
    stack: list[tuple[HtmlElement, int]] = [(root, 0)]
    while stack:
        element, depth = stack.pop()
        if depth > DEEPEST:
            deep.append(element)
        stack.extend((child, depth + 1) for child in element)
    for element in reversed(deep):
        if is_tag(element):
            if element.tag in BLOCKS and element.tag != "br":
                element.tail = f"\n{element.tail or ''}"
                element.text = f"\n{element.text or ''}"
            element.drop_tag()


def strip_unseen(root: HtmlElement) -> None:
    """Take away scripts, pictures, form fields, and small hidden texts; decode addresses that Cloudflare hides."""
    for area in root.iter("textarea"):
        if len("".join(area.itertext()).split()) >= _AREA_WORDS:
            area.tag = "pre"
    for element in list(root.iter(*_UNSEEN)):
        drop(element)
    for element in root.xpath("//*[@data-cfemail] | //a[contains(@href, '/cdn-cgi/l/email-protection#')]"):
        _decode_address(element)
    opened = {
        name for element in root.xpath("//*[@aria-controls]") for name in element.get("aria-controls", "").split()
    }
    for element in root.xpath("//*[@hidden or @style or @aria-hidden='true']"):
        if element.getparent() is None or element.tag in {"html", "body", "main"}:
            continue
        if (
            "hidden" in element.attrib
            or element.get("aria-hidden") == "true"
            or _HIDDEN.search(element.get("style", ""))
        ):
            # collapsed sections are hidden too: what is long is text
            words = etree.tostring(element, method="text", encoding="unicode", with_tail=False).split()
            if len(words) <= _MOST_PROBE_WORDS and not _in_section(element, words) and element.get("id") not in opened:
                drop(element)


def _in_section(element: HtmlElement, words: list[str]) -> bool:
    """Whether something on the page opens this element: then it is a collapsed section, however short."""
    if element.get("aria-labelledby") or element.get("role") in {"region", "tabpanel"}:
        return True
    return bool(words) and words[-1].endswith(_ENDS) and not words[-1].endswith("...") and is_opened(element)


def drop(element: HtmlElement) -> None:
    """Take ``element`` out and leave the text behind it."""
    if element.getparent() is not None:
        element.drop_tree()


def _decode_address(element: HtmlElement) -> None:
    code = element.get("data-cfemail") or (element.get("href") or "").partition("#")[2]
    try:
        key, *rest = bytes.fromhex(code)
    except ValueError:
        return
    address = bytes(byte ^ key for byte in rest).decode("utf-8", "replace")
    if "@" not in address or not address.isprintable() or len(address) > 254:
        return
    if element.tag == "a":
        element.set("href", f"mailto:{address}")
    if element.get("data-cfemail") or "email" in "".join(element.itertext()):
        for child in list(element):
            drop(child)
        element.text = address

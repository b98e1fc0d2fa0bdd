"""An HTML page as a ``Text``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from govdigest.extract import inline
from govdigest.extract.chrome import strip_chrome, words_of
from govdigest.extract.dates import metadata_dates
from govdigest.extract.passages import segment
from govdigest.extract.region import choose
from govdigest.extract.selecting import cut, remove, select
from govdigest.extract.tidying import tidy_blocks
from govdigest.extract.tree import parse, strip_unseen
from govdigest.extract.writing import Writer, Written, assemble, marked
from govdigest.model import PageSignals, Source, Text

_TITLE_LENGTH = 300
_NOTE_LENGTH = 1000
_LINKED_DATE = re.compile(r'"(date(?:Modified|Published))"\s{0,9}:\s{0,9}"([^"]{8,40})"')
_MOST_LINKED = 200_000
_LINK = re.compile(r"(?<!\\)\[([^\[\]\n]{1,400})\]\([^()\s]{1,1000}\)")
_DATE_PROPERTIES = frozenset(
    [
        "article:published_time",
        "article:modified_time",
        "og:updated_time",
        "og:published_time",
        "datepublished",
        "datemodified",
        "last-modified",
        "dcterms.modified",
        "dc.date",
        "dc.date.modified",
        "date",
        "last-updated",
        "lastmod",
    ]
)


@dataclass(frozen=True, slots=True)
class _Written:
    """A page once its tree is no longer needed."""

    markdown: str
    title: str
    properties: list[tuple[str, str]]
    signals: PageSignals
    coverage: float


def read_page(body: bytes, media_type: str, source: Source | None) -> Text:
    """The text of a page; raises ``ExtractError``.

    Without selectors the document is found on the page; with ``select`` it is what they match, in page order, and
    nothing is taken from it but what no reader sees and what ``remove`` matches.
    """
    written = _written(body, media_type, source)
    markdown = cut(written.markdown, source) if source else written.markdown
    text = segment(markdown, title=written.title)
    links = sum(len(match[1].split()) for match in _LINK.finditer(markdown))
    known = {(stated.kind, stated.day) for stated in text.dates}
    extra = tuple(stated for stated in metadata_dates(written.properties) if (stated.kind, stated.day) not in known)
    return replace(
        text,
        dates=(*text.dates, *extra),
        coverage=round(written.coverage, 4),
        page=replace(written.signals, link_words=links),
    )


def _written(body: bytes, media_type: str, source: Source | None) -> _Written:
    """What the page says, as Markdown; its tree ends with this, before the passages need their memory."""
    root = parse(body, media_type)
    alive = list(root.iter())  # lxml makes an element's Python side anew each time it is met, unless someone holds it
    title = inline.clean(" ".join("".join(root.xpath("//title[1]//text()")).split()))[:_TITLE_LENGTH]
    properties = _dates(root)
    signals = _signals(root, title)
    selected = select(root, source) if source else None
    if source:
        remove(root, source)
    strip_unseen(root)
    page = root.find("body")
    page = root if page is None else page
    signals = replace(signals, words=words_of(page))
    base = _base(root, source)
    if selected is None:
        strip_chrome(root, source.url if source else signals.canonical)
        coverage = choose(root, page, title)
        parts = [page]
    else:
        parts, coverage = selected, 1.0
    alive.clear()
    blocks: list[Written] = []
    for part in parts:
        blocks.extend(Writer(base, marked(part)).content(part))
    if selected is None:
        blocks = tidy_blocks(blocks)
    return _Written(assemble(blocks), title, properties, signals, coverage)


def _signals(root: HtmlElement, title: str) -> PageSignals:
    """What the page was, before anything is taken from it."""
    canonical = root.xpath("string(//link[@rel='canonical']/@href)")
    notes = " ".join(" ".join(element.itertext()) for element in root.iter("noscript"))
    return PageSignals(
        title=title,
        password_form=bool(root.xpath("//input[@type='password']")),
        scripts=sum(1 for _ in root.iter("script")),
        noscript=" ".join(re.sub(r"<[^<>]*>", " ", notes[: 4 * _NOTE_LENGTH]).split())[:_NOTE_LENGTH],
        canonical=str(canonical)[:_NOTE_LENGTH],
    )


def _dates(root: HtmlElement) -> list[tuple[str, str]]:
    """Dates in the page's metadata: properties, and linked data (schema.org's ``dateModified``)."""
    found = []
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("itemprop") or meta.get("name") or "").lower()
        if name in _DATE_PROPERTIES:
            found.append((name, meta.get("content") or ""))
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            found.extend((match[1], match[2]) for match in _LINKED_DATE.finditer((script.text or "")[:_MOST_LINKED]))
    return found


def _base(root: HtmlElement, source: Source | None) -> str:
    """What relative links are relative to."""
    url = source.url if source else ""
    href = str(root.xpath("string(//base[1]/@href)")).strip()
    return inline.target(href, url) if href else url

"""An HTML page as a ``Text``."""

from __future__ import annotations


from govdigest.extract.passages import segment
from govdigest.extract.region import choose
from govdigest.extract.tree import parse, strip_unseen
from govdigest.extract.writing import write
from govdigest.model import Source, Text


def read_page(body: bytes, media_type: str, source: Source | None) -> Text:
    """The text of a page; raises ``ExtractError``."""
    root = parse(body, media_type)
    title = " ".join("".join(root.xpath("//title[1]//text()")).split())[:300]
    strip_unseen(root)
    region = choose(root)
    markdown = write(region, source.url if source else "")
    return segment(markdown, title=title)

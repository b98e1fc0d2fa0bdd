"""What trafilatura takes for a page's content: asked only where the page's structure leaves a doubt."""

from __future__ import annotations

import logging
import re

from lxml import etree
from lxml.html import HtmlElement

from govdigest.extract.marking import BLOCKS, is_tag

_FOLD = re.compile(r"[\W_]+")
_KEY = 28
_LEAST = 10
"""Words of a paragraph that trafilatura's opinion counts for."""
_MOST = 4_000_000
"""Characters of text; of more it is not asked, so that time stays bounded."""


class Opinion:
    """trafilatura's judgement of one page; it is run at the first question, and once."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.keys: frozenset[str] | None = None

    def keeps(self, element: HtmlElement) -> int:
        """Words of the paragraphs within ``element`` that trafilatura keeps."""
        if self.keys is None:
            self.keys = _kept(self.root)
        if not self.keys:
            return 0
        kept = 0
        for block in element.iter():
            if is_tag(block) and (block.tag in BLOCKS or block is element):
                texts = [block.text or ""]
                for child in block:
                    if is_tag(child) and child.tag not in BLOCKS:
                        texts.extend(child.itertext())
                    texts.append(child.tail or "")
                words = len(" ".join(texts).split())
                if words >= _LEAST and any(_key(text) in self.keys for text in (" ".join(texts), *texts)):
                    kept += words
        return kept


def _kept(root: HtmlElement) -> frozenset[str]:
    """Keys of the paragraphs that trafilatura takes for content."""
    if sum(map(len, root.itertext())) > _MOST:
        return frozenset()
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(root, fast=True, include_comments=False)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return frozenset()
    content = getattr(found, "body", None)
    if content is None:
        return frozenset()
    return frozenset(key for text in content.itertext() if (key := _key(text)))


def _key(text: str) -> str:
    """The first letters of a paragraph, folded; empty when it is too short to know again."""
    folded = _FOLD.sub("", text[:160].lower())
    return folded[:_KEY] if len(folded) >= _KEY else ""

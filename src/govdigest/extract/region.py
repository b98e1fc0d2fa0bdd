"""Which part of a page is the document."""

from __future__ import annotations

from lxml.html import HtmlElement

from govdigest.extract.tree import drop


def choose(root: HtmlElement) -> HtmlElement:
    """v1"""
    for element in list(root.iter("nav", "footer", "dialog")):
        drop(element)
    for name in ("main", "article"):
        found = root.findall(f".//{name}")
        if len(found) == 1:
            return found[0]
    body = root.find("body")
    return body if body is not None else root

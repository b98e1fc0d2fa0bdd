"""From bytes to a ``Text``, by what the bytes are."""

from __future__ import annotations

import re

from govdigest.extract.charset import decode
from govdigest.extract.errors import TooLarge, UnreadableBytes
from govdigest.extract.passages import segment
from govdigest.model import Source, Text

MOST_BYTES = 40_000_000
"""Larger bodies are refused, not cut: half a policy must not pass for a whole one. Time and memory grow with the bytes
that are read, in proportion: at most about a second and 25 MB for each megabyte of markup."""

_MARKDOWN = {"text/markdown", "text/x-markdown"}
_PLAIN = {"text/plain"}
_HTML_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|!--)", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What no text may hold (XML 1.0, section 2.2); invisible characters stay where Markdown was given with them."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ufffe\uffff]")


def extract(body: bytes, media_type: str, source: Source | None = None) -> Text:
    """The text of one source.

    ``body`` is HTML, Markdown, plain text or a PDF; ``media_type`` is the header's value, parameters included, and
    where it says nothing useful the bytes speak for themselves. ``source`` brings selectors and the URL. Markdown is
    canonical as given. Raises ``ExtractError``, whose ``reason`` is the failure class. Same input, same text.
    """
    if len(body) > MOST_BYTES:
        raise TooLarge(f"{len(body)} bytes; no more than {MOST_BYTES} are read")
    kind = media_type.split(";")[0].strip().lower()
    if body[:1024].lstrip()[:5] == b"%PDF-" or (kind == "application/pdf" and b"%PDF-" in body[:1024]):
        from govdigest.extract.pdf import read_pdf

        return read_pdf(body, source)
    if kind == "application/pdf":
        raise UnreadableBytes("sent as a PDF, but it is none")
    if kind in _MARKDOWN:
        return _bounded(_FORBIDDEN.sub("", decode(body, media_type)).replace("\r\n", "\n"), source)
    if kind in _PLAIN and not _HTML_START.match(body[:2048]):
        from govdigest.extract.writing import escape_text

        text = decode(body, media_type)
        return _bounded(escape_text(_CONTROL.sub("", text).replace("\r\n", "\n")), source)
    from govdigest.extract.page import read_page

    return read_page(body, media_type, source)


def _bounded(markdown: str, source: Source | None) -> Text:
    """The text between the headings that a source names."""
    if source is not None and (source.start is not None or source.end is not None):
        from govdigest.extract.selecting import cut

        markdown = cut(markdown, source)
    return segment(markdown)

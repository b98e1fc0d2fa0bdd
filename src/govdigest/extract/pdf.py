"""PDFs."""

from __future__ import annotations

from govdigest.extract.errors import UnreadableBytes
from govdigest.model import Source, Text


def read_pdf(body: bytes, source: Source | None) -> Text:
    """Not yet."""
    raise UnreadableBytes("PDF")

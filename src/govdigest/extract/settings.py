"""What an extraction depends on beside the bytes: the extractor's version, and the source's settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from govdigest.model import Source

EXTRACTOR = "2"
"""Raised by hand whenever the same bytes give another text: the judge then re-extracts before it compares."""


def settings_hash(sources: Sequence[Source]) -> str:
    """SHA-256, in hexadecimal, of all that cuts a document out of its pages; URLs too, in their order."""
    settings = [
        [source.url, source.select, source.remove, source.start, source.end, source.render] for source in sources
    ]
    return hashlib.sha256(json.dumps(settings, ensure_ascii=True).encode()).hexdigest()

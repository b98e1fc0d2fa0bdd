"""Whether a text is the document at all: what it says, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass

from govdigest.model import Text


@dataclass(frozen=True, slots=True)
class NotADocument:
    """Why a text is not taken for the document: a reason's slug, and a sentence for the status page."""

    reason: str
    detail: str


def examine(text: Text, language: str = "en") -> NotADocument | None:
    """None for a document; else the reason. ``language`` is the document's (ISO 639-1)."""
    if len(text.markdown.split()) < 30:
        return NotADocument("empty", "The page has hardly any words.")
    return None

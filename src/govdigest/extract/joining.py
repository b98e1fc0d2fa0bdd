"""Several sources, one document."""

from __future__ import annotations

from collections.abc import Sequence

from govdigest.extract.passages import segment
from govdigest.model import Span, Text

_BETWEEN = "\n\n"


def join(texts: Sequence[Text]) -> tuple[Text, tuple[Span, ...]]:
    """The texts of a document's sources as one, in their order, and where each one's slice stands.

    A single text comes back as it is. ``joined.slice(spans[i])`` is the Markdown of source ``i``, so a source that has
    not changed can be taken from an earlier version. Coverage is the least of all; page signals are the first's.
    """
    if not texts:
        raise ValueError("a document has at least one source")
    if len(texts) == 1:
        return texts[0], (Span(0, len(texts[0].markdown)),)
    pieces: list[str] = []
    spans: list[Span] = []
    position = 0
    for text in texts:
        if pieces:
            pieces.append(_BETWEEN)
            position += len(_BETWEEN)
        pieces.append(text.markdown)
        spans.append(Span(position, position + len(text.markdown)))
        position += len(text.markdown)
    whole = segment("".join(pieces), title=texts[0].title)
    unplaced = tuple(stated for text in texts for stated in text.dates if stated.span is None)
    return (
        Text(
            markdown=whole.markdown,
            passages=whole.passages,
            title=whole.title,
            language=whole.language,
            dates=(*whole.dates, *dict.fromkeys(unplaced)),
            coverage=min(text.coverage for text in texts),
            page=texts[0].page,
        ),
        tuple(spans),
    )

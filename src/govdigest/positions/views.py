"""What patterns are run on: a passage with its context, in lower case and without Markdown's marks.

The folding keeps, for every character, where it stands in the archived text, so that whatever is matched can
be quoted from there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from govdigest.model import Passage, PassageKind, Span, Text

LONGEST_VIEW = 4000
"""Characters that are looked at together; longer passages are looked at in several views."""
_ALIKE = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("‑", "-"),
          ("\u00a0", " "), ("\u202f", " "))  # fmt: skip
"""Signs that mean the same; one character each, so that offsets stay."""
_PLAIN = re.compile(r"[*_\[\]\\<|`&#>\n\t\u200b\u2060\u00ad\ufeff]|  ")
_MARK = re.compile(
    r"""
    (?P<line>(?:^|\n)[ \t>]*(?:\#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+)?)
  | (?P<target>\]\([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?\))
  | (?P<tag></?[a-zA-Z][^<>\n]{0,200}>)
  | (?P<entity>&(?:amp|nbsp|quot|lt|gt|\#\d{1,5});)
  | (?P<pipe>[ ]?\|[ ]?)
  | (?P<drop>[*`\[\]\\\u200b\u2060\u00ad\ufeff]+|(?<!\w)_{1,3}|_{1,3}(?!\w))
  | (?P<space>\s{2,}|[\n\t])
    """,
    re.VERBOSE,
)
_BLANKS = frozenset({"line", "space", "pipe", "entity"})
WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Piece:
    """A slice of the text, folded; ``starts`` and ``sources`` tell where each stretch came from."""

    raw: str
    low: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    def source(self, index: int) -> int:
        """The offset in the archived text of the character at ``index``."""
        at = bisect_right(self.starts, index) - 1
        return self.sources[at] + index - self.starts[at]

    def span(self, start: int, end: int) -> Span:
        """The slice of the archived text that shows ``raw[start:end]``."""
        return Span(self.source(start), self.source(end - 1) + 1)


@dataclass(frozen=True, slots=True)
class Folded:
    """A whole text with its typographic signs folded, in its own case and in lower case."""

    raw: str
    low: str

    @classmethod
    def of(cls, markdown: str) -> Folded:
        """``markdown`` folded; no character moves."""
        for sign, plain in _ALIKE:
            markdown = markdown.replace(sign, plain)
        return cls(markdown, _lower(markdown))

    def piece(self, span: Span) -> Piece:
        """The slice without marks, a run of white space being one space."""
        raw = self.raw[span.start : span.end]
        if _PLAIN.search(raw) is None:
            return Piece(raw, self.low[span.start : span.end], (0,), (span.start,))
        parts: list[str] = []
        starts: list[int] = []
        sources: list[int] = []
        length = at = 0
        ends_blank = True
        for match in _MARK.finditer(raw):
            begin = match.start()
            if begin > at:
                parts.append(raw[at:begin])
                starts.append(length)
                sources.append(span.start + at)
                length += begin - at
                ends_blank = raw[begin - 1] == " "
            if not ends_blank and match.lastgroup in _BLANKS:
                parts.append(" ")
                starts.append(length)
                sources.append(span.start + begin)
                length += 1
                ends_blank = True
            at = match.end()
        if at < len(raw):
            parts.append(raw[at:])
            starts.append(length)
            sources.append(span.start + at)
        shown = "".join(parts)
        return Piece(shown, _lower(shown), tuple(starts) or (0,), tuple(sources) or (span.start,))


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):  # a few letters change their length, which would move all offsets
        lower = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lower


@dataclass(slots=True)
class View:
    """A passage after its context, as one row of words."""

    index: int
    """Number of the passage in the text."""
    kind: PassageKind
    headings: tuple[str, ...]
    block: int
    raw: str
    low: str
    pieces: tuple[tuple[int, Piece], ...]
    """Where each piece begins in ``raw``; the last is the passage itself."""
    own: int
    """Where the passage itself begins in ``raw``."""
    possible: int = 0
    """Sets of words that the view has a word of, as bits (see ``matching``)."""
    words: set[str] = field(default_factory=set)
    """Its words, each once."""
    hits: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Where segments stand, as far as it was asked."""

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The slices of the archived text that show ``raw[start:end]``, the passage's own first."""
        made: list[Span] = []
        for position, (offset, piece) in enumerate(self.pieces):
            stop = self.pieces[position + 1][0] - 1 if position + 1 < len(self.pieces) else len(self.raw)
            low, high = max(start, offset), min(end, stop)
            if low < high:
                made.append(piece.span(low - offset, high - offset))
        return tuple(reversed(made))


def views(text: Text) -> list[View]:
    """All that is looked at, in the order of the document."""
    contexts: dict[Span, Piece] = {}
    made: list[View] = []
    folded = Folded.of(text.markdown)

    def piece(span: Span) -> Piece:
        known = contexts.get(span)
        if known is None:
            known = contexts[span] = folded.piece(span)
        return known

    for index, passage in enumerate(text.passages):
        context = [found for span in passage.context if (found := piece(span)).low] if passage.context else []
        for span in _windows(text.markdown, passage.span):
            own = folded.piece(span)
            if own.low:
                made.append(_view(index, passage, context, own))
    return made


def _view(index: int, passage: Passage, context: list[Piece], own: Piece) -> View:
    if not context:
        return View(index, passage.kind, passage.headings, passage.block, own.raw, own.low, ((0, own),), 0)
    pieces: list[tuple[int, Piece]] = []
    offset = 0
    for piece in (*context, own):
        pieces.append((offset, piece))
        offset += len(piece.raw) + 1
    raw = " ".join(piece.raw for _, piece in pieces)
    low = " ".join(piece.low for _, piece in pieces)
    return View(index, passage.kind, passage.headings, passage.block, raw, low, tuple(pieces), pieces[-1][0])


def _windows(markdown: str, span: Span) -> list[Span]:
    made: list[Span] = []
    start = span.start
    while span.end - start > LONGEST_VIEW:
        cut = markdown.rfind(" ", start + LONGEST_VIEW // 2, start + LONGEST_VIEW)
        cut = cut if cut > 0 else start + LONGEST_VIEW
        made.append(Span(start, cut))
        start = cut
    made.append(Span(start, span.end))
    return made

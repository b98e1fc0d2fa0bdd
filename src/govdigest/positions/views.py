"""What patterns are run on: the words of a passage with its context, in lower case and without Markdown's marks.

Marks are covered with blanks rather than taken out, so that no character moves and whatever is matched can be quoted
from where it stands in the archived text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain

from govdigest.model import PassageKind, Span, Text
from govdigest.patterns.parse import spelt_out
from govdigest.patterns.recogniser import Runs, State

LONGEST_VIEW = 4000
"""Characters that are looked at together; longer passages are looked at in several views."""
LONGEST_CONTEXT = 2000
MOST_CONTEXT = 6
"""Characters of one lead-in, and lead-ins, that a passage is read with."""
_ALIKE = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("‑", "-"),
          ("\u00a0", " "), ("\u202f", " "))  # fmt: skip
"""Signs that mean the same; one character each."""
_MARKS = ("*", "_", "[", "]", "\\", "`", "|", "#", ">", "\n", "\t", "\u200b", "\u2060", "\u00ad", "\ufeff")
_TARGET = re.compile(r"\]\([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?\)")
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>\n]{0,200}|https?:[^<>\s]{0,2000})>")
_ENTITY = re.compile(r"&(?:amp|nbsp|quot|lt|gt|#\d{1,5});")
_ENTRY = re.compile(r"[\W\d]{0,40}\[[^\[\]]{1,200}\]\([^()\s#]{0,300}#[^()\s]{0,300}\)\W{0,20}")
"""An entry of a table of contents: nothing but a link to a place in a page."""
_SAID = re.compile(r"[.!?][\"'”’)*_\s]{0,20}\Z")
"""The end of a full sentence: what stands under it does not go on with it."""
_FOLLOWING = re.compile(r"\b(?:following|below|follows)\b", re.IGNORECASE)
_LAST = 60
"""Characters at its end in which a sentence may say that something follows."""
_LOOSE = re.compile(r" (?=[,.;:!?)])|(?<=\() ")
TOKEN = re.compile(
    r"(n't(?!\w)|\w+?(?=n't(?!\w))|can(?=not(?!\w))|\w+(?:'(?!(?:s|ll|re|ve|d|m)(?!\w))\w+)?)(?:'(?:s|ll|re|ve|d|m)(?!\w))?"
)
"""A word; a clitic after it is no word of its own, so that 'we'll keep' is met by 'we keep'.

'Don't' and 'cannot' are two words each, so that 'do not' and 'can not' meet them.
"""
MOST_CHUNKS = 65_536


class _Words(dict[str, tuple[str, ...]]):
    """The words of what stands between two blanks, kept, since words come again; no word goes over a blank."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        if len(self) >= MOST_CHUNKS:
            self.clear()
        words = TOKEN.findall(chunk)
        if "n't" in words:
            words = spelt_out(words)
        made = self[chunk] = tuple(words)
        return made


_WORDS = _Words()


@dataclass(frozen=True, slots=True)
class Bare:
    """A whole text with its marks covered, in its own case and in lower case; no character moved."""

    raw: str
    low: str

    @classmethod
    def of(cls, markdown: str) -> Bare:
        """``markdown`` laid bare."""
        for sign, plain in _ALIKE:
            markdown = markdown.replace(sign, plain)
        for pattern, sign in ((_TARGET, "]("), (_TAG, "<"), (_ENTITY, "&")):
            if sign in markdown:
                markdown = pattern.sub(_blank, markdown)
        for sign in _MARKS:
            markdown = markdown.replace(sign, " ")
        return cls(markdown, _lower(markdown))

    def tokens(self, span: Span) -> list[str]:
        """The words of a slice."""
        return list(chain.from_iterable(map(_WORDS.__getitem__, self.low[span.start : span.end].split())))

    def tidy(self, span: Span) -> str:
        """A slice in its own case with the blanks that marks left closed; it has the same words."""
        return _LOOSE.sub("", " ".join(self.raw[span.start : span.end].split()))


@dataclass(slots=True, eq=False)
class View:
    """A passage after its context, as one row of words."""

    index: int
    """Number of the passage in the text; -1 for a path of headings."""
    kind: PassageKind
    headings: tuple[str, ...]
    bare: Bare
    slices: tuple[Span, ...]
    """The context, outermost first, and at the end the passage itself."""
    tokens: list[str]
    """Words in lower case."""
    own: int
    """Number of the first word of the passage itself."""
    number: int = -1
    """Its place among the views of the document."""
    bit: int = 0
    """The bit that stands for it in the masks of its leaf (see ``masks``)."""
    runs: Runs = ([], [])
    """All runs of words that stand in it."""
    ends: dict[State, list[tuple[int, int]]] | None = None
    """Its runs by their last state, once it was asked."""
    hits: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """Where segments stand, in numbers of words, as far as it was asked."""
    values: dict[tuple[int, int, int], str] = field(default_factory=dict)
    """(segment, first word, word after the last) of a value to its characters."""
    _places: list[tuple[int, int]] | None = None

    @property
    def places(self) -> list[tuple[int, int]]:
        """For each word, where it begins and ends in the archived text."""
        if self._places is None:
            low = self.bare.low
            self._places = [m.span(1) for span in self.slices for m in TOKEN.finditer(low, span.start, span.end)]
        return self._places

    def spans(self, first: int, last: int) -> tuple[Span, ...]:
        """The slices of the archived text with the words from ``first`` up to ``last``, the passage's own first."""
        made: list[Span] = []
        words = self.places[first:last]
        for part in reversed(self.slices):
            inside = [place for place in words if part.start <= place[0] < part.end]
            if inside:
                made.append(Span(inside[0][0], inside[-1][1]))
        return tuple(made)


def views(text: Text) -> list[View]:
    """All that is looked at, in the order of the document."""
    bare = Bare.of(text.markdown)
    contexts: dict[tuple[Span, ...], tuple[tuple[Span, ...], list[str]]] = {(): ((), [])}
    made: list[View] = []
    for index, passage in enumerate(text.passages):
        if _ENTRY.fullmatch(text.markdown, passage.span.start, passage.span.end):
            continue
        known = contexts.get(passage.context)
        if known is None:
            leads = [span for span in passage.context if _leads(text.markdown, span)]
            slices = tuple(_end(span) for span in leads[-MOST_CONTEXT:])
            known = contexts[passage.context] = (slices, [token for span in slices for token in bare.tokens(span)])
        before, words = known
        for span in _windows(text.markdown, passage.span):
            own = bare.tokens(span)
            if own:
                made.append(
                    View(
                        index,
                        passage.kind,
                        passage.headings,
                        bare,
                        (*before, span) if before else (span,),
                        words + own if words else own,
                        len(words),
                        len(made),
                    )
                )
    return made


def heading_view(headings: tuple[str, ...]) -> View:
    """A path of headings as something to look at."""
    bare = Bare.of(" . ".join(headings)[:LONGEST_CONTEXT])
    span = Span(0, len(bare.raw))
    return View(-1, PassageKind.HEADING, headings, bare, (span,), bare.tokens(span), 0)


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):  # a few letters change their length, which would move all offsets
        lower = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lower


def _leads(markdown: str, span: Span) -> bool:
    """Whether what is above a passage leads to it: an item of its own that is a full sentence does not."""
    if not _SAID.search(markdown, span.start, span.end):
        return True
    return _FOLLOWING.search(markdown, max(span.start, span.end - _LAST), span.end) is not None


def _end(span: Span) -> Span:
    """The last words of a context: what a hostile page makes of a lead-in must not be read with every item."""
    return span if span.end - span.start <= LONGEST_CONTEXT else Span(span.end - LONGEST_CONTEXT, span.end)


def _windows(markdown: str, span: Span) -> list[Span]:
    if span.end - span.start <= LONGEST_VIEW:
        return [span]
    made: list[Span] = []
    start = span.start
    while span.end - start > LONGEST_VIEW:
        cut = markdown.rfind(" ", start + LONGEST_VIEW // 2, start + LONGEST_VIEW)
        cut = cut if cut > 0 else start + LONGEST_VIEW
        made.append(Span(start, cut))
        start = cut
    made.append(Span(start, span.end))
    return made

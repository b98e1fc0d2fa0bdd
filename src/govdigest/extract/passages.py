"""From canonical Markdown to a ``Text``: its passages, their headings and contexts, dates, and language."""

from __future__ import annotations

import re

from govdigest.extract.blocks import Block, BlockKind, Blocks, scan
from govdigest.extract.dates import stated_dates
from govdigest.extract.language import detect
from govdigest.extract.sentences import sentences
from govdigest.marks import plain
from govdigest.model import Passage, PassageKind, Span, Text

_INTRODUCES = re.compile(r"""(?:[:,;—–]|\b(?:and|or|et|ou|und|oder|y|o))["”’»)\]*_\s]*\Z""")
_NO_STOP = re.compile(r"""[^.!?…\s"”’»)\]*_]["”’»)\]*_\s]*\Z""")
_FOLLOWING = re.compile(
    r"following|below|listed|these|such as|includ|suivant|ci-dessous|notamment|folgend|nachstehend|siguiente|incluy",
    re.IGNORECASE,
)
_BELOW = re.compile(r"\b(?:below|following|as follows)\b", re.IGNORECASE)
_ENUMERATED = re.compile(r"""[*_]{0,3}(?:\(?(?:[a-zA-Z]|[ivxIVX]{1,5}|\d{1,2})\\?[.)]|[•·▪◦‣●○■–—])[*_]{0,3}\s""")
_BULLETED = re.compile(r"[•·▪◦‣●○■]\s")
_LONGEST_CELL = 150
"""Words; a longer cell is a text of several sentences, each of which says something by itself."""
_STOPS = re.compile(r"[.;:!?](?=\s)")
_BOLD = re.compile(r"""(?:\*\*|__)(?=\S)[^\n]{1,160}(?:\*\*|__):?\Z""")
_WORD = re.compile(r"\w")
_NUMBERED = re.compile(r"(?:\d{1,2}|[A-Z]|[IVX]{1,5}|section|article|artikel|artículo|part)\b", re.IGNORECASE)
_PSEUDO_LEVEL = 7
_LONGEST_HEADING = 300
"""Characters: what is longer is a paragraph that someone set in large letters, or above a rule."""
_LONGEST_PSEUDO = 12
"""Words: a longer line in bold is a sentence that someone wants read."""


def segment(markdown: str, *, title: str = "", language: str = "") -> Text:
    """The text of canonical Markdown, with its passages in order.

    ``title`` is the page's; ``language`` (ISO 639-1) is found from the words where it is not given. A passage is a
    sentence, a list item (a long one gives its sentences, each of kind ITEM), a table row, a heading, a list's
    lead-in or a table's header. Same Markdown, same passages.
    """
    passages = tuple(_Passages(markdown).run())
    return Text(
        markdown=markdown,
        passages=passages,
        title=title,
        language=language or detect(markdown),
        dates=stated_dates(markdown),
    )


class _Passages:
    """One pass over the blocks."""

    def __init__(self, markdown: str) -> None:
        self.markdown = markdown
        self.blocks: Blocks = scan(markdown)
        self.out: list[Passage] = []
        self.spans: dict[int, Span] = {}
        """The last passage of a leaf that introduces something."""
        self.path: list[tuple[int, str]] = []
        self.headings: tuple[str, ...] = ()
        self.contexts: dict[int, tuple[Span, ...]] = {}
        """Of a list, by number."""
        self.headed: set[int] = set()
        """Items that begin with a heading: sections that a page shows as a list."""
        self.introducing = self.introductions()
        self.open_lead: Span | None = None
        """Of enumerated paragraphs that stand below a paragraph ending in a colon."""

    def introductions(self) -> set[int]:
        """Leaves that introduce a list."""
        found = set()
        for item in self.blocks.lists:
            if item.before < 0:
                continue
            leaf = self.blocks.leaves[item.before]
            if leaf.kind is not BlockKind.PARAGRAPH:
                continue
            if item.parent >= 0 or self.introduces(leaf):
                found.add(item.before)
        return found

    def introduces(self, leaf: Block) -> bool:
        tail = self.markdown[max(leaf.start, leaf.end - 240) : leaf.end]
        return bool(_INTRODUCES.search(tail) or _NO_STOP.search(tail) or _FOLLOWING.search(tail))

    def run(self) -> list[Passage]:
        for index, leaf in enumerate(self.blocks.leaves):
            if not _WORD.search(self.markdown, leaf.start, leaf.end):
                continue
            if leaf.kind is BlockKind.HEADING and leaf.end - leaf.start <= _LONGEST_HEADING:
                self.heading(index, leaf, leaf.level)
            elif leaf.kind is BlockKind.HEADING or leaf.kind is BlockKind.PARAGRAPH:
                self.paragraph(index, leaf)
            elif leaf.kind is BlockKind.CODE:
                self.put(Span(leaf.start, leaf.end), PassageKind.SENTENCE, index, ())
            else:
                self.row(index, leaf)
        return self.out

    def put(self, span: Span, kind: PassageKind, block: int, context: tuple[Span, ...]) -> None:
        self.out.append(Passage(span, kind, block, self.headings, context))

    def heading(self, index: int, leaf: Block, level: int) -> None:
        self.open_lead = None
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        self.headings = tuple(words for _, words in self.path)
        self.put(Span(leaf.start, leaf.end), PassageKind.HEADING, index, ())
        self.path.append((level, plain(self.markdown[leaf.start : leaf.end], inside=True)))
        self.headings = tuple(words for _, words in self.path)
        if leaf.first and leaf.items:
            self.headed.add(leaf.items[-1])

    def row(self, index: int, leaf: Block) -> None:
        self.open_lead = None
        span = Span(leaf.start, leaf.end)
        context = self.context(leaf)
        if leaf.kind is BlockKind.HEADER:
            self.spans[index] = span
            self.put(span, PassageKind.HEADER, index, context)
        else:
            header = self.spans.get(leaf.table)
            if self.is_prose(leaf):
                for start, end in sentences(self.markdown[leaf.start : leaf.end]):
                    part = Span(leaf.start + start, leaf.start + end)
                    if _WORD.search(self.markdown, part.start, part.end):
                        self.put(part, PassageKind.SENTENCE, index, context)
                return
            self.put(span, PassageKind.ROW, index, (*context, header) if header else context)

    def is_prose(self, leaf: Block) -> bool:
        """Whether a row holds a section's text: a table that only places it beside a summary or a title."""
        if leaf.end - leaf.start < 5 * _LONGEST_CELL:
            return False
        cells = self.markdown[leaf.start : leaf.end].replace("\\|", " ").split("|")
        return any(len(cell.split()) >= _LONGEST_CELL and len(_STOPS.findall(cell)) > 3 for cell in cells)

    def paragraph(self, index: int, leaf: Block) -> None:
        text = self.markdown[leaf.start : leaf.end]
        if index not in self.introducing and self.is_pseudo_heading(text) and not self.is_point(index):
            self.heading(index, leaf, _PSEUDO_LEVEL)
            return
        context = self.context(leaf)
        kind = PassageKind.SENTENCE
        if leaf.items and leaf.items[-1] not in self.headed:
            kind = PassageKind.ITEM
        elif self.open_lead is not None and _ENUMERATED.match(text):
            kind, context = PassageKind.ITEM, (*context, self.open_lead)
        else:
            self.open_lead = None
        spans = [Span(leaf.start + start, leaf.start + end) for start, end in sentences(text)]
        leads = index in self.introducing and not leaf.items
        opens = (
            kind is PassageKind.SENTENCE
            and not leads
            and (
                (text.rstrip("*_ ").endswith(":") and self.enumerated_next(index, _ENUMERATED))
                or (bool(spans) and self.announces(spans[-1]) and self.enumerated_next(index, _BULLETED))
            )
        )
        for span in spans:
            last = span is spans[-1]
            self.put(span, PassageKind.LEAD_IN if last and (leads or opens) else kind, index, context)
        if spans:
            self.spans[index] = spans[-1]
            if opens:
                self.open_lead = spans[-1]

    def is_point(self, index: int) -> bool:
        """Whether a paragraph is all of its item, beside another that is: points in bold type head nothing."""
        leaves = self.blocks.leaves
        leaf = leaves[index]
        if not leaf.first or not leaf.items or (index + 1 < len(leaves) and leaf.items[-1] in leaves[index + 1].items):
            return False
        which = self.blocks.item_lists[leaf.items[-1]]
        return any(
            0 <= near < len(leaves)
            and leaves[near].first
            and len(leaves[near].items) == len(leaf.items)
            and self.blocks.item_lists[leaves[near].items[-1]] == which
            for near in (index - 1, index + 1)
        )

    def announces(self, sentence: Span) -> bool:
        """Whether a sentence says that something follows: 'We share it with the parties set out below.'"""
        return bool(_BELOW.search(self.markdown, sentence.start, sentence.end))

    def enumerated_next(self, index: int, mark: re.Pattern[str]) -> bool:
        """Whether the next paragraph is the first point of a list that is none in the Markdown."""
        if index + 1 >= len(self.blocks.leaves):
            return False
        following, leaf = self.blocks.leaves[index + 1], self.blocks.leaves[index]
        return (
            following.kind is BlockKind.PARAGRAPH
            and following.items == leaf.items
            and bool(mark.match(self.markdown, following.start, following.end))
        )

    def context(self, leaf: Block) -> tuple[Span, ...]:
        """The lead-ins of all lists that a leaf stands in, outermost first."""
        if not leaf.items:
            return ()
        which = self.blocks.item_lists[leaf.items[-1]]
        known = self.contexts.get(which)
        if known is None:
            outer: tuple[Span, ...] = ()
            if len(leaf.items) > 1:
                outer = self.contexts.get(self.blocks.item_lists[leaf.items[-2]], ())
            before = self.blocks.lists[which].before
            lead = self.spans.get(before) if before in self.introducing else None
            known = (*outer, lead) if lead is not None and lead not in outer else outer
            self.contexts[which] = known
        return known

    def is_pseudo_heading(self, text: str) -> bool:
        """A short paragraph, all bold or all capitals, that is no sentence."""
        if len(text) > 170 or "\n" in text:
            return False
        bold = text[:2] in {"**", "__"} and _BOLD.match(text) is not None
        if not bold and not text.isupper():
            return False
        inner = text.strip("*_: ")
        words = inner.split()
        if not 1 <= len(words) <= _LONGEST_PSEUDO or "**" in inner.replace("** **", ""):
            return False
        if inner[-1:] in ".!;," and not _NUMBERED.match(inner):
            return False
        if not bold and (len(words) > 9 or not any(len(word) > 3 for word in words)):
            return False
        return not stated_dates(text) and not re.search(r"(?:19|20)\d\d\W*\Z", inner)

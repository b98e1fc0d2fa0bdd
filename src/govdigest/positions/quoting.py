"""The words that a finding shows: slices of the archived text, not too long, decisive words inside."""

from __future__ import annotations

import re
from bisect import bisect_left

from govdigest.model import Quote, Span, Text
from govdigest.positions.deciding import Hit

SHORTEST, LONGEST, WISHED, MOST = 5, 120, 60, 4
"""Words in a quote: at least, at most, and beyond which a sentence is cut; quotes in a finding, at most."""
REST = 8
"""Words at the beginning or the end of a sentence for which it is not cut."""
_WORD = re.compile(r"\w+")
_END = re.compile(r"(?<=[.!?])(?=\s+[\W_]*[A-Z])")
_ITEM = re.compile(rf"(?:;|:(?=\s*\(?\w{{1,4}}[).]))(?=\s)|{_END.pattern}")
"""Between the items of a list within a sentence, or between sentences."""
_BORDER = re.compile(r"[;:](?=\s)|,(?=\s)|(?<=[.!?])(?=\s)|(?=\s(?:and|or|but|unless|except|provided|if|which)\s)")


def count(text: str) -> int:
    """Words in ``text``, marks and link targets included."""
    return len(_WORD.findall(text))


def quotes_of(hit: Hit, text: Text) -> list[Quote]:
    """The passage of ``hit``, cut around its decisive words, and what it cannot be understood without."""
    match = hit.matches[0]
    view = hit.view
    whole = view.slices[-1]
    markdown = text.markdown
    main, size = whole, count(text.slice(whole))
    before: Span | None = None
    if size > WISHED:
        main = cut(markdown, whole, view.spans(max(match.first, view.own), match.last)[0])
        size = count(text.slice(main))
        before = _introduction(markdown, whole, main)
    if size < SHORTEST:
        main = _lengthened(text, hit, main)
        size = count(text.slice(main))
    made = [Quote(text.slice(main), main)] if SHORTEST <= size <= LONGEST else []
    if before is not None:
        made.append(Quote(text.slice(before), before))
    if match.first >= view.own:
        return made
    for span in reversed(view.spans(match.first, match.last)[1:]):
        context = next(s for s in text.passages[view.index].context if s.start <= span.start < s.end)
        shown = context if count(text.slice(context)) <= WISHED else cut(markdown, context, span)
        if SHORTEST <= count(text.slice(shown)) <= LONGEST and not _overlap(shown, main):
            made.append(Quote(text.slice(shown), shown))
    return made


def cut(markdown: str, whole: Span, decisive: Span) -> Span:
    """A contiguous part of ``whole`` with ``decisive`` in it, at clause borders, of about ``WISHED`` words.

    An item of a list within the sentence is taken alone; else the beginning of the sentence comes first.
    """
    text = markdown[whole.start : whole.end]
    low, high = decisive.start - whole.start, decisive.end - whole.start
    item = _item(text, low, high)
    if item is not None:
        return _stripped(text, whole, *item)
    borders = sorted({0, len(text), *(match.end() for match in _BORDER.finditer(text))})
    first = max(i for i, border in enumerate(borders) if border <= low)
    last = min(i for i, border in enumerate(borders) if border >= high)
    words = [match.start() for match in _WORD.finditer(text)]
    before = [bisect_left(words, border) for border in borders]  # no border stands within a word
    begin = max((match.end() for match in _END.finditer(text, 0, low)), default=0)
    begun = bisect_left(borders, begin)
    if begun < first and borders[begun] == begin and before[last] - before[begun] <= WISHED:
        first = begun
    grown = True
    while grown:
        grown = False
        for step in ((first, last + 1), (first - 1, last)):
            if step[0] < 0 or step[1] >= len(borders):
                continue
            if before[step[1]] - before[step[0]] <= WISHED:
                first, last = step
                grown = True
    if first > begun and borders[begun] == begin and before[first] - before[begun] <= REST:
        first = begun
    if before[-1] - before[last] <= REST:
        last = len(borders) - 1
    start, end = borders[first], borders[last]
    if before[last] - before[first] > LONGEST:
        start, end = _squeezed(text, low, high)
    return _stripped(text, whole, start, end)


def _item(text: str, low: int, high: int) -> tuple[int, int] | None:
    """Where the item with the decisive words stands, in a sentence that is a list; none if it is no list."""
    if text.count(";") < 2:
        return None
    borders = sorted({0, len(text), *(match.end() for match in _ITEM.finditer(text))})
    start = max(border for border in borders if border <= low)
    end = min(border for border in borders if border >= high)
    begins = text[start - 1 : start] in {";", ":"}
    return (start, end) if begins and SHORTEST <= count(text[start:end]) <= WISHED else None


def _introduction(markdown: str, whole: Span, item: Span) -> Span | None:
    """What comes before the first item of the list, when ``item`` is one of the later ones."""
    text = markdown[whole.start : item.start]
    if not text.rstrip().endswith(";") and not text.rstrip().endswith(":"):
        return None
    begin = max((match.end() for match in _END.finditer(text)), default=0)
    ends = [match.end() for match in _ITEM.finditer(text, begin) if text[match.end() - 1] == ":"]
    if not ends or not SHORTEST <= count(text[begin : ends[0]]) <= WISHED:
        return None
    return _stripped(text, whole, begin, ends[0])


def _stripped(text: str, whole: Span, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(whole.start + start, whole.start + end)


def _squeezed(text: str, low: int, high: int) -> tuple[int, int]:
    """A part without clause borders: from the beginning of the decisive words on, their end too if it is near."""
    words = [match.end() for match in _WORD.finditer(text, low)]
    decisive = sum(1 for end in words if end <= high)
    last = words[: max(WISHED, min(decisive, LONGEST - 10))]
    return low, last[-1] if last else high


def _lengthened(text: Text, hit: Hit, span: Span) -> Span:
    """``span`` with what stands before it, or after, until it is long enough to be a quote."""
    passages = text.passages
    at = hit.view.index
    context = passages[at].context
    tries = [Span(context[-1].start, span.end)] if context and context[-1].start < span.start else []
    tries += [Span(passages[i].span.start, span.end) for i in (at - 1, at - 2) if 0 <= i < len(passages)]
    tries += [Span(span.start, passages[i].span.end) for i in (at + 1, at + 2) if i < len(passages)]
    for tried in tries:
        if SHORTEST <= count(text.slice(tried)) <= LONGEST:
            return tried
    return span


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end

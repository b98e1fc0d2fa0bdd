"""Where the sentences of a paragraph begin and end.

nupunkt (a Punkt tokenizer trained on law) finds the ends; what it cannot know is mended here: marks of Markdown,
enumerators, abbreviations of the four languages, and ends that carry a closing mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_SEVERAL = re.compile(r"""[.!?…。][)\]"'”’»*_`]*\s+\S|\n""")
_ENUMERATOR = re.compile(
    r"""[\s*_>#]*(?:§{1,2}\s*)?\(?(?:\d{1,3}(?:\\?\.\d{1,3}){0,4}|[A-Za-z]|[ivxIVX]{1,6})\\?[.)]+[\s*_]*\Z"""
)
_ABBREVIATION = re.compile(
    r"""(?:^|[\s("'“«*_\[])(?:
        no|nos|nr|art|arts|sec|secs|sect|par|para|paras|abs|ziff|lit|ch|cl|cf|ca|vgl|bzw|inkl|usw|evtl|ggf|gem|
        e\.g|i\.e|z\.\s?b|d\.\s?h|u\.\s?a|p\.\s?ex|c\.-à-d|v|vs|al|approx|núm|pág|ej|p\.\s?ej|
        cal|civ|bus|prof|stat|rev|fed|reg|mr|mrs|ms|dr|st|attn|tel|fig|ed|dept|mass|conn|
        u\.s\.c|c\.f\.r
    )\.\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_JOINED = re.compile(r"""[A-Za-z][-‐‑–]U\.\s?S\.\Z""")
"""'EU-U.S.' says between whom; what it is said of follows."""
_DAY = re.compile(r"""(?:^|[\s(])\d{1,2}\.\Z""")
_MONTH = re.compile(
    r"""(?:Jan(?:uar|\.)|Jänner|Feb(?:ruar|\.)|März|Apr(?:il|\.)|Mai|Juni|Juli|Aug(?:ust|\.)|Sept?(?:ember|\.)
    |Okt(?:ober|\.)|Nov(?:ember|\.)|Dez(?:ember|\.))(?!\w)""",
    re.VERBOSE,
)
_CLOSERS = re.compile(r"""[)\]"'”’»*_]+(?=\s|\Z)""")
_TRAILING_MARKS = re.compile(r"""[.!?…]["”’»)\]]*(?:\*{1,3}|_{1,3})\s+(?=[*_"“«(\[]*[A-ZÀ-ÖØ-ÞĀ-Ž])""")
_BREAK_ITEM = re.compile(r"""[ \t]*\n[ \t>]*(?=(?:[•·▪◦‣–—-]|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})\\?[.)])[ \t])""")
_STOP = re.compile(r"""[.!?…。]["'”’»)\]*_]*(?:\s+|\Z)""")
_CLEAR = re.compile(r"[\s\w]?[a-zà-öø-ÿ]{4}\Z")
_CAPITAL = re.compile(r"""[*_"“«]*[A-ZÀ-ÖØ-Þ]|\Z""")
_LOWER = re.compile(r"""["'“«(\[*_]*[a-zà-öø-ÿ]""")


@lru_cache(maxsize=1)
def _model() -> Callable[[str], list[tuple[int, int]]]:
    """nupunkt with its model, loaded once for a process."""
    import nupunkt

    def spans(text: str) -> list[tuple[int, int]]:
        return [(int(start), int(end)) for start, end in nupunkt.sent_spans(text)]

    return spans


def sentences(text: str) -> list[tuple[int, int]]:
    """Half-open ranges of the sentences of ``text``, without the white space between them."""
    if not _SEVERAL.search(text):
        return _trimmed(text, [(0, len(text))])
    cuts = _plain_cuts(text)
    if cuts is None:
        cuts = {end for _, end in _model()(text)}
    if "*" in text or "_" in text:
        cuts.update([match.end() for match in _TRAILING_MARKS.finditer(text)])
    if "\n" in text:
        cuts.update([match.end() for match in _BREAK_ITEM.finditer(text)])
    cuts.discard(0)
    cuts.add(len(text))
    ranges: list[tuple[int, int]] = []
    start = 0
    for cut in sorted(cuts):
        closing = _CLOSERS.match(text, cut)
        if closing and cut and not text[cut - 1].isspace():
            cut = closing.end()
        if cut <= start or (cut < len(text) and not _ends(text, start, cut)):
            continue
        ranges.append((start, cut))
        start = cut
    if start < len(text):
        ranges.append((start, len(text)))
    return _trimmed(text, ranges)


def _plain_cuts(text: str) -> set[int] | None:
    """Where sentences end if no end is in doubt: a whole small word before each stop, a capital behind it.

    None where one is, and the model is to say; that is a third of all paragraphs.
    """
    cuts: set[int] = set()
    for stop in _STOP.finditer(text):
        if not _CLEAR.match(text, max(0, stop.start() - 5), stop.start()) or not _CAPITAL.match(text, stop.end()):
            return None
        cuts.add(stop.end())
    return cuts


def _ends(text: str, start: int, cut: int) -> bool:
    """Whether a sentence that began at ``start`` can end at ``cut``."""
    head = text[max(start, cut - 400) : cut].rstrip()
    if not head or (_ENUMERATOR.match(head) and cut - start < 40):
        return False
    if head[-1] == "." and (_ABBREVIATION.search(head[-16:]) or _JOINED.search(head[-8:])):
        return False
    if _DAY.search(head[-4:]) and _MONTH.match(text[cut : cut + 12].lstrip()):
        return False
    if head[-1] in ".…" and _LOWER.match(text[cut : cut + 12].lstrip()):
        return False
    if head[-2:-1].isupper():
        # an initial or a state: within brackets or quotation marks it ends nothing
        for opening, closing in ("()", "“”"):
            opened = head.rfind(opening)
            if opened >= 0 and closing not in head[opened:] and closing in text[cut : cut + 200]:
                return False
    opened = head.rfind("[")
    return not (opened >= 0 and "]" not in head[opened:] and "](" in text[cut : cut + 400])


def _trimmed(text: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept = []
    for start, end in ranges:
        while start < end and (text[start].isspace() or (text[start] == "\\" and text[start + 1 : start + 2] == "\n")):
            start += 1
        while end > start and (text[end - 1].isspace() or (text[end - 1] == "\\" and text[end : end + 1] == "\n")):
            end -= 1
        if start < end:
            kept.append((start, end))
    return kept

"""The lines of a PDF's pages: what repeats on every page is taken away, columns are read one after the other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|p\.)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|sur|von|de|\|)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)
_EDGE = 0.12
"""Share of a page's height in which a running header or footer stands."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and where it stands, in points from the page's lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    page: int
    height: float
    width: float


def without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without running headers, footers and page numbers."""
    repeated: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        for key in {_key(line) for line in lines if _at_edge(line)}:
            repeated[key] += 1
    least = max(2, -(-len(pages) * 2 // 5))

    def runs(line: Line) -> bool:
        if not _at_edge(line):
            return False
        return bool(_PAGE_NUMBER.fullmatch(line.text)) or (len(pages) > 2 and repeated[_key(line)] >= least)

    return [[line for line in lines if not runs(line)] for lines in pages]


def in_order(lines: list[Line]) -> list[Line]:
    """The lines of a page as they are read: from top to bottom, column after column."""
    gutter = _gutter(lines)
    if gutter is None:
        return _merged(lines)
    out: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: (-line.top, line.left)):
        if line.left < gutter - 1 and line.right > gutter + 1:
            out.extend(_columns(band, gutter))
            out.append(line)
            band = []
        else:
            band.append(line)
    out.extend(_columns(band, gutter))
    return out


def _columns(band: list[Line], gutter: float) -> list[Line]:
    return [
        *_merged([line for line in band if line.right <= gutter + 1]),
        *_merged([line for line in band if line.right > gutter + 1]),
    ]


def _merged(lines: list[Line]) -> list[Line]:
    """Lines from top to bottom; pieces on one baseline become one line."""
    out: list[Line] = []
    for line in sorted(lines, key=lambda line: (-round(line.bottom + line.top), line.left)):
        last = out[-1] if out else None
        middle = (line.bottom + line.top) / 2
        if (
            last is not None
            and last.bottom < middle < last.top
            and line.bottom < (last.bottom + last.top) / 2 < line.top
        ):
            first, second = (last, line) if last.left <= line.left else (line, last)
            out[-1] = replace(
                first,
                text=f"{first.text} {second.text}",
                right=max(first.right, second.right),
                bottom=min(first.bottom, second.bottom),
                top=max(first.top, second.top),
            )
        else:
            out.append(line)
    return out


def _gutter(lines: list[Line]) -> float | None:
    """Where the space between two columns is; None on a page with one."""
    if len(lines) < 8:
        return None
    width = lines[0].width
    best: tuple[int, float] | None = None
    for step in range(35, 66):
        x = width * step / 100
        left = sum(line.right <= x for line in lines)
        right = sum(line.left >= x for line in lines)
        crossing = len(lines) - left - right
        if left < 0.25 * len(lines) or right < 0.25 * len(lines) or crossing > 0.3 * len(lines):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, x)
    if best is None:
        return None
    x = best[1]
    # two columns stand side by side at different baselines; cells of a table share theirs
    beside = [line for line in lines if line.left >= x]
    long = sum(line.right - line.left > 0.25 * width for line in lines if line.right <= x or line.left >= x)
    return x if long > 0.4 * len(beside) else None


def _at_edge(line: Line) -> bool:
    return line.bottom > line.height * (1 - _EDGE) or line.top < line.height * _EDGE


def _key(line: Line) -> tuple[str, int]:
    """Text with its numbers folded, and the height at which it stands."""
    return _DIGITS.sub("#", line.text.lower()), round(line.bottom / 6)

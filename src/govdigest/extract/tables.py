"""Tables: their grid, and whether they hold data or only lay a page out."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from govdigest.extract.marking import HEADINGS

_WIDEST = 60
"""Columns; a table that has more is written as paragraphs, so that no page can ask for a grid of millions."""


@dataclass(slots=True)
class Grid:
    """Rows of cells; None where a cell from above or from the left reaches."""

    rows: list[list[HtmlElement | None]]
    header: bool
    """Whether the first row names the columns."""


def rows_of(table: HtmlElement) -> Grid:
    """The grid of ``table``, without those of tables within it."""
    rows: list[list[HtmlElement | None]] = []
    reaching: dict[int, int] = {}
    in_head = False
    for row in _rows(table):
        line: list[HtmlElement | None] = []
        for cell in row:
            if cell.tag not in {"td", "th"}:
                continue
            _reach(line, reaching)
            span, depth = _number(cell.get("colspan")), _number(cell.get("rowspan"))
            for offset in range(min(span, _WIDEST - len(line))):
                if depth > 1:
                    reaching[len(line)] = depth - 1
                line.append(cell if offset == 0 else None)
            if len(line) >= _WIDEST:
                break
        _reach(line, reaching)
        while line and line[-1] is None:
            line.pop()
        if line:
            if not rows:
                parent = row.getparent()
                in_head = parent is not None and parent.tag == "thead"
            rows.append(line)
    return Grid(rows, bool(rows) and (in_head or _names_columns(rows)))


def _reach(line: list[HtmlElement | None], reaching: dict[int, int]) -> None:
    """Fill the columns that cells from rows above reach into."""
    while reaching.get(len(line), 0):
        reaching[len(line)] -= 1
        line.append(None)


def is_data_table(table: HtmlElement, grid: Grid) -> bool:
    """False for a table that only lays out: one column, one row, headings or tables in its cells."""
    if table.get("role") in {"presentation", "none"}:
        return False
    if not grid.rows or max(map(len, grid.rows)) < 2:
        return False
    if next(table.iter("table", *HEADINGS), table) is not table and any(
        element.tag == "table" for element in table.iterdescendants("table")
    ):
        return False
    if (len(grid.rows) == 1 and not grid.header) or not _is_whole(table, grid):
        return False
    headings = sum(1 for _ in table.iter(*HEADINGS))
    cells = sum(cell is not None for row in grid.rows for cell in row)
    return headings <= max(len(grid.rows) + 4, cells // 2)


def _rows(table: HtmlElement) -> list[HtmlElement]:
    """The rows of ``table`` itself, wherever a careless page put them."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _is_whole(table: HtmlElement, grid: Grid) -> bool:
    """Whether all text of the table stands in its cells, where a grid can show it."""
    shown = sum(_letters(cell) for row in grid.rows for cell in row if cell is not None)
    shown += sum(_letters(caption) for caption in table.iterchildren("caption"))
    return shown == _letters(table)


def _letters(element: HtmlElement) -> int:
    return sum(len("".join(text.split())) for text in element.itertext())


def _names_columns(rows: list[list[HtmlElement | None]]) -> bool:
    first = [cell for cell in rows[0] if cell is not None]
    if len(rows) < 2 or not first:
        return False
    if all(cell.tag == "th" for cell in first):
        return True
    return all(_is_bold(cell) for cell in first if _text(cell)) and any(
        not _is_bold(cell) for row in rows[1:] for cell in row[1:] if cell is not None and _text(cell)
    )


def _is_bold(cell: HtmlElement) -> bool:
    words = _text(cell)
    bold = "".join("".join(mark.itertext()) for mark in cell.iter("b", "strong"))
    return bool(words) and len("".join(bold.split())) >= len("".join(words.split()))


def _text(cell: HtmlElement) -> str:
    return "".join(cell.itertext()).strip()


def _number(value: str | None) -> int:
    return min(1000, max(1, int(value))) if value and value.isascii() and value.isdigit() and len(value) < 5 else 1

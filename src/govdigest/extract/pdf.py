"""A PDF as a ``Text``: lines as pdfium finds them, put in reading order, and made paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from govdigest.extract import inline
from govdigest.extract.errors import Encrypted, ImageOnly, SelectorError, UnreadableBytes
from govdigest.extract.inline import Inline
from govdigest.extract.lines import Line, in_order, without_furniture
from govdigest.extract.passages import segment
from govdigest.extract.selecting import cut
from govdigest.model import DateKind, Source, StatedDate, Text

MOST_PAGES = 500
MOST_CHARACTERS = 2_000_000
"""What lies beyond is not read: no policy is as long, and time stays bounded."""

_FEWEST_LETTERS = 40
_PASSWORD = 4
_SECURITY = 5
_BREAKS = {0x0A, 0x0D}
_HYPHENS = {0x02, 0xFFFE}
_SOFT_HYPHEN = 0xAD
_BULLET = re.compile(r"[•·▪◦‣●○■–—*\uf0b7\uf0a7-]\s+")
_POINT = re.compile(r"(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s+\S")
_STOPS = re.compile(r"""[.!?:;…]["”’»)\]]*\Z""")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_FOLD = re.compile(r"[\W_]+")
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def read_pdf(body: bytes, source: Source | None) -> Text:
    """The text of a PDF. Raises Encrypted, ImageOnly, UnreadableBytes or SelectorError."""
    if source is not None and (source.select or source.remove):
        raise SelectorError("select and remove match elements of a page; a PDF has none")
    import pypdfium2

    try:
        document: Any = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in {_PASSWORD, _SECURITY} or "password" in str(error).lower():
            raise Encrypted("the PDF opens only with a password") from error
        raise UnreadableBytes("the PDF cannot be opened") from error
    try:
        pages, outline, facts = _read(document, pypdfium2)
    except pypdfium2.PdfiumError as error:
        raise UnreadableBytes("the PDF cannot be read") from error
    finally:
        document.close()
    letters = sum(map(str.isalpha, (character for lines in pages for line in lines for character in line.text)))
    if letters < _FEWEST_LETTERS:
        raise ImageOnly("the PDF has pages, but no text: pictures of one, perhaps")
    lines = [line for page in without_furniture(pages) for line in in_order(page)]
    markdown = _markdown(lines, outline)
    if source is not None:
        markdown = cut(markdown, source)
    text = segment(markdown, title=inline.clean(facts.get("Title", ""))[:300])
    return replace(text, dates=(*text.dates, *_dates(facts)))


def _read(document: Any, pdfium: Any) -> tuple[list[list[Line]], dict[str, int], dict[str, str]]:
    """Lines by page, the outline (folded title to level), and the document's properties."""
    pages: list[list[Line]] = []
    characters = 0
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        try:
            textpage = page.get_textpage()
            try:
                lines = _lines(textpage.raw, pdfium.raw, number, float(page.get_height()), float(page.get_width()))
            finally:
                textpage.close()
        finally:
            page.close()
        pages.append(lines)
        characters += sum(len(line.text) for line in lines)
        if characters > MOST_CHARACTERS:
            break
    outline: dict[str, int] = {}
    for count, mark in enumerate(document.get_toc(max_depth=5)):
        if count > 2000:
            break
        title = _fold(mark.get_title() or "")
        if title:
            outline.setdefault(title, min(6, mark.level + 1))
    facts = {str(key): str(value) for key, value in document.get_metadata_dict(skip_empty=True).items()}
    return pages, outline, facts


def _lines(textpage: Any, raw: Any, page: int, height: float, width: float) -> list[Line]:
    """The lines of one page in the order of its content."""
    from ctypes import byref, c_double, c_int, create_string_buffer

    lines: list[Line] = []
    left, right, bottom, top, x, y = (c_double() for _ in range(6))
    base = end = 0.0
    text: list[str] = []
    sizes: Counter[float] = Counter()
    box: list[float] = []
    first = 0

    def close() -> None:
        words = "".join(text).strip()
        if words and box:
            name = create_string_buffer(128)
            raw.FPDFText_GetFontInfo(textpage, first, name, 128, byref(c_int()))
            bold = b"bold" in name.value.lower() or b"black" in name.value.lower()
            size = sizes.most_common(1)[0][0]
            lines.append(Line(words, box[0], box[1], box[2], box[3], size, bold, page, height, width))
        text.clear()
        sizes.clear()
        box.clear()

    for index in range(min(max(0, raw.FPDFText_CountChars(textpage)), MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code in _BREAKS:
            close()
            continue
        if code in _HYPHENS:
            # pdfium's sign for a hyphen at a line's end, without the line break
            text.append("-")
            close()
            continue
        if code == _SOFT_HYPHEN:
            if raw.FPDFText_GetUnicode(textpage, index + 1) in _BREAKS:
                text.append("-")
            continue
        if code < 0x20 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        character = chr(code)
        if not character.isspace() and raw.FPDFText_GetCharBox(
            textpage, index, byref(left), byref(right), byref(bottom), byref(top)
        ):
            size = raw.FPDFText_GetFontSize(textpage, index) or 1.0
            raw.FPDFText_GetCharOrigin(textpage, index, byref(x), byref(y))
            if box and (abs(y.value - base) > 0.45 * size or not -1.5 * size < left.value - end < 2 * size):
                # pdfium joins what stands nearly side by side: other columns, other cells
                close()
            base, end = y.value, right.value
            if not box:
                box[:] = [left.value, bottom.value, right.value, top.value]
                first = index
            else:
                box[0], box[1] = min(box[0], left.value), min(box[1], bottom.value)
                box[2], box[3] = max(box[2], right.value), max(box[3], top.value)
            sizes[round(size * 2) / 2] += 1
        text.append(character)
    close()
    return lines


def _markdown(lines: list[Line], outline: dict[str, int]) -> str:
    """Paragraphs, list items and headings of lines in reading order."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = max(sizes, key=lambda size: (sizes[size], -size))
    larger = sorted({size for size in sizes if size >= body * 1.12}, reverse=True)
    compounds = {match[0].lower() for line in lines for match in _COMPOUND.finditer(line.text[:-1])}
    groups: list[list[Line]] = []
    pace = _pace(lines)
    margin = max((line.right for line in lines), default=0.0)
    for line in lines:
        named = bool(outline) and (
            _fold(line.text) in outline or bool(groups and _fold(groups[-1][-1].text) in outline)
        )
        if groups and not named and _continues(groups[-1][-1], line, pace, margin):
            groups[-1].append(line)
        else:
            groups.append([line])
    blocks: list[str] = []
    listed = False
    for group in groups:
        words = _joined([line.text for line in group], compounds)
        level = outline.get(_fold(words), 0)
        if not level and group[0].size in larger and len(words) < 220:
            level = min(4, larger.index(group[0].size) + 1)
        bullet = _BULLET.match(words)
        run = Inline()
        run.text(words[bullet.end() :] if bullet and not level else words)
        text = " ".join(run.paragraphs())
        if not text:
            continue
        item = False
        if level:
            text = f"{'#' * level} {inline.within_line(text.rstrip('#').rstrip())}"
        elif bullet:
            text, item = f"- {text}", True
        elif group[0].bold and all(line.bold for line in group) and len(words) < 120 and not _STOPS.search(words):
            text = f"**{text}**" if "*" not in text else text
        if item and listed:
            blocks[-1] = f"{blocks[-1]}\n{text}"
        else:
            blocks.append(text)
        listed = item
    return "\n\n".join(blocks)


def _pace(lines: list[Line]) -> float:
    """The usual distance between two lines of a paragraph, in multiples of the font size."""
    steps = [
        (above.bottom - line.bottom) / line.size
        for above, line in pairwise(lines)
        if above.page == line.page
        and above.size == line.size
        and line.size
        and 0 < above.bottom - line.bottom < 4 * line.size
    ]
    steps.sort()
    return steps[len(steps) // 3] if steps else 1.2


def _continues(above: Line, line: Line, pace: float, margin: float) -> bool:
    """Whether ``line`` goes on with the paragraph of the line ``above``."""
    ends = above.right < 0.85 * margin
    if _BULLET.match(line.text) or abs(above.size - line.size) > 0.6 or (above.bold != line.bold and ends):
        return above.text.endswith("-") and line.text[:1].islower() and not _BULLET.match(line.text)
    if _POINT.match(line.text) and (_STOPS.search(above.text) or above.right < 0.8 * margin):
        return False
    open_end = not _STOPS.search(above.text)
    if above.page != line.page or line.top > above.top:
        # the next page or column: only a sentence that is not over goes on there
        return open_end and line.text[:1].islower()
    step = (above.bottom - line.bottom) / line.size if line.size else pace
    if step > 1.35 * pace:
        return False
    return open_end or above.right >= 0.7 * margin


def _joined(texts: list[str], compounds: set[str]) -> str:
    """Lines as one, hyphenation undone: a hyphen stays where the document writes that word with one elsewhere."""
    out = texts[0]
    for text in texts[1:]:
        if out.endswith("-") and len(out) > 1 and out[-2].isalpha() and text[:1].islower():
            head, tail = re.split(r"[^\w-]", out)[-1], re.split(r"[^\w-]", text)[0]
            out = (out if f"{head}{tail}".lower() in compounds else out[:-1]) + text
        elif out.endswith("-") and text[:1].isalpha():
            out += text
        else:
            out = f"{out} {text}"
    return out


def _dates(facts: dict[str, str]) -> tuple[StatedDate, ...]:
    """The dates of the document's properties."""
    found = []
    for key, kind in (("ModDate", DateKind.UPDATED), ("CreationDate", DateKind.PUBLISHED)):
        match = _PDF_DATE.match(facts.get(key, ""))
        if match:
            try:
                found.append(StatedDate(kind, date(int(match[1]), int(match[2]), int(match[3]))))
            except ValueError:
                continue
    return tuple(found)


def _fold(text: str) -> str:
    return _FOLD.sub(" ", text.lower()).strip()

"""A small PDF writer: one font in two weights, A4, text only (ISO 32000-1, sections 7.5 and 9)."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN = 595, 842, 64
PAGE_LINES = HEIGHT - 2 * MARGIN


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print. Sizes and indents in points."""

    text: str
    size: float = 10.5
    bold: bool = False
    indent: int = 0
    before: float = 0.0


def document(title: str, markdown: str) -> bytes:
    """``markdown`` (headings, paragraphs and flat lists) as a PDF; the same text gives the same bytes."""
    sheets = _sheets(_lines(markdown))
    objects: list[bytes] = [b"", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
    objects.append(b"<< /Title " + _literal(title) + b" /Producer (demo world) >>")
    kids = []
    for sheet in sheets:
        stream = _stream(sheet)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (WIDTH, HEIGHT, len(objects))
        )
        kids.append(len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    return _file(objects)


def _lines(markdown: str) -> list[Line]:
    lines: list[Line] = []
    for block in re.split(r"\n{2,}", markdown.strip()):
        if block.startswith("#"):
            marks, _, text = block.partition(" ")
            size = {1: 18.0, 2: 14.0}.get(len(marks), 12.0)
            lines += _wrap(text, Line("", size, bold=True, before=size), 46 if len(marks) == 1 else 62)
        elif block.startswith("- "):
            for item in block.split("\n"):
                lines += _wrap("• " + item[2:], Line("", indent=14, before=2.0), 84)
        else:
            lines += _wrap(" ".join(block.split("\n")), Line("", before=7.0), 88)
    return lines


def _wrap(text: str, like: Line, width: int) -> list[Line]:
    plain = re.sub(r"\*\*|\[([^\]]{0,200})\]\([^)]{0,500}\)", lambda found: found[1] or "", text)
    parts = textwrap.wrap(plain, width) or [""]
    return [
        Line(part, like.size, like.bold, like.indent, like.before if number == 0 else 0.0)
        for number, part in enumerate(parts)
    ]


def _sheets(lines: list[Line]) -> list[list[Line]]:
    sheets: list[list[Line]] = [[]]
    room = float(PAGE_LINES)
    for line in lines:
        room -= line.before + line.size * 1.35
        if room < 0:
            sheets.append([])
            room = PAGE_LINES - line.size * 1.35
        sheets[-1].append(line)
    return sheets


def _stream(sheet: list[Line]) -> bytes:
    parts: list[bytes] = []
    height = float(HEIGHT - MARGIN)
    for line in sheet:
        height -= line.before + line.size * 1.35
        font = b"F2" if line.bold else b"F1"
        at = b"1 0 0 1 %d %.2f Tm" % (MARGIN + line.indent, height)
        parts.append(b"BT /%s %.1f Tf %s %s Tj ET" % (font, line.size, at, _literal(line.text)))
    return b"\n".join(parts)


def _literal(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)

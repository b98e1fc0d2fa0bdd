"""PDFs written byte by byte, for tests: each page is a list of lines with their place, size and weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """Text at ``x``, ``y`` in points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False


def paragraph(x: float, y: float, lines: Sequence[str], size: float = 10, step: float = 13) -> list[Line]:
    """Lines below each other."""
    return [Line(x, y - index * step, text, size) for index, text in enumerate(lines)]


def pdf(
    pages: Sequence[Sequence[Line]],
    outline: Sequence[tuple[str, int]] = (),
    encrypted: bool = False,
    title: str = "",
) -> bytes:
    """A PDF 1.4 of A4 pages in Helvetica. ``outline`` names headings and the page that each is on."""
    objects: list[bytes] = []

    def put(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    def text(value: str) -> bytes:
        raw = value.encode("cp1252", "replace")
        return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"

    catalog, tree = put(b""), put(b"")
    fonts = [
        put(b"<< /Type /Font /Subtype /Type1 /BaseFont /" + name + b" /Encoding /WinAnsiEncoding >>")
        for name in (b"Helvetica", b"Helvetica-Bold")
    ]
    numbers = []
    for lines in pages:
        drawn = [b"0.5 g 20 20 100 100 re f 0 g"]
        for line in lines:
            font = b"/F2" if line.bold else b"/F1"
            place = f" {line.size} Tf 1 0 0 1 {line.x} {line.y} Tm ".encode()
            drawn.append(b"BT " + font + place + text(line.text) + b" Tj ET")
        stream = b"\n".join(drawn)
        content = put(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
        numbers.append(
            put(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
                f"/Resources << /Font << /F1 {fonts[0]} 0 R /F2 {fonts[1]} 0 R >> >> >>".encode()
            )
        )
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects[tree - 1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(numbers)} >>".encode()
    extra = b""
    if outline:
        root = put(b"")
        first = root + 1
        for index, (name, page) in enumerate(outline):
            links = f"/Parent {root} 0 R /Dest [{numbers[page]} 0 R /Fit]"
            if index:
                links += f" /Prev {first + index - 1} 0 R"
            if index + 1 < len(outline):
                links += f" /Next {first + index + 1} 0 R"
            put(b"<< /Title " + text(name) + b" " + links.encode() + b" >>")
        last = first + len(outline) - 1
        objects[root - 1] = f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {len(outline)} >>".encode()
        extra = f" /Outlines {root} 0 R".encode()
    objects[catalog - 1] = f"<< /Type /Catalog /Pages {tree} 0 R".encode() + extra + b" >>"
    trailer = f"/Size {len(objects) + 1} /Root {catalog} 0 R"
    if title:
        info = put(b"<< /Title " + text(title) + b" /ModDate (D:20260115120000Z) >>")
        trailer += f" /Info {info} 0 R"
    if encrypted:
        secret = put(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>")
        trailer += f" /Encrypt {secret} 0 R /ID [<{'33' * 16}> <{'33' * 16}>]"
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    at = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< {trailer} >>\nstartxref\n{at}\n%%EOF\n".encode()
    return bytes(out)

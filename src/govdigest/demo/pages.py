"""Pages: a text in the clothes of its site, and the answer that carries it."""

from __future__ import annotations

import calendar
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from govdigest.demo import pdf, shapes
from govdigest.demo.nouns import Operation, Page, Rename, Reply, Request

MONTHS = tuple(calendar.month_name)


class Skins:
    """The sites' own HTML, from ``layouts/`` and ``faults/`` of the world's folder."""

    def __init__(self, root: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader([root / "layouts", root / "faults"]), autoescape=True, undefined=StrictUndefined
        )

    def html(self, name: str, **values: object) -> bytes:
        """The template ``name`` with ``values``, encoded."""
        return self._environment.get_template(f"{name}.html").render(**values).encode()


MALICE = MappingProxyType(
    {
        "[[control]]": "\x07 \x1b[31m red \x1b[0m \x00 \x0b \x0c",
        "[[bidi]]": "\u202efdp.exe\u202c",
        "[[word]]": "x" * 3000,
        "[[title]]": ("Grimble Privacy " * 6250).strip(),
    }
)
"""What the hostile texts hold and a text file had better not."""


def fill(markdown: str, instant: datetime) -> str:
    """``[[day]]`` becomes the day of ``instant``, ``[[token]]`` a tracking token that differs at every instant."""
    day = f"{instant.day} {MONTHS[instant.month]} {instant.year}"
    token = hashlib.sha256(instant.isoformat().encode()).hexdigest()[:16]
    for name, characters in {"[[day]]": day, "[[token]]": token, **MALICE}.items():
        markdown = markdown.replace(name, characters)
    return markdown


def rebrand(page: Page, operation: Operation) -> Page:
    """``page`` after ``operation``: a rename reaches the chrome too."""
    if not isinstance(operation, Rename):
        return page
    return replace(
        page,
        brand=page.brand.replace(operation.old, operation.new),
        title=page.title.replace(operation.old, operation.new),
    )


@lru_cache(maxsize=64)
def _shaped(layout: str, markdown: str) -> tuple[str, str, tuple[str, ...]]:
    """The text as HTML, the same in the layout's shape, and the names of its sections: most weeks ask for the same."""
    html = shapes.to_html(markdown, raw=layout == "hostile")
    return html, shapes.SHAPES.get(layout, shapes.article)(html), tuple(shapes.sections(html))


def render(skins: Skins, page: Page, markdown: str, instant: datetime) -> tuple[bytes, str]:
    """Bytes and media type of ``page`` holding ``markdown``."""
    if page.layout == "pdf":
        return pdf.document(page.title, markdown), "application/pdf"
    if page.layout == "markdown":
        return markdown.encode(), "text/markdown; charset=utf-8"
    html, body, names = _shaped(page.layout, markdown)
    values: dict[str, object] = {
        "page": page,
        "body": Markup(body),  # noqa: S704 - the world's own documents; the hostile one is meant to be so
        "sections": names,
        "token": hashlib.sha256(f"{page.url} {instant}".encode()).hexdigest()[:12],
        "year": instant.year,
        "data": Markup(json.dumps(shapes.article(html)).replace("<", "\\u003c")),  # noqa: S704 - as above
    }
    return skins.html(page.layout, **values), "text/html; charset=utf-8"


def reply(skins: Skins, page: Page, markdown: str, request: Request, changed: datetime, instant: datetime) -> Reply:
    """The site's answer: 200 with the page, or 304 (RFC 9110, section 13) where the client knows it."""
    body, media_type = render(skins, page, markdown, instant)
    headers: list[tuple[str, str]] = []
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    modified = format_datetime(changed.astimezone(UTC), usegmt=True)
    if page.validators in ("etag", "both"):
        headers.append(("ETag", etag))
    if page.validators in ("last-modified", "both"):
        headers.append(("Last-Modified", modified))
    if known(request, page, etag, modified):
        return Reply(304, headers=tuple(headers))
    return Reply(200, body, (*headers, ("Cache-Control", "no-cache")), media_type)


def known(request: Request, page: Page, etag: str, modified: str) -> bool:
    """Whether the client's validators show that it has these bytes."""
    if page.validators in ("etag", "both") and "if-none-match" in request.headers:
        return etag in tags(request.headers["if-none-match"])
    return page.validators in ("last-modified", "both") and request.headers.get("if-modified-since") == modified


def tags(header: str) -> Sequence[str]:
    """The entity tags of an If-None-Match header, weak or not."""
    return re.findall(r'"[^"]{0,200}"', header[:2000])

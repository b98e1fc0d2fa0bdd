"""What befalls sites: blocks, walls, half pages, errors, and malice."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import urlsplit

from markupsafe import Markup

from govdigest.demo import shapes
from govdigest.demo.nouns import Fault, Page, Reply, WorldError
from govdigest.demo.pages import Skins

ALLOW = b"User-agent: *\nAllow: /\n"
BOMB = 64 * 1024 * 1024
"""Bytes that the bomb unpacks to; a few tens of kilobytes on the wire."""

Make = Callable[[Fault, int, Skins, Page | None, str, str], Reply | None]


def reply(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply | None:
    """What ``fault`` makes of the ``asked``-th request since the world moved; None: the page after all."""
    make = FAULTS.get(fault.kind)
    if make is None:
        raise WorldError(f"no such fault: {fault.kind}")
    return make(fault, asked, skins, page, markdown, variant)


def robots(fault: Fault | None) -> Reply:
    """robots.txt (RFC 9309): open to all, unless the fault says what it says."""
    body = str(fault.options.get("body", "")).encode() if fault is not None and fault.kind == "robots" else ALLOW
    return Reply(200, body, media_type="text/plain; charset=utf-8")


def missing(skins: Skins, url: str) -> Reply:
    """A page that no site has."""
    return Reply(404, skins.html("not-found", host=urlsplit(url).netloc))


def _template(name: str, status: int) -> Make:
    def make(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply:
        brand = page.brand if page is not None else ""
        return Reply(status, skins.html(name, host=urlsplit(fault.url).netloc, brand=brand))

    return make


def _moved(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply:
    return Reply(int(str(fault.options.get("status", 301))), headers=(("Location", str(fault.options["to"])),))


def _busy(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply | None:
    """429 (RFC 6585) for the first ``times`` requests, then the page."""
    if asked > int(str(fault.options.get("times", 1_000_000))):
        return None
    wait = str(fault.options.get("retry_after", 1))
    return Reply(429, b"Too many requests.\n", (("Retry-After", wait),), "text/plain; charset=utf-8")


def _silent(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply:
    return Reply(200, b"", delay=float(str(fault.options.get("seconds", 3600))))


def _half(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply:
    if page is None:
        raise WorldError(f"{fault.url}: no page to show half of")
    body = Markup(shapes.half(shapes.to_html(markdown)))  # noqa: S704 - the world's own documents
    html = skins.html("article", page=page, body=body, sections=[], token="", year=2026, data="")
    return Reply(200, html)


def _variant(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply:
    """Another text in the same page: a regional edition."""
    if page is None:
        raise WorldError(f"{fault.url}: no page to vary")
    body = Markup(shapes.to_html(variant))  # noqa: S704 - the world's own documents
    return Reply(200, skins.html("article", page=page, body=body, sections=[], token="", year=2026, data=""))


@lru_cache(maxsize=1)
def _packed() -> bytes:
    """Zeros, packed piece by piece, so that the bomb goes off at the other end only."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = bytes(1024 * 1024)
    return b"".join([*(packer.compress(piece) for _ in range(BOMB // len(piece))), packer.flush()])


def _bomb(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply:
    return Reply(200, _packed(), encoding="gzip")


def _endless(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply:
    return Reply(200, b"<p>These terms go on. " * 4096, endless=True)


def _broken_gzip(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply:
    """A body that stops in the middle of its compression."""
    whole = gzip.compress(markdown.encode(), 6, mtime=0)
    return Reply(200, whole[: len(whole) // 2], encoding="gzip")


def _noise(fault: Fault, asked: int, skins: Skins, page: Page | None, markdown: str, variant: str) -> Reply:
    """Bytes that are no text, said to be a page."""
    return Reply(200, bytes(range(256)) * 64)


FAULTS: Mapping[str, Make] = MappingProxyType(
    {
        "bot-check": _template("bot-check", 200),
        "login-wall": _template("login-wall", 200),
        "home-page": _template("home-page", 200),
        "not-found": _template("not-found", 404),
        "gone": _template("gone", 410),
        "unavailable": _template("unavailable", 503),
        "half-rendered": _half,
        "variant": _variant,
        "moved": _moved,
        "busy": _busy,
        "silent": _silent,
        "bomb": _bomb,
        "endless": _endless,
        "broken-gzip": _broken_gzip,
        "noise": _noise,
        "robots": lambda *_: None,
        "no-validators": lambda *_: None,
    }
)

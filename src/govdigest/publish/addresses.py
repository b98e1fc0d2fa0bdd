"""Addresses that an archived text may link to: none that a browser would run, or that hides where it leads."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from govdigest.publish.words import clean

_ADDRESS = re.compile(r"(?:https?://[^/?#\s]+|mailto:[^\s@]+@[^\s@]+)", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,253}[a-z0-9])?\.?")
_UNSAFE = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]")


def safe_address(href: str) -> str | None:
    """``href`` where it is an absolute http(s) or mailto address, percent-encoded; else None."""
    href = clean(href).strip()
    if len(href) > 2000 or not _ADDRESS.match(href):
        return None
    try:
        parts = urlsplit(href)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() != "mailto":
        host = parts.hostname or ""
        try:
            host = host.encode("idna").decode("ascii") if not host.isascii() else host
        except UnicodeError:
            return None
        if not _HOST.fullmatch(host) or parts.username is not None:
            return None
        netloc = host if port is None else f"{host}:{port}"
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        query = f"?{parts.query}" if parts.query else ""
        href = f"{parts.scheme}://{netloc}{parts.path}{query}" + fragment.replace("#", "%23").replace("%23", "#", 1)
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), href)

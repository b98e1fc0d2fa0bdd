"""The shapes of URLs: what we request, what paths are appended to, and what readers follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import yaml

from govdigest.config.shapes import Missing, Place, Words, kind_of

_HOST = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.?"
)


def url_problem(value: str) -> str | None:
    """What is wrong with a URL that we would request or link to; None when nothing is."""
    if not value.isascii() or " " in value:
        return "should be a URL in ASCII: percent-encode other characters, and write the host in punycode ('xn--…')"
    try:
        parts: SplitResult = urlsplit(value)
        port = parts.port
    except ValueError:
        return f"{value[:60]!r} is not a URL; it should look like 'https://example.org/terms'"
    if parts.scheme not in {"http", "https"}:
        return f"should begin with https:// (or http://), not {(parts.scheme or value)[:20]!r}"
    if "@" in parts.netloc:
        return "has a user name or password before the host; remove them, the file is public"
    host = parts.hostname or ""
    if not (_HOST.fullmatch(host) and len(host) <= 253) and not parts.netloc.startswith("["):
        return f"has no valid host: {host[:60]!r}; it should look like 'https://example.org/terms'"
    if port == 0:
        return "has port 0; leave the port out"
    return None


def _page_problem(value: str) -> str | None:
    if problem := url_problem(value):
        return problem
    # '#/…' is a route of a page that needs a browser, and goes to no server either
    if "#" in value.replace("#/", "/").replace("#!/", "/"):
        return "has a '#' part, which no server sees; leave it out and name the part's headings with 'from' and 'to'"
    return None


def _base_problem(value: str) -> str | None:
    if problem := url_problem(value):
        return problem
    return "has a '?' or '#' part; a base URL has none" if "?" in value or "#" in value else None


def _link_problem(value: str) -> str | None:
    if value.startswith("mailto:"):
        address = value.removeprefix("mailto:").partition("?")[0]
        return None if re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,190}", address) else "has no e-mail address after 'mailto:'"
    return url_problem(value)


def _web(right: str, check: Callable[[str], str | None], pattern: str) -> Words:
    # the scheme is in the pattern too, so that editors see it; the check's messages are better and come first
    return _Web(2000, pattern, right, check=check)


@dataclass(frozen=True, slots=True)
class _Web(Words):
    """Words whose own check speaks before the pattern."""

    def read(self, node: yaml.Node, place: Place) -> str | Missing:
        if isinstance(node, yaml.ScalarNode) and kind_of(node) == "str" and self.check and node.value.strip():
            value = node.value.strip()
            if len(value) <= self.limit and (message := self.check(value)):
                return place.wrong(node, message)
        return Words.read(self, node, place)


def page_url() -> Words:
    """The URL of a page that we request."""
    return _web(
        "a URL such as 'https://example.org/terms'",
        _page_problem,
        r"https?://[^\s/@?#]+(?:[/?][^\s#]*)?(?:#!?/[^\s#]*)?",
    )


def base_url() -> Words:
    """A URL that paths are appended to."""
    return _web("a URL such as 'https://example.org/digest'", _base_problem, r"https?://[^\s/@?#]+(?:/[^\s?#]*)?")


def link() -> Words:
    """A URL that readers follow, or a mail address as ``mailto:``."""
    return _web(
        "a URL, or 'mailto:' and an e-mail address",
        _link_problem,
        r"https?://[^\s/@?#]+(?:[/?#]\S*)?|mailto:[^\s@]+@\S+",
    )

"""URLs that come from outside: what they mean, whether they may be followed, and how a gateway is asked for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from govdigest.model import FailureClass
from govdigest.pull.addresses import literal, refuse_local
from govdigest.pull.errors import PullError

LENGTH = 8000
_HOST = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?")
_ASCII = "".join(chr(code) for code in range(33, 127))
_SECOND_LEVEL = frozenset(
    ("ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "gr", "ltd", "me", "mil", "ne", "net", "or", "org", "plc")
)
"""Labels under which national registries sell names: ``example.co.uk`` is a domain of its own."""


def host_of(url: str) -> str:
    """The host, in lower case."""
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def origin_of(url: str) -> str:
    """Scheme, host and port: what one robots.txt is about (RFC 9309, section 2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def registrable(host: str) -> str:
    """The registered domain, by a rule of thumb: the last two labels, or three under ``co.uk`` and its like."""
    name = host.rstrip(".").lower()
    labels = name.split(".")
    if literal(host) or len(labels) < 3:
        return name
    national = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if national else labels[-2:])


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are under one registered domain."""
    return registrable(one) == registrable(other)


def vetted(url: str) -> str:
    """``url`` as it may be requested: http(s), ASCII, no fragment, user name or local host; raises ``PullError``."""
    refused = FailureClass.UNSAFE_ADDRESS
    if len(url) > LENGTH:
        raise PullError(refused, f"a URL of {len(url)} characters is not followed: {url[:80]}")
    try:
        parts = urlsplit("".join(character for character in url if character >= " ").strip())
        host = (parts.hostname or "").encode("ascii" if parts.netloc.isascii() else "idna").decode()
        port = parts.port
    except ValueError as error:  # UnicodeError is one too
        raise PullError(refused, f"not a URL: {url[:80]}") from error
    if parts.scheme not in {"http", "https"}:
        raise PullError(refused, f"only http and https are requested, not {url[:80]}")
    if "@" in parts.netloc:
        raise PullError(refused, f"a URL with a user name is not requested: {host}")
    if not (_HOST.fullmatch(host) or literal(host)):
        raise PullError(refused, f"no host name: {host[:80]!r}")
    refuse_local(host)
    usual = {"http": 80, "https": 443}[parts.scheme]
    bracketed = f"[{host}]" if ":" in host else host
    netloc = bracketed if port in {None, usual} else f"{bracketed}:{port}"
    return urlunsplit(
        (parts.scheme, netloc, quote(parts.path or "/", safe=_ASCII), quote(parts.query, safe=_ASCII), "")
    )


@dataclass(frozen=True, slots=True)
class Route:
    """How a real URL is asked for: directly, or of a gateway as ``GATEWAY/HOST/PATH``."""

    gateway: str | None = None

    @property
    def base(self) -> str:
        """The gateway without a slash at its end; empty without one."""
        return (self.gateway or "").rstrip("/")

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port of the gateway."""
        if not self.gateway:
            return None
        parts = urlsplit(self.gateway)
        return (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)

    def request_url(self, url: str) -> str:
        """What to request for the real ``url``."""
        if not self.gateway:
            return url
        parts = urlsplit(url)
        return f"{self.base}/{parts.netloc}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")

    def target(self, location: str, url: str) -> str:
        """The real URL that a ``Location`` in the answer to the real ``url`` means, not yet vetted.

        A gateway may send its own addresses (``GATEWAY/HOST/PATH``, or ``/HOST/PATH`` with a host of the same site);
        they are read as the real ones.
        """
        if len(location) > LENGTH:
            raise PullError(FailureClass.UNSAFE_ADDRESS, f"a redirect of {len(location)} characters is not followed")
        location = "".join(character for character in location if character >= " ").strip()
        try:
            if self.gateway:
                if location.startswith(self.base + "/"):
                    return f"{urlsplit(url).scheme}://{location.removeprefix(self.base + '/')}"
                inner = location.removeprefix(urlsplit(self.base).path + "/")
                host = inner.partition("/")[0].partition(":")[0]
                if inner != location and "." in host and same_site(host, host_of(url)):
                    return f"{urlsplit(url).scheme}://{inner}"
            return urljoin(url, location)
        except ValueError as error:
            raise PullError(FailureClass.UNSAFE_ADDRESS, f"redirects to what is no URL: {location[:80]}") from error

"""robots.txt (RFC 9309): what a host lets us ask for, read once a run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego

from govdigest.model import FailureClass
from govdigest.pull.agent import PRODUCT
from govdigest.pull.answers import Answer
from govdigest.pull.errors import PullError
from govdigest.pull.urls import origin_of

LIMIT = 512 * 1024
"""Bytes that are read; RFC 9309, section 2.5, wants 500 KiB at least."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us."""

    file: Protego | None
    """None: everything is allowed."""

    def allow(self, url: str) -> bool:
        """Whether ``url`` may be requested."""
        return self.file is None or bool(self.file.can_fetch(url, PRODUCT))

    @property
    def delay(self) -> float:
        """Seconds between two requests that the file asks for; 0 when it does not."""
        if self.file is None:
            return 0.0
        rate = self.file.request_rate(PRODUCT)
        asked = float(self.file.crawl_delay(PRODUCT) or 0.0)
        return max(asked, rate.seconds / rate.requests if rate else 0.0)


class Robots:
    """The rules of each origin, asked for at the first need."""

    def __init__(self, ask: Callable[[str], Awaitable[Answer]]) -> None:
        """``ask`` brings the answer to a robots.txt, redirects followed; raises ``PullError``."""
        self._ask = ask
        self._known: dict[str, Rules | PullError] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def rules(self, url: str) -> Rules:
        """The rules for the origin of ``url``; raises ``PullError`` where nothing may be asked for.

        RFC 9309, section 2.3.1: a file that is not there (4xx) allows everything; one that cannot be had (5xx, no
        connection) forbids everything. A host that is down keeps the class of its own failure, which says more than
        ``robots`` would; a 429 is a request to come back later, not a missing file.
        """
        origin = origin_of(url)
        async with self._locks.setdefault(origin, asyncio.Lock()):
            if origin not in self._known:
                self._known[origin] = await self._read(origin)
        known = self._known[origin]
        if isinstance(known, PullError):
            raise PullError(known.reason, known.detail, status=known.status)
        return known

    async def _read(self, origin: str) -> Rules | PullError:
        try:
            answer = await self._ask(origin + "/robots.txt")
        except PullError as error:
            if error.reason in {FailureClass.MOVED, FailureClass.REDIRECT_LOOP}:
                return Rules(None)  # section 2.3.1.2: too many redirects are a file that is not there
            # the first three are about the host, not about the file
            host = error.reason in {FailureClass.DNS, FailureClass.TLS, FailureClass.UNSAFE_ADDRESS}
            detail = error.detail if host else f"robots.txt: {error.detail}"
            return PullError(error.reason, detail, status=error.status)
        if answer.status == 429:
            return PullError(FailureClass.RATE_LIMITED, "robots.txt: the site asks for fewer requests", status=429)
        if answer.status >= 500:
            message = f"robots.txt answers with status {answer.status}; until it can be read, everything is forbidden"
            return PullError(FailureClass.ROBOTS, message, status=answer.status)
        if answer.status not in {200, 203}:
            return Rules(None)
        return Rules(Protego.parse(_for_us(answer.body.decode("utf-8-sig", "replace"))))


def _for_us(text: str) -> str:
    """``text`` with all groups for other crawlers made one.

    protego keeps each rule once for each crawler that a group names: in half a megabyte there is room for twenty
    thousand names and as many rules, which would be 400 million. Ours and ``*`` are the only names that we match
    (section 2.2.1), so nothing is lost.
    """
    lines = []
    for line in text.splitlines():
        field, _, value = line.partition("#")[0].lower().replace("-", " ").partition("agent")
        if field.split() == ["user"]:
            name = value.strip(" \t:")
            line = f"User-agent: {name if name in {'*', PRODUCT} else 'another'}"
        lines.append(line)
    return "\n".join(lines)

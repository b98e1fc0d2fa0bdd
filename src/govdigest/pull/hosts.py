"""Turns at hosts: at most one request at a time to each, a pace apart, and never before it asked us to come back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from govdigest.model import FailureClass, PullSettings
from govdigest.pull.errors import PullError


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    pace: float = 0.0
    """The robots' crawl delay, where it is longer than ours."""
    last: float | None = None
    """When the last request ended (monotonic seconds)."""
    closed_until: float = 0.0
    """When the host may be asked again, after a failure or a ``Retry-After``."""


class Hosts:
    """Who may ask which host when. Monotonic time, for pacing alone."""

    def __init__(self, settings: PullSettings) -> None:
        self._settings = settings
        self._hosts: dict[str, _Host] = {}
        self._slots = asyncio.Semaphore(settings.concurrency)

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host())

    def slow_down(self, name: str, seconds: float) -> None:
        """Keep at least ``seconds`` between two requests to a host."""
        host = self._host(name)
        host.pace = max(host.pace, seconds)

    def close(self, name: str, seconds: float) -> None:
        """Leave a host alone for ``seconds``."""
        host = self._host(name)
        host.closed_until = max(host.closed_until, time.monotonic() + seconds)

    @asynccontextmanager
    async def turn(self, name: str, *, paced: bool = True) -> AsyncIterator[None]:
        """Wait for, and hold, the right to send one request to a host; not ``paced`` for the parts of a page.

        Raises ``PullError`` (rate-limited) where the host wants to be left alone for longer than a run waits.
        """
        host = self._host(name)
        async with host.lock:
            now = time.monotonic()
            if host.closed_until - now > self._settings.max_wait:
                wait = round(host.closed_until - now)
                raise PullError(FailureClass.RATE_LIMITED, f"the site asks to be left alone for {wait} seconds")
            ready = host.closed_until
            if paced and host.last is not None:
                ready = max(ready, host.last + max(self._settings.pace, host.pace))
            if ready > now:
                await asyncio.sleep(ready - now)
            async with self._slots:
                try:
                    yield
                finally:
                    host.last = time.monotonic()

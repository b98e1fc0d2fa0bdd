"""One fetch of a world, as most tests need it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from govdigest.model import Capture, Failure, Fetched, PullSettings, Source, Validators
from govdigest.pull import Fetcher
from tests.pull.server import Behaviour, World, world

AT = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
QUICK = PullSettings(pace=0.001, timeout=5.0, max_bytes=300_000, retries=1, max_wait=1.0)


def fetcher(settings: PullSettings, **more: Any) -> Fetcher:
    """A fetcher of the tests' instant and name."""
    return Fetcher(settings, at=AT, agent="govdigest/test (+https://example.org; maintainers@example.org)", **more)


def fetch(
    pages: Mapping[str, Behaviour],
    url: str = "https://acme.example/terms",
    validators: Validators | None = None,
    *,
    hosts: frozenset[str] = frozenset(),
    source: Source | None = None,
    **settings: Any,
) -> tuple[Fetched, World]:
    """What ``url`` brings from a world of ``pages``, and the world afterwards."""

    async def run() -> tuple[Fetched, World]:
        async with world(pages) as served:
            asked = replace(QUICK, gateway=served.gateway, **settings)
            async with fetcher(asked, hosts=hosts) as one:
                return await one.fetch(source or Source(url), validators), served

    return asyncio.run(run())


def capture(fetched: Fetched) -> Capture:
    """The capture that it should be."""
    assert isinstance(fetched, Capture), fetched
    return fetched


def failure(fetched: Fetched) -> Failure:
    """The failure that it should be."""
    assert isinstance(fetched, Failure), fetched
    assert len(fetched.detail) <= 300
    assert fetched.detail.isprintable()
    assert fetched.instant == AT
    return fetched

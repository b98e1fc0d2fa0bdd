"""Real pages through a gateway, as their sites sent them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from govdigest.config import load
from govdigest.model import Capture, Failure, NotModified, Source, Validators
from tests.pull.fetching import QUICK, fetcher
from tests.replay import replay, write_configuration
from tests.shared import needs_shared


@needs_shared
@pytest.mark.shared
def test_every_page_of_the_replay_comes_and_then_says_that_it_stands(tmp_path: Path) -> None:
    async def run(gateway: str, urls: list[str], sources: list[Source]) -> None:
        async with fetcher(replace(QUICK, gateway=gateway, pace=0.0, timeout=60.0, max_bytes=20_000_000)) as one:
            first = await asyncio.gather(*(one.fetch(source) for source in sources))
            assert [fetched.url for fetched in first] == urls
            # some pages were not yet captured at the first date
            assert {fetched.reason for fetched in first if isinstance(fetched, Failure)} <= {"not-found"}
            known = [fetched.validators if isinstance(fetched, Capture) else Validators() for fetched in first]
            again = await asyncio.gather(*(one.fetch(*pair) for pair in zip(sources, known, strict=True)))
            assert [isinstance(fetched, Capture) for fetched in first] == [
                isinstance(fetched, NotModified) for fetched in again
            ]
            assert sum(isinstance(fetched, Capture) for fetched in first) >= 40

    with replay() as served:
        config = load(write_configuration(tmp_path / "platforms.yaml", served.gateway))
        assert (len(config.platforms), sum(len(platform.documents) for platform in config.platforms)) == (16, 44)
        sources = [document.sources[0] for platform in config.platforms for document in platform.documents]
        asyncio.run(run(served.gateway, [source.url for source in sources], sources))

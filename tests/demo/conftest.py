"""The world's sixteen weeks, pulled once for all tests over HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from govdigest.archive import Archive
from govdigest.captures import Captures
from govdigest.commands.corrections import announce_corrections
from govdigest.commands.pull import pull
from govdigest.commands.reading import read_with
from govdigest.demo import World
from govdigest.model import Config, Event, Taxonomy
from govdigest.resources import shipped
from govdigest.taxonomy import load as load_taxonomy
from tests.demo.truth import settings


@dataclass(frozen=True, slots=True)
class Story:
    """What the weeks left."""

    told: list[tuple[int, Event]]
    """Week and event, in the order of the announcements."""
    archive: Archive
    content: tuple[Path, ...]
    taxonomy: Taxonomy
    config: Config
    """Of the last week."""


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    root = tmp_path_factory.mktemp("story")
    content = (shipped("content"), root / "content")
    taxonomy = load_taxonomy(content[:1])
    archive, captures = Archive(root / "content/archive"), Captures(root / "captures")
    read = read_with(taxonomy, root / "cache")
    world = World()
    told: list[tuple[int, Event]] = []
    with world.serve() as gateway:
        for week in world.weeks:
            config = settings(week.number)
            config = replace(config, pull=replace(config.pull, gateway=gateway))
            for name, words in world.corrections(week.number).items():
                (root / "content/corrections").mkdir(parents=True, exist_ok=True)
                (root / "content/corrections" / name).write_text(words, encoding="utf-8")
            for instant in week.pulls:
                world.move(instant)
                report = asyncio.run(
                    pull(config, archive=archive, captures=captures, taxonomy=taxonomy, read=read, at=instant)
                )
                events = [event for outcome in report.outcomes for event in outcome.events]
                events += announce_corrections(archive, content, instant)
                told += [(week.number, event) for event in events]
    return Story(told, archive, content, taxonomy, config)

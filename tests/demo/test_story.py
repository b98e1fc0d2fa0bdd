"""The whole story, pulled over HTTP: every event that should be announced is, and no other."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from govdigest.archive import Archive
from govdigest.captures import Captures
from govdigest.commands.corrections import announce_corrections
from govdigest.commands.pull import pull
from govdigest.commands.reading import read_with
from govdigest.demo import World
from govdigest.model import Event
from govdigest.resources import shipped
from govdigest.taxonomy import load as load_taxonomy
from tests.demo.truth import rows, settings

Told = list[tuple[int, Event]]
CLOSED = {"fees": "too-large", "licence": "too-large", "cookies": "unsafe-address", "notices": "unreadable-bytes"}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> tuple[Told, Archive]:
    root = tmp_path_factory.mktemp("story")
    content = (shipped("content"), root / "content")
    taxonomy = load_taxonomy(content[:1])
    archive, captures = Archive(root / "content/archive"), Captures(root / "captures")
    read = read_with(taxonomy, root / "cache")
    world = World()
    told: Told = []
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
    return told, archive


def test_every_expected_event_is_announced_and_no_other(story: tuple[Told, Archive]) -> None:
    expected = Counter((row["week"], row["platform"], row["document"], row["kind"]) for row in rows("events.jsonl"))
    found = Counter((week, event.platform, event.document, event.kind.value) for week, event in story[0])
    assert found - expected == Counter()
    assert expected - found == Counter()


def test_each_announced_change_holds_the_decisive_sentence(story: tuple[Told, Archive]) -> None:
    told, archive = story
    events = {(week, event.platform, event.document, event.kind.value): event for week, event in told}
    for row in rows("events.jsonl"):
        if row["kind"] != "material":
            continue
        event = events[row["week"], row["platform"], row["document"], row["kind"]]
        assert event.change is not None
        assert event.after is not None
        versions = {version.id: version for version in archive.versions(event.platform, event.document)}
        after = archive.text(versions[event.after])
        spans = [*event.change.added, *(pair.after for pair in event.change.reworded)]
        assert any(row["quote"].replace("*", "") in after[s.start : s.end].replace("*", "") for s in spans), row


def test_the_announced_terms_are_dated_by_their_day_of_effect(story: tuple[Told, Archive]) -> None:
    event = next(event for _, event in story[0] if event.platform == "tansy-thread" and event.kind == "material")
    assert str(event.effective) == "2026-03-16"


def test_what_the_hostile_site_refuses_to_be_is_told(story: tuple[Told, Archive]) -> None:
    for document, reason in CLOSED.items():
        (source,) = story[1].state("grimble", document).sources
        assert source.failure == reason, (document, source.detail)
        assert "\x1b" not in source.detail
        assert len(source.detail) <= 300

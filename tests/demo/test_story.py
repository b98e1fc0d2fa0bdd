"""The whole story, pulled over HTTP: every event that should be announced is, and no other."""

from __future__ import annotations

from collections import Counter

from tests.demo.conftest import Story
from tests.demo.truth import rows

CLOSED = {"fees": "too-large", "licence": "too-large", "cookies": "unsafe-address", "notices": "unreadable-bytes"}


def test_every_expected_event_is_announced_and_no_other(story: Story) -> None:
    expected = Counter((row["week"], row["platform"], row["document"], row["kind"]) for row in rows("events.jsonl"))
    found = Counter((week, event.platform, event.document, event.kind.value) for week, event in story.told)
    assert found - expected == Counter()
    assert expected - found == Counter()


def test_each_announced_change_holds_the_decisive_sentence(story: Story) -> None:
    told, archive = story.told, story.archive
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


def test_the_announced_terms_are_dated_by_their_day_of_effect(story: Story) -> None:
    event = next(event for _, event in story.told if event.platform == "tansy-thread" and event.kind == "material")
    assert str(event.effective) == "2026-03-16"


def test_what_the_hostile_site_refuses_to_be_is_told(story: Story) -> None:
    for document, reason in CLOSED.items():
        (source,) = story.archive.state("grimble", document).sources
        assert source.failure == reason, (document, source.detail)
        assert "\x1b" not in source.detail
        assert len(source.detail) <= 300

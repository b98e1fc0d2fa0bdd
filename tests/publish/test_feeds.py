"""Feeds: valid, identified for good, in words that never change."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from govdigest.edition.nouns import Edition
from govdigest.publish import publish
from tests.publish.conftest import TEMPLATES
from tests.publish.sample import SITE, small


def feeds(out: Path) -> list[Path]:
    return sorted(path for path in (*out.rglob("*.xml"), *out.rglob("*.atom")) if path.name != "sitemap.xml")


def test_feeds_parse_and_ids_are_unique(site: Path) -> None:
    found = feeds(site)
    assert len(found) == 2 * (2 + 2 * 4 + 3)
    for path in found:
        parsed = feedparser.parse(path.read_bytes())
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        ids = [entry.id for entry in parsed.entries]
        assert len(set(ids)) == len(ids)
        assert all(identity.startswith(f"tag:{SITE.id_authority}:") for identity in ids)
        here = SITE.base_url + path.relative_to(site).as_posix()
        assert [link.href for link in parsed.feed.links if link.rel == "self"] == [here]
        assert parsed.feed.link.startswith(SITE.base_url)
        assert not parsed.feed.link.endswith((".xml", ".atom"))


def test_every_xml_file_is_a_feed_or_the_sitemap(site: Path) -> None:
    for path in site.rglob("*.xml"):
        root = etree.fromstring(path.read_bytes()).tag
        assert root == "rss" or path.name == "sitemap.xml", path


def test_the_three_formats_say_the_same(site: Path) -> None:
    for path in feeds(site):
        if path.suffix == ".xml":
            rss, atom = feedparser.parse(path.read_bytes()), feedparser.parse(path.with_suffix(".atom").read_bytes())
            items = json.loads(path.with_suffix(".json").read_text())["items"]
            assert [one.id for one in rss.entries] == [one.id for one in atom.entries] == [one["id"] for one in items]
            assert [one.title for one in rss.entries] == [one["title"] for one in items]


def test_the_newest_comes_first_and_dates_come_from_the_data(site: Path) -> None:
    parsed = feedparser.parse((site / "feeds/events.xml").read_bytes())
    dates = [entry.published_parsed for entry in parsed.entries]
    assert dates == sorted(dates, reverse=True)
    assert parsed.feed.updated_parsed == dates[0]


def test_weekly_feeds_hold_closed_weeks_with_their_hashes(site: Path) -> None:
    parsed = feedparser.parse((site / "feeds/weekly.xml").read_bytes())
    assert parsed.entries[0].id == f"tag:{SITE.id_authority}:week/2026-W09"
    assert "sha256:" in parsed.entries[0].content[0].value
    own = feedparser.parse((site / "platforms/tern/weekly.xml").read_bytes())
    assert {entry.id.rsplit("/", 1)[1] for entry in own.entries} == {"2026-W02", "2026-W05", "2026-W06", "2026-W07"}


def renamed(edition: Edition) -> Edition:
    """The edition as a later build with other rules and another address would have it."""
    other = tuple(
        replace(view, moves=tuple(replace(move, why="New.", after_words="other words of today") for move in view.moves))
        for view in edition.events
    )
    return replace(edition, site=replace(edition.site, base_url="https://elsewhere.example/"), events=other)


def test_ids_and_words_survive_a_move_and_better_rules(tmp_path: Path, site: Path) -> None:
    publish(renamed(small()), templates=[TEMPLATES], out=tmp_path, cache=None, jobs=1)
    for name in ("feeds/events.json", "feeds/weekly.json", "provisions/retention/events.json"):
        before, after = (json.loads((folder / name).read_text())["items"] for folder in (site, tmp_path))
        assert [(one["id"], one["title"], one["content_html"]) for one in before] == [
            (one["id"], one["title"], one["content_html"]) for one in after
        ]
        assert all(one["url"].startswith("https://elsewhere.example/") for one in after)


@pytest.mark.parametrize("name", ["feeds/feeds.opml"])
def test_opml_names_every_feed_of_events(site: Path, name: str) -> None:
    root = etree.fromstring((site / name).read_bytes())
    urls = [str(node.get("xmlUrl")) for node in root.iter("outline") if node.get("xmlUrl")]
    assert root.tag == "opml"
    assert len(urls) == len(set(urls)) == 2 + 4 + 3
    assert all((site / url.removeprefix(SITE.base_url)).is_file() for url in urls)

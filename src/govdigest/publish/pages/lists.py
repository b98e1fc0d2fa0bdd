"""Pages that list: home, changes, digests, feeds, status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from xml.etree import ElementTree

from govdigest.edition.nouns import Counts, Digest, Edition, EventView, SourceStatus
from govdigest.model import EventKind
from govdigest.publish import data
from govdigest.publish.frame import Crumb, FeedLink, base_of, make_frame
from govdigest.publish.pages.common import EventGroup
from govdigest.publish.press import Files, Output, Press
from govdigest.publish.words import EVENTS, clean, count, day, iso, month

_ON_HOME = 8
_ON_CHANGES = 100
_IN_JSON = 1000
_AHEAD = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A sector or a group, and where it is."""

    name: str
    url: str
    number: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """`home.html`: what changed lately, what is coming, the newest digest, and the coverage."""

    counts: Counts
    events: tuple[EventView, ...]
    """The latest news; first versions only where there is nothing else."""
    upcoming: tuple[EventView, ...]
    digest: Digest | None
    news: Digest | None
    """The newest digest with news, where the newest of all has none."""
    sectors: tuple[Place, ...]
    groups: tuple[Place, ...]
    now: datetime
    """The newest check."""


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """`changes.html`: events by month; one page of the newest, and one for each year."""

    groups: tuple[EventGroup, ...]
    years: tuple[str, ...]
    year: str
    """The year that the page covers; empty for the newest."""
    kinds: tuple[tuple[str, str], ...]
    """Kinds that occur, with their names."""
    sectors: tuple[tuple[str, str], ...]
    """Sectors of which there are events, with their names."""
    number: int


@dataclass(frozen=True, slots=True)
class DigestSection:
    """Events of one kind in a digest."""

    name: str
    words: str
    events: tuple[EventView, ...]


@dataclass(frozen=True, slots=True)
class DigestPage:
    """`digest.html`: one closed week."""

    digest: Digest
    sections: tuple[DigestSection, ...]
    newer: str
    """Site path of the next week's digest; empty for the newest."""
    older: str


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A week in the list."""

    week: str
    start: date
    end: date
    url: str
    headline: str
    quiet: bool
    ahead: int
    """How many changes were announced, and not yet in force at its end."""


@dataclass(frozen=True, slots=True)
class Run:
    """Weeks that follow each other, all with news or all without, newest first."""

    quiet: bool
    digests: tuple[DigestLine, ...]


@dataclass(frozen=True, slots=True)
class DigestsPage:
    """`digests.html`: every closed week."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class FeedRow:
    """Feeds of one platform or provision."""

    name: str
    weekly: str
    """Stem of the weekly digest's feed; empty where there is none."""
    events: str
    """Stem of the feed of every event."""


@dataclass(frozen=True, slots=True)
class FeedsPage:
    """`feeds.html`: every feed on one page."""

    site: FeedRow
    platforms: tuple[FeedRow, ...]
    provisions: tuple[FeedRow, ...]


@dataclass(frozen=True, slots=True)
class StatusPage:
    """`status.html`: every source at its last check."""

    mend: tuple[SourceStatus, ...]
    """Needs a maintainer."""
    failing: tuple[SourceStatus, ...]
    pending: tuple[SourceStatus, ...]
    sound: tuple[SourceStatus, ...]
    counts: Counts
    now: datetime


SECTIONS: Mapping[str, tuple[str, str]] = {
    "moved": ("Positions that moved", "What the documents state has changed on at least one provision."),
    "material": (
        "Other material changes",
        "What they say changed, outside the provisions that are asked of every document.",
    ),
    "ahead": ("Coming into force", "Announced, with a day of effect that is still ahead."),
    "lifecycle": ("New, gone, back and reverted", ""),
    "editorial": ("Editorial changes", "The words changed, and what they state did not."),
    "corrections": ("Corrections", "What was announced earlier, and was wrong."),
    "unreadable": ("No longer readable", ""),
}
"""A digest's sections in order: the field of the digest, its name, and what it means."""


def _pair(path: str) -> tuple[str, str]:
    return f"{path}index.html", f"{path}index.json"


def home(edition: Edition) -> Output:
    """The home page."""
    newest = tuple(one for one in edition.events if one.event.kind is not EventKind.FIRST)[:_ON_HOME]
    page = HomePage(
        counts=edition.counts,
        events=newest or edition.events[:_ON_HOME],
        upcoming=edition.upcoming[:_AHEAD],
        digest=edition.digests[0] if edition.digests else None,
        news=next((one for one in edition.digests if not one.quiet), None)
        if edition.digests and edition.digests[0].quiet
        else None,
        sectors=tuple(Place(one.name, one.url, len(one.platforms)) for one in edition.sectors),
        groups=tuple(
            Place(
                group.name,
                f"provisions/#{group.slug}",
                sum(one.provision.group == group.slug for one in edition.provisions),
            )
            for group in edition.groups
            if any(one.provision.group == group.slug for one in edition.provisions)
        ),
        now=edition.now,
    )

    def make(press: Press) -> Files:
        counts = page.counts
        frame = make_frame(
            press.site,
            "",
            press.site.title,
            press.site.description
            or f"What {count(counts.documents_read, 'document')} of {count(counts.platforms, 'platform')} state, with "
            "quotes, and how they change.",
            feed=FeedLink("Weekly digest", "feeds/weekly"),
            thing={"@type": "WebSite"},
        )
        yield "index.html", press.html("home.html", frame, page)
        yield (
            "index.json",
            data.dump(
                {
                    "generator": "govdigest",
                    "title": press.site.title,
                    "now": iso(page.now),
                    "counts": data.counts(counts),
                    "events": [data.event(one) for one in page.events],
                    "upcoming": [data.event(one) for one in page.upcoming],
                    "digest": page.digest.week if page.digest else None,
                }
            ),
        )

    return Output("", ("index.html", "index.json"), (page,), make, in_sitemap=True)


def _by_month(events: tuple[EventView, ...]) -> tuple[EventGroup, ...]:
    groups: dict[date, list[EventView]] = {}
    for event in events:
        groups.setdefault(event.event.announced.date().replace(day=1), []).append(event)
    return tuple(
        EventGroup(
            month(at),
            tuple(one for one in own if one.event.kind is not EventKind.FIRST),
            tuple(one for one in own if one.event.kind is EventKind.FIRST),
        )
        for at, own in groups.items()
    )


def changes(edition: Edition) -> Iterator[Output]:
    """The newest events, and a page for each year."""
    years = tuple(dict.fromkeys(str(one.event.announced.year) for one in edition.events))
    names = {one.slug: one.name for one in edition.sectors}
    yield _changes("changes/", "", edition.events[:_ON_CHANGES], years, names, edition.events[:_IN_JSON])
    for year in years:
        own = tuple(one for one in edition.events if str(one.event.announced.year) == year)
        yield _changes(f"changes/{year}/", year, own, years, names, own)


def _changes(
    path: str,
    year: str,
    shown: tuple[EventView, ...],
    years: tuple[str, ...],
    names: Mapping[str, str],
    listed: tuple[EventView, ...],
) -> Output:
    kinds = tuple((kind.value, EVENTS[kind]) for kind in EventKind if any(one.event.kind is kind for one in shown))
    used = {one.platform.sector for one in shown}
    sectors = tuple((slug, name) for slug, name in names.items() if slug in used)
    page = ChangesPage(_by_month(shown), years, year, kinds, sectors, len(shown))

    def make(press: Press) -> Files:
        frame = make_frame(
            press.site,
            path,
            f"Changes in {year}" if year else "Changes",
            f"{count(len(shown), 'event')}, newest first: what changed, and what it changed from.",
            crumbs=(Crumb("Changes", "changes/"),) if year else (),
            section="changes/",
            feed=FeedLink("Every event", "feeds/events"),
            scripts=("filter.js",),
            thing={"@type": "CollectionPage"},
        )
        yield f"{path}index.html", press.html("changes.html", frame, page)
        yield f"{path}index.json", data.dump({"events": [data.listed_event(one) for one in listed]})

    return Output(path, _pair(path), (page, listed), make, in_sitemap=True)


def digests(edition: Edition) -> Iterator[Output]:
    """The list of weeks, and each week."""
    every = edition.digests
    lines = tuple(
        DigestLine(one.week, one.start, one.end, one.url, one.headline, one.quiet, len(one.ahead)) for one in every
    )

    runs = tuple(Run(quiet, tuple(own)) for quiet, own in groupby(lines, key=lambda one: one.quiet))

    def index(press: Press) -> Files:
        frame = make_frame(
            press.site,
            "digests/",
            "Weekly digests",
            f"{count(len(every), 'closed week')}, Monday to Sunday (UTC). The news of a closed week does not change.",
            section="digests/",
            feed=FeedLink("Weekly digest", "feeds/weekly"),
            thing={"@type": "CollectionPage"},
        )
        yield "digests/index.html", press.html("digests.html", frame, DigestsPage(runs))
        weeks = [
            {
                "week": line.week,
                "start": iso(line.start),
                "end": iso(line.end),
                "url": line.url,
                "headline": line.headline,
                "quiet": line.quiet,
            }
            for line in lines
        ]
        yield "digests/index.json", data.dump({"digests": weeks})

    yield Output("digests/", _pair("digests/"), (lines,), index, in_sitemap=True)
    for number, one in enumerate(every):
        newer = every[number - 1].url if number else ""
        older = every[number + 1].url if number + 1 < len(every) else ""
        yield _digest(one, newer, older)


def _digest(digest: Digest, newer: str, older: str) -> Output:
    sections = tuple(
        DigestSection(name, words, getattr(digest, field))
        for field, (name, words) in SECTIONS.items()
        if getattr(digest, field)
    )

    def make(press: Press) -> Files:
        frame = make_frame(
            press.site,
            digest.url,
            f"Week of {day(digest.start)}",
            digest.headline,
            crumbs=(Crumb("Digests", "digests/"),),
            section="digests/",
            feed=FeedLink("Weekly digest", "feeds/weekly"),
            og_type="article",
            thing={"@type": "Article", "headline": digest.headline[:110], "datePublished": digest.end.isoformat()},
        )
        yield f"{digest.url}index.html", press.html("digest.html", frame, DigestPage(digest, sections, newer, older))
        yield f"{digest.url}index.json", data.dump(data.digest(digest))

    return Output(digest.url, _pair(digest.url), (digest, newer, older), make, in_sitemap=True)


def feeds(edition: Edition) -> Output:
    """The page of every feed, with OPML."""
    page = FeedsPage(
        site=FeedRow("Everything", "feeds/weekly", "feeds/events"),
        platforms=tuple(FeedRow(v.platform.name, f"{v.url}weekly", f"{v.url}events") for v in edition.platforms),
        provisions=tuple(FeedRow(v.provision.name, "", f"{v.url}events") for v in edition.provisions),
    )

    def make(press: Press) -> Files:
        frame = make_frame(
            press.site,
            "feeds/",
            "Feeds",
            "A weekly digest or every event: of everything, of a platform, of a provision. RSS, Atom and JSON Feed.",
            section="feeds/",
            feed=FeedLink("Weekly digest", "feeds/weekly"),
            thing={"@type": "CollectionPage"},
        )
        yield "feeds/index.html", press.html("feeds.html", frame, page)
        rows = [
            {"name": one.name, "weekly": one.weekly or None, "events": one.events, "of": of}
            for of, some in (("site", (page.site,)), ("platform", page.platforms), ("provision", page.provisions))
            for one in some
        ]
        yield "feeds/feeds.opml", opml(press, page)
        yield "feeds/index.json", data.dump({"endings": [".xml", ".atom", ".json"], "feeds": rows})

    return Output("feeds/", (*_pair("feeds/"), "feeds/feeds.opml"), (page,), make, in_sitemap=True)


def opml(press: Press, page: FeedsPage) -> bytes:
    """Every feed of events, and the weekly digest, as OPML 2.0 (opml.org/spec2)."""
    base = base_of(press.site)
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = clean(press.site.title)
    body = ElementTree.SubElement(root, "body")
    rows = [("Weekly digest", page.site.weekly), ("Every event", page.site.events)]
    groups = (("Everything", rows), ("Platforms", _stems(page.platforms)), ("Provisions", _stems(page.provisions)))
    for name, stems in groups:
        group = ElementTree.SubElement(body, "outline", text=name)
        for words, stem in stems:
            ElementTree.SubElement(group, "outline", type="rss", text=clean(words), xmlUrl=f"{base}{stem}.xml")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root) + b"\n"


def _stems(rows: tuple[FeedRow, ...]) -> list[tuple[str, str]]:
    return [(row.name, row.events) for row in rows]


def status(edition: Edition) -> Output:
    """The page of every source."""
    rows = edition.statuses
    mend = tuple(one for one in rows if one.needs_maintainer)
    failing = tuple(one for one in rows if not one.needs_maintainer and one.state.failure is not None)
    pending = tuple(one for one in rows if one not in mend and one not in failing and one.verdict == "pending")
    apart = {id(one) for one in (*mend, *failing, *pending)}
    sound = tuple(one for one in rows if id(one) not in apart)
    page = StatusPage(mend, failing, pending, sound, edition.counts, edition.now)

    def make(press: Press) -> Files:
        frame = make_frame(
            press.site,
            "status/",
            "Status",
            f"{count(len(rows), 'source')}: {len(sound)} read, {len(pending)} held back, {len(failing) + len(mend)} "
            "that could not be read.",
            section="status/",
            feed=FeedLink("Every event", "feeds/events"),
            thing={"@type": "CollectionPage"},
        )
        yield "status/index.html", press.html("status.html", frame, page)
        sources = [
            {
                "platform": one.platform.slug,
                "document": one.document.slug,
                "url": one.url,
                "checked": iso(one.state.checked) or None,
                "verified": iso(one.state.verified) or None,
                "failing_since": iso(one.state.failing_since) or None,
                "failure": one.state.failure.value if one.state.failure else None,
                "verdict": one.verdict or None,
                "reason": one.reason,
                "needs_maintainer": one.needs_maintainer,
            }
            for one in rows
        ]
        yield "status/index.json", data.dump({"now": iso(page.now), "sources": sources})

    return Output("status/", _pair("status/"), (page,), make, in_sitemap=True)


def outputs(edition: Edition) -> Iterator[Output]:
    """Every list."""
    yield home(edition)
    yield from changes(edition)
    yield from digests(edition)
    yield feeds(edition)
    yield status(edition)

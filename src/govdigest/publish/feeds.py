"""Feeds: RSS 2.0 and Atom by feedgen, JSON Feed 1.1 by hand; ids and words that never change.

Ids are tag URIs (RFC 4151) of the site's authority and the event's own id. An item's words are those that the event
recorded when it was announced; nothing of today's taxonomy, text or clock is in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from html import escape

from feedgen.feed import FeedGenerator

from govdigest.edition.nouns import Digest, Edition, EventView
from govdigest.model import Site
from govdigest.publish.data import dump
from govdigest.publish.frame import base_of
from govdigest.publish.pages.lists import SECTIONS
from govdigest.publish.press import Files, Output, Press
from govdigest.publish.words import EVENTS, SCOPES, capital, clean, count, day, iso

EVENT_LIMIT = 100
WEEK_LIMIT = 52
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 20_000
"""Characters of an item's body."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry, in words that were fixed when it was announced."""

    id: str
    title: str
    url: str
    html: str
    at: datetime
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written."""

    id: str
    title: str
    description: str
    stem: str
    page: str
    """Site path of the page that it is the feed of."""
    items: tuple[Item, ...]


def tag(site: Site, name: str) -> str:
    """A tag URI (RFC 4151): ``tag:AUTHORITY:name``."""
    return f"tag:{site.id_authority}:{name}"


def _paragraphs(lines: Iterable[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines if line)


def event_html(view: EventView) -> str:
    """What an event's item says."""
    own = view.event
    parts = [_paragraphs([escape(own.headline)])]
    if own.reasons:
        parts.append("<ul>" + "".join(f"<li>{escape(reason)}</li>" for reason in own.reasons) + "</ul>")
    if own.change is not None:
        for move in own.change.moves:
            scope = SCOPES[move.scope]
            name = escape(move.name + (f", {scope}" if scope else ""))
            before, after = escape(move.before_words), escape(move.after_words)
            parts.append(f"<p><b>{name}</b>. Before: {before}. After: {after}.</p>")
    dates = [
        f"{name} {day(value)}"
        for name, value in (
            ("first seen", own.first_seen.date() if own.first_seen else None),
            ("last updated, as the document states it:", own.updated),
            ("effective", own.effective),
        )
        if value is not None
    ]
    parts.append(_paragraphs([escape(capital("; ".join(dates)))]) if dates else "")
    return clean("".join(parts))[:_LONGEST]


def event_item(view: EventView, site: Site) -> Item:
    """An event as an item."""
    own = view.event
    return Item(
        id=tag(site, f"event/{own.id}"),
        title=clean(f"{view.subject}: {own.headline}"),
        url=base_of(site) + view.url,
        html=event_html(view),
        at=own.announced,
        tags=(EVENTS[own.kind],),
    )


def _closing(digest: Digest) -> datetime:
    """The instant at which the week was over."""
    return datetime.combine(digest.end + timedelta(days=1), time(0), UTC)


def week_html(sections: Sequence[tuple[str, Sequence[EventView]]], anchors: Sequence[tuple[str, str, str]]) -> str:
    """What a week's item says; ``anchors``: the newest hash of each document, so that any copy vouches for them."""
    parts = []
    for name, events in sections:
        if events:
            lines = "".join(f"<li>{escape(one.subject)}: {escape(one.event.headline)}</li>" for one in events)
            parts.append(f"<h3>{escape(name)}</h3><ul>{lines}</ul>")
    if not parts:
        parts.append("<p>Nothing was announced in this week.</p>")
    if anchors:
        lines = "".join(
            f"<li>{escape(name)} {escape(version)} sha256:{escape(sha)}</li>" for name, version, sha in anchors
        )
        parts.append(f"<h3>Hashes of the archived texts at the week's end</h3><ul>{lines}</ul>")
    return clean("".join(parts))


def week_item(digest: Digest, site: Site) -> Item:
    """A closed week as an item."""
    sections = [(name, getattr(digest, field)) for field, (name, _) in SECTIONS.items()]
    return Item(
        id=tag(site, f"week/{digest.week}"),
        title=clean(f"Week of {day(digest.start)}: {digest.headline}"),
        url=base_of(site) + digest.url,
        html=week_html(sections, digest.anchors),
        at=_closing(digest),
        tags=("Weekly digest",),
    )


def platform_week_item(digest: Digest, slug: str, events: Sequence[EventView], site: Site) -> Item:
    """A platform's part of a closed week."""
    own = {one.event.id for one in events}
    sections = [
        (name, [one for one in getattr(digest, field) if one.event.id in own]) for field, (name, _) in SECTIONS.items()
    ]
    headlines = [one.event.headline for one in events]
    more = f" and {count(len(headlines) - 1, 'more event')}" if len(headlines) > 1 else ""
    return Item(
        id=tag(site, f"platform/{slug}/week/{digest.week}"),
        title=clean(f"Week of {day(digest.start)}: {headlines[0]}{more}"),
        url=base_of(site) + digest.url,
        html=week_html(sections, ()),
        at=_closing(digest),
        tags=("Weekly digest",),
    )


def write(feed: Feed, site: Site) -> Files:
    """The three files of a feed."""
    base = base_of(site)
    updated = max((item.at for item in feed.items), default=_EPOCH)
    generator = FeedGenerator()
    generator.id(feed.id)
    generator.title(clean(feed.title))
    generator.description(clean(feed.description))
    generator.language("en")
    generator.author(name=clean(site.title))
    generator.generator("govdigest")
    generator.updated(updated)
    generator.lastBuildDate(updated)
    for item in feed.items:
        entry = generator.add_entry(order="append")
        entry.id(item.id)
        entry.guid(item.id, permalink=False)
        entry.title(item.title)
        entry.link(href=item.url, rel="alternate")
        entry.published(item.at)
        entry.updated(item.at)
        entry.summary(item.title)
        entry.content(item.html, type="html")
        entry.category([{"term": name, "label": name} for name in item.tags])
    for ending, kind in (("xml", "application/rss+xml"), ("atom", "application/atom+xml")):
        # the last link of those two is what RSS takes for the channel's own page
        generator.link(href=f"{base}{feed.stem}.{ending}", rel="self", type=kind, replace=True)
        generator.link(href=base + feed.page, rel="alternate", type="text/html")
        body = generator.rss_str(pretty=False) if ending == "xml" else generator.atom_str(pretty=False)
        yield f"{feed.stem}.{ending}", bytes(body)
    yield f"{feed.stem}.json", json_feed(feed, site)


def json_feed(feed: Feed, site: Site) -> bytes:
    """The feed as JSON Feed 1.1 (jsonfeed.org)."""
    base = base_of(site)
    return dump(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "description": feed.description,
            "home_page_url": base + feed.page,
            "feed_url": f"{base}{feed.stem}.json",
            "language": "en",
            "authors": [{"name": site.title, "url": base}],
            "items": [
                {
                    "id": item.id,
                    "url": item.url,
                    "title": item.title,
                    "content_html": item.html,
                    "date_published": iso(item.at),
                    "tags": list(item.tags),
                }
                for item in feed.items
            ],
        }
    )


def _events_output(feed_id: str, title: str, stem: str, page: str, events: Sequence[EventView]) -> Output:
    newest = tuple(events[:EVENT_LIMIT])

    def make(press: Press) -> Files:
        site = press.site
        items = tuple(event_item(one, site) for one in newest)
        words = f"{title}. What documents state, permit or reserve; no legal determination."
        yield from write(Feed(tag(site, feed_id), f"{site.title}: {title}", words, stem, page, items), site)

    inputs = (title, page, tuple((one.event, one.url, one.subject) for one in newest))
    return Output(stem, tuple(f"{stem}.{ending}" for ending in ("xml", "atom", "json")), inputs, make)


def _weekly_output(
    feed_id: str,
    title: str,
    stem: str,
    page: str,
    weeks: Sequence[tuple[Digest, Sequence[EventView] | None]],
    slug: str,
) -> Output:
    newest = tuple(weeks[:WEEK_LIMIT])

    def make(press: Press) -> Files:
        site = press.site
        items = tuple(
            week_item(digest, site) if events is None else platform_week_item(digest, slug, events, site)
            for digest, events in newest
        )
        words = f"{title}. Closed weeks, Monday to Sunday (UTC)."
        yield from write(Feed(tag(site, feed_id), f"{site.title}: {title}", words, stem, page, items), site)

    return Output(stem, tuple(f"{stem}.{ending}" for ending in ("xml", "atom", "json")), (title, page, newest), make)


def _in_week(digest: Digest) -> Iterator[EventView]:
    """The week's own events: what is still ahead from earlier weeks is in the week's digest alone."""
    seen: set[str] = set()
    for field in SECTIONS:
        if field == "ahead":
            continue
        for one in getattr(digest, field):
            if one.event.id not in seen:
                seen.add(one.event.id)
                yield one


def outputs(edition: Edition) -> Iterator[Output]:
    """Every feed."""
    weeks = edition.digests[:]
    yield _weekly_output("feed/weekly", "Weekly digest", "feeds/weekly", "digests/", [(one, None) for one in weeks], "")
    yield _events_output("feed/events", "Every event", "feeds/events", "changes/", edition.events)
    by_platform: dict[str, list[tuple[Digest, list[EventView]]]] = {}
    for digest in weeks:
        own: dict[str, list[EventView]] = {}
        for one in _in_week(digest):
            for slug in dict.fromkeys((one.platform.slug, *(platform.slug for platform, _ in one.also))):
                own.setdefault(slug, []).append(one)
        for slug, events in own.items():
            by_platform.setdefault(slug, []).append((digest, events))
    for view in edition.platforms:
        slug, name = view.platform.slug, view.platform.name
        mine = [(digest, tuple(events)) for digest, events in by_platform.get(slug, [])]
        yield _weekly_output(
            f"feed/platform/{slug}/weekly", f"{name}: weekly digest", f"{view.url}weekly", view.url, mine, slug
        )
        yield _events_output(
            f"feed/platform/{slug}/events", f"{name}: every event", f"{view.url}events", view.url, view.events
        )
    for provision in edition.provisions:
        yield _events_output(
            f"feed/provision/{provision.provision.slug}/events",
            f"{provision.provision.name}: every event",
            f"{provision.url}events",
            provision.url,
            provision.events,
        )

"""A document's pages: what it states, its full texts, its history, and each change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from govdigest.edition.nouns import DocumentView, EventView, MoveView, Silence, Statement, VersionView
from govdigest.model import EventKind, Group, RedlineBlock
from govdigest.publish import data
from govdigest.publish.frame import Crumb, FeedLink, Frame, base_of, make_frame
from govdigest.publish.fulltext import Heading, Mark, render
from govdigest.publish.pages.common import (
    NOT_READ,
    DocumentRef,
    Evidence,
    QuoteView,
    StatementView,
    evidence,
    fragment,
    reference,
    report_of,
    thing_dates,
    view_of,
)
from govdigest.publish.pages.redline import OPS, Stretch, fit, stretches, told, views
from govdigest.publish.press import Files, Output, Press
from govdigest.publish.timeline import Timeline, timeline
from govdigest.publish.words import EVENTS, NATURES_LONG, SCOPES, capital, count, day, shown

_LATEST = 8


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """What a document states on the provisions of one group."""

    group: Group
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the summary, and the statement that it tells of."""

    text: str
    view: StatementView


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """`document.html`: what a document states, with the evidence, and what it does not say."""

    view: DocumentView
    document: DocumentRef
    nature: str
    """What force it claims: 'a commitments page, not a contract'."""
    lines: tuple[Line, ...]
    """Its most exposing positions in a sentence each."""
    points: tuple[StatementView, ...]
    """Every position, by exposure, highest first."""
    exposure: Mapping[str, int]
    """How many positions of each exposure: high, medium, low."""
    groups: tuple[StatementGroup, ...]
    usual_silences: tuple[Silence, ...]
    """Questions that most documents of its kind answer."""
    other_silences: tuple[Silence, ...]
    key_sentences: tuple[QuoteView, ...]
    """Of its most important sentences those that no statement quotes."""
    events: tuple[EventView, ...]
    """The latest."""
    more_events: int
    """How many more the history has."""
    unread: str
    """Why what its text states was not read; empty where it was."""
    coverage: int
    """Per cent of the words on the source pages that the text keeps."""
    history_url: str
    held: date | None
    """The day on which the current text was first seen, where it was archived later."""
    editions: str
    """Regions that its sources are of, as configured."""


@dataclass(frozen=True, slots=True)
class VersionPage:
    """`version.html`: the full text of a version, each passage linkable, findings in the margin."""

    document: DocumentRef
    version: VersionView
    html: str
    """The text, already escaped."""
    headings: tuple[Heading, ...]
    marks: int
    """How many findings are marked in it."""
    history_url: str
    current_url: str
    """Full text of the current version, where this is an earlier one."""


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """`history.html`: every version and every event of a document."""

    document: DocumentRef
    versions: tuple[VersionView, ...]
    """Newest first."""
    events: tuple[EventView, ...]
    """Newest first."""
    status_words: str
    timeline: Timeline | None


@dataclass(frozen=True, slots=True)
class MoveEvidence:
    """A finding that moved, and its quotes; those in sight that the other side does not have."""

    move: MoveView
    before: Evidence
    after: Evidence


@dataclass(frozen=True, slots=True)
class ChangePage:
    """`change.html`: one event, what moved, and the redline."""

    event: EventView
    kind: str
    moves: tuple[MoveEvidence, ...]
    reasons: tuple[str, ...]
    """Why it was announced, beside the headline and the moves."""
    redline: tuple[Stretch, ...]
    """As many passages as a page should hold, in the order of the text."""
    shown: int
    """How many these are."""
    tally: str
    """What became of all passages that differ: `1 added, 2 reworded`."""
    rest: int
    """How many passages follow that the page only counts."""
    rest_words: str
    """What became of those: `20 added, 3 removed`."""
    before_url: str
    after_url: str
    history_url: str
    held: bool
    """Whether the text was held back from its first sight until it was announced."""


def _starts(view: DocumentView, press: Press) -> tuple[int, ...]:
    if view.current is None:
        return ()
    return tuple(passage.span.start for passage in press.text(view.current).passages)


def _crumbs(view: DocumentView | EventView, *more: Crumb) -> tuple[Crumb, ...]:
    platform = view.platform
    return (
        Crumb("Platforms", "platforms/"),
        Crumb(platform.name, f"platforms/{platform.slug}/"),
        *more,
    )


def _feed(view: DocumentView | EventView) -> FeedLink:
    return FeedLink(f"{view.platform.name}: every event", f"platforms/{view.platform.slug}/events")


def _title(view: DocumentView | EventView) -> str:
    return f"{view.platform.name}: {view.document.name}"


def document_page(view: DocumentView, groups: tuple[Group, ...], press: Press) -> tuple[Frame, DocumentPage]:
    """The page of a document."""
    site, ref, starts = press.site, reference(view), _starts(view, press)
    report = report_of(ref, site)
    seen: set[str] = set()
    views: dict[int, StatementView] = {}
    for statement in view.statements:
        one = view_of(statement, ref, starts, report=report)
        if one.anchor not in seen:
            seen.add(one.anchor)
            views[id(statement)] = one

    def viewed(statement: Statement) -> StatementView:
        return views[id(statement)] if id(statement) in views else view_of(statement, ref, starts)

    by_group = tuple(
        StatementGroup(
            group,
            tuple(one for one in views.values() if one.statement.provision.group == group.slug),
        )
        for group in groups
    )
    quoted = [quote.span for statement in view.statements for quote in statement.finding.quotes]
    sentences: list[QuoteView] = []
    for quote in view.summary.key_sentences if view.summary else ():
        if not any(one.start < quote.span.end and quote.span.start < one.end for one in quoted):
            url = ref.text_url and f"{ref.text_url}#{_passage(starts, quote.span.start)}"
            sentences.append(QuoteView(shown(quote.text), url))
    exposure = dict.fromkeys(("high", "medium", "low"), 0)
    for statement in view.statements:
        exposure[statement.position.exposure.value] += 1
    told = view.summary.lines if view.summary else ()
    said = "; ".join(f"{one.statement.provision.name}: {one.statement.position.name}" for one in told)
    coverages = [source.coverage for source in view.current.version.sources] if view.current else []
    page = DocumentPage(
        view=view,
        document=ref,
        nature=NATURES_LONG[view.document.nature],
        lines=tuple(Line(one.text, viewed(one.statement)) for one in told),
        points=tuple(map(viewed, view.summary.key_points)) if view.summary else (),
        exposure=exposure,
        groups=tuple(group for group in by_group if group.statements),
        usual_silences=tuple(one for one in view.silences if one.usual),
        other_silences=tuple(one for one in view.silences if not one.usual),
        key_sentences=tuple(sentences),
        events=view.events[:_LATEST],
        more_events=max(0, len(view.events) - _LATEST),
        unread="" if view.is_read else NOT_READ,
        coverage=round(100 * min(coverages)) if coverages else 0,
        history_url=f"{view.url}history/",
        held=_held(view),
        editions="; ".join(dict.fromkeys(source.region for source in view.document.sources if source.region)),
    )
    frame = make_frame(
        site,
        view.url,
        _title(view),
        f"What it states, with quotes. {said}" if said else view.status_words,
        crumbs=_crumbs(view),
        section="platforms/",
        feed=_feed(view),
        source=view.document.sources[0].url,
        og_type="article",
        thing={
            "about": {
                "@type": "DigitalDocument",
                "name": view.document.name,
                "url": view.document.sources[0].url,
                "publisher": {"@type": "Organization", "name": view.platform.name, "url": view.platform.homepage},
            },
            **thing_dates(view),
        },
    )
    return frame, page


def _held(view: DocumentView) -> date | None:
    """The day on which the current text was first seen, where it was archived later."""
    event = view.current.event if view.current is not None else None
    if view.current is None or event is None or event.first_seen is None:
        return None
    seen = event.first_seen.date()
    return seen if seen < view.current.version.first_seen.date() else None


def _passage(starts: Sequence[int], offset: int) -> str:
    index = bisect_right(starts, offset) - 1
    return f"p-{starts[index]}" if index >= 0 else ""


def version_page(
    version: VersionView, facts: DocumentView, current_url: str, press: Press
) -> tuple[Frame, VersionPage]:
    """The page of a version's full text; of ``facts`` only what never changes with a check."""
    text = press.text(version)
    ref = DocumentRef(
        platform=facts.platform.slug,
        platform_name=facts.platform.name,
        slug=facts.document.slug,
        name=facts.document.name,
        kind=facts.document.kind.value,
        audience=facts.document.audience.value,
        url=facts.url,
        text_url=version.url,
        version=version.version.id,
    )
    starts = tuple(passage.span.start for passage in text.passages)
    marks: dict[int, list[Mark]] = {}
    number = 0
    for statement in version.statements:
        scope = SCOPES[statement.finding.scope]
        mark = Mark(
            name=statement.provision.name,
            words=statement.position.name + (f" ({scope})" if scope else ""),
            href=f"../../#{fragment(statement)}",
            exposure=statement.position.exposure.value,
        )
        number += 1
        places = {_passage(starts, quote.span.start) for quote in statement.finding.quotes}
        for place in sorted(places - {""}, key=lambda place: int(place[2:])):
            marks.setdefault(int(place[2:]), []).append(mark)
    rendered = render(text, marks)
    seen = version.version.first_seen.date()
    page = VersionPage(
        document=ref,
        version=version,
        html=rendered.html,
        headings=rendered.headings,
        marks=number,
        history_url=f"{facts.url}history/",
        current_url="" if version.is_current else current_url,
    )
    title = f"{_title(facts)}, full text" + ("" if version.is_current else f" of {day(seen)}")
    frame = make_frame(
        press.site,
        version.url,
        title,
        f"Text archived {day(seen)}, with each passage linkable and findings marked.",
        crumbs=_crumbs(facts, Crumb(facts.document.name, facts.url)),
        section="platforms/",
        feed=_feed(facts),
        source=version.version.sources[0].final_url if version.version.sources else "",
        og_type="article",
        thing={
            "@type": "DigitalDocument",
            "version": version.version.id,
            "datePublished": seen.isoformat(),
            "identifier": version.version.file_hash,
        },
        indexed=version.is_current,
        search_kind="Document" if version.is_current else "",
    )
    return frame, page


def history_page(view: DocumentView, press: Press) -> tuple[Frame, HistoryPage]:
    """The page of a document's history."""
    announced = sorted(event.event.announced.date() for event in view.events)
    drawing = timeline(view.events, announced[0], announced[-1]) if announced else None
    frame = make_frame(
        press.site,
        f"{view.url}history/",
        f"{_title(view)}, history",
        f"{count(len(view.versions), 'version')} and {count(len(view.events), 'event')}, newest first.",
        crumbs=_crumbs(view, Crumb(view.document.name, view.url)),
        section="platforms/",
        feed=_feed(view),
        source=view.document.sources[0].url,
        thing=thing_dates(view),
    )
    return frame, HistoryPage(reference(view), view.versions, view.events, view.status_words, drawing)


def _move(move: MoveView) -> MoveEvidence:
    def side(own: Sequence[str], other: Sequence[str]) -> Evidence:
        every = evidence(tuple(QuoteView(words, "") for words in own))
        fresh = tuple(QuoteView(words, "") for words in own if words not in other)
        if not every.folded or not fresh:
            return every
        told = evidence(fresh)
        rest = tuple(QuoteView(words, "") for words in own if words in other)
        return Evidence(told.shown, told.opening, told.folded + rest)

    return MoveEvidence(move, side(move.before_quotes, move.after_quotes), side(move.after_quotes, move.before_quotes))


def _reasons(view: EventView) -> tuple[str, ...]:
    """The reasons that are told by no move, and not by the headline, which may cut one short."""
    headline = view.event.headline.removesuffix("”").removesuffix(" …")
    told = tuple(f"{move.subject}: " for move in view.moves)
    return tuple(one for one in view.event.reasons if not one.startswith((*told, headline)))


def change_page(
    view: EventView, text_urls: Mapping[str, str], redline: Sequence[RedlineBlock], press: Press
) -> tuple[Frame, ChangePage]:
    """The page of an event; ``text_urls``: version id to the site path of its full text."""
    before = text_urls.get(view.event.before or "", "")
    after = text_urls.get(view.event.after or "", "")
    fitting = fit(redline)
    within, rest = redline[:fitting], redline[fitting:]
    kind = EVENTS[view.event.kind]
    base = f"platforms/{view.platform.slug}/{view.document.slug}/"
    announced = view.event.announced.date()
    frame = make_frame(
        press.site,
        view.url,
        f"{_title(view)}, {kind.lower()} of {day(announced)}",
        view.event.headline,
        crumbs=_crumbs(view, Crumb(view.document.name, base), Crumb("History", f"{base}history/")),
        section="changes/",
        feed=_feed(view),
        source=view.document.sources[0].url,
        og_type="article",
        thing={
            "@type": "Article",
            "headline": capital(view.event.headline)[:110],
            "datePublished": announced.isoformat(),
            "publisher": {"@type": "Organization", "name": press.site.title, "url": base_of(press.site)},
        },
        search_kind="Change" if view.event.kind is not EventKind.FIRST else "",
    )
    page = ChangePage(
        event=view,
        kind=kind,
        moves=tuple(_move(move) for move in view.moves),
        reasons=_reasons(view),
        redline=stretches(views(within, before, after)),
        shown=fitting,
        tally=", ".join(f"{view.counts[op]:,} {op}" for op in OPS if view.counts[op]),
        rest=len(rest),
        rest_words=told(rest),
        before_url=before,
        after_url=after,
        history_url=f"{base}history/",
        held=view.event.first_seen is not None and view.event.first_seen < view.event.announced,
    )
    return frame, page


def outputs(view: DocumentView, groups: tuple[Group, ...], news: Mapping[str, EventView]) -> Iterator[Output]:
    """Every output of one document; ``news``: the view to show of an event, by site path."""

    def document(press: Press) -> Files:
        frame, page = document_page(view, groups, press)
        yield f"{view.url}index.html", press.html("document.html", frame, page)
        yield f"{view.url}index.json", data.dump(data.document(view))

    yield Output(view.url, _pair(view.url), (view, groups), document, in_sitemap=True)
    history = f"{view.url}history/"

    def past(press: Press) -> Files:
        frame, page = history_page(view, press)
        yield f"{history}index.html", press.html("history.html", frame, page)
        yield (
            f"{history}index.json",
            data.dump(
                {
                    "platform": view.platform.slug,
                    "document": view.document.slug,
                    "versions": [data.version(one) for one in view.versions],
                    "events": [data.event(one) for one in view.events],
                }
            ),
        )

    yield Output(
        history,
        _pair(history),
        (view.versions, view.events, view.document, view.platform, view.status_words),
        past,
        in_sitemap=True,
    )
    current_url = view.current.url if view.current is not None else ""
    text_urls = {one.version.id: one.url for one in view.versions}
    for version in view.versions:
        yield _version(version, view, current_url)
    for event in view.events:
        if event.url.startswith(f"{view.url}changes/"):
            yield _change(news.get(event.url, event), text_urls)


def _pair(path: str) -> tuple[str, str]:
    return f"{path}index.html", f"{path}index.json"


def _version(version: VersionView, view: DocumentView, current_url: str) -> Output:
    def make(press: Press) -> Files:
        frame, page = version_page(version, view, current_url, press)
        yield f"{version.url}index.html", press.html("version.html", frame, page)
        current = version.version.id
        yield (
            f"{version.url}index.json",
            data.dump(
                {"platform": view.platform.slug, "document": view.document.slug}
                | data.version(version)
                | {"statements": [data.statement(one, current) for one in version.statements]}
            ),
        )

    return Output(
        version.url,
        _pair(version.url),
        (version, view.platform, view.document, current_url),
        make,
        in_sitemap=version.is_current,
        searched=version.is_current,
    )


def _change(event: EventView, text_urls: Mapping[str, str]) -> Output:
    ends = (event.event.before, event.event.after)
    used = {one: text_urls[one] for one in ends if one is not None and one in text_urls}

    def make(press: Press) -> Files:
        redline = event.redline
        frame, page = change_page(event, used, redline, press)
        yield f"{event.url}index.html", press.html("change.html", frame, page)
        yield f"{event.url}index.json", data.dump(data.change(event, redline))

    return Output(
        event.url,
        _pair(event.url),
        (event, used),
        make,
        in_sitemap=True,
        searched=event.event.kind is not EventKind.FIRST,
    )

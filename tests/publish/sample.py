"""Fictional editions: a small one by hand, in which everything occurs, and large ones for measuring."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from govdigest.digest import closed_weeks
from govdigest.edition.nouns import (
    Adoption,
    Cell,
    ContentPage,
    Counts,
    Dates,
    DocumentView,
    Edition,
    EventView,
    MoveView,
    Note,
    PlatformView,
    ProvisionView,
    Row,
    SectorView,
    Silence,
    SourceStatus,
    Statement,
    Summary,
    SummaryLine,
    VersionView,
)
from govdigest.extract import segment
from govdigest.model import (
    Audience,
    Basis,
    Change,
    DateKind,
    Document,
    Event,
    EventKind,
    Exposure,
    FailureClass,
    Finding,
    FindingMove,
    Group,
    Kind,
    Memory,
    Nature,
    Parameter,
    Platform,
    Position,
    Provision,
    Quote,
    RedlineBlock,
    Scope,
    Segment,
    Site,
    Source,
    SourceRecord,
    SourceState,
    Span,
    State,
    StatedDate,
    Text,
    Verdict,
    VerdictKind,
    Version,
    stamp,
)

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
FIRST = datetime(2026, 1, 5, 6, tzinfo=UTC)
LATER = datetime(2026, 2, 3, 6, tzinfo=UTC)
SITE = Site(
    title="Policy ledger",
    base_url="https://ledger.example/site/",
    id_authority="ledger.example,2026",
    contact="editor@ledger.example",
    feedback_url="https://forge.example/ledger/issues/new",
    description="What platforms' documents state, and how they change.",
    sectors=MappingProxyType({"notes": "Notes & writing", "mail": "Mail"}),
)
GROUPS = (Group("ai", "AI and your content"), Group("data", "Personal data"))


def _position(slug: str, name: str, exposure: Exposure) -> Position:
    return Position(slug, name, exposure, f"{name.lower()} {{periods}}", name.lower(), f"Why {slug}.", f"Is it {slug}?")


def _provision(slug: str, group: str, name: str, *positions: Position) -> Provision:
    return Provision(
        slug=slug,
        group=group,
        name=name,
        question=f"What does the document say on {name.lower()}?",
        positions=positions,
        parameters=(Parameter("periods", "Periods", "duration"),),
        body="",
        find=MappingProxyType({"any": ["x"]}),
        path=f"content/provisions/{slug}.md",
    )


TRAINING = _provision(
    "training",
    "ai",
    "Training of models",
    _position("no", "Does not train on it", Exposure.LOW),
    _position("opt-out", "Trains, with a way out", Exposure.MEDIUM),
    _position("yes", "Trains, no way out named", Exposure.HIGH),
)
RETENTION = _provision(
    "retention",
    "data",
    "Data retention",
    _position("fixed", "Stated periods", Exposure.LOW),
    _position("open", "As long as it likes", Exposure.HIGH),
)
SALE = _provision("sale", "data", "Sale of personal data", _position("no-sale", "Does not sell", Exposure.LOW))
PROVISIONS = (TRAINING, RETENTION, SALE)

PRIVACY = """# Privacy policy

Last updated: 3 February 2026

## What we keep

**We keep your notes for 30 days.** After that they are [deleted](https://tern.example/deletion?a=1&b=2).

- We *do not sell* personal data.
- We train models on what you write, and you can opt out in the settings.

| What | How long |
| --- | --- |
| Notes | 30 days |
| Logs | one year |

## Changes

We may change this policy. We tell you 30 days before.
"""
EARLIER = PRIVACY.replace("30 days.**", "90 days.**").replace(", and you can opt out in the settings", "")
TERMS = """# Terms

You keep what you write. We keep it as long as we like.

> We train models on it.
"""
HOSTILE = """# <script>alert(1)</script> {{ frame }} {% raw %}

Click [here](javascript:alert(1)) or [there](https://rook.example/"><script>alert(2)</script>)
or <img src=x onerror=alert(3)>.

We keep it for ]]> 30 days\x0b and \x01 more. <!-- -->

![alt](https://rook.example/pixel.png) &lt;script&gt; `</code><script>` \u0085 \ufffe

    </pre><script>alert(4)</script>
"""


def sha(words: str) -> str:
    """A hash for a fictional file."""
    return hashlib.sha256(words.encode()).hexdigest()


def document(slug: str, name: str, kind: Kind, nature: Nature, audience: Audience = Audience.CONSUMER) -> Document:
    """A document with one source."""
    return Document(slug, name, kind, audience, nature, (Source(f"https://tern.example/{slug}"),))


def version(platform: str, slug: str, markdown: str, seen: datetime, previous: str | None = None) -> Version:
    """A version of ``markdown``."""
    url = f"https://{platform}.example/{slug}"
    return Version(
        platform=platform,
        document=slug,
        id=stamp(seen),
        first_seen=seen,
        sources=(SourceRecord(url, url, sha(url), "text/html", Span(0, len(markdown)), 0.987),),
        text_hash=sha(markdown),
        extractor="1",
        settings_hash=sha("settings"),
        dates=(StatedDate(DateKind.UPDATED, date(2026, 2, 3)),),
        previous=previous,
        file_hash=sha(f"{platform}/{slug}/{markdown}/{seen}"),
        title=f"{slug} of {platform}",
    )


def state_of(
    text: Text,
    at: Version,
    provision: Provision,
    position: str,
    *quotes: str,
    scope: Scope = Scope.ALL,
    periods: Sequence[str] = (),
) -> Statement:
    """What ``text`` states, on the words quoted."""
    found = []
    for words in quotes:
        start = text.markdown.index(words)
        found.append(Quote(words, Span(start, start + len(words))))
    own = provision.position(position)
    starts = [passage.span.start for passage in text.passages if passage.span.start <= found[0].span.start]
    return Statement(
        platform=at.platform,
        document=at.document,
        provision=provision,
        position=own,
        finding=Finding(
            provision.slug,
            position,
            tuple(found),
            scope,
            (("periods", tuple(periods)),) if periods else (),
            Basis.INFERRED if len(found) > 1 else Basis.EXPLICIT,
        ),
        sentence=own.sentence_without,
        values="; ".join(periods),
        anchor=f"p-{starts[-1]}" if starts else "p-0",
        version=at.id,
    )


def event_view(platform: Platform, own: Document, event: Event, **more: object) -> EventView:
    """An event with its names."""
    change = event.change
    counts = {"added": 0, "removed": 0, "reworded": 1 if change else 0, "moved": 0, "findings": 0}
    url = f"platforms/{platform.slug}/{own.slug}/changes/{event.id}/"
    base = EventView(event, platform, own, url, (), lambda: (), MappingProxyType(counts))
    return replace(base, **more)  # type: ignore[arg-type]


def event(platform: Platform, own: Document, kind: EventKind, at: datetime, headline: str, **more: object) -> Event:
    """An event; ``more``: its further fields."""
    identity = f"{platform.slug}.{own.slug}.{stamp(at)}.{kind.value}"
    base = Event(identity, kind, platform.slug, own.slug, at, headline, first_seen=at)
    return replace(base, **more)  # type: ignore[arg-type]


def document_view(
    platform: Platform,
    own: Document,
    versions: Sequence[tuple[Version, Text]],
    statements: Sequence[Statement],
    events: Sequence[EventView],
    *,
    status: str = "current",
    words: str = "It was read at the last check.",
    note: Note | None = None,
) -> DocumentView:
    """A document's view; ``versions`` newest first."""
    base = f"platforms/{platform.slug}/{own.slug}/"
    current = versions[0][0].id if versions else None
    views = tuple(
        VersionView(
            version=one,
            url=f"{base}versions/{one.id}/",
            is_current=one.id == current,
            load=lambda text=text: text,  # type: ignore[misc]
            event=None,
            statements=tuple(statements) if one.id == current else (),
        )
        for one, text in versions
    )
    said = {one.provision.slug for one in statements}
    points = tuple(sorted(statements, key=lambda one: -one.position.exposure.rank))
    summary = None
    if versions:
        summary = Summary(
            f"{own.name} of {platform.name}.",
            tuple(SummaryLine(f"It {one.sentence}.", one) for one in points[:3]),
            points,
            tuple(quote for one in statements for quote in one.finding.quotes[:1]),
        )
    return DocumentView(
        platform=platform,
        document=own,
        url=base,
        state=State(checked=NOW, verified=NOW, current=current),
        current=views[0] if views else None,
        versions=views,
        statements=tuple(statements),
        silences=tuple(
            Silence(one, number == 0, 66) for number, one in enumerate(p for p in PROVISIONS if p.slug not in said)
        )
        if versions
        else (),
        summary=summary,
        events=tuple(events),
        dates=Dates(
            announced=events[0].event.announced if events else None,
            updated=date(2026, 2, 3) if versions else None,
            effective=date(2026, 3, 9) if len(versions) > 1 else None,
            later=len(versions) > 1,
            checked=NOW,
            verified=NOW if versions else None,
        ),
        status=status,
        status_words=words,
        variants=len(versions) > 1,
        shared_with=(),
        note=note,
    )


def _tern() -> tuple[Platform, list[DocumentView], list[EventView]]:
    privacy = document("privacy", "Privacy policy", Kind.PRIVACY, Nature.NOTICE)
    terms = document("terms", "Terms & conditions", Kind.TERMS, Nature.CONTRACT, Audience.EVERYONE)
    promises = document("promises", "AI promises", Kind.OTHER, Nature.COMMITMENT, Audience.BUSINESS)
    lost = document("cookies", "Cookie policy", Kind.COOKIES, Nature.NOTICE)
    tern = Platform("tern", "Tern Notes", "notes", "https://tern.example/", (privacy, terms, promises, lost))
    before, after = segment(EARLIER), segment(PRIVACY)
    old = version("tern", "privacy", EARLIER, FIRST)
    new = version("tern", "privacy", PRIVACY, LATER, old.file_hash)
    statements = [
        state_of(after, new, TRAINING, "opt-out", "We train models on what you write, and you can opt out"),
        state_of(
            after,
            new,
            RETENTION,
            "fixed",
            "**We keep your notes for 30 days.**",
            "| Logs | one year |",
            "We tell you 30 days before.",
            periods=("30 days", "one year"),
        ),
        state_of(after, new, SALE, "no-sale", "We *do not sell* personal data."),
    ]
    old_quote = Quote("We keep your notes for 90 days.", Span(EARLIER.index("We keep"), EARLIER.index("We keep") + 31))
    new_quote = Quote("We keep your notes for 30 days.", Span(PRIVACY.index("We keep"), PRIVACY.index("We keep") + 31))
    move = FindingMove(
        "retention",
        "Data retention",
        Scope.ALL,
        (Finding("retention", "fixed", (old_quote,)),),
        (Finding("retention", "fixed", (new_quote,)),),
        "keeps it for 90 days",
        "keeps it for 30 days",
    )
    first = event_view(tern, privacy, event(tern, privacy, EventKind.FIRST, FIRST, "First version", after=old.id))
    material = event(
        tern,
        privacy,
        EventKind.MATERIAL,
        LATER,
        "data retention: 90 days, now 30 days",
        reasons=("the period changed from 90 days to 30 days",),
        before=old.id,
        after=new.id,
        updated=date(2026, 2, 3),
        effective=date(2026, 3, 9),
        change=Change(reworded=(), moves=(move,)),
    )
    long = "Other words that stay as they are, and go on for a while so that they are folded. " * 5
    changed = event_view(
        tern,
        privacy,
        material,
        moves=(
            MoveView(
                "retention",
                "Data retention",
                Scope.ALL,
                move.before_words,
                move.after_words,
                (old_quote.text,),
                (new_quote.text,),
                Exposure.LOW,
                Exposure.LOW,
                "Shorter is better.",
                "Does it cover backups?",
            ),
        ),
        compare=lambda: (
            RedlineBlock(
                "reworded",
                "What we keep",
                "We keep your notes for 90 days. " + long,
                "We keep your notes for 30 days. " + long,
                (
                    Segment("equal", "We keep your notes for "),
                    Segment("removed", "90"),
                    Segment("added", "30"),
                    Segment("equal", " days. " + long),
                ),
                anchor_before=f"p-{before.passages[3].span.start}",
                anchor_after=f"p-{after.passages[3].span.start}",
            ),
            RedlineBlock("added", "", "", "New <b>words</b>.", (Segment("added", "New <b>words</b>."),)),
        ),
    )
    corrected = event(
        tern, privacy, EventKind.CORRECTION, LATER + timedelta(days=8), "It was 60 days before", corrects=material.id
    )
    changed = replace(changed, corrected_by=corrected)
    views = [
        document_view(
            tern,
            privacy,
            ((new, after), (old, before)),
            statements,
            (event_view(tern, privacy, corrected), changed, first),
            note=Note("<p>A <em>note</em>.</p>", old.id, stale=True),
        )
    ]
    text = segment(TERMS)
    only = version("tern", "terms", TERMS, FIRST)
    said = [
        state_of(text, only, TRAINING, "yes", "We train models on it.", scope=Scope.CONSUMER),
        state_of(text, only, RETENTION, "open", "We keep it as long as we like."),
    ]
    begun = event_view(tern, terms, event(tern, terms, EventKind.FIRST, FIRST, "First version", after=only.id))
    views.append(document_view(tern, terms, ((only, text),), said, (begun,)))
    text = segment("# Promises\n\nWe do not train models on customer content, and no customer is asked to let us.\n")
    only = version("tern", "promises", text.markdown, FIRST)
    said = [state_of(text, only, TRAINING, "no", "We do not train models on customer content", scope=Scope.BUSINESS)]
    kinds = (EventKind.REVERTED, EventKind.EDITORIAL, EventKind.BACK, EventKind.GONE, EventKind.EFFECTIVE)
    own = [
        event_view(tern, promises, event(tern, promises, kind, LATER - timedelta(days=number), f"It is {kind.value}"))
        for number, kind in enumerate(kinds)
    ]
    views.append(document_view(tern, promises, ((only, text),), said, own))
    unread = event_view(
        tern,
        lost,
        event(tern, lost, EventKind.UNREADABLE, LATER, "could not be read since 2026-01-05", first_seen=None),
    )
    views.append(
        document_view(
            tern, lost, (), (), (unread,), status="never-read", words="It was never read: the site asks for a log-in."
        )
    )
    return tern, views, [one for view in views for one in view.events]


def _plain(slug: str, name: str, sector: str, markdown: str, position: str | None, quote: str) -> list[DocumentView]:
    own = document("terms", "Terms", Kind.TERMS, Nature.CONTRACT)
    other = document("rules", "Rules", Kind.COMMUNITY, Nature.GUIDELINE, Audience.EVERYONE)
    platform = Platform(slug, name, sector, f"https://{slug}.example/", (own, other))
    text, at = segment(markdown), version(slug, "terms", markdown, FIRST)
    said = [state_of(text, at, RETENTION, position, quote)] if position else []
    first = event_view(platform, own, event(platform, own, EventKind.FIRST, FIRST, "First version", after=at.id))
    rules = segment("# Rules\n\nBe kind.\n")
    rules_at = version(slug, "rules", rules.markdown, FIRST)
    return [
        document_view(platform, own, ((at, text),), said, (first,)),
        document_view(platform, other, ((rules_at, rules),), (), ()),
    ]


def compose(documents: Sequence[DocumentView], *, site: Site = SITE, pages: Sequence[ContentPage] = ()) -> Edition:
    """An edition of ``documents``, with tables and counts as true as the composer's."""
    platforms = list({view.platform.slug: view.platform for view in documents}.values())
    cells: dict[tuple[str, str], Cell] = {}
    by_platform: dict[str, list[DocumentView]] = {one.slug: [] for one in platforms}
    for view in documents:
        by_platform[view.platform.slug].append(view)
    used = list({one.provision.slug: one.provision for view in documents for one in view.statements}.values())
    provisions = [one for one in PROVISIONS if one in used] + [one for one in used if one not in PROVISIONS]
    for platform in platforms:
        own = by_platform[platform.slug]
        by_provision: dict[str, list[Statement]] = {}
        for view in own:
            for one in view.statements:
                by_provision.setdefault(one.provision.slug, []).append(one)
        for provision in provisions:
            said = sorted(by_provision.get(provision.slug, []), key=lambda one: -one.position.exposure.rank)
            cells[provision.slug, platform.slug] = Cell(
                platform,
                tuple(said),
                sum(view.current is not None for view in own),
                len(own),
                said[0].position.exposure if said else None,
            )
    events = tuple(
        sorted((one for view in documents for one in view.events), key=lambda one: one.event.announced, reverse=True)
    )
    read = [view for view in documents if view.current is not None]
    views = tuple(
        PlatformView(
            platform=platform,
            url=f"platforms/{platform.slug}/",
            sector_name=site.sectors[platform.sector],
            documents=tuple(by_platform[platform.slug]),
            events=tuple(one for one in events if one.platform.slug == platform.slug),
            facts=tuple(Row(one, cells[one.slug, platform.slug]) for one in provisions[:10]),
            exposure=_exposures(by_platform[platform.slug]),
        )
        for platform in platforms
    )
    statements = [one for view in documents for one in view.statements]
    return Edition(
        site=site,
        now=NOW,
        platforms=views,
        sectors=tuple(
            SectorView(
                slug,
                name,
                f"sectors/{slug}/",
                own_views,
                tuple((one, tuple(cells[one.slug, v.platform.slug] for v in own_views)) for one in provisions),
            )
            for slug, name in site.sectors.items()
            for own_views in [tuple(one for one in views if one.platform.sector == slug)]
            if own_views
        ),
        groups=GROUPS,
        provisions=tuple(_provision_view(one, platforms, cells, read, events) for one in provisions),
        events=events,
        upcoming=tuple(one for one in events if one.event.effective and one.event.effective > NOW.date()),
        digests=closed_weeks(events, [v.version for d in documents for v in d.versions], NOW, {}),
        statuses=tuple(_status(view) for view in documents),
        counts=Counts(
            platforms=len(platforms),
            documents=len(documents),
            documents_read=len(read),
            versions=sum(len(view.versions) for view in documents),
            provisions=len(provisions),
            statements=len(statements),
            quotes=sum(len(one.finding.quotes) for one in statements),
            events=len(events),
            material=sum(one.event.kind is EventKind.MATERIAL for one in events),
            editorial=sum(one.event.kind is EventKind.EDITORIAL for one in events),
            pending=0,
            unreadable=len(documents) - len(read),
            words=1000,
        ),
        pages=tuple(pages)
        or (
            ContentPage("about", "About", "<p>About it.</p>\n", "What it is."),
            ContentPage(
                "methodology",
                "Methodology",
                '<p id="exposure">How it is made.</p>\n<p id="inferred">Combined.</p>\n',
                "How it is made.",
            ),
            ContentPage("data", "Data", "<p>Take it.</p>\n", "What there is."),
        ),
        quality=MappingProxyType({"positions": {"documents": 22, "f1": 0.9}, "measured_on": "2026-01-01"}),
        taxonomy=sha("taxonomy"),
    )


def _exposures(documents: Sequence[DocumentView]) -> Mapping[str, int]:
    all_of_them = [one.position.exposure.value for view in documents for one in view.statements]
    return MappingProxyType({name: all_of_them.count(name) for name in ("high", "medium", "low")})


def _provision_view(
    provision: Provision,
    platforms: Sequence[Platform],
    cells: Mapping[tuple[str, str], Cell],
    read: Sequence[DocumentView],
    events: Sequence[EventView],
) -> ProvisionView:
    row = sorted(
        (cells[provision.slug, one.slug] for one in platforms),
        key=lambda one: (-(one.exposure.rank if one.exposure else -1), one.platform.name),
    )
    adoption = []
    for position in provision.positions:
        for audience in dict.fromkeys(view.document.audience for view in read):
            of = [view for view in read if view.document.audience is audience]
            stating = [view for view in of if any(one.position is position for one in view.statements)]
            adoption.append(
                Adoption(
                    position,
                    audience.value,
                    len(stating),
                    len({view.platform.slug for view in stating}),
                    len(of),
                    len({view.platform.slug for view in of}),
                )
            )
    return ProvisionView(
        provision=provision,
        group=next(one for one in GROUPS if one.slug == provision.group),
        url=f"provisions/{provision.slug}/",
        html=f"<p>How to read {provision.name}.</p>\n",
        cells=tuple(row),
        adoption=tuple(adoption),
        answered=sum(any(one.provision is provision for one in view.statements) for view in read),
        read=len(read),
        events=tuple(one for one in events if any(move.provision == provision.slug for move in one.moves)),
    )


def _status(view: DocumentView) -> SourceStatus:
    source = view.document.sources[0].url
    if view.current is not None:
        return SourceStatus(view.platform, view.document, source, SourceState(source, NOW, NOW), "unchanged", "", False)
    failing = SourceState(source, NOW, failing_since=FIRST, failure=FailureClass.BLOCKED, detail="status 403")
    return SourceStatus(view.platform, view.document, source, failing, "broken", "the site refused", True)


def small() -> Edition:
    """Four platforms, eight documents and more; every kind of event, silence, status and hostile text."""
    _, views, _ = _tern()
    hostile = HOSTILE
    views += _plain("rook", "Rook <b>\"&'</b> ]]>", "notes", hostile, "fixed", "We keep it for ]]> 30 days")
    views += _plain(
        "wren", "Wren", "mail", "# Terms\n\nWe keep mail for one year.\n", "fixed", "We keep mail for one year."
    )
    views += _plain("owl", "Owl", "mail", "# Terms\n\nWe hoot.\n", None, "")
    views[-1] = replace(
        views[-1],
        state=State(
            checked=NOW,
            verified=NOW,
            current=views[-1].state.current,
            memory=Memory(),
            verdict=Verdict(VerdictKind.PENDING),
        ),
        shared_with=((views[0].platform, views[0].document),),
    )
    return compose(views)


_SENTENCE = "We may keep the {a} that you give us for as long as {b} needs it, unless the law of {c} asks for less."


def large(platforms: int, documents: int, words: int = 1700) -> Edition:
    """``documents`` of about ``words`` words, spread over ``platforms``; 45 provisions, two thirds answered."""
    provisions = [
        _provision(
            f"question-{number:02}",
            GROUPS[number % 2].slug,
            f"Question {number}",
            _position("low", "A low answer", Exposure.LOW),
            _position("medium", "A middling answer", Exposure.MEDIUM),
            _position("high", "A high answer", Exposure.HIGH),
        )
        for number in range(45)
    ]
    sectors = {f"sector-{number}": f"Sector {number}" for number in range(-(-platforms // 20))}
    site = replace(SITE, sectors=MappingProxyType(sectors))
    views: list[DocumentView] = []
    for number in range(platforms):
        share = documents * (number + 1) // platforms - documents * number // platforms
        own = tuple(
            Document(
                f"document-{index}",
                f"Document {index}",
                list(Kind)[index % 9],
                list(Audience)[index % 4],
                list(Nature)[index % 4],
                (Source(f"https://host-{number}.example/{index}"),),
            )
            for index in range(share)
        )
        platform = Platform(
            f"platform-{number}", f"Platform {number}", f"sector-{number // 20}", f"https://host-{number}.example/", own
        )
        views += [
            _large_document(platform, one, number * 7 + index, provisions, words) for index, one in enumerate(own)
        ]
    return compose(views, site=site)


def _large_document(
    platform: Platform, own: Document, seed: int, provisions: Sequence[Provision], words: int
) -> DocumentView:
    lines = [f"# {own.name} of {platform.name}", ""]
    for number in range(words // 21):
        if number % 12 == 0:
            lines += ["", f"## Part {number // 12}", ""]
        sentence = _SENTENCE.format(a=f"thing {seed}", b=f"purpose {number}", c=f"country {number * seed % 97}")
        lines.append(f"- {sentence}" if number % 3 == 0 else f"{sentence}\n")
    text = segment("\n".join(lines) + "\n")
    at = version(platform.slug, own.slug, text.markdown, FIRST)
    passages = [one for one in text.passages if len(text.slice(one.span)) > 60]
    said = []
    for number, provision in enumerate(provisions):
        if (number + seed) % 3:
            passage = passages[(number * 3 + seed) % len(passages)]
            quote = Quote(text.slice(passage.span), passage.span)
            position = provision.positions[(number * seed) % 3]
            said.append(
                Statement(
                    platform.slug,
                    own.slug,
                    provision,
                    position,
                    Finding(provision.slug, position.slug, (quote,)),
                    position.sentence_without,
                    "",
                    f"p-{passage.span.start}",
                )
            )
    events = []
    for number in range(seed % 3):
        at_ = FIRST + timedelta(days=7 * number + seed % 40, minutes=seed % 600)
        kind = EventKind.MATERIAL if number else EventKind.FIRST
        events.append(event_view(platform, own, event(platform, own, kind, at_, f"Event {number} of {own.name}")))
    return document_view(platform, own, ((at, text),), said, tuple(reversed(events)))

"""Pages that stand by themselves: content pages, methodology, data, compare, watchlist, search, 404, and the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from govdigest.edition.nouns import ContentPage, Counts, Edition, ProvisionView
from govdigest.publish import data, schemas
from govdigest.publish.frame import POLICY_SEARCH, FeedLink, base_of, make_frame
from govdigest.publish.pages.common import references
from govdigest.publish.pages.provision import TABLE, Choice, csv_bytes, table_row
from govdigest.publish.press import Files, Output, Press
from govdigest.publish.words import capital

_NEWS = FeedLink("Weekly digest", "feeds/weekly")
_OWN = frozenset({"methodology", "data"})
"""Content pages with a template of their own."""
_EVENTS = ("id", "kind", "platform", "document", "announced", "headline", "first_seen", "updated", "effective", "url")


@dataclass(frozen=True, slots=True)
class WordsPage:
    """`page.html`: a page of `content/pages`."""

    content: ContentPage


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class MethodologyPage:
    """`methodology.html`: how each thing is decided, and how well, as measured."""

    content: ContentPage
    told: tuple[str, ...]
    """What the figures come to, in a sentence each."""
    figures: tuple[Figure, ...]
    details: tuple[Figure, ...]
    """The same by provision."""
    counts: Counts


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file that is offered."""

    path: str
    """Site path, or a pattern of site paths."""
    words: str
    schema: str
    """Name of its schema under `data/schemas/`; empty for tables."""
    pattern: bool


@dataclass(frozen=True, slots=True)
class DataPage:
    """`data.html`: the data files, their schemas and licence."""

    content: ContentPage
    files: tuple[DataFile, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class ComparePage:
    """`compare.html`: two to five platforms side by side; without a script, a matrix for each sector."""

    sectors: tuple[Choice, ...]
    """Site path and name."""


@dataclass(frozen=True, slots=True)
class WatchlistPage:
    """`watchlist.html`: the reader's own choice, kept in the browser."""

    platforms: tuple[Choice, ...]
    provisions: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`search.html`: search over everything."""

    platforms: int


@dataclass(frozen=True, slots=True)
class MissingPage:
    """`404.html`: no such page; ways on."""

    home: str


FILES = (
    DataFile("data/findings.csv", "Every statement: platform, document, provision, position, parameters.", "", False),
    DataFile("data/events.csv", "Every event.", "", False),
    DataFile("data/documents.csv", "Every document: kind, audience, nature, status, dates, hashes.", "", False),
    DataFile("platforms/index.json", "Every platform.", "platforms", False),
    DataFile("platforms/<platform>/index.json", "A platform, and all that its documents state.", "platform", True),
    DataFile("platforms/<platform>/<document>/index.json", "A document, with quotes and offsets.", "document", True),
    DataFile(
        "platforms/<platform>/<document>/versions/<version>/index.json", "A version's provenance.", "version", True
    ),
    DataFile("platforms/<platform>/<document>/changes/<event>/index.json", "An event and its redline.", "change", True),
    DataFile("provisions/index.json", "Every provision, with its positions.", "provisions", False),
    DataFile("provisions/<provision>/index.json", "A provision's table.", "provision", True),
    DataFile("provisions/<provision>/table.csv", "The same as a table, with quotes.", "", True),
    DataFile("changes/index.json", "The newest 1,000 events.", "changes", False),
    DataFile("digests/<week>/index.json", "A closed week, with the hashes that it anchors.", "digest", True),
    DataFile("status/index.json", "Every source at its last check.", "status", False),
)


_LABELS = frozenset({"name", "slug", "provision"})
_TOLD, _DETAILS, _UNMEASURED = "told", "provisions", "unmeasured"
"""Keys of the measured figures: what they come to in a sentence, the same by provision, and what was never measured."""


def _rows(values: Mapping[str, object], key: str) -> Iterator[Mapping[str, object]]:
    for part in values.values():
        rows = part.get(key) if isinstance(part, Mapping) else None
        yield from (row for row in rows if isinstance(row, Mapping)) if isinstance(rows, list | tuple) else ()


def _details(values: Mapping[str, object], provisions: Sequence[ProvisionView]) -> Iterator[Figure]:
    """Measured figures by provision, and the positions of each that were never measured."""
    names = {one.provision.slug: one.provision.name for one in provisions}
    positions = {(one.provision.slug, each.slug): each.name for one in provisions for each in one.provision.positions}
    told: dict[str, list[str]] = {}
    for row in _rows(values, _DETAILS):
        told.setdefault(str(row.get("slug", "")), []).append(
            f"{row.get('f1')} on {row.get('labelled')} labelled answers"
        )
    for row in _rows(values, _UNMEASURED):
        slug, never = str(row.get("provision", "")), row.get("positions")
        listed = (
            ", ".join(f"‘{positions.get((slug, str(one)), one)}’" for one in never) if isinstance(never, list) else ""
        )
        told.setdefault(slug, []).append(f"never measured: {listed}")
    for slug, words in told.items():
        yield Figure(names.get(slug, slug), "; ".join(words))


def _told(values: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(part[_TOLD]) for part in values.values() if isinstance(part, Mapping) and _TOLD in part)


def _figures(values: Mapping[str, object], prefix: str = "") -> Iterator[Figure]:
    """Measured figures in their order, nested names joined by a comma."""
    for key, value in values.items():
        if key in {_TOLD, _DETAILS, _UNMEASURED}:
            continue
        name = capital(str(key).replace("_", " ").replace("-", " "))
        name = f"{prefix}, {name[:1].lower()}{name[1:]}" if prefix else name
        if isinstance(value, Mapping):
            yield from _figures(value, name)
        elif isinstance(value, list | tuple) and value and all(isinstance(one, Mapping) for one in value):
            for one in value:
                yield _row(one, name)
        elif isinstance(value, list | tuple):
            yield Figure(name, "; ".join(str(one) for one in value))
        else:
            yield Figure(name, f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value))


def _row(row: Mapping[str, object], of: str) -> Figure:
    """A figure that has a name (or is of a provision), a value, and perhaps words that explain it."""
    name = str(row.get("name") or f"{of}: {row.get('slug') or row.get('provision', '')}")
    told = []
    for key, value in row.items():
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        if key not in _LABELS:
            told.append(words if key in {"value", "words", "positions"} else f"{key} {words}")
    return Figure(name, "; ".join(told))


def _content(page: ContentPage, edition: Edition) -> Output:
    path = f"{page.slug}/"
    of = edition.quality if page.slug == "methodology" else {}
    quality, told = tuple(_figures(of)), _told(of)
    details = tuple(_details(of, edition.provisions))
    counts = edition.counts if page.slug in _OWN else None

    def make(press: Press) -> Files:
        frame = make_frame(
            press.site,
            path,
            page.title,
            page.description or page.title,
            section=path,
            feed=_NEWS,
            thing={"@type": "AboutPage"} if page.slug == "about" else None,
        )
        if page.slug == "methodology" and counts is not None:
            html = press.html("methodology.html", frame, MethodologyPage(page, told, quality, details, counts))
        elif page.slug == "data" and counts is not None:
            html = press.html("data.html", frame, DataPage(page, FILES, counts))
        else:
            html = press.html("page.html", frame, WordsPage(page))
        yield f"{path}index.html", html
        extra = {"files": [one.path for one in FILES]} if page.slug == "data" else {}
        figures = {"figures": {one.name: one.value for one in (*quality, *details)}} if quality else {}
        yield (
            f"{path}index.json",
            data.dump({"title": page.title, "description": page.description} | figures | extra),
        )

    files = (f"{path}index.html", f"{path}index.json")
    return Output(path, files, (page, told, quality, details, counts), make, in_sitemap=True)


def _compare(edition: Edition) -> Output:
    page = ComparePage(tuple(Choice(one.url, one.name) for one in edition.sectors))
    platforms = [
        {"platform": one.platform.slug, "name": one.platform.name, "sector": one.platform.sector, "url": one.url}
        for one in edition.platforms
    ]
    provisions = [
        {
            "provision": one.provision.slug,
            "name": one.provision.name,
            "group": one.group.name,
            "question": one.provision.question,
            "url": one.url,
            "compared": [each.slug for each in one.provision.parameters if each.type != "list"],
        }
        for one in edition.provisions
    ]

    def make(press: Press) -> Files:
        frame = make_frame(
            press.site,
            "compare/",
            "Compare platforms",
            "Two to five platforms side by side on every provision, differences first, with quotes.",
            section="compare/",
            feed=FeedLink("Every event", "feeds/events"),
            scripts=("compare.js",),
        )
        yield "compare/index.html", press.html("compare.html", frame, page)
        sectors = [{"url": one.value, "name": one.name} for one in page.sectors]
        yield "compare/index.json", data.dump({"platforms": platforms, "provisions": provisions, "sectors": sectors})

    files = ("compare/index.html", "compare/index.json")
    return Output("compare/", files, (page, platforms, provisions), make, in_sitemap=True)


def _watchlist(edition: Edition) -> Output:
    page = WatchlistPage(
        tuple(Choice(one.platform.slug, one.platform.name) for one in edition.platforms),
        tuple(Choice(one.provision.slug, one.provision.name) for one in edition.provisions),
    )

    def make(press: Press) -> Files:
        frame = make_frame(
            press.site,
            "watchlist/",
            "Watchlist",
            "Choose platforms and provisions; see their recent changes, and take their feeds with you.",
            section="watchlist/",
            feed=FeedLink("Every event", "feeds/events"),
            data=False,
            scripts=("watchlist.js",),
        )
        yield "watchlist/index.html", press.html("watchlist.html", frame, page)

    return Output("watchlist/", ("watchlist/index.html",), (page,), make, in_sitemap=True)


def _search(edition: Edition) -> Output:
    number = edition.counts.platforms

    def make(press: Press) -> Files:
        frame = make_frame(
            press.site,
            "search/",
            "Search",
            "Documents, provisions, platforms and changes, word by word.",
            section="search/",
            feed=_NEWS,
            data=False,
            scripts=("search.js",),
            policy=POLICY_SEARCH,
        )
        yield "search/index.html", press.html("search.html", frame, SearchPage(number))

    return Output("search/", ("search/index.html",), (number,), make, in_sitemap=True)


def _missing() -> Output:
    def make(press: Press) -> Files:
        root = urlsplit(base_of(press.site)).path or "/"
        frame = make_frame(
            press.site,
            "404.html",
            "No such page",
            "There is no page at this address.",
            feed=_NEWS,
            data=False,
            indexed=False,
            root=root,
        )
        yield "404.html", press.html("404.html", frame, MissingPage(root))

    return Output("404.html", ("404.html",), (), make)


def _tables(edition: Edition) -> Iterator[Output]:
    refs = references(edition)

    def findings(press: Press) -> Files:
        base = base_of(press.site)
        rows = (
            table_row(one, refs[one.platform, one.document], view.platform.sector, base)
            for view in edition.platforms
            for document in view.documents
            for one in document.statements
        )
        yield "data/findings.csv", csv_bytes(TABLE, rows)

    stated = tuple(document.statements for view in edition.platforms for document in view.documents)
    yield Output("data/findings.csv", ("data/findings.csv",), (stated, tuple(refs.values())), findings)

    def events(press: Press) -> Files:
        rows = ([data.event(one)[name] or "" for name in _EVENTS] for one in edition.events)
        yield "data/events.csv", csv_bytes(_EVENTS, rows)

    yield Output("data/events.csv", ("data/events.csv",), (edition.events,), events)
    documents = [
        (*[facts[name] or "" for name in _DOCUMENTS], one.current.version.file_hash if one.current else "")
        for view in edition.platforms
        for one in view.documents
        for facts in [data.document_facts(one)]
    ]

    def table(press: Press) -> Files:
        yield "data/documents.csv", csv_bytes((*_DOCUMENTS, "file_hash"), documents)

    yield Output("data/documents.csv", ("data/documents.csv",), (documents,), table)


_DOCUMENTS = (
    "platform",
    "platform_name",
    "document",
    "document_name",
    "url",
    "kind",
    "audience",
    "nature",
    "language",
    "status",
    "version",
    "announced",
    "updated",
    "effective",
    "checked",
    "verified",
)


def _schemas() -> Iterator[Output]:
    for name, schema in schemas.SCHEMAS.items():
        path = f"data/schemas/{name}.json"
        body = data.dump(schema)

        def make(press: Press, path: str = path, body: bytes = body) -> Files:
            yield path, body

        yield Output(path, (path,), (), make)


def outputs(edition: Edition) -> Iterator[Output]:
    """Every standing page, table and schema."""
    for page in edition.pages:
        yield _content(page, edition)
    yield _compare(edition)
    yield _watchlist(edition)
    yield _search(edition)
    yield _missing()
    yield from _tables(edition)
    yield from _schemas()

"""The site as a whole: linked, listed, described, stable, and deaf to what hostile texts say."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import jsonschema
import pytest
from lxml import etree, html

from govdigest.edition.nouns import Edition
from govdigest.publish import TemplateError, TwoWritesError, UnsafeFolderError, data, publish, search
from govdigest.publish.frame import NOTICE
from govdigest.publish.pages.common import answers, reference, view_of
from govdigest.publish.schemas import SCHEMAS
from tests.publish.conftest import TEMPLATES
from tests.publish.sample import SITE, small

BASE = SITE.base_url


def published(out: Path, edition: Edition, cache: Path | None = None, jobs: int = 1) -> tuple[int, int, int]:
    done = publish(edition, templates=[TEMPLATES], out=out, cache=cache, jobs=jobs)
    return done.rendered, done.written, done.deleted


def content(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def pages(out: Path) -> dict[str, html.HtmlElement]:
    return {
        path.relative_to(out).as_posix(): html.document_fromstring(path.read_bytes().decode())
        for path in sorted(out.rglob("*.html"))
    }


def test_every_internal_link_and_anchor_resolves_under_a_path_prefix(site: Path) -> None:
    found = pages(site)
    anchors = {name: {node.get("id") for node in page.iter() if node.get("id")} for name, page in found.items()}
    checked = 0
    for name, page in found.items():
        address = BASE + name.removesuffix("index.html")
        for node in page.iter("a", "link", "script", "form"):
            target = node.get("href") or node.get("src") or node.get("action")
            if target is None or node.get("rel") == "canonical":
                continue
            whole = urlsplit(urljoin(address, target))
            if whole.netloc != urlsplit(BASE).netloc:
                assert whole.scheme in {"https", "http", "mailto"}, target
                continue
            assert whole.path.startswith("/site/"), f"{name}: {target}"
            assert "//" not in whole.path
            path = unquote(whole.path.removeprefix("/site/"))
            file = path + "index.html" if path.endswith("/") or not path else path
            assert (site / file).is_file(), f"{name}: {target}"
            if whole.fragment and not whole.query:
                assert whole.fragment in anchors[file], f"{name}: {target}"
            checked += 1
    assert checked > 1000


def test_links_are_relative_but_for_the_permanent_address(site: Path) -> None:
    for name, page in pages(site).items():
        absolute = [a.get("href") for a in page.iter("a") if (a.get("href") or "").startswith(BASE)]
        assert len(absolute) <= 1, name


def test_the_sitemap_lists_every_page_once(site: Path) -> None:
    listed = etree.fromstring((site / "sitemap.xml").read_bytes()).xpath("//*[local-name()='loc']/text()")
    assert not [url for url, number in Counter(listed).items() if number > 1]
    wanted = {
        page.xpath("string(//link[@rel='canonical']/@href)")
        for page in pages(site).values()
        if not page.xpath("//meta[@name='robots']")
    }
    assert set(listed) == wanted
    assert f"Sitemap: {BASE}sitemap.xml" in (site / "robots.txt").read_text()


def test_every_page_has_what_every_page_has(site: Path) -> None:
    for name, page in pages(site).items():
        assert page.get("lang") == "en"
        assert NOTICE in " ".join(page.xpath("//footer")[0].text_content().split()), name
        assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1, name
        assert page.xpath("//a[@class='skip']/@href") == ["#main"]
        assert page.xpath("//footer//a[contains(@href, 'methodology/')]")
        assert page.xpath("//footer//a[starts-with(@href, 'https://forge.example/ledger/issues/new?title=Error')]"), (
            name
        )
        assert page.xpath("//meta[@property='og:title']/@content")[0]
        assert page.xpath("//meta[@name='description']/@content")[0]
        graph = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
        assert graph[0]["url"] == page.xpath("string(//link[@rel='canonical']/@href)")
        assert page.xpath("//link[@type='application/rss+xml']")
        policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert policy.startswith("default-src 'none'"), name
        assert "unsafe-inline" not in policy
        assert not page.xpath("//*[@style] | //style | //*[@onclick] | //script[not(@src) and not(@type)]"), name
        assert len({i.get("id") for i in page.iter() if i.get("id")}) == len([i for i in page.iter() if i.get("id")]), (
            name
        )


def test_headings_never_skip_a_level(site: Path) -> None:
    for name, page in pages(site).items():
        levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_tables_have_captions_and_scopes(site: Path) -> None:
    for name, page in pages(site).items():
        for table in page.xpath("//main//table[not(ancestor::article[@class='text'])]"):
            assert table.xpath("./caption"), name
            assert all(cell.get("scope") for cell in table.iter("th")), name


def test_labels_of_cards_fit_their_column(site: Path) -> None:
    labels = {str(cell.get("data-label")) for page in pages(site).values() for cell in page.xpath("//td[@data-label]")}
    assert labels
    assert not [label for label in labels if len(label) > 16]


def test_verdicts_are_told_in_words(site: Path) -> None:
    cells = [
        str(cell.text_content())
        for page in pages(site).values()
        for cell in page.xpath("//td[@data-label='Verdict' or @data-label='Accepted as']")
    ]
    assert cells
    assert not [words for words in cells if not words[:1].isupper() or "-" in words]


def test_an_answer_of_several_documents_is_shown_once(site: Path) -> None:
    places = "//table[contains(@class, 'compare')]//td | //dl[@class='facts']//dd | //div[@class='scroll matrix']//td"
    for name, page in pages(site).items():
        for cell in page.xpath(places):
            said = [" ".join(one.text_content().split()) for one in cell.xpath(".//p[@class='says']")]
            assert len(set(said)) == len(said), name
    platform = next(view for view in small().platforms if view.platform.slug == "tern")
    document = platform.documents[0]
    first, second = [view_of(one, reference(document)) for one in document.statements[:2]]
    found = answers([first, second, first])
    assert [one.views for one in found] == [(first, first), (second,)]
    assert not any(one.differ for one in found)


def test_hostile_texts_are_shown_and_do_nothing(site: Path) -> None:
    for name, body in content(site).items():
        if name.endswith((".html", ".xml", ".atom", ".opml")):
            assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xef\xbf[\xbe\xbf]", body), name
        if name.endswith(".html"):
            page = html.document_fromstring(body.decode())
            scripts = page.xpath("//script[not(@type='application/ld+json')]/@src")
            assert all("assets/" in source for source in scripts), name
            assert len(page.xpath("//script")) == len(scripts) + 1
            assert not page.xpath("//main//img | //iframe | //object | //embed"), name
            targets = [a.get("href") for a in page.iter("a")]
            assert not [target for target in targets if target and re.match(r"\s*(javascript|data|vbscript):", target)]
    (text,) = (site / "platforms/rook/terms/versions").glob("*/index.html")
    words = html.document_fromstring(text.read_text()).xpath("string(//article)")
    assert "<script>alert(1)</script> {{ frame }} {% raw %}" in words
    assert "<img src=x onerror=alert(3)>" in words
    assert "[image: alt]" in words


def test_links_in_archived_texts_vouch_for_nothing(site: Path) -> None:
    (text,) = sorted((site / "platforms/tern/privacy/versions").glob("*/index.html"))[1:]
    (link,) = html.document_fromstring(text.read_text()).xpath("//article//a[contains(@href, 'deletion')]")
    assert link.get("href") == "https://tern.example/deletion?a=1&b=2"
    assert link.get("rel") == "nofollow noopener noreferrer"


def test_nothing_changed_nothing_made(tmp_path: Path) -> None:
    out, cache = tmp_path / "site", tmp_path / "cache"
    published(out, small(), cache)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert published(out, small(), cache) == (0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    # without the cache everything is made, and still nothing is written
    assert published(out, small())[1:] == (0, 0)


def test_only_the_pages_that_show_it_are_made_again(tmp_path: Path) -> None:
    out, cache, edition = tmp_path / "site", tmp_path / "cache", small()
    published(out, edition, cache)
    before = content(out)
    wren = next(view for view in edition.platforms if view.platform.slug == "wren")
    changed = replace(wren.documents[0], status_words="It was read, and more.", variants=True)
    other = replace(wren, documents=(changed, *wren.documents[1:]))
    edition = replace(edition, platforms=tuple(other if view is wren else view for view in edition.platforms))
    rendered, written, _ = published(out, edition, cache)
    assert 0 < rendered < 8
    assert 0 < written < 8
    touched = {name for name, body in content(out).items() if before.get(name) != body}
    assert "platforms/wren/terms/index.html" in touched
    assert not [name for name in touched if name.startswith("platforms/tern/")]
    whole = tmp_path / "whole"
    published(whole, edition)
    assert content(whole) == content(out), "a rebuild gives what a build from nothing gives"


def test_a_file_that_was_touched_or_lost_is_put_back(tmp_path: Path) -> None:
    out, cache = tmp_path / "site", tmp_path / "cache"
    published(out, small(), cache)
    before = content(out)
    (out / "about/index.html").write_text("not ours")
    (out / "index.json").unlink()
    (out / "stale").mkdir()
    (out / "stale/page.html").write_text("old")
    (out / "README.md").write_text("mine")
    _, written, deleted = published(out, small(), cache)
    assert (written, deleted) == (2, 1)
    assert content(out) == before | {"README.md": b"mine"}
    assert not (out / "stale").exists()


def test_two_publications_give_identical_bytes(tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govdigest.publish.run._WORTH_FORKING", 1)  # so that a small edition is made by two workers
    published(tmp_path / "other", small(), tmp_path / "cache", jobs=2)
    assert content(tmp_path / "other") == content(site)


def test_a_folder_with_foreign_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(UnsafeFolderError, match=r"thesis\.tex"):
        published(tmp_path, small())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_one_path_written_twice_is_an_error(tmp_path: Path) -> None:
    edition = small()
    twice = replace(edition, pages=(*edition.pages, replace(edition.pages[0], slug="compare")))
    with pytest.raises(TwoWritesError, match=r"compare/index\.html"):
        published(tmp_path / "site", twice)
    assert not (tmp_path / "site").exists()


def test_a_sites_own_template_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "assets").mkdir(parents=True)
    (own / "page.html").write_text('{% extends "base.html" %}{% block main %}<h1>Ours</h1>{% endblock %}')
    (own / "assets" / "style.css").write_text("body { color: red }")
    publish(small(), templates=[TEMPLATES, own], out=tmp_path / "site", cache=None, jobs=1)
    assert "<h1>Ours</h1>" in (tmp_path / "site/about/index.html").read_text()
    assert (tmp_path / "site/assets/style.css").read_text() == "body { color: red }"
    assert (tmp_path / "site/assets/filter.js").is_file()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{{ page.nothing }}", "about/: .*nothing"),
        ("{% if %}", r"page\.html:1: "),
        ('{% extends "no.html" %}', "no.html"),
    ],
)
def test_a_template_that_is_wrong_is_named(tmp_path: Path, words: str, message: str) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "page.html").write_text(words)
    with pytest.raises(TemplateError, match=message):
        publish(small(), templates=[TEMPLATES, own], out=tmp_path / "site", cache=None, jobs=1)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_data_files_follow_their_schemas(site: Path, name: str) -> None:
    patterns = {
        "platforms": "platforms/index.json",
        "platform": "platforms/*/index.json",
        "document": "platforms/*/*/index.json",
        "version": "platforms/*/*/versions/*/index.json",
        "change": "platforms/*/*/changes/*/index.json",
        "provisions": "provisions/index.json",
        "provision": "provisions/*/index.json",
        "changes": "changes/index.json",
        "digest": "digests/*/index.json",
        "status": "status/index.json",
    }
    assert json.loads((site / f"data/schemas/{name}.json").read_text()) == SCHEMAS[name]
    validator = jsonschema.Draft202012Validator(SCHEMAS[name])
    files = list(site.glob(patterns[name]))
    assert files
    for file in files:
        validator.validate(json.loads(file.read_text()))


def test_quotes_in_data_files_are_slices_that_name_their_version(site: Path) -> None:
    facts = json.loads((site / "platforms/tern/privacy/index.json").read_text())
    from tests.publish.sample import PRIVACY

    quotes = [quote for one in facts["statements"] for quote in one["quotes"]]
    assert len(quotes) == 5
    assert all(PRIVACY[quote["start"] : quote["end"]] == quote["text"] for quote in quotes)
    assert {one["version"] for one in facts["statements"]} == {facts["version"]}
    assert quotes[1]["plain"] == "We keep your notes for 30 days."


def test_half_a_surrogate_pair_becomes_a_question_mark_wherever_it_stands() -> None:
    view = next(one for one in small().platforms if one.platform.slug == "tern").documents[0]
    broken = replace(view, document=replace(view.document, name="No\ud800tice"))
    facts = json.loads(data.dump(data.document(broken)))
    assert facts["document_name"] == "No?tice"
    assert len(facts["statements"]) == len(view.statements)


def test_tables_open_in_a_spreadsheet_as_text(site: Path) -> None:
    with (site / "provisions/retention/table.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4
    assert {row["platform"] for row in rows} == {"tern", "rook", "wren"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_a_large_index_is_several_that_hold_every_page_once(site: Path) -> None:
    names = sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("index.html")
        if b"data-pagefind-body" in path.read_bytes()
    )

    def fragments(files: dict[str, bytes]) -> list[str]:
        return sorted(body.hex() for name, body in files.items() if "/fragment/" in name)

    whole, parts = search.build_index(site, names), search.build_index(site, names, part=4000)
    others = json.loads(parts[f"{search.FOLDER}parts.json"])["others"]
    assert json.loads(whole[f"{search.FOLDER}parts.json"]) == {"others": []}
    assert others
    assert all(f"{search.FOLDER}{one}pagefind-entry.json" in parts for one in others)
    assert len(fragments(whole)) == len(fragments(parts)) == len(names)
    assert parts == search.build_index(site, names, part=4000)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>a <span data-pagefind-ignore>b <span>c</span></span><span id=x>d</span></p>", "<p>a d</p>"),
        ('<section aria-label="x" data-pagefind-ignore><p>b</p></section><p>a</p>', "<p>a</p>"),
        ("<div data-pagefind-ignore>b<i data-pagefind-ignore>c</i></div><p>a</p>", "<p>a</p>"),
        ("<p>data-pagefind-ignore</p>", "<p>data-pagefind-ignore</p>"),
        ('<p title="x data-pagefind-ignore y">a</p>', '<p title="x data-pagefind-ignore y">a</p>'),
    ],
)
def test_the_index_is_made_of_what_counts(before: str, after: str) -> None:
    page = "<html><body><nav>n</nav><main data-pagefind-body>{}</main><footer>f</footer></body></html>"
    made = search.bare(page.format(before).encode()).decode()
    assert made == f'<!doctype html><html lang="en"><body><main data-pagefind-body>{after}</main></body></html>'


def test_a_page_marked_for_the_index_in_its_own_way_is_indexed_as_it_is() -> None:
    for words in ('<span data-pagefind-meta="x">a</span>', "<p data-pagefind-ignore>never ends"):
        page = f"<html><body><main data-pagefind-body>{words}</main></body></html>".encode()
        assert search.bare(page) == page

"""A hostile site in the world: its documents become harmless pages, in which nothing runs and nothing is requested."""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html as lxml_html

from govdigest.archive import Archive
from govdigest.captures import Captures
from govdigest.commands.build import build
from govdigest.commands.pull import pull
from govdigest.commands.reading import read_with
from govdigest.commands.serve import site_server
from govdigest.demo import World
from govdigest.resources import shipped
from govdigest.taxonomy import load as load_taxonomy
from tests.demo.truth import settings

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
LINKS = frozenset({"http", "https", "mailto", ""})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of the hostile platform alone."""
    root = tmp_path_factory.mktemp("hostile")
    content = (shipped("content"),)
    taxonomy = load_taxonomy(content)
    archive, captures = Archive(root / "archive"), Captures(root / "captures")
    world = World()
    with world.serve() as gateway:
        for week in world.weeks[:2]:
            config = settings(week.number)
            config = replace(
                config,
                pull=replace(config.pull, gateway=gateway),
                platforms=tuple(platform for platform in config.platforms if platform.slug == "grimble"),
            )
            world.move(week.instant)
            read = read_with(taxonomy, None)
            asyncio.run(pull(config, archive=archive, captures=captures, taxonomy=taxonomy, read=read, at=week.instant))
    out = root / "site"
    build(
        config,
        archive=archive,
        taxonomy=taxonomy,
        templates=(shipped("templates"),),
        content=content,
        out=out,
        cache=None,
        jobs=1,
    )
    return out


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_no_page_holds_an_element_or_a_link_of_the_hostile_site_s(site: Path) -> None:
    for page in pages(site):
        tree = lxml_html.fromstring(page.read_bytes())
        for node in tree.iter():
            if not isinstance(node.tag, str):
                continue
            assert node.tag not in ("iframe", "object", "embed", "base"), (page, node.tag)
            for name, value in node.attrib.items():
                assert not str(name).startswith("on"), (page, node.tag, name)
                if name in ("href", "src", "action"):
                    assert urlsplit(value).scheme in LINKS, (page, value)
                    assert "collector" not in value, (page, value)
            if node.tag == "script":
                assert "collector" not in (node.text or ""), page


def test_what_was_refused_stands_on_the_status_page(site: Path) -> None:
    status = lxml_html.document_fromstring((site / "status/index.html").read_bytes()).text_content()
    for name in ("Fees", "Licence", "Cookies", "Notices"):
        assert name in status


def test_template_syntax_is_shown_and_not_computed(site: Path) -> None:
    texts = [lxml_html.document_fromstring(page.read_bytes()).text_content() for page in pages(site)]
    assert not any("Grimble Terms 49" in text for text in texts)
    assert any("{{ 7 * 7 }}" in text for text in texts)
    assert any("]]>https://collector.grimble.example/" in text for text in texts)


def test_no_page_is_heavy_with_the_long_title(site: Path) -> None:
    heavy = {str(page.relative_to(site)): page.stat().st_size for page in pages(site)}
    index = {name: size for name, size in heavy.items() if not name.startswith("platforms/grimble/privacy/")}
    assert {name: size for name, size in index.items() if size > 150_000} == {}


@pytest.mark.browser
@pytest.mark.skipif(
    CHROMIUM is None or importlib.util.find_spec("playwright") is None,
    reason="needs a Chromium on the PATH and the 'browser' extra",
)
def test_nothing_runs_and_nothing_is_requested_in_a_browser(site: Path) -> None:
    asked, dialogs, titles = asyncio.run(visit(site))
    assert dialogs == []
    assert [url for url in asked if urlsplit(url).hostname != "127.0.0.1" and not url.startswith("data:")] == []
    assert not any("owned" in title for title in titles)


async def visit(site: Path) -> tuple[list[str], list[str], list[str]]:
    """Open every page of the hostile platform; what was requested, what popped up, and the pages' titles."""
    from playwright.async_api import async_playwright

    asked: list[str] = []
    dialogs: list[str] = []
    titles: list[str] = []
    with served(site) as base:
        async with async_playwright() as driver:
            browser = await driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = await browser.new_page()
            page.on("request", lambda request: asked.append(request.url))
            page.on("dialog", lambda dialog: dialogs.append(dialog.message))
            for file in pages(site):
                path = file.relative_to(site).as_posix()
                if path.startswith(("platforms/", "status/", "changes/", "compare/")) or path == "index.html":
                    await page.goto(f"{base}/{path}", wait_until="load")
                    titles.append(await page.title())
            await browser.close()
    return asked, dialogs, titles


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site on loopback for as long as the block lasts."""
    with site_server(site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()

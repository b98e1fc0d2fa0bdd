"""The site in a real browser: nothing is asked of others, what scripts add works, and it can be used by everyone."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from govdigest.edition.nouns import DocumentView
from govdigest.publish import publish, search
from tests.publish.conftest import TEMPLATES
from tests.publish.sample import compose, small

pytestmark = pytest.mark.browser

TOOLS = Path(__file__).parents[2] / ".govdigest" / "tools" / "node_modules"
AXE = Path(os.environ.get("GOVDIGEST_AXE") or TOOLS / "axe-core/axe.min.js")
VNU = Path(os.environ.get("GOVDIGEST_VNU") or TOOLS / "vnu-jar/build/dist/vnu.jar")
KINDS = (
    "",
    "about/",
    "platforms/",
    "platforms/tern/",
    "platforms/tern/privacy/",
    "platforms/tern/cookies/",
    "platforms/tern/privacy/history/",
    "platforms/tern/privacy/versions/2026-02-03T060000Z/",
    "platforms/rook/terms/versions/2026-01-05T060000Z/",
    "platforms/tern/privacy/changes/tern.privacy.2026-02-03T060000Z.material/",
    "provisions/",
    "provisions/retention/",
    "sectors/notes/",
    "compare/?p=tern,rook",
    "changes/",
    "digests/",
    "digests/2026-w06/",
    "feeds/",
    "status/",
    "methodology/",
    "data/",
    "search/?q=notes",
    "watchlist/?p=tern&q=retention",
    "404.html",
)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site under ``/site/``, as a project page is served."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/site"))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library names it
        """Nothing: a test's output is its own."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = os.environ.get("GOVDIGEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium on the PATH")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Tab:
    """A page that notes every request, every error and every breach of the content policy."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.address = address
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        self.page = self.context.new_page()
        self.scripts = options.get("java_script_enabled", True)
        self.requests: list[str] = []
        self.trouble: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", lambda line: self.trouble.append(line.text) if line.type == "error" else None)

    def open(self, path: str) -> Any:
        self.page.goto(self.address + path)
        if self.scripts and "?" in path:
            # these pages fetch what the address asks for, and then tell
            self.until(lambda: any(one.isdigit() for one in self.page.locator("#told").inner_text()))
        return self.page

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until ``holds``: the content policy forbids the browser to evaluate a condition of ours."""
        for _ in range(200):
            if holds():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("it did not happen within ten seconds")

    def foreign(self) -> list[str]:
        return [url for url in self.requests if not url.startswith((self.address, "blob:", "data:"))]


@pytest.fixture
def tab(chromium: Any, address: str) -> Iterator[Tab]:
    one = Tab(chromium, address)
    yield one
    one.context.close()


def test_no_request_leaves_the_site_and_the_content_policy_holds(tab: Tab) -> None:
    for path in KINDS:
        tab.open(path)
    # the address bar's own wish for /favicon.ico is not the page's
    assert [url for url in tab.foreign() if not url.endswith("/favicon.ico")] == []
    assert tab.trouble == []


def test_pages_load_no_more_than_they_use(tab: Tab) -> None:
    tab.open("platforms/tern/privacy/")
    assert sorted(url.removeprefix(tab.address) for url in tab.requests) in (
        ["assets/style.css", "platforms/tern/privacy/"],
        ["assets/icon.svg", "assets/style.css", "platforms/tern/privacy/"],
    )


def test_a_provision_is_filtered_and_the_choice_is_in_the_address(tab: Tab) -> None:
    page = tab.open("provisions/retention/")
    page.wait_for_selector("form.filters:visible")
    assert page.locator("#rows tr:visible").count() == 3
    page.get_by_label("Position").select_option("open")
    assert page.locator("#rows tr:visible th").all_inner_texts() == ["Tern Notes"]
    assert page.locator("output").inner_text() == "1 of 3 shown"
    assert page.url.endswith("?position=open")
    tab.page.goto(f"{tab.address}provisions/retention/?sector=mail")
    page.wait_for_selector("form.filters:visible")
    assert page.locator("#rows tr:visible th").all_inner_texts() == ["Wren"]


def test_platforms_are_compared_from_an_address_and_by_choice(tab: Tab) -> None:
    page = tab.open("compare/?p=tern,rook,nobody,tern")
    page.wait_for_selector("#table thead th")
    assert page.locator("#table thead th").all_inner_texts() == [
        "Provision",
        "Tern Notes\n3 of 4 documents read",
        "Rook <b>\"&'</b> ]]>\n2 documents read",
    ]
    questions = page.locator("#table tbody th")
    assert "Data retention" in questions.all_inner_texts()
    heads = page.locator("#table thead .below").all_inner_texts()
    assert heads == ["3 of 4 documents read", "2 documents read"]
    cells = page.locator("#table tbody td > .quiet")
    assert cells.count()
    assert set(cells.all_inner_texts()) <= {"does not say", "not in those read"}
    page.locator("#table summary").first.click()
    assert page.locator("#table blockquote").first.is_visible()
    page.get_by_label("Find a platform").fill("Wren")
    page.get_by_role("button", name="Add").click()
    tab.until(lambda: page.locator("#table thead th").count() == 4)
    assert page.url.endswith("?p=tern,rook,wren")
    page.get_by_role("button", name="Remove Wren").press("Enter")
    tab.until(lambda: page.locator("#table thead th").count() == 3)
    assert tab.trouble == []


def test_the_same_answer_with_other_values_is_no_difference_of_answers_but_shown(chromium: Any, tmp_path: Path) -> None:
    def kept(view: DocumentView, period: str) -> DocumentView:
        told = tuple(
            replace(one, finding=replace(one.finding, parameters=(("periods", (period,)),)), values=period)
            for one in view.statements
        )
        return replace(view, statements=told)

    periods = {"rook": "30 days", "wren": "90 days"}
    documents = [
        kept(view, periods[view.platform.slug]) if view.platform.slug in periods else view
        for platform in small().platforms
        for view in platform.documents
    ]
    publish(compose(documents), templates=[TEMPLATES], out=tmp_path, cache=None, jobs=1)
    with serving(tmp_path) as address:
        tab = Tab(chromium, address)
        page = tab.open("compare/?p=rook,wren")
        page.wait_for_selector("#table tbody tr")
        row = page.locator("#table tbody tr", has_text="Data retention")
        assert "same answer, other details" in row.locator("th").inner_text()
        assert row.locator(".values").all_inner_texts() == ["30 days", "90 days"]
        assert page.locator("#told").inner_text().startswith("0 provisions answered differently, 1 alike but for")
        row.locator("summary").first.click()
        link = str(row.locator("blockquote a").first.get_attribute("href"))
        assert "/versions/" in link
        assert "#p-" in link
        assert tab.trouble == []
        tab.context.close()


def test_a_watchlist_stays_in_the_browser_and_leaves_as_opml(tab: Tab) -> None:
    page = tab.open("watchlist/")
    page.wait_for_selector("#watchlist:visible")
    assert page.locator("#told").inner_text() == "Nothing is watched yet: choose above."
    page.get_by_label("Wren").check()
    page.get_by_label("Data retention").check()
    page = tab.open("watchlist/")
    page.wait_for_selector("#events li")
    assert page.get_by_label("Wren").is_checked()
    names = page.locator("#events .what").all_inner_texts()
    assert any(name.startswith("Wren, Terms") for name in names)
    assert any("90 days, now 30 days" in name for name in names)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save their feeds as OPML").click()
    words = Path(download.value.path()).read_text()
    assert words.count("xmlUrl=") == 2
    assert f'xmlUrl="{tab.address}platforms/wren/events.xml"' in words
    page.get_by_role("button", name="Forget the list").click()
    page = tab.open("watchlist/")
    page.wait_for_selector("#watchlist:visible")
    assert not page.get_by_label("Wren").is_checked()
    assert tab.foreign() == []


def test_search_finds_passages_and_is_loaded_only_when_used(tab: Tab, site: Path) -> None:
    page = tab.open("search/")
    assert not [url for url in tab.requests if "pagefind" in url]
    page.get_by_label("Words to look for").fill("notes")
    page.get_by_role("button", name="Search").click()
    page.wait_for_selector("#results li")
    assert page.locator("#results mark").count() > 0
    page.get_by_label("Changes").check()
    kinds = page.locator("#results li > .quiet")
    tab.until(lambda: set(kinds.all_inner_texts()) == {"Change"})
    for link in page.locator("#results a").all():
        path, _, fragment = str(link.get_attribute("href")).partition("#")
        file = site / path.removeprefix(urlsplit(tab.address).path) / "index.html"
        assert path.endswith("/")
        assert f'id="{fragment}"' in file.read_text() if fragment else file.is_file()
    target = page.locator("#results a").first
    with page.expect_navigation():
        target.click()
    assert "/changes/" in page.url
    assert page.locator("h1").count() == 1
    assert tab.trouble == []


def test_search_asks_every_part_of_a_large_index(tab: Tab, chromium: Any, site: Path, tmp_path: Path) -> None:
    parted = tmp_path / "site"
    shutil.copytree(site, parted)
    shutil.rmtree(parted / "pagefind")
    names = [path.relative_to(site).as_posix() for path in sorted(site.rglob("index.html"))]
    for name, body in search.build_index(site, names, part=len(names) * 1000).items():
        (parted / name).parent.mkdir(parents=True, exist_ok=True)
        (parted / name).write_bytes(body)
    assert (parted / "pagefind/1").is_dir()

    def found(one: Tab) -> list[str]:
        page = one.open("search/?q=notes")
        results = page.locator("#results h2 a")
        while page.locator("#more").is_visible():
            page.locator("#more").click()
            one.until(lambda: results.count() % 10 != 0 or page.locator("#more").is_hidden())
        page.get_by_label("Changes").check()
        one.until(lambda: "/changes/" in (results.first.get_attribute("href") or "") if results.count() else False)
        told = page.locator("#told").inner_text()
        assert one.trouble == []
        return [told, *sorted(str(result.get_attribute("href")) for result in results.all())]

    with serving(parted) as elsewhere:
        other = Tab(chromium, elsewhere)
        assert found(other) == found(tab)
        assert any("pagefind/1/" in url for url in other.requests)
        other.context.close()


def test_a_quote_leads_to_its_passage(tab: Tab) -> None:
    page = tab.open("platforms/tern/privacy/")
    page.get_by_role("link", name="in the text").first.click()
    page.wait_for_url("**/versions/**")
    identity = page.url.split("#")[1]
    assert page.locator(f"#{identity}").inner_text().startswith("We train models on what you write")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.evaluate(f"getComputedStyle(document.getElementById('{identity}')).backgroundColor") != paper


def test_the_keyboard_reaches_the_content_first(tab: Tab) -> None:
    page = tab.open("platforms/tern/privacy/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    reached = set()
    page.evaluate("document.querySelector('h1').scrollIntoView()")
    for _ in range(200):
        reached.add(page.evaluate("document.activeElement.outerHTML"))
        page.keyboard.press("Tab")
    wanted = page.evaluate(
        "[...document.querySelectorAll('main a, main summary')].filter((one) => one.checkVisibility())"
        ".map((one) => one.outerHTML)"
    )
    assert set(wanted) <= reached


def test_everything_is_read_without_a_script(chromium: Any, address: str) -> None:
    tab = Tab(chromium, address, java_script_enabled=False)
    try:
        page = tab.open("provisions/retention/")
        assert page.locator("#rows tr").count() == 3
        assert not page.locator("form.filters").is_visible()
        page = tab.open("compare/")
        page.get_by_role("link", name="Notes & writing").click()
        assert page.locator("tbody tr").count() == 3
        assert tab.open("watchlist/").locator("noscript").count() == 1
    finally:
        tab.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_its_window(chromium: Any, address: str, width: int) -> None:
    tab = Tab(chromium, address)
    try:
        tab.page.set_viewport_size({"width": width, "height": 800})
        wide = [path for path in KINDS if tab.open(path).evaluate("document.documentElement.scrollWidth") > width]
        assert wide == []
        captions = tab.open("sectors/notes/").locator(".matrix caption")
        assert captions.evaluate("caption => caption.getBoundingClientRect().right") <= width
        page = tab.open("search/?q=notes")
        page.wait_for_selector("#results li")
        # a passage is named by a heading of any length
        long = f"<p class=go><a href=.>{'long ' * 60}</a></p>"
        page.evaluate(f"document.querySelector('#results li').insertAdjacentHTML('beforeend', '{long}')")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        tab.context.close()


def test_a_comparison_is_printed_whole(tab: Tab) -> None:
    page = tab.open("compare/?p=tern,rook")
    page.emulate_media(media="print")
    assert not page.locator(".chooser").is_visible()
    page.wait_for_selector("#table table:visible")
    assert not page.locator(".top nav").is_visible()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (.ci/run installs it)")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_no_violation(chromium: Any, address: str, scheme: str, width: int) -> None:
    tab = Tab(chromium, address, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    found = []
    try:
        tab.page.set_viewport_size({"width": width, "height": 900})
        for path in KINDS:
            page = tab.open(path)
            page.add_script_tag(path=str(AXE))
            result = page.evaluate(
                "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
            )
            found += [
                f"{path}: {violation['id']}: {violation['nodes'][0]['html'][:160]}"
                for violation in result["violations"]
            ]
    finally:
        tab.context.close()
    assert found == []


@pytest.mark.skipif(not VNU.is_file() or shutil.which("java") is None, reason="the Nu HTML checker is not installed")
def test_the_nu_html_checker_finds_no_error(site: Path) -> None:
    command = ["java", "-Xss2m", "-jar", str(VNU), "--skip-non-html", "--errors-only", "--format", "gnu", str(site)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")

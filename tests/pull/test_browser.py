"""Pages that need a browser: what is shown, what is refused, and that no page reaches the network by itself."""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from govdigest.model import Capture, Failure, Source, Validators
from tests.pull.fetching import QUICK, capture, failure, fetcher
from tests.pull.server import Behaviour, World, answer, redirect, world

CHROMIUM = any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
browser = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM or importlib.util.find_spec("playwright") is None,
        reason="needs a Chromium on the PATH and the 'browser' extra",
    ),
]
TERMS = "https://acme.example/terms"
SHELL = "<!doctype html><title>Terms</title><div id=root>Loading</div><script src=/app.js></script>"
APP = "fetch('/text').then(r => r.text()).then(t => { document.getElementById('root').innerHTML = t.repeat(40) })"
TEXT = "<p>You keep what you write.</p>"
LOADED: dict[str, Behaviour] = {
    "acme.example/terms": answer(SHELL, ETag='"v1"'),
    "acme.example/app.js": answer(APP, kind="text/javascript"),
    "acme.example/text": answer(TEXT),
}


def render(
    pages: Mapping[str, Behaviour], *urls: str, hosts: frozenset[str] = frozenset(), **settings: Any
) -> tuple[list[Capture | Failure], World]:
    """What a browser shows of ``urls``, one after the other in one run."""

    async def run() -> tuple[list[Capture | Failure], World]:
        async with world(pages) as served:
            asked = replace(QUICK, gateway=served.gateway, **{"timeout": 30.0, **settings})
            async with fetcher(asked, hosts=hosts) as one:
                return [await one.render(Source(url)) for url in urls], served

    return asyncio.run(run())


def test_without_the_extra_the_failure_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    [shown], served = render(LOADED, TERMS)
    assert failure(shown).reason == "needs-browser"
    assert served.log == []


@pytest.mark.skipif(importlib.util.find_spec("playwright") is None, reason="needs the 'browser' extra")
def test_without_a_chromium_the_failure_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    shown, _ = render(LOADED, TERMS)
    assert failure(shown[0]).reason == "needs-browser"
    assert "pull.browser" in failure(shown[0]).detail
    [lost], _ = render(LOADED, TERMS, browser="/nowhere/chromium")
    assert "/nowhere/chromium" in failure(lost).detail
    [odd], _ = render(LOADED, TERMS, browser="/bin/sh")
    assert failure(odd).reason == "needs-browser"


class TestRendering:
    pytestmark = browser

    def test_the_text_that_scripts_bring_is_captured(self) -> None:
        pages = LOADED | {
            "acme.example/hop": redirect("/terms", 301),
            "acme.example/file": answer(b"%PDF-1.7", kind="application/pdf"),
        }
        [shown, moved, pdf], served = render(pages, TERMS, "https://acme.example/hop", "https://acme.example/file")
        got = capture(shown)
        assert got.body.count(TEXT.encode()) == 40
        assert got.rendered
        assert got.media_type == "text/html; charset=utf-8"
        assert got.validators == Validators()  # the shell's own would say 'unchanged' whatever it loads
        assert (capture(moved).final_url, capture(moved).moved) == (TERMS, True)
        assert not capture(pdf).rendered
        # the page itself is asked for once, and robots.txt too
        assert served.asked("acme.example")[:3] == ["/terms", "/app.js", "/text"]
        assert [request.path for request in served.log].count("/robots.txt") == 1
        assert {request.headers["user-agent"].partition(" ")[0] for request in served.log} == {"govdigest/test"}

    def test_refusals_are_what_they_are_without_a_browser(self) -> None:
        pages = {
            "acme.example/403": answer("no", 403),
            "acme.example/429": answer("no", 429),
            "acme.example/check": answer("wait", 503, cf_mitigated="challenge"),
            "acme.example/404": answer("?", 404),
            "acme.example/away": redirect("https://elsewhere.example/"),
            "quiet.example/robots.txt": answer("User-agent: *\nDisallow: /\n"),
            "quiet.example/terms": answer(SHELL),
        }
        urls = [f"https://acme.example/{name}" for name in ("403", "429", "check", "404", "away")]
        shown, _ = render(pages, *urls, "https://quiet.example/terms")
        reasons = [failure(one).reason for one in shown]
        assert reasons == ["blocked", "rate-limited", "blocked", "not-found", "moved", "robots"]

    def test_what_cannot_bring_text_or_is_not_the_sites_is_not_asked_for(self) -> None:
        body = """<!doctype html><p>Terms</p><img src=/logo.png><video src=/film.mp4></video>
        <style>@font-face { font-family: f; src: url(/f.woff2) } p { font-family: f }</style>
        <link rel=stylesheet href=https://cdn.acme.example/style.css>
        <script src=https://tracker.example/t.js></script><script src=https://friend.example/lib.js></script>
        <script src=/closed/secret.js></script><script src=https://cdn.acme.example/away.js></script>
        <script>navigator.sendBeacon('/beacon', 'x'); fetch('/post', { method: 'POST', body: 'x' }).catch(() => 0);
        document.cookie = 'a=1'; document.querySelector('p').append(' of service')</script>"""
        pages = {
            "acme.example/terms": answer(body),
            "acme.example/robots.txt": answer("User-agent: *\nDisallow: /closed/\n"),
            "cdn.acme.example/style.css": answer("p { color: black }", kind="text/css"),
            "cdn.acme.example/away.js": redirect("https://tracker.example/t.js"),
            "friend.example/lib.js": answer("document.title = 'ours'", kind="text/javascript"),
        }
        [shown], served = render(pages, TERMS, hosts=frozenset({"friend.example"}))
        assert b"Terms of service" in capture(shown).body
        assert b"<title>ours</title>" in capture(shown).body
        assert served.asked("acme.example") == ["/terms"]
        assert served.asked("tracker.example") == []
        assert sorted(served.asked("cdn.acme.example")) == ["/away.js", "/style.css"]

    def test_nothing_in_a_page_reaches_the_network_by_itself(self) -> None:
        touched: list[object] = []

        async def run() -> Capture | Failure:
            async def trap(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                touched.append(writer.get_extra_info("peername"))
                writer.close()

            server = await asyncio.start_server(trap, "127.0.0.1", 0)
            there = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
            body = f"""<!doctype html><p>Terms</p><iframe src=http://{there}/frame></iframe><img src=http://{there}/i>
            <link rel=preconnect href=http://{there}><link rel=prefetch href=http://{there}/p>
            <script src=http://{there}/s.js></script><script>
            fetch('http://{there}/f', {{ mode: 'no-cors' }}).catch(() => 0); new WebSocket('ws://{there}/w');
            new EventSource('http://{there}/e'); navigator.sendBeacon('http://{there}/b', 'x');
            window.open('http://{there}/o'); const pc = new RTCPeerConnection({{ iceServers: [
            {{ urls: 'turn:{there}?transport=tcp', username: 'u', credential: 'c' }}] }}); pc.createDataChannel('d');
            pc.createOffer().then(o => pc.setLocalDescription(o));
            setTimeout(() => {{ location = 'http://{there}/l' }}, 50)</script>"""
            async with (
                server,
                world({"acme.example/terms": answer(body)}) as served,
                fetcher(replace(QUICK, gateway=served.gateway, timeout=30.0)) as one,
            ):
                return await one.render(Source(TERMS))

        shown = asyncio.run(run())
        assert touched == []
        assert isinstance(shown, Capture | Failure)

    def test_pages_that_do_not_end(self) -> None:
        pages = {
            "acme.example/loop": answer("<!doctype html><p>Terms</p><script>for (;;) {}</script>"),
            "acme.example/grows": answer(
                "<!doctype html><p>x<script>setInterval(() => document.body.append('more '.repeat(9999)), 5)</script>"
            ),
            "acme.example/terms": LOADED["acme.example/terms"],
            "acme.example/app.js": LOADED["acme.example/app.js"],
            "acme.example/text": LOADED["acme.example/text"],
        }
        urls = [f"https://acme.example/{name}" for name in ("loop", "grows", "terms")]
        [loop, grows, terms], _ = render(pages, *urls, timeout=6.0)
        assert failure(loop).reason == "timeout"
        assert failure(grows).reason == "too-large"
        capture(terms)  # the run goes on

    def test_a_page_that_grows_beyond_the_limit(self) -> None:
        body = "<!doctype html><p>x</p><script>document.body.append('x'.repeat(400000))</script>"
        [shown], _ = render({"acme.example/terms": answer(body)}, TERMS)
        assert failure(shown).reason == "too-large"

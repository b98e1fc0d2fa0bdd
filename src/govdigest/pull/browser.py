"""Pages that are empty without a browser. The browser shows them; the network stays ours.

Chromium gets a proxy that does not exist, so nothing in a page reaches the network by itself: each request that a page
makes is answered with what our own client brings, or not at all. Robots, turns, limits, the gateway and the vetting of
addresses hold for rendered pages as they do for plain ones, also against a name that changes its address.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from govdigest.model import FailureClass, PullSettings
from govdigest.pull.answers import Answer, challenged
from govdigest.pull.errors import PullError
from govdigest.pull.urls import host_of, same_site
from govdigest.pull.walk import Arrival, Walker

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page, Playwright, Route

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_WANTED = frozenset({"document", "script", "stylesheet", "xhr", "fetch"})
"""Kinds of request that can bring text. Images, media, fonts, sockets and beacons cannot."""
_OURS = frozenset({"host", "user-agent", "accept-encoding", "connection", "content-length", "cookie", "authorization"})
_PARTS = 400
"""Requests that one page may make."""
_NOWHERE = "http://127.0.0.1:9"  # the discard port; nothing is ever sent there but what Chromium tries by itself
_ARGUMENTS = (
    f"--proxy-server={_NOWHERE}",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=512",
    "--no-first-run",
    "--no-pings",
)
_LENGTH = "() => document.body ? document.body.innerText.length : 0"
_SIZE = "() => document.documentElement ? document.documentElement.outerHTML.length : 0"
_PATIENCE = 10.0
"""Seconds that a page may take to close."""
_SHELL = 400
"""Characters of visible text under which a page may still be a shell that loads something."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as the browser shows it: its HTML, and where it ended up."""

    html: bytes
    url: str


@dataclass(slots=True)
class _Visit:
    """One page in the browser, and the requests that it makes."""

    arrival: Arrival
    headers: Mapping[str, str]
    walker: Walker
    hosts: frozenset[str]
    parts: int = 0
    served: bool = False
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def handle(self, route: Route) -> None:
        """Answer one request of the page; never raises, for nobody listens."""
        from playwright.async_api import Error

        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        try:
            await self._answer(route)
        except (Error, asyncio.CancelledError):
            pass  # the page has gone
        finally:
            self.tasks.discard(task)

    async def _answer(self, route: Route) -> None:
        request = route.request
        url = urldefrag(request.url).url
        navigation = request.is_navigation_request() and request.frame.parent_frame is None
        if navigation and not self.served and url == self.arrival.url:
            self.served = True
            kind = self.arrival.answer.header("content-type") or "text/html"
            await route.fulfill(status=200, content_type=kind, body=self.arrival.answer.body)
            return
        self.parts += 1
        host, own = host_of(url), host_of(self.arrival.url)
        foreign = host not in self.hosts and not same_site(host, own)
        if request.method != "GET" or request.resource_type not in _WANTED or foreign or self.parts > _PARTS:
            await route.abort()
            return
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _OURS}
        try:
            arrival = await self.walker.walk(url, headers | dict(self.headers), wanted=_anything, paced=navigation)
        except PullError:
            await route.abort()
            return
        answer = arrival.answer
        kept = {
            name: value
            for name, value in answer.headers.items()
            if name == "content-type" or name.startswith("access-control-")
        }
        await route.fulfill(status=answer.status, headers=kept, body=answer.body)


def _anything(answer: Answer) -> bool:
    return answer.status == 200 and not challenged(answer)


class Renderer:
    """One browser for a run, launched when the first page needs it."""

    def __init__(self, settings: PullSettings, walker: Walker, agent: str, hosts: frozenset[str]) -> None:
        self._settings = settings
        self._walker = walker
        self._agent = agent
        self._hosts = hosts
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._one = asyncio.Lock()  # a browser page takes memory, so one at a time

    def require(self) -> str:
        """The path of the browser; raises ``PullError`` (needs-browser) saying what is missing."""
        needs = FailureClass.NEEDS_BROWSER
        try:
            import playwright.async_api  # noqa: F401
        except ImportError as error:
            message = "the page needs a browser; install the extra: pip install 'govdigest[browser]'"
            raise PullError(needs, message) from error
        if self._settings.browser:
            if Path(self._settings.browser).is_file():
                return self._settings.browser
            raise PullError(needs, f"the page needs a browser, and pull.browser is no file: {self._settings.browser}")
        for name in _NAMES:
            if found := shutil.which(name):
                return found
        raise PullError(needs, "the page needs a browser; install Chromium, or set pull.browser to its path")

    async def show(self, arrival: Arrival, headers: Mapping[str, str], fragment: str = "") -> Shown:
        """The page that ``arrival`` brought, once its scripts have run and its text has settled.

        Raises ``PullError``: timeout, too-large, needs-browser, not-a-document.
        """
        from playwright.async_api import Error

        executable = self.require()
        async with self._one:
            try:
                async with asyncio.timeout(self._settings.timeout):
                    browser = await self._launched(executable)
                    visit = _Visit(arrival, headers, self._walker, self._hosts)
                    context = await browser.new_context(
                        user_agent=self._agent, service_workers="block", accept_downloads=False
                    )
                    try:
                        return await self._visit(context, visit, fragment)
                    finally:
                        await self._leave(context, visit)
            except TimeoutError as error:
                message = f"the page's text did not settle within {self._settings.timeout:g} seconds"
                raise PullError(FailureClass.TIMEOUT, message) from error
            except Error as error:
                message = f"the browser could not show the page: {error.message}"
                raise PullError(FailureClass.NOT_A_DOCUMENT, message) from error

    async def close(self) -> None:
        """End the browser."""
        await self._abandon()
        if self._playwright is not None:
            await self._playwright.stop()
        self._playwright = None

    async def _launched(self, executable: str) -> Browser:
        from playwright.async_api import Error, async_playwright

        if self._browser is not None and self._browser.is_connected():
            return self._browser
        if self._playwright is None:
            self._playwright = await async_playwright().start()
        try:
            self._browser = await self._playwright.chromium.launch(
                executable_path=executable,
                args=list(_ARGUMENTS),
                # Chromium's own sandbox refuses to run as root, which containers are
                chromium_sandbox=os.geteuid() != 0 if hasattr(os, "geteuid") else True,
            )
        except Error as error:
            message = f"the browser {executable} does not start: {error.message}"
            raise PullError(FailureClass.NEEDS_BROWSER, message) from error
        return self._browser

    async def _visit(self, context: BrowserContext, visit: _Visit, fragment: str) -> Shown:
        page = await context.new_page()

        async def handle(route: Route) -> None:  # a plain function: Playwright writes attributes onto what it is given
            await visit.handle(route)

        await context.route("**/*", handle)
        url = visit.arrival.url + (f"#{fragment}" if fragment else "")
        await page.goto(url, wait_until="domcontentloaded", timeout=0)
        await self._settle(page, visit)
        if await page.evaluate(_SIZE) > self._settings.max_bytes:
            raise self._too_large()
        html = (await page.content()).encode("utf-8", "replace")
        if len(html) > self._settings.max_bytes:
            raise self._too_large()
        return Shown(html, urldefrag(page.url).url)

    async def _settle(self, page: Page, visit: _Visit) -> None:
        """Wait until the text has kept its length, and nothing was asked for, over a few looks.

        A page with next to no text may wait for something, so it is looked at for longer. One per cent of movement is
        a clock or a counter, not a text that is still coming.
        """
        pause = min(0.15, self._settings.timeout / 40)
        calm, before = 0, -1
        while True:
            length = int(await page.evaluate(_LENGTH))
            if length > self._settings.max_bytes:
                raise self._too_large()
            still = abs(length - before) <= length // 100 and not visit.tasks
            calm, before = (calm + 1 if still else 0), length
            if calm >= (4 if length >= _SHELL else 12):
                return
            await asyncio.sleep(pause)

    def _too_large(self) -> PullError:
        return PullError(FailureClass.TOO_LARGE, f"the rendered page has more than {self._settings.max_bytes:,} bytes")

    async def _leave(self, context: BrowserContext, visit: _Visit) -> None:
        for task in list(visit.tasks):
            task.cancel()
        try:
            async with asyncio.timeout(_PATIENCE):
                await context.close()
        except TimeoutError:
            # a page that cannot even be closed takes its browser along; the next page gets a new one
            await self._abandon()

    async def _abandon(self) -> None:
        browser, self._browser = self._browser, None
        if browser is not None:
            await browser.close()

"""The world: what its sites show at an instant, and the gateway that serves them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from govdigest.demo import edits, faults, folder, pages
from govdigest.demo.nouns import Fault, Logged, Page, Reply, Request, Story, Week, WorldError
from govdigest.demo.server import listen

HERE = Path(__file__).resolve().parent / "world"


class World:
    """A folder of documents, pages and weeks, standing at one instant.

    ``move`` sets the instant; nothing else does, and no clock is read. Safe to ask from several threads.
    """

    def __init__(self, root: Path = HERE) -> None:
        self._root = root
        self._story: Story = folder.load(root)
        self._skins = pages.Skins(root)
        self._lock = threading.Lock()
        self._instant = self._story.start
        self._asked: Counter[str] = Counter()
        self._log: list[Logged] = []

    # ------------------------------------------------------------------ the weeks

    @property
    def weeks(self) -> tuple[Week, ...]:
        """All weeks in order."""
        return self._story.weeks

    @property
    def instant(self) -> datetime:
        """The instant at which the world stands."""
        return self._instant

    def move(self, instant: datetime) -> None:
        """Let the world stand at ``instant`` (aware)."""
        with self._lock:
            self._instant = instant
            self._asked.clear()

    def configuration(self, week: int | None = None) -> str:
        """``platforms.yaml`` as the maintainer has it from ``week`` on (default: the last), without a gateway."""
        last = len(self.weeks) if week is None else week
        return edits.derive(
            self._story.configuration, [setting.operation for setting in self._story.settings if setting.week <= last]
        )

    def corrections(self, week: int | None = None) -> Mapping[str, str]:
        """File name under ``content/corrections/`` to words, for all that stand from ``week`` on."""
        last = len(self.weeks) if week is None else week
        return {name: words for number, name, words in self._story.corrections if number <= last}

    def quality(self) -> str:
        """``content/quality.yaml`` for the world's site: how well its documents are read, as its tests measure it."""
        return (self._root / "quality.yaml").read_text(encoding="utf-8")

    # ------------------------------------------------------------------ texts and pages

    @property
    def texts(self) -> tuple[str, ...]:
        """Names of the documents' texts, ``platform/name``."""
        return tuple(self._story.texts)

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages, in the folder's order."""
        return tuple(self._story.pages.values())

    def text(self, name: str, instant: datetime | None = None) -> str:
        """The Markdown of text ``name`` at ``instant`` (default: now), tokens that move by themselves filled in."""
        at = instant or self._instant
        operations = [edit.operation for edit in self._story.edits if edit.text == name and edit.when.holds(at)]
        try:
            return pages.fill(edits.derive(self._story.texts[name], operations), at)
        except WorldError as error:
            raise WorldError(f"{name} at {at:%Y-%m-%d}: {error}") from error

    def page_text(self, url: str, instant: datetime | None = None) -> str:
        """The Markdown of all that the page at ``url`` holds."""
        return "\n\n".join(self.text(name, instant).strip() for name in self._story.pages[url].texts) + "\n"

    def page(self, url: str) -> Page:
        """The page at ``url``, under the brand that it has now."""
        page = self._story.pages[url]
        for edit in self._story.edits:
            if edit.text in page.texts and edit.when.holds(self._instant):
                page = pages.rebrand(page, edit.operation)
        return page

    # ------------------------------------------------------------------ HTTP

    @property
    def log(self) -> tuple[Logged, ...]:
        """Every request that the gateway answered, in order."""
        with self._lock:
            return tuple(self._log)

    def reply(self, request: Request) -> Reply:
        """What the site asked answers at the world's instant."""
        with self._lock:
            self._asked[request.url] += 1
            asked = self._asked[request.url]
        reply = self._answer(request, asked)
        with self._lock:
            self._log.append(Logged(request.method, request.url, reply.status, request.headers.get("user-agent", "")))
        return reply

    def _answer(self, request: Request, asked: int) -> Reply:
        fault = self._fault(request.url)
        if request.url.endswith("/robots.txt"):
            return faults.robots(fault)
        page = self.page(request.url) if request.url in self._story.pages else None
        if fault is not None and fault.kind == "no-validators" and page is not None:
            page = replace(page, validators="none")
        elif fault is not None:
            source = self.page_text(request.url) if page is not None else ""
            made = faults.reply(fault, asked, self._skins, page, source, self._variant(fault))
            if made is not None:
                return made
        if page is None:
            return faults.missing(self._skins, request.url)
        return pages.reply(self._skins, page, self.page_text(request.url), request, self._changed(page), self._instant)

    def _fault(self, url: str) -> Fault | None:
        """The newest fault that holds for ``url`` now."""
        return next((f for f in reversed(self._story.faults) if f.url == url and f.when.holds(self._instant)), None)

    def _variant(self, fault: Fault) -> str:
        name = fault.options.get("text")
        return self.text(str(name)) if name else ""

    def _changed(self, page: Page) -> datetime:
        """When the page's texts last changed: for Last-Modified."""
        instants = [self._story.start]
        for edit in self._story.edits:
            if edit.text in page.texts:
                instants += [edge for edge in (edit.when.start, edit.when.end) if edge and edge <= self._instant]
        return max(instants)

    @contextmanager
    def serve(self, port: int = 0) -> Iterator[str]:
        """The gateway's URL, ``http://127.0.0.1:PORT``, served by threads until the block ends."""
        with listen(self.reply, port) as url:
            yield url

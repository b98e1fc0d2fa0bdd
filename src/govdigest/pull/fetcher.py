"""The room's door: a source goes in, a capture comes out, or why there is none."""

from __future__ import annotations

import hashlib
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from types import TracebackType
from urllib.parse import urldefrag

from govdigest.model import (
    Capture,
    Failure,
    FailureClass,
    Fetched,
    NotModified,
    PullSettings,
    Source,
    Validators,
)
from govdigest.pull.addresses import Resolver, system_resolver
from govdigest.pull.answers import media_type, refusal, validators_of
from govdigest.pull.browser import Renderer
from govdigest.pull.errors import PullError
from govdigest.pull.exchange import Exchange
from govdigest.pull.urls import Route
from govdigest.pull.walk import Arrival, Walker

_ACCEPT = "text/html, application/xhtml+xml, application/pdf, text/markdown, text/plain;q=0.9, */*;q=0.1"


class Fetcher:
    """Fetches sources; an async context manager, one for a run.

    ``at`` is the instant that captures carry. ``hosts`` are hosts that redirects may lead to beside those of the
    source's own site. ``resolve`` answers host names (the operating system when not given). Proxies in the
    environment are not used: the address that is connected to is the one that is vetted.
    """

    def __init__(
        self,
        settings: PullSettings,
        *,
        at: datetime,
        agent: str,
        hosts: frozenset[str] = frozenset(),
        resolve: Resolver = system_resolver,
    ) -> None:
        self._at = at
        self._settings = settings
        self._stack = AsyncExitStack()
        route = Route(settings.gateway)
        self._exchange = Exchange(settings, route, resolve, agent)
        self._walker = Walker(settings, self._exchange, route, hosts, at)
        self._renderer = Renderer(settings, self._walker, agent, hosts)

    async def __aenter__(self) -> Fetcher:
        await self._stack.enter_async_context(self._exchange)
        self._stack.push_async_callback(self._renderer.close)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    async def fetch(self, source: Source, validators: Validators | None = None) -> Fetched:
        """What plain HTTP brings of ``source``.

        ``validators`` are those of the accepted capture: with them the site may say that it still stands.
        """
        try:
            arrival = await self._walker.walk(source.url, _headers(source, validators))
            return self._judged(source, validators, arrival)
        except PullError as error:
            return self._failure(source, error)

    async def render(self, source: Source) -> Capture | Failure:
        """What a browser shows of ``source`` once its text has settled; needs the ``browser`` extra and a Chromium.

        The page itself is fetched as ``fetch`` does, so a refusal is a refusal here too; a PDF is given as it is.
        A rendered capture has no validators: the page may stand while what its scripts load has changed.
        """
        try:
            self._renderer.require()
            headers = _headers(source)
            arrival = await self._walker.walk(source.url, headers)
            plain = self._judged(source, None, arrival)
            assert isinstance(plain, Capture)
            if not plain.media_type.startswith(("text/html", "application/xhtml+xml")):
                return plain
            language = {"Accept-Language": headers["Accept-Language"]}
            shown = await self._renderer.show(arrival, language, urldefrag(source.url).fragment)
            return replace(
                plain,
                final_url=shown.url,
                media_type="text/html; charset=utf-8",
                body=shown.html,
                sha256=hashlib.sha256(shown.html).hexdigest(),
                validators=Validators(),
                rendered=True,
            )
        except PullError as error:
            return self._failure(source, error)

    def _judged(self, source: Source, validators: Validators | None, arrival: Arrival) -> Capture | NotModified:
        answer = arrival.answer
        if problem := refusal(answer):
            raise problem
        if answer.status == 304:
            if validators is None or validators == Validators():
                raise PullError(FailureClass.NOT_A_DOCUMENT, "status 304 to a request without conditions", status=304)
            return NotModified(source.url, self._at)
        kind = media_type(answer.header("content-type"), answer.body)
        if not answer.body.strip():
            raise PullError(FailureClass.NOT_A_DOCUMENT, "the page is empty", status=answer.status)
        return Capture(
            url=source.url,
            final_url=arrival.url,
            status=answer.status,
            media_type=kind,
            body=answer.body,
            instant=self._at,
            sha256=hashlib.sha256(answer.body).hexdigest(),
            validators=validators_of(answer),
            moved=arrival.moved,
        )

    def _failure(self, source: Source, error: PullError) -> Failure:
        return Failure(source.url, error.reason, error.detail, self._at, error.status)


def _headers(source: Source, validators: Validators | None = None) -> dict[str, str]:
    language = f"{source.language}-{source.region}, {source.language};q=0.9" if source.region else source.language
    headers = {"Accept": _ACCEPT, "Accept-Language": f"{language}, *;q=0.1"}
    if validators and validators.etag:
        headers["If-None-Match"] = validators.etag
    if validators and validators.last_modified:
        headers["If-Modified-Since"] = validators.last_modified
    return headers

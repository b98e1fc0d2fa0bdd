"""From a URL to the answer at its end: robots, turns, retries, and redirects followed one vetted step at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import httpx

from govdigest.model import FailureClass, PullSettings
from govdigest.pull.answers import (
    AGAIN,
    PERMANENT,
    REDIRECTS,
    Answer,
    challenged,
    readable_type,
    retry_after,
)
from govdigest.pull.errors import PullError
from govdigest.pull.exchange import Exchange, Wanted
from govdigest.pull.hosts import Hosts
from govdigest.pull.robots import LIMIT, Robots
from govdigest.pull.urls import Route, host_of, same_site, vetted

MAX_REDIRECTS = 10


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where a walk ended, and what was said there. ``moved``: a permanent redirect was on the way."""

    answer: Answer
    url: str
    moved: bool


def is_page(answer: Answer) -> bool:
    """Whether an answer's body may be a document."""
    return answer.status in {200, 203} and readable_type(answer.header("content-type")) and not challenged(answer)


class Walker:
    """Walks to documents."""

    def __init__(
        self, settings: PullSettings, exchange: Exchange, route: Route, hosts: frozenset[str], at: datetime
    ) -> None:
        self._settings = settings
        self._exchange = exchange
        self._route = route
        self._configured = hosts
        self._at = at
        self._hosts = Hosts(settings)
        self._robots = Robots(self._robots_answer)

    async def walk(
        self, url: str, headers: Mapping[str, str], *, wanted: Wanted = is_page, paced: bool = True
    ) -> Arrival:
        """The answer at the end of the redirects from ``url``; raises ``PullError``."""
        return await self._walk(url, headers, wanted, paced=paced)

    async def _robots_answer(self, url: str) -> Answer:
        arrival = await self._walk(url, {}, lambda answer: answer.status in {200, 203}, robots=True)
        return arrival.answer

    async def _walk(
        self, url: str, headers: Mapping[str, str], wanted: Wanted, *, robots: bool = False, paced: bool = True
    ) -> Arrival:
        here, moved = vetted(url), False
        cookies = httpx.Cookies()  # some sites set one and send us back to the same page; it lives for this walk alone
        seen: set[tuple[str, str]] = set()
        for _ in range(MAX_REDIRECTS + 1):
            jar = "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies.jar)[:4000]
            if (here, jar) in seen:
                raise PullError(FailureClass.REDIRECT_LOOP, f"redirects in a circle, back to {here[:200]}")
            seen.add((here, jar))
            if not robots:
                await self._permit(here)
            answer = await self._ask(here, headers, cookies, wanted, robots=robots, paced=paced)
            if answer.status not in REDIRECTS or challenged(answer):
                return Arrival(answer, here, moved)
            here = self._next(answer, here, url)
            moved = moved or answer.status in PERMANENT
        raise PullError(FailureClass.REDIRECT_LOOP, f"more than {MAX_REDIRECTS} redirects, last to {here[:200]}")

    async def _permit(self, url: str) -> None:
        rules = await self._robots.rules(url)
        if not rules.allow(url):
            raise PullError(FailureClass.ROBOTS, f"robots.txt forbids {url[:200]}")
        if rules.delay > self._settings.max_wait:
            message = (
                f"robots.txt asks for {rules.delay:g} seconds between requests; a run waits {self._settings.max_wait:g}"
            )
            raise PullError(FailureClass.ROBOTS, message)
        self._hosts.slow_down(host_of(url), rules.delay)

    def _next(self, answer: Answer, here: str, start: str) -> str:
        location = answer.header("location")
        if not location:
            message = f"status {answer.status}: redirects without saying where to"
            raise PullError(FailureClass.MOVED, message, status=answer.status)
        there = vetted(self._route.target(location, here))
        host = host_of(there)
        if host not in self._configured and not same_site(host, host_of(start)):
            # what a page says is never followed to a stranger; where a document lives is the maintainer's to decide
            how = "moved for good" if answer.status in PERMANENT else "redirects"
            message = f"{how} to another site, {there[:200]}; if that is right, change the URL"
            raise PullError(FailureClass.MOVED, message, status=answer.status)
        return there

    async def _ask(
        self, url: str, headers: Mapping[str, str], cookies: httpx.Cookies, wanted: Wanted, *, robots: bool, paced: bool
    ) -> Answer:
        """One request, tried again where that may help. The n-th retry waits pace · 2ⁿ seconds, or as long as asked."""
        host = host_of(url)
        for attempt in range(self._settings.retries + 1):
            last = attempt == self._settings.retries
            wait = min(self._settings.pace * 2 ** (attempt + 1), self._settings.max_wait)
            try:
                async with self._hosts.turn(host, paced=paced):
                    answer = await self._send(url, headers, cookies, wanted, robots=robots)
            except PullError as error:
                if last or not error.again:
                    raise
            else:
                if answer.status not in AGAIN or challenged(answer):
                    return answer
                asked = retry_after(answer, self._at)
                wait = wait if asked is None else asked
            self._hosts.close(host, wait)
            if last:
                return answer
            if wait > self._settings.max_wait:
                message = f"status {answer.status}: the site asks to be left alone for {wait:g} seconds"
                raise PullError(FailureClass.RATE_LIMITED, message, status=answer.status)
        raise AssertionError("the last attempt returns or raises")

    async def _send(
        self, url: str, headers: Mapping[str, str], cookies: httpx.Cookies, wanted: Wanted, *, robots: bool
    ) -> Answer:
        request = httpx.Request("GET", url, headers=dict(headers))
        cookies.set_cookie_header(request)
        kept = {**headers, **({"Cookie": request.headers["cookie"]} if "cookie" in request.headers else {})}
        answer = await self._exchange.send(url, kept, wanted, limit=LIMIT if robots else None, cut=robots)
        if answer.header("set-cookie"):
            response = httpx.Response(answer.status, headers=httpx.Headers(answer.headers), request=request)
            cookies.extract_cookies(response)
        return answer

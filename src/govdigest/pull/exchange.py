"""One request and its answer, within the time, size and addresses that are allowed. Knows no robots and no pace."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType

import httpcore
import httpx

from govdigest.model import FailureClass, PullSettings
from govdigest.pull.addresses import Resolver, VettedNetwork
from govdigest.pull.answers import Answer
from govdigest.pull.bodies import ENCODINGS, read_body
from govdigest.pull.errors import PullError
from govdigest.pull.urls import Route

Wanted = Callable[[Answer], bool]
"""Whether the body of an answer, whose status and headers are known, is to be read."""


_SMALL = 64 * 1024
_PATIENCE = 1.0


class _Stream(httpx.AsyncByteStream):
    """A body of httpcore as one of httpx."""

    def __init__(self, stream: AsyncIterator[bytes], close: Callable[[], object]) -> None:
        self._stream = stream
        self._close = close

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            yield chunk

    async def aclose(self) -> None:
        await self._close()  # type: ignore[misc]


class _Transport(httpx.AsyncBaseTransport):
    """httpx over a connection pool whose every connection is vetted.

    httpx's own transport takes no network backend, and this needs it: the address that is checked must be the one
    that is connected to. Exceptions stay httpcore's; ``Exchange`` reads them.
    """

    def __init__(self, network: VettedNetwork, connections: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=connections,
            keepalive_expiry=30.0,
            http1=True,
            http2=False,
            network_backend=network,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        response = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
            )
        )
        assert not isinstance(response.stream, bytes)
        stream = _Stream(response.aiter_stream(), response.aclose)
        return httpx.Response(response.status, headers=response.headers, stream=stream)

    async def aclose(self) -> None:
        await self._pool.aclose()


class Exchange:
    """Sends single requests; an async context manager."""

    def __init__(self, settings: PullSettings, route: Route, resolve: Resolver, agent: str) -> None:
        self._settings = settings
        self._route = route
        self._client = httpx.AsyncClient(
            transport=_Transport(VettedNetwork(resolve, route.address), max(4, settings.concurrency * 2)),
            headers={"User-Agent": agent, "Accept-Encoding": ENCODINGS},
            # a site's cookies must not travel from one source to the next
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=None,  # noqa: S113 - each request is timed as a whole below
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> Exchange:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def send(
        self, url: str, headers: Mapping[str, str], wanted: Wanted, *, limit: int | None = None, cut: bool = False
    ) -> Answer:
        """The answer to a GET of the real ``url``; raises ``PullError``.

        The body is read where ``wanted`` says so, up to ``limit`` bytes (the settings' when not given).
        """
        most = self._settings.max_bytes if limit is None else limit
        try:
            async with asyncio.timeout(self._settings.timeout):
                return await self._send(url, headers, wanted, most, cut)
        except TimeoutError as error:
            message = f"no complete answer within {self._settings.timeout:g} seconds"
            raise PullError(FailureClass.TIMEOUT, message, again=True) from error
        except PullError:
            raise
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol) as error:
            raise PullError(FailureClass.UNSAFE_ADDRESS, f"not a URL that can be requested: {url[:80]}") from error
        except Exception as error:
            if known := _network_failure(error):
                raise known from error
            raise

    async def _send(self, url: str, headers: Mapping[str, str], wanted: Wanted, limit: int, cut: bool) -> Answer:
        request = self._client.build_request("GET", self._route.request_url(url), headers=dict(headers))
        response = await self._client.send(request, stream=True)
        try:
            answer = Answer(response.status_code, response.headers)
            if not wanted(answer):
                await self._drain(response, answer.header("content-length"))
                return answer
            length = answer.header("content-length")
            if not cut and length.isascii() and length.isdigit() and int(length[:18]) > limit:
                raise PullError(FailureClass.TOO_LARGE, f"the page has more than {limit:,} bytes")
            body = await read_body(response.aiter_raw(), answer.header("content-encoding"), limit, cut=cut)
            return Answer(answer.status, answer.headers, body)
        finally:
            await response.aclose()

    async def _drain(self, response: httpx.Response, length: str) -> None:
        """Read a small body that nobody wants, so that the connection can serve again; a slow one is not waited for."""
        if not (length.isascii() and length.isdigit() and int(length[:9]) <= _SMALL):
            return
        try:
            async with asyncio.timeout(_PATIENCE):
                async for _ in response.aiter_raw():
                    pass
        except (TimeoutError, httpcore.NetworkError, httpcore.ProtocolError):
            pass  # what it said is known; the connection is closed


def _network_failure(error: BaseException) -> PullError | None:
    """What a failure below HTTP is, told by the first cause that says; None for a bug of ours."""
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, ssl.SSLError):
            said = getattr(link, "verify_message", "") or link.reason or type(link).__name__
            return PullError(FailureClass.TLS, f"no secure connection: {said}")
        if getattr(link, "error_status_hint", 0) == 431:  # h11: more header than it is ready to hold
            return PullError(FailureClass.TOO_LARGE, "the answer's header is too large")
        link = link.__cause__ or link.__context__
    if isinstance(error, httpcore.TimeoutException):
        return PullError(FailureClass.TIMEOUT, "the connection timed out", again=True)
    if isinstance(error, httpcore.ProtocolError | httpx.ProtocolError):
        return PullError(FailureClass.CONNECTION, f"the answer is not HTTP, or ends early: {error}", again=True)
    if isinstance(error, httpcore.NetworkError | httpx.NetworkError | OSError):
        return PullError(FailureClass.CONNECTION, f"the connection failed: {error}", again=True)
    return None

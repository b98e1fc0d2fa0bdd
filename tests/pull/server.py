"""A real HTTP server on loopback that misbehaves as it is told to, one path at a time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """What a client asked for. ``host`` is the first segment of a gateway's path."""

    host: str
    path: str
    headers: Mapping[str, str]


Behaviour = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class World:
    """Behaviours by 'host/path', what was asked for, and how many asked at the same time."""

    gateway: str
    pages: dict[str, Behaviour] = field(default_factory=dict)
    log: list[Request] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)

    def asked(self, host: str) -> list[str]:
        """The paths that were asked of ``host``, robots.txt left out."""
        return [request.path for request in self.log if request.host == host and request.path != "/robots.txt"]


def head(status: int, headers: Mapping[str, str] | None = None) -> bytes:
    """A status line and headers."""
    lines = [
        f"HTTP/1.1 {status} So",
        "Connection: close",
        *(f"{name}: {value}" for name, value in (headers or {}).items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def answer(body: bytes | str = b"", status: int = 200, kind: str = "text/html", **headers: str) -> Behaviour:
    """A whole answer; underscores in header names become hyphens."""
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    first = {"Content-Type": kind} if kind else {}

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head(status, first | {"Content-Length": str(len(content))} | named) + content)

    return behave


def redirect(location: str, status: int = 302, **headers: str) -> Behaviour:
    """A redirect."""
    return answer(status=status, Location=location, **headers)


def raw(content: bytes) -> Behaviour:
    """Bytes as they are."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(content)

    return behave


def endless(first: bytes, piece: bytes, pause: float = 0.0) -> Behaviour:
    """``piece`` for ever."""

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One after the other, and then the last for ever."""
    left = list(behaviours)

    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(request, writer)

    return behave


@asynccontextmanager
async def world(pages: Mapping[str, Behaviour]) -> AsyncIterator[World]:
    """Serve ``pages`` ('host/path' to a behaviour) on a free port; other robots.txt are not there, nor other pages."""
    served = World("", dict(pages))
    tasks: set[asyncio.Task[None]] = set()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        host = ""
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            target = lines[0].split(" ")[1]
            headers = {
                name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:]) if name
            }
            host, _, path = target.lstrip("/").partition("/")
            request = Request(host, "/" + path, headers)
            served.log.append(request)
            served.open[host] += 1
            served.most[host] = max(served.most[host], served.open[host])
            await served.pages.get(f"{host}/{path}", answer("nothing here", 404))(request, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            served.open[host] -= 1
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    served.gateway = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield served
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.sleep(0)
        await server.wait_closed()

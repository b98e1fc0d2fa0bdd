"""A gateway on loopback: ``GATEWAY/HOST/PATH`` answers for ``https://HOST/PATH``."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from govdigest.demo.nouns import Reply, Request

Answer = Callable[[Request], Reply]


class Gateway(ThreadingHTTPServer):
    """Threads for the sites, and a signal that ends those who keep a client waiting."""

    daemon_threads = True
    # A client that hangs up leaves its thread behind until the signal; the block's end must not wait for it.
    block_on_close = False

    def __init__(self, port: int, answer: Answer) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.answer = answer
        self.closing = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error of the world's; anything else is told as usual."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    """One connection of one client."""

    protocol_version = "HTTP/1.1"
    server_version = "demo-world"
    sys_version = ""
    server: Gateway

    def do_GET(self) -> None:
        """Answer for the real host that the path names."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.answer(Request("https:/" + self.path, headers, self.command))
        if reply.delay and self.server.closing.wait(reply.delay):
            self.close_connection = True
            return
        with suppress(ConnectionError, TimeoutError):
            self._send(reply)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def _send(self, reply: Reply) -> None:
        body, encoding = reply.body, reply.encoding
        if body and encoding is None and not reply.endless and "gzip" in self.headers.get("Accept-Encoding", ""):
            body, encoding = gzip.compress(body, 6, mtime=0), "gzip"
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.status != 304:
            self.send_header("Content-Type", reply.media_type)
        if encoding is not None:
            self.send_header("Content-Encoding", encoding)
        if reply.endless:
            self.send_header("Connection", "close")
        elif reply.status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(body)
        while reply.endless and not self.server.closing.is_set():
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """The world keeps its own log."""


@contextmanager
def listen(answer: Answer, port: int = 0) -> Iterator[str]:
    """The URL of a gateway on 127.0.0.1 that serves until the block ends; port 0 takes a free one."""
    gateway = Gateway(port, answer)
    thread = threading.Thread(target=gateway.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{gateway.server_port}"
    finally:
        gateway.closing.set()
        gateway.shutdown()
        thread.join()
        gateway.server_close()

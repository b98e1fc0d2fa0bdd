"""`govdigest serve`: the site on loopback, rebuilt when templates, content or configuration change."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from govdigest.commands.build import build_site
from govdigest.resources import Folders, folders

_LOOK_EVERY = 0.7
"""Seconds between two looks at the files."""


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: a request is no news."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def site_server(out: Path, port: int) -> ThreadingHTTPServer:
    """A server of the files in ``out`` on 127.0.0.1; port 0 takes a free one. Raises OSError when it is taken."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, directory=str(out)))


def serve(root: Path, config: Path | None, *, out: Path, port: int) -> int:
    """Build, serve until interrupted, and build again whenever a file that the site is made of changes."""
    places = folders(root)
    configuration = config or root / "platforms.yaml"
    seen = _marks(places, configuration)
    _rebuild(places, configuration, out)
    with site_server(out, port) as server:
        print(f"serving {out} at http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)", flush=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stop = threading.Event()
        try:
            while not stop.wait(_LOOK_EVERY):
                marks = _marks(places, configuration)
                if marks != seen:
                    seen = marks
                    _rebuild(places, configuration, out)
        except KeyboardInterrupt:
            server.shutdown()
    return 0


def _rebuild(places: Folders, configuration: Path, out: Path) -> None:
    from govdigest.cli import report_errors

    with report_errors():
        built = build_site(places, configuration, out=out, jobs=1)
        print(f"built: {built.written} files written", flush=True)


def _marks(places: Folders, configuration: Path) -> list[tuple[str, int, int]]:
    """Name, time and size of every file that the site is made of."""
    files = [configuration] if configuration.exists() else []
    for folder in (*places.templates, *places.content):
        files += [path for path in folder.rglob("*") if path.is_file()]
    return sorted((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)

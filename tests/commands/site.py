"""A fictional site on loopback, and a maintainer who pulls and builds it through public functions."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from govdigest.archive import Archive
from govdigest.captures import Captures
from govdigest.commands.outcomes import PullReport
from govdigest.commands.pull import pull
from govdigest.commands.reading import read_with
from govdigest.config import load as load_config
from govdigest.edition.documents import ReadText
from govdigest.model import Config, Taxonomy
from govdigest.resources import folders
from govdigest.taxonomy import load as load_taxonomy

START = datetime(2026, 1, 5, 6, tzinfo=UTC)

PLATFORMS = """\
site:
  title: Tamarisk watch
  base_url: https://watch.example/digest
  id_authority: watch.example,2026
  contact: editor@watch.example
  feedback_url: https://watch.example/report
  sectors: {productivity: Productivity}
pull: {pace: 0.0, timeout: 5.0, retries: 0}
platforms:
  - slug: tamarisk
    name: Tamarisk
    sector: productivity
    homepage: https://tamarisk.example
    documents:
      - slug: privacy
        name: Privacy Policy
        kind: privacy
        audience: everyone
        nature: notice
        sources: [%s]
"""

SECTIONS = (
    "This Privacy Policy explains how Tamarisk collects, uses and shares personal data when you use our workspaces.",
    "We collect your name, your e-mail address and the pages that you write in order to provide the service to you.",
    "We keep the personal data in your workspace for 90 days after you delete it, and then erase it from our systems.",
    "We do not sell your personal data. We share personal data with service providers who act on our instructions.",
    "You may ask us for a copy of your personal data, or have it deleted, by writing to privacy@tamarisk.example.",
    "If we change this policy, we will tell you by e-mail at least 30 days before the change takes effect.",
    "These are the only purposes for which we process personal data, and we review them once a year with our auditors.",
    "Our servers stand in Portugal and in Finland, and backups of your pages are encrypted before they leave a server.",
)


def page(sections: tuple[str, ...] = SECTIONS, *, title: str = "Privacy Policy", extra: str = "") -> bytes:
    """A page as a small site would make it; ``extra`` goes into its chrome."""
    body = "".join(f"<h2>{n}. Part {n}</h2><p>{text}</p>" for n, text in enumerate(sections, start=1))
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | Tamarisk</title></head><body>"
        f"<nav><a href=/>Home</a> <a href=/blog>Blog</a>{extra}</nav><main><h1>{title}</h1>{body}</main>"
        f"<footer>Tamarisk Lda. All rights reserved.</footer></body></html>"
    ).encode()


@dataclass
class Answers:
    """What the site answers, by path; None is a 503. ETags are hashes of the body unless ``etags`` is off."""

    pages: dict[str, bytes | int] = field(default_factory=dict)
    etags: bool = True
    asked: list[tuple[str, int]] = field(default_factory=list)


@contextmanager
def serving(answers: Answers) -> Iterator[str]:
    """The gateway's URL, on which every host has the pages of ``answers``."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = "/" + self.path.split("/", 2)[2]
            answer = answers.pages.get(path, 404)
            status, body = (200, answer) if isinstance(answer, bytes) else (answer, b"<h1>No</h1>")
            etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
            if status == 200 and answers.etags and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            if not path.endswith("robots.txt"):
                answers.asked.append((path, status))
            self.send_response(status)
            if answers.etags:
                self.send_header("ETag", etag)
            if status != 304:
                self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that hangs up is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@cache
def taxonomy_of(content: tuple[Path, ...]) -> Taxonomy:
    """The taxonomy, loaded once for all tests: it takes longer than a pull."""
    return load_taxonomy(content)


@cache
def reader_of(content: tuple[Path, ...]) -> ReadText:
    """What reads texts by that taxonomy, made once."""
    return read_with(taxonomy_of(content), None)


@dataclass(frozen=True)
class Maintainer:
    """A site's folder, and the gateway through which it is pulled."""

    root: Path
    gateway: str

    def config(self) -> Config:
        config = load_config(self.root / "platforms.yaml")
        return replace(config, pull=replace(config.pull, gateway=self.gateway))

    @property
    def archive(self) -> Archive:
        return Archive(self.root / "content" / "archive")

    def pull(self, day: float = 0.0) -> PullReport:
        """Pull ``day`` days after the start."""
        places = folders(self.root)
        taxonomy = taxonomy_of(places.content[:1])
        return asyncio.run(
            pull(
                self.config(),
                archive=self.archive,
                captures=Captures(places.captures),
                taxonomy=taxonomy,
                read=reader_of(places.content[:1]),
                at=START + timedelta(days=day),
            )
        )

    def snapshot(self) -> dict[str, bytes]:
        """Every archived file."""
        root = self.root / "content" / "archive"
        return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@contextmanager
def maintainer(
    root: Path, answers: Answers, sources: str = "{url: https://tamarisk.example/privacy}"
) -> Iterator[Maintainer]:
    """A maintainer of a site with one document at ``root``."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "platforms.yaml").write_text(PLATFORMS % sources, encoding="utf-8")
    with serving(answers) as gateway:
        yield Maintainer(root, gateway)

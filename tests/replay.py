"""The replayed real pages: their configuration in our format, and a server for them, where the data are there."""

from __future__ import annotations

import importlib.util
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

from tests.shared import SHARED

WORLD = SHARED / "replay" / "world.json"

# what a document of this name is: kind, audience, nature
_DOCUMENTS = {
    "Acceptable Use Policy": ("acceptable-use", "everyone", "contract"),
    "Business Privacy Policy": ("privacy", "business", "commitment"),
    "Commercial Terms": ("commercial", "business", "contract"),
    "Data Processor Agreement": ("dpa", "business", "contract"),
    "Privacy Policy": ("privacy", "everyone", "notice"),
    "Terms of Service": ("terms", "everyone", "contract"),
}
_SECTORS = {"ai": "AI assistants", "developer-tools": "Developer tools", "productivity": "Productivity"}
_PLATFORM_SECTORS = {
    "Bolt.new": "developer-tools",
    "Buffer": "productivity",
    "Cursor": "developer-tools",
    "GitHub": "developer-tools",
    "GitHub Copilot": "developer-tools",
    "Together AI": "developer-tools",
    "UptimeRobot": "developer-tools",
    "npm Public Registry": "developer-tools",
}
# two documents on one page: the headings at which they begin and before which they end
_PARTS = {
    ("Buffer", "Terms of Service"): ("Current Terms of Use", "Archived Terms of Use"),
    ("Buffer", "Privacy Policy"): ("Privacy Policy", "DMCA Takedown Policy"),
}


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def configuration(gateway: str | None = None, *, pace: float = 0.0) -> str:
    """``platforms.yaml`` for the whole replay, to be pulled through ``gateway``."""
    platforms: dict[str, dict[str, Any]] = {}
    for row in json.loads(WORLD.read_text(encoding="utf-8"))["documents"]:
        name, kind = row["platform"], row["document"]
        host = row["url"].split("/")[2]
        platform = platforms.setdefault(
            name,
            {
                "slug": _slug(name),
                "name": name,
                "sector": _PLATFORM_SECTORS.get(name, "ai"),
                "homepage": f"https://{host}/",
                "documents": [],
            },
        )
        document = {"slug": _slug(kind), "name": kind}
        document |= dict(zip(("kind", "audience", "nature"), _DOCUMENTS[kind], strict=True))
        document["url"] = row["url"]
        if (name, kind) in _PARTS:
            document["from"], document["to"] = _PARTS[name, kind]
        platform["documents"].append(document)
    site = {
        "title": "Replay",
        "base_url": "https://example.org/replay",
        "id_authority": "example.org,2026",
        "contact": "maintainers@example.org",
        "feedback_url": "https://example.org/replay/report",
        "sectors": _SECTORS,
    }
    pull: dict[str, Any] = {"pace": pace, **({"gateway": gateway} if gateway else {})}
    whole = {"site": site, "pull": pull, "platforms": list(platforms.values())}
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=200)


def write_configuration(path: Path, gateway: str | None = None) -> Path:
    """``configuration`` in a file."""
    path.write_text(configuration(gateway), encoding="utf-8")
    return path


@dataclass
class Replay:
    """A running replay: where it is, and its clock."""

    gateway: str
    pulls: tuple[str, ...]
    world: Any

    def at(self, day: str) -> None:
        """Move the clock."""
        self.world.at = day


@contextmanager
def replay() -> Iterator[Replay]:
    """Serve the replay on a free port of loopback, its clock at the first pull."""
    spec = importlib.util.spec_from_file_location("replay_serve", SHARED / "replay" / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    world = module.World(SHARED / "replay", None)
    with ThreadingHTTPServer(("127.0.0.1", 0), module.handler(world)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield Replay(f"http://127.0.0.1:{server.server_port}", tuple(world.pulls), world)
        finally:
            server.shutdown()
            thread.join()

"""Golden pages: a page of each kind, compared whole.

After a wanted change of a template: ``GOLDEN=refresh pytest tests/publish/test_golden.py``, and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
PAGES = (
    "index.html",
    "about/index.html",
    "platforms/index.html",
    "platforms/tern/index.html",
    "platforms/tern/privacy/index.html",
    "platforms/tern/privacy/index.json",
    "platforms/tern/privacy/history/index.html",
    "platforms/tern/privacy/versions/2026-02-03T060000Z/index.html",
    "platforms/tern/privacy/changes/tern.privacy.2026-02-03T060000Z.material/index.html",
    "platforms/tern/cookies/index.html",
    "platforms/rook/terms/versions/2026-01-05T060000Z/index.html",
    "provisions/index.html",
    "provisions/retention/index.html",
    "provisions/retention/table.csv",
    "sectors/notes/index.html",
    "compare/index.html",
    "changes/index.html",
    "digests/2026-w06/index.html",
    "feeds/index.html",
    "feeds/events.xml",
    "feeds/events.atom",
    "feeds/events.json",
    "status/index.html",
    "methodology/index.html",
    "data/index.html",
    "search/index.html",
    "watchlist/index.html",
    "404.html",
    "sitemap.xml",
)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was(site: Path, name: str) -> None:
    golden = GOLDEN / name.replace("/", "~")
    made = (site / name).read_bytes()
    if os.environ.get("GOLDEN") == "refresh":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(made)
    assert made.decode() == golden.read_bytes().decode()

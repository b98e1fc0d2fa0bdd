"""Golden pages of the demo world: one of each kind, compared whole.

After a wanted change: ``GOLDEN=refresh pytest tests/demo/test_golden.py``, and read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from govdigest.commands.build import build
from govdigest.resources import shipped
from tests.demo.conftest import Story

GOLDEN = Path(__file__).parent / "golden"
PAGES = (
    "index.html",
    "platforms/lumen-docs/index.html",
    "platforms/lumen-docs/privacy/index.html",
    "platforms/lumen-docs/privacy/history/index.html",
    "platforms/parlevent/confidentialite/index.html",
    "platforms/grimble/terms/index.html",
    "provisions/data-retention/index.html",
    "provisions/data-retention/table.csv",
    "digests/2026-w08/index.html",
    "changes/index.html",
    "status/index.html",
    "feeds/weekly.xml",
)


@pytest.fixture(scope="module")
def site(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("golden") / "site"
    build(
        story.config,
        archive=story.archive,
        taxonomy=story.taxonomy,
        templates=(shipped("templates"),),
        content=story.content,
        out=out,
        cache=None,
        jobs=1,
    )
    return out


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_demo_is_as_it_was(site: Path, name: str) -> None:
    golden = GOLDEN / name.replace("/", "~")
    made = (site / name).read_bytes()
    if os.environ.get("GOLDEN") == "refresh":
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(made)
    assert made.decode() == golden.read_bytes().decode()

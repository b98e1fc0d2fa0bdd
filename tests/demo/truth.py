"""The truth beside the world, as the tests read it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from govdigest import config
from govdigest.demo import World
from govdigest.model import Config, Source

HERE = Path(__file__).resolve().parents[1] / "evaluation/demo"
WORLD = World()


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one file of labels."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def settings(week: int) -> Config:
    """The world's configuration in ``week``."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "platforms.yaml"
        file.write_text(WORLD.configuration(week), encoding="utf-8")
        return config.load(file)


def sources(week: int) -> dict[str, tuple[Source, ...]]:
    """``platform--document`` to its sources in ``week``."""
    return {
        f"{platform.slug}--{document.slug}": document.sources
        for platform in settings(week).platforms
        for document in platform.documents
    }


def documents(week: int) -> dict[str, str]:
    """``platform--document`` to its Markdown at the first pull of ``week``, as its authors wrote it."""
    instant = WORLD.weeks[week - 1].instant
    return {
        name: "\n\n".join(_cut(WORLD.page_text(source.url, instant), source).strip() for source in found) + "\n"
        for name, found in sources(week).items()
    }


def _cut(text: str, source: Source) -> str:
    start = text.index(f"# {source.start}\n") if source.start else 0
    return text[start : text.index(f"# {source.end}\n") if source.end else len(text)]


if __name__ == "__main__":  # python -m tests.demo.truth FOLDER, for `govdigest evaluate`
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for key, markdown in documents(1).items():
        (target / f"{key}.md").write_text(markdown, encoding="utf-8")

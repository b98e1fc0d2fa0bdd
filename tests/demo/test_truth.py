"""The truth beside the world: labels and events stand in the texts that they are about."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from govdigest import config
from govdigest.demo import World
from govdigest.model import Config

HERE = Path(__file__).resolve().parents[1] / "evaluation/demo"
WORLD = World()


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def settings(tmp_path: Path, week: int) -> Config:
    file = tmp_path / f"{week}.yaml"
    file.write_text(WORLD.configuration(week), encoding="utf-8")
    return config.load(file)


def pages_of(loaded: Config) -> dict[str, list[str]]:
    """Document id to the URLs of its sources."""
    return {
        f"{platform.slug}--{document.slug}": [source.url for source in document.sources]
        for platform in loaded.platforms
        for document in platform.documents
    }


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_labelled_quote_stands_in_its_document_in_the_first_week(tmp_path: Path) -> None:
    pages = pages_of(settings(tmp_path, 1))
    texts: dict[str, str] = {}
    for row in rows("labels.jsonl"):
        doc = row["doc"]
        texts.setdefault(doc, fold("\n\n".join(WORLD.page_text(url, WORLD.weeks[0].instant) for url in pages[doc])))
        for quote in row["quotes"]:
            assert fold(quote) in texts[doc], (doc, quote)


def test_every_event_s_quote_stands_in_its_document_in_that_week_and_not_before(tmp_path: Path) -> None:
    for row in rows("events.jsonl"):
        week = WORLD.weeks[row["week"] - 1]
        if not row.get("quote"):
            continue
        urls = pages_of(settings(tmp_path, week.number))[f"{row['platform']}--{row['document']}"]
        now = fold("\n\n".join(WORLD.page_text(url, pull) for pull in week.pulls for url in urls))
        before = fold("\n\n".join(WORLD.page_text(url, WORLD.weeks[row["week"] - 2].pulls[-1]) for url in urls))
        quote = fold(row["quote"])
        assert quote in now, row
        assert quote not in before, row

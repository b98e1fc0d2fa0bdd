"""The truth beside the world: labels and events stand in the texts that they are about."""

from __future__ import annotations

import re

from tests.demo.truth import WORLD, documents, rows, sources


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_labelled_quote_stands_in_its_document_in_the_first_week() -> None:
    texts = {name: fold(text) for name, text in documents(1).items()}
    for row in rows("labels.jsonl"):
        for quote in row["quotes"]:
            assert fold(quote) in texts[row["doc"]], (row["doc"], quote)
            assert 5 <= len(re.findall(r"\w+", quote)) <= 120, quote


def test_every_document_that_can_be_read_is_labelled() -> None:
    labelled = {row["doc"] for row in rows("labels.jsonl")}
    closed = {f"grimble--{name}" for name in ("fees", "licence", "cookies", "notices")}
    twins = {"lumen-boards--terms", "lumen-boards--privacy"}
    assert labelled == documents(1).keys() - closed - twins


def test_every_event_s_quote_stands_in_its_document_in_that_week_and_not_before() -> None:
    for row in rows("events.jsonl"):
        if "quote" not in row:
            continue
        week = WORLD.weeks[row["week"] - 1]
        urls = [source.url for source in sources(week.number)[f"{row['platform']}--{row['document']}"]]
        now = fold("\n\n".join(WORLD.page_text(url, pull) for pull in week.pulls for url in urls))
        before = fold("\n\n".join(WORLD.page_text(url, WORLD.weeks[row["week"] - 2].pulls[-1]) for url in urls))
        quote = fold(row["quote"])
        assert quote in now, row
        assert quote not in before, row

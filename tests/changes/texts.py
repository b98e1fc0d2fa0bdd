"""Texts and taxonomies for the tests of the changes room."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from govdigest.changes import judge
from govdigest.extract import segment
from govdigest.model import (
    Exposure,
    Finding,
    Group,
    Judgement,
    JudgeSettings,
    Memory,
    Parameter,
    Position,
    Provision,
    Quote,
    Taxonomy,
    Text,
)

START = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)

POLICY = """# Sorrel Terms

Effective: January 5, 2025

These terms are a contract between you and Sorrel Inc about the use of the Sorrel planner.

## 1. Account

You must be at least 16 years old to open an account. You are responsible for what happens under your account.

## 2. Content

You keep all rights in the content that you upload. You grant us a licence to host it in order to run the service.

- photos that you add;
- notes that you write;
- lists that you share.

## 3. Retention

We keep deleted content for 30 days. After that, we erase it from our systems and from our backups.

## 4. Payment

A subscription costs $10 a month and renews until you cancel it. You may cancel at any time in the settings.

## 5. Disputes

These terms are governed by the laws of Ireland. Before you go to court, you agree to write to us and to wait 30 days.

## 6. Changes

We may change these terms. We will publish the new terms here and tell you by e-mail before they apply.
"""


def text(markdown: str, language: str = "en") -> Text:
    """``markdown`` cut into passages."""
    return segment(markdown, title="Sorrel Terms", language=language)


def at(days: float) -> datetime:
    """So many days after the start."""
    return START + timedelta(days=days)


def taxonomy() -> Taxonomy:
    """Two questions: how long, and by which law."""
    rest: Any = {"exposure": Exposure.MEDIUM, "why": "It matters.", "ask": "How long?"}
    stated = "keeps data for {periods}"
    as_needed = "keeps data as long as necessary"
    retention = Provision(
        slug="data-retention",
        group="data",
        name="Retention",
        question="How long is data kept?",
        positions=(
            Position("stated", "Stated period", sentence=stated, sentence_without="keeps it", **rest),
            Position("as-needed", "As long as necessary", sentence=as_needed, sentence_without=as_needed, **rest),
        ),
        parameters=(Parameter("periods", "Periods", "duration"),),
        body="",
        find={},
        path="data-retention.md",
    )  # fmt: skip
    return Taxonomy((Group("data", "Data"),), (retention,), {}, "test")


def read(given: Text) -> tuple[Finding, ...]:
    """A reader of one provision: 'keep … for N days' or 'as long as necessary'."""
    for passage in given.passages:
        words = given.slice(passage.span)
        quote = (Quote(words, passage.span),)
        match = re.search(r"keep .*for (\d+ days)", words)
        if match:
            return (Finding("data-retention", "stated", quote, parameters=(("periods", (match[1],)),)),)
        if "as long as necessary" in words:
            return (Finding("data-retention", "as-needed", quote),)
    return ()


_EMPTY = Memory()
_DEFAULTS = JudgeSettings()


def judged(
    new: str,
    current: str | None,
    memory: Memory = _EMPTY,
    day: float = 1,
    *,
    version: str | None = None,
    settings: JudgeSettings = _DEFAULTS,
    baseline: str | None = None,
    resettled: bool = False,
) -> Judgement:
    """A judgement of Markdown texts."""
    return judge(
        text(new),
        None if current is None else text(current),
        memory,
        at(day),
        read=read,
        taxonomy=taxonomy(),
        settings=settings,
        baseline=None if baseline is None else text(baseline),
        resettled=resettled,
        current_version=version,
    )

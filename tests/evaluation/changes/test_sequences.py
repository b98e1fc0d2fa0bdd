"""Sequences of captures of fictional documents, with the verdict that each capture must get."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from govdigest.changes.sequence import Step, replay
from govdigest.model import Finding, Taxonomy, Text

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))
NOTHING = Taxonomy((), (), {}, "none")
NEWS = {"material", "editorial"}


def silent(_: Text) -> tuple[Finding, ...]:
    """A reader without provisions: the rules of meaning must not rest on findings."""
    return ()


def capture(recipe: dict[str, Any] | str, start: str) -> tuple[bytes, str]:
    """The bytes that a recipe of ``cases.yaml`` stands for."""
    if isinstance(recipe, str):
        assert recipe == "start"
        return start.encode(), "text/markdown"
    text = recipe.get("text", start)
    for old, new in recipe.get("replace", []):
        assert old in text, old
        text = text.replace(old, new)
    if "future" in recipe:
        future = text
        for old, new in recipe["future"]:
            assert old in future, old
            future = future.replace(old, new)
        text = f"{text}\n\n{future}"
    text = recipe.get("prepend", "") + text + recipe.get("append", "")
    if "keep" in recipe:
        paragraphs = text.split("\n\n")
        text = "\n\n".join(paragraphs[: round(recipe["keep"] * len(paragraphs))])
    if recipe.get("wrap") == "html":
        body = MarkdownIt().enable("table").render(text)
        inside = f"{recipe.get('chrome', '')}<main>{body}</main>"
        return f"<html lang=en><title>x</title><body>{inside}</body></html>".encode(), "text/html"
    return text.encode(), "text/markdown"


def run(case: dict[str, Any]) -> list[Step]:
    """The steps of a case."""
    start = (HERE / "sequences" / case["document"]).read_text(encoding="utf-8")
    captures: list[tuple[bytes, str]] = []
    for recipe in case["captures"]:
        captures.append(captures[-1] if recipe == "same" else capture(recipe, start))
    return list(replay(captures, read=silent, taxonomy=NOTHING))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_verdicts(case: dict[str, Any]) -> None:
    steps = run(case)
    verdicts = [step.verdict.kind.value for step in steps]
    assert len(verdicts) == len(case["expect"])
    told = "\n".join(f"{step.verdict.kind.value}: {'; '.join(step.verdict.reasons)}" for step in steps)
    for verdict, expected in zip(verdicts, case["expect"], strict=True):
        assert verdict in expected.split("|"), told
    news = [step for step in steps if step.event is not None and step.verdict.kind.value in NEWS]
    if "announced" in case:
        assert case["announced"] in " ".join(news[0].verdict.reasons), told
    if not news:
        return
    last = news[-1]
    assert last.headline
    assert last.verdict.reasons
    if "reasons" in case:
        assert re.search(case["reasons"], " ".join(last.verdict.reasons)), told
    if "headline" in case:
        assert case["headline"] in last.headline
    if "event" in case:
        assert last.event == case["event"]
    for side in ("added", "removed"):
        if side in case:
            assert any(case[side] in passage for passage in getattr(last, side))
    for name, count in case.get("counts", {}).items():
        assert last.change is not None
        assert len(getattr(last.change, name)) == count


def test_a_sequence_is_judged_alike_every_time() -> None:
    for case in CASES[:4]:
        assert run(case) == run(case)

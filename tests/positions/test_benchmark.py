"""The benchmark beside the checkout: figures stay where they were reached."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govdigest import taxonomy
from govdigest.extract import segment
from govdigest.positions import Reader, Scores, evaluate
from tests.shared import SHARED, needs_shared

CONTENT = Path(__file__).resolve().parents[2] / "content"
POSITIONS = SHARED / "benchmark" / "positions"
REACHED = {
    "write": {"answers": 0.96, "macro": 0.96, "presence": 0.97, "evidence": 0.95, "parameters": 0.84},
    "check": {"answers": 0.83, "macro": 0.83, "presence": 0.90, "evidence": 0.94, "parameters": 0.83},
}


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("fold", ["write", "check"])
def test_figures_of_a_fold(fold: str) -> None:
    lines = (POSITIONS / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    names = [row["id"] for row in map(json.loads, lines) if row["fold"] == fold]
    documents = {name: (POSITIONS / "documents" / f"{name}.md").read_text(encoding="utf-8") for name in names}
    labels = [json.loads(line) for line in (POSITIONS / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    reader = Reader(taxonomy.load([CONTENT]))
    findings = {name: reader.read(segment(text)) for name, text in documents.items()}
    measured = [provision.slug for provision in reader.taxonomy.provisions if provision.measured]
    reached = figures(evaluate(labels, findings, documents, measured))
    short = {name: reached[name] for name, least in REACHED[fold].items() if reached[name] < least}
    assert not short
    assert reached["verbatim"] == 1


def figures(scores: Scores) -> dict[str, float]:
    """The totals that are held."""
    return {
        "answers": scores.answers.f1,
        "macro": scores.macro_f1,
        "presence": scores.presence.f1,
        "evidence": scores.evidence,
        "parameters": scores.parameters,
        "verbatim": scores.verbatim,
    }

"""Wordings that documents of many trades use, read with the shipped rules: each states one position, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from govdigest import taxonomy
from govdigest.extract import segment
from govdigest.positions import Reader

CONTENT = Path(__file__).resolve().parents[2] / "content"
WORDINGS = [
    (provision, position, clause)
    for provision, positions in yaml.safe_load(
        Path(__file__).with_name("wordings.yaml").read_text(encoding="utf-8")
    ).items()
    for position, clauses in positions.items()
    for clause in clauses
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(taxonomy.load([CONTENT]))


@pytest.mark.parametrize(("provision", "position", "clause"), WORDINGS)
def test_a_wording(reader: Reader, provision: str, position: str, clause: str) -> None:
    findings = reader.read(segment(clause, language="en"))
    stated = [finding.position for finding in findings if finding.provision == provision]
    assert stated == ([] if position == "nothing" else [position])

"""The benchmark of real captures, where it stands beside the checkout: thresholds just under what is reached."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from govdigest import taxonomy
from govdigest.changes.sequence import replay
from govdigest.commands.files import load
from govdigest.commands.reading import read_with
from tests.shared import SHARED, needs_shared

AT_LEAST = {"caught": 0.95, "same_day": 0.95}
AT_MOST = {"false_alarms": 0.02, "accepted": 0.0, "mild": 0.14, "errors": 0}
CONTENT = Path(__file__).resolve().parents[2] / "content"


@needs_shared
def test_no_false_news_no_lost_news(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The scorer itself, with the command called here: a process for each of the cases would take minutes."""
    spec = importlib.util.spec_from_file_location("score_changes", SHARED / "benchmark/score_changes.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    asked = taxonomy.load([CONTENT])
    read = read_with(asked, None)

    def diff(command: list[str], **_: Any) -> SimpleNamespace:
        steps = replay([load(Path(file)) for file in command[1:]], read=read, taxonomy=asked)
        rows = [{"verdict": s.verdict.kind, "added": s.added, "removed": s.removed} for s in steps]
        return SimpleNamespace(stdout="\n".join(json.dumps(row) for row in rows), returncode=0, stderr="")

    monkeypatch.setattr(scorer, "subprocess", SimpleNamespace(run=diff))
    monkeypatch.setattr(sys, "argv", ["score", str(SHARED / "benchmark/changes"), "--command", "diff", "--json"])
    scorer.main()
    captured = capsys.readouterr()
    scores = json.loads(captured.out)
    assert all(scores[name] >= least for name, least in AT_LEAST.items()), (scores, captured.err)
    assert all(scores[name] <= most for name, most in AT_MOST.items()), (scores, captured.err)

"""The benchmark of real captures, where it stands beside the checkout: thresholds just under what is reached."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.shared import SHARED, needs_shared

AT_LEAST = {"caught": 0.95, "same_day": 0.95}
AT_MOST = {"false_alarms": 0.02, "accepted": 0.0, "mild": 0.14, "errors": 0}


@needs_shared
def test_no_false_news_no_lost_news() -> None:
    run = subprocess.run(
        [
            sys.executable,
            str(SHARED / "benchmark/score_changes.py"),
            str(SHARED / "benchmark/changes"),
            "--command",
            f"{sys.executable} -m govdigest diff --json",
            "--json",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    scores = json.loads(run.stdout)
    for name, least in AT_LEAST.items():
        assert scores[name] >= least, run.stderr
    for name, most in AT_MOST.items():
        assert scores[name] <= most, run.stderr

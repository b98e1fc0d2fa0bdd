"""CPU time of judging a pair of texts, over the replay's documents; reading findings and extraction apart.

    python bench/changes.py [--shared ../shared] [--repeat 3]

A pair is two captures in a row whose texts differ. Printed: the median and the 95th percentile of comparing and
weighing (`differ`), of the normal forms of both, and of a whole judgement. Milliseconds of CPU.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from govdigest.changes import judge, normal_hash
from govdigest.changes.compare import differ
from govdigest.extract import ExtractError, extract
from govdigest.model import Finding, Judgement, JudgeSettings, Memory, Taxonomy, Text


def pairs(replay: Path) -> list[tuple[str, Text, Text]]:
    """Name, earlier and later text of every two captures in a row that differ."""
    world = json.loads((replay / "world.json").read_text(encoding="utf-8"))
    found = []
    for document in world["documents"]:
        before: Text | None = None
        for capture in sorted(document["captures"], key=lambda capture: capture["pull"]):
            try:
                after = extract((replay / capture["file"]).read_bytes(), "text/html")
            except ExtractError:
                continue
            if before is not None and before.markdown != after.markdown:
                found.append((f"{document['platform']}/{document['document']} {capture['pull']}", before, after))
            before = after
    return found


def cpu(work: Callable[[], object], repeat: int) -> float:
    """Milliseconds of CPU of the best of ``repeat`` runs."""
    times = []
    for _ in range(repeat):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000 * min(times)


def _hashes(before: Text, after: Text) -> tuple[str, str]:
    return normal_hash(before.markdown), normal_hash(after.markdown)


def _judged(before: Text, after: Text) -> Judgement:
    return judge(
        after,
        before,
        Memory(),
        datetime(2026, 1, 1, tzinfo=UTC),
        read=_silent,
        taxonomy=Taxonomy((), (), {}, "none"),
        settings=JudgeSettings(),
    )


def _silent(_: Text) -> tuple[Finding, ...]:
    """Reading findings is measured elsewhere."""
    return ()


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[1] / "../shared")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--slowest", type=int, default=0, help="list so many of the slowest pairs")
    options = parser.parse_args(arguments)
    if not (options.shared / "replay").is_dir():
        print(f"changes: no replay at {options.shared}, nothing to measure")
        return
    rows: list[tuple[float, float, float, str]] = []
    for name, before, after in pairs(options.shared / "replay"):
        rows.append(
            (
                cpu(partial(differ, before, after), options.repeat),
                cpu(partial(_hashes, before, after), options.repeat),
                cpu(partial(_judged, before, after), options.repeat),
                name,
            )
        )
    print(f"changes: {len(rows)} pairs of differing texts, milliseconds of CPU a pair (median, 95th percentile)")
    columns = [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]]
    for label, column in zip(("differ", "normal forms", "judge"), columns, strict=True):
        values = sorted(column)
        print(f"  {label:13} {statistics.median(values):7.1f} {values[int(0.95 * (len(values) - 1))]:7.1f}")
    for row in sorted(rows, reverse=True)[: options.slowest]:
        print(f"  {row[0]:7.1f} {row[1]:7.1f} {row[2]:7.1f}  {row[3]}")


if __name__ == "__main__":
    main(sys.argv[1:])

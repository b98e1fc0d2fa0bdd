"""Memory of a process and all that it started, at once: pages that forked workers share are counted once."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

_EACH = 0.05
"""Seconds between two looks."""


class Watch:
    """Looks on from a process of its own, whose CPU seconds are not counted before ``peak`` is asked for."""

    def __init__(self) -> None:
        command = [sys.executable, "-S", __file__, str(os.getpid())]
        self._watcher = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603

    def peak(self) -> int:
        """Megabytes at the peak since the watch began, which ends it."""
        return int(self._watcher.communicate()[0])


def _family(process: int) -> list[int]:
    found = [process]
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _family(int(child))
    except OSError:
        pass  # it has just ended
    return found


def _kilobytes(process: int) -> int:
    """Proportional set size: its own pages, and its share of those that it has in common with others."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass
    return 0


def _look(process: int) -> None:
    most = 0
    while not select.select([sys.stdin], [], [], _EACH)[0]:  # readable: the other end was closed
        most = max(most, sum(_kilobytes(one) for one in _family(process) if one != os.getpid()))
    sys.stdout.write(str(most // 1024))


if __name__ == "__main__":
    _look(int(sys.argv[1]))

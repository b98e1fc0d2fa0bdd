"""The demo world pulled whole, built, and built again with nothing changed."""

from __future__ import annotations

import contextlib
import io
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from govdigest.commands.demo import demo


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _command(root: Path, *arguments: str) -> float:
    """CPU seconds of one govdigest command as a process of its own."""
    before = _cpu()
    command = [sys.executable, "-m", "govdigest", *arguments, "--root", str(root)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S603
    return _cpu() - before


def main() -> None:
    """Print CPU seconds, and their ratios."""
    with tempfile.TemporaryDirectory(prefix="govdigest-bench-") as name:
        root = Path(name)
        before = _cpu()
        with contextlib.redirect_stdout(io.StringIO()):
            demo(root, out=root / "site", keep_serving=False, port=0)
        whole = _cpu() - before
        home = root / ".govdigest" / "demo"
        full = _command(home, "build", "--fresh")
        again = _command(home, "build", "--fresh")
        nothing = _command(home, "build")
        pages = sum(1 for _ in (home / "site").rglob("*.html"))
        print(f"demo, sixteen weeks pulled and built   {whole:7.2f} s CPU")
        each = 1000 * full / pages
        print(f"full build, nothing cached             {full:7.2f} s CPU, {each:.1f} ms a page, {pages} pages")
        print(f"composed again, nothing to render      {again:7.2f} s CPU, {again / full:.3f} of a full build")
        print(f"nothing changed                        {nothing:7.2f} s CPU, {nothing / full:.3f} of a full build")

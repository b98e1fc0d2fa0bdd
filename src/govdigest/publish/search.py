"""The search index: Pagefind's, made of the finished pages, and loaded by the search page alone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from govdigest.publish.errors import SearchIndexError
from govdigest.publish.writer import scan, write

FOLDER = "pagefind/"
_USED = (".js", ".json", ".pagefind", ".pf_fragment", ".pf_index", ".pf_meta", ".pf_filter", ".pf_sort", ".css")
_NOT_USED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-highlight.", "pagefind-component-ui.")
"""Pagefind's own interfaces: the search page has one of ours."""
_SECONDS = 900


def _program() -> list[str]:
    """The command that runs Pagefind: the binary of its wheel."""
    return [sys.executable, "-m", "pagefind"]


def build_index(out: Path, pages: Sequence[str]) -> tuple[dict[str, bytes], str]:
    """The files of an index over ``pages`` (paths below ``out``), and what to warn of. Raises SearchIndexError.

    Pagefind reads a folder of its own with links to the pages, so that no stale file is ever indexed.
    """
    with tempfile.TemporaryDirectory(prefix="govdigest-index-") as name:
        site, index = Path(name) / "site", Path(name) / "index"
        for page in pages:
            link = site / page
            link.parent.mkdir(parents=True, exist_ok=True)
            try:
                link.hardlink_to(out / page)
            except OSError:
                shutil.copyfile(out / page, link)
        site.mkdir(exist_ok=True)
        command = [*_program(), "--site", str(site), "--output-path", str(index), "--force-language", "en", "--quiet"]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SearchIndexError(f"Pagefind did not run: {error}") from error
        if done.returncode != 0:
            words = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-400:]
            raise SearchIndexError(f"Pagefind ended with {done.returncode}: {words}")
        return {
            FOLDER + found: (index / found).read_bytes()
            for found in sorted(scan(index))
            if found.endswith(_USED) and not found.startswith(_NOT_USED)
        }, ""


def put(out: Path, files: dict[str, bytes], existing: dict[str, tuple[int, int]]) -> int:
    """Write the index's files; how many differed."""
    return sum(write(out / name, body, existing.get(name))[1] for name, body in files.items())

"""The search index: Pagefind's, made of the finished pages, and loaded by the search page alone."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
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
_FILTER = re.compile(rb"\x82[\x60-\x77][A-Z][a-z]{1,20}\x6a[a-z]{2}_[0-9a-f]{7}")
"""CBOR: an array of two texts, a filter's name and its file."""
_FILTERS = re.compile(b"(?:" + _FILTER.pattern + b"){2,}")


def _program() -> list[str]:
    """The command that runs Pagefind: the binary of its wheel."""
    return [sys.executable, "-m", "pagefind"]


def build_index(out: Path, pages: Sequence[str]) -> dict[str, bytes]:
    """The files of an index over ``pages`` (paths below ``out``). Raises SearchIndexError.

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
        files = {
            FOLDER + found: (index / found).read_bytes()
            for found in sorted(scan(index))
            if found.endswith(_USED) and not found.startswith(_NOT_USED)
        }
    return ordered(files)


def ordered(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same index with its list of filters in order: Pagefind writes it in the order of a hash table.

    The list stands in the one ``.pf_meta`` file (gzip over CBOR) that ``pagefind-entry.json`` names by its hash.
    """
    entry = FOLDER + "pagefind-entry.json"
    names = [name for name in files if name.endswith(".pf_meta")]
    if len(names) != 1 or entry not in files:
        return files
    (name,) = names
    unpacked = gzip.decompress(files[name])
    filters = _FILTERS.search(unpacked)
    if filters is None:
        return files
    lines = b"".join(sorted(_FILTER.findall(filters.group())))
    body = gzip.compress(unpacked[: filters.start()] + lines + unpacked[filters.end() :], mtime=0)
    language = name.removeprefix(f"{FOLDER}pagefind.").split("_")[0]
    given = f"{language}_{hashlib.sha256(body).hexdigest()[:10]}"
    index = json.loads(files[entry])
    index["languages"][language]["hash"] = given
    others = {other: data for other, data in files.items() if other != name}
    others[entry] = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted((others | {f"{FOLDER}pagefind.{given}.pf_meta": body}).items()))


def put(out: Path, files: dict[str, bytes], existing: dict[str, tuple[int, int]]) -> int:
    """Write the index's files; how many differed."""
    return sum(write(out / name, body, existing.get(name))[1] for name, body in files.items())

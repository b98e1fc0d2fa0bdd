"""How fast documents are cut into passages and read, in CPU time on one core, after loading."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from govdigest import taxonomy
from govdigest.extract import segment
from govdigest.positions import Reader, key_sentences
from govdigest.resources import folders

ROOT = Path(__file__).resolve().parents[1]
SIZE = 40_000
"""Bytes of the document that times are given for."""
TIMES = 3
_T = TypeVar("_T")


def documents() -> tuple[str, list[str]]:
    """What is read: the benchmark's documents where they stand beside the checkout, else the demo world's texts."""
    shared = ROOT.parent / "shared" / "benchmark" / "positions" / "documents"
    folder = shared if shared.is_dir() else ROOT / "src" / "govdigest" / "demo" / "world" / "texts"
    return folder.as_posix(), [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md"))]


def main() -> None:
    """Print documents and megabytes a CPU second, and milliseconds for 40 KB."""
    started = time.process_time()
    asked = taxonomy.load(folders(ROOT).content)
    loaded = time.process_time()
    reader = Reader(asked)
    compiled = time.process_time()
    where, texts = documents()
    size = sum(len(text.encode()) for text in texts)
    _say(
        f"{len(asked.provisions)} provisions: loaded in {loaded - started:.2f} s, compiled in {compiled - loaded:.2f} s"
    )
    _say(f"{len(texts)} documents, {size / 1e6:.2f} MB, of {where}; the best of {TIMES} rounds")
    cut, passages = _best(lambda: [segment(text) for text in texts])
    first = time.process_time()
    findings = [reader.read(text) for text in passages]
    first = time.process_time() - first
    read, _ = _best(lambda: [reader.read(text) for text in passages])
    picked, _ = _best(lambda: [key_sentences(t, f, asked) for t, f in zip(passages, findings, strict=True)])
    for name, spent in (
        ("segment", cut),
        ("read", read),
        ("read, first round", first),
        ("key_sentences", picked),
        ("segment and read", cut + read),
    ):
        _say(
            f"{name:18} {spent / size * SIZE * 1000:7.1f} ms for 40 KB {len(texts) / spent:9.0f} documents/s"
            f" {size / 1e6 / spent:7.2f} MB/s"
        )
    _say(f"{sum(map(len, findings))} findings")


def _best(work: Callable[[], Sequence[_T]]) -> tuple[float, Sequence[_T]]:
    made: Sequence[_T] = ()
    spent = float("inf")
    for _ in range(TIMES):
        started = time.process_time()
        made = work()
        spent = min(spent, time.process_time() - started)
    return spent, made


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")

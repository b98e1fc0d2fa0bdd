"""The search index: Pagefind's, made of the finished pages, and loaded by the search page alone."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from govdigest.publish.indexer import index_of
from govdigest.publish.writer import write

FOLDER = "pagefind/"
_USED = (".js", ".json", ".pagefind", ".pf_fragment", ".pf_index", ".pf_meta", ".pf_filter", ".pf_sort", ".css")
_NOT_USED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-highlight.", "pagefind-component-ui.")
"""Pagefind's own interfaces: the search page has one of ours."""
_FILTER = re.compile(rb"\x82[\x60-\x77][A-Z][a-z]{1,20}\x6a[a-z]{2}_[0-9a-f]{7}")
"""CBOR: an array of two texts, a filter's name and its file."""
_FILTERS = re.compile(b"(?:" + _FILTER.pattern + b"){2,}")
_PART = 3_000_000
"""Bytes of bare pages in one index: Pagefind holds all of an index, at some thirty times the size of its pages."""
_AT_ONCE = 2
"""Indexes that are made at a time, each by a process with one thread: more would need more memory than pages do."""
_PARTS = "parts.json"
_SHARED = frozenset({"pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind"})
"""What the first part has for all of them."""
_SPAN = re.compile(rb"</?span[^>]*>")
_MARKED = b"data-pagefind"
_IGNORE = b" data-pagefind-ignore"
_IGNORED = re.compile(rb'<([a-z][a-z0-9]*)(?: [a-z-]+="[^"<>]*")* data-pagefind-ignore(?=[ >])')


def build_index(out: Path, pages: Sequence[str], *, part: int | None = None, jobs: int = 1) -> dict[str, bytes]:
    """The files of an index over ``pages`` (paths below ``out``). Raises SearchIndexError.

    Pagefind gets only what it needs of the pages. More than ``part`` bytes of that (None: as many as memory allows)
    become several indexes, ``jobs`` of them made at a time, which the search page asks as one: each page goes where a
    hash of its path says, so that words are as frequent in each as in all.
    """
    bodies = {page: bare((out / page).read_bytes()) for page in pages}
    number = max(1, -(-sum(map(len, bodies.values())) // (part or _PART)))
    shares: dict[int, list[str]] = {}
    for page in pages:
        shares.setdefault(_place(page) % number, []).append(page)
    others = [f"{index}/" for index in range(1, len(shares))]
    files: dict[str, bytes] = {}

    def index(place: int) -> dict[str, bytes]:
        return index_of({page: bodies.pop(page).decode("utf-8", "replace") for page in shares[place]})

    with ThreadPoolExecutor(max(1, min(jobs, _AT_ONCE))) as pool:
        indexes = list(pool.map(index, sorted(shares)))
    for prefix, made in zip(["", *others], indexes, strict=True):
        kept = {name: body for name, body in made.items() if name.endswith(_USED) and not name.startswith(_NOT_USED)}
        files |= {
            FOLDER + prefix + name: body
            for name, body in ordered(dict(sorted(kept.items()))).items()
            if not prefix or name not in _SHARED
        }
    files[FOLDER + _PARTS] = json.dumps({"others": others}).encode() + b"\n"
    return dict(sorted(files.items()))


def _place(page: str) -> int:
    return int.from_bytes(hashlib.blake2b(page.encode(), digest_size=4).digest(), "big")


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

"""Reading with a memory: findings kept on disk by hash of text, taxonomy and code."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec

import govdigest
from govdigest.model import Finding, Taxonomy, Text

ReadText = Callable[[Text], tuple[Finding, ...]]
_FINDINGS = msgspec.json.Decoder(tuple[Finding, ...])
_LANGUAGE_READ = "en"


def read_with(taxonomy: Taxonomy, cache_folder: Path | None) -> ReadText:
    """A function that reads a text by ``taxonomy``, once for each text.

    Texts in a language other than English are tracked and compared, and not read: they have no findings.
    A damaged cache entry is read anew; the cache may be deleted at any time.
    """
    from govdigest.positions import Reader

    reader: Reader | None = None
    memory: dict[str, tuple[Finding, ...]] = {}
    key = hashlib.sha256(f"{taxonomy.hash} {code_hash()}".encode()).hexdigest()[:16]

    def read(text: Text) -> tuple[Finding, ...]:
        nonlocal reader
        if text.language not in {"", _LANGUAGE_READ}:
            return ()
        digest = hashlib.sha256(text.markdown.encode("utf-8")).hexdigest()
        if digest in memory:
            return memory[digest]
        path = cache_folder / "findings" / key / digest[:2] / f"{digest}.json" if cache_folder else None
        if path is not None:
            try:
                memory[digest] = _FINDINGS.decode(path.read_bytes())
            except (FileNotFoundError, msgspec.DecodeError, ValueError):
                pass
            else:
                return memory[digest]
        reader = reader or Reader(taxonomy)
        memory[digest] = reader.read(text)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
            temporary.write_bytes(msgspec.json.encode(memory[digest]))
            temporary.replace(path)
        return memory[digest]

    return read


@cache
def code_hash() -> str:
    """A hash over all of govdigest's own code: what is cached by it can never outlive a change of the code."""
    root = Path(govdigest.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()

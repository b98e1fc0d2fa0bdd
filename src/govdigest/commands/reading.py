"""Reading with a memory: findings kept on disk by hash of text, taxonomy and code."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar

import msgspec

from govdigest.atomic import put
from govdigest.code import code_hash
from govdigest.edition.documents import Reading, ReadText, ReadVersion, read_version
from govdigest.model import Finding, Taxonomy, Text, Version

_FINDINGS = msgspec.json.Decoder(tuple[Finding, ...])
_READING = msgspec.json.Decoder(Reading)
_LANGUAGE_READ = "en"
_Value = TypeVar("_Value")


def read_with(taxonomy: Taxonomy, cache_folder: Path | None) -> ReadText:
    """A function that reads a text by ``taxonomy``, once for each text.

    Texts in a language other than English are tracked and compared, and not read: they have no findings.
    A damaged cache entry is read anew; the cache may be deleted at any time.
    """
    from govdigest.positions import Reader

    reader: Reader | None = None
    kept = _Kept(cache_folder, "findings", taxonomy)
    memory: dict[str, tuple[Finding, ...]] = {}

    def read(text: Text) -> tuple[Finding, ...]:
        nonlocal reader
        if text.language not in {"", _LANGUAGE_READ}:
            return ()
        digest = hashlib.sha256(text.markdown.encode("utf-8")).hexdigest()
        if digest not in memory:
            known = kept.get(digest, _FINDINGS)
            if known is None:
                reader = reader or Reader(taxonomy)
                known = reader.read(text)
                kept.put(digest, known)
            memory[digest] = known
        return memory[digest]

    return read


def read_versions_with(taxonomy: Taxonomy, cache_folder: Path | None) -> ReadVersion:
    """The same for archived versions: a version that was read before is not even cut into passages again."""
    kept = _Kept(cache_folder, "readings", taxonomy)
    read = read_with(taxonomy, None)

    def read_kept(version: Version, markdown: str) -> Reading:
        digest = hashlib.sha256(f"{version.text_hash} {version.language} {version.title}".encode()).hexdigest()
        known = kept.get(digest, _READING)
        if known is None:
            known = read_version(version, markdown, taxonomy, read)
            kept.put(digest, known)
        return known

    return read_kept


class _Kept:
    """Values on disk by hash, below a folder that a change of taxonomy or code leaves behind."""

    def __init__(self, cache_folder: Path | None, name: str, taxonomy: Taxonomy) -> None:
        key = hashlib.sha256(f"{taxonomy.hash} {code_hash()}".encode()).hexdigest()[:16]
        self._folder = cache_folder / name / key if cache_folder is not None else None

    def get(self, digest: str, decoder: msgspec.json.Decoder[_Value]) -> _Value | None:
        """What was kept; None when there is nothing, or it is damaged."""
        if self._folder is None:
            return None
        try:
            return decoder.decode((self._folder / digest[:2] / f"{digest}.json").read_bytes())
        except (FileNotFoundError, msgspec.DecodeError, ValueError):
            return None

    def put(self, digest: str, value: object) -> None:
        """Keep ``value``; a reader sees it whole or not at all."""
        if self._folder is None:
            return
        put(self._folder / digest[:2] / f"{digest}.json", msgspec.json.encode(value))

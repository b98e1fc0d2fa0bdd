"""Which documents a pull is about."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from urllib.parse import urlsplit

from govdigest.model import Config, Document, Platform


class UsageError(Exception):
    """A pull that cannot be carried out as asked."""


def targets_of(config: Config, only: Sequence[str], shard: tuple[int, int] | None) -> list[tuple[Platform, Document]]:
    """The documents to pull, in configured order. Raises UsageError for an ``only`` that names nothing."""
    every = [(p, d) for p in config.platforms for d in p.documents]
    for name in only:
        if not any(name in {p.slug, f"{p.slug}/{d.slug}"} for p, d in every):
            raise UsageError(f"--only {name}: no such platform or document is configured")
    chosen = [
        (p, d) for p, d in every if p.retired is None and (not only or p.slug in only or f"{p.slug}/{d.slug}" in only)
    ]
    if shard is None:
        return chosen
    number, of = shard
    # by host, so that two shards never talk to one host at a time
    return [(p, d) for p, d in chosen if _bucket(urlsplit(d.sources[0].url).netloc, of) == number - 1]


def _bucket(host: str, of: int) -> int:
    return int.from_bytes(hashlib.sha256(host.encode()).digest()[:8], "big") % of

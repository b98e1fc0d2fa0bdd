"""A hash over govdigest's own code."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import govdigest


@cache
def code_hash() -> str:
    """A hash over all of govdigest's own code: what is cached by it can never outlive a change of the code."""
    root = Path(govdigest.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()

"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def put(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Replace ``path`` by ``data`` at once, making its folder; ``durable``: not before they are on the disk.

    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("wb") as file:
        file.write(data)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    temporary.replace(path)

"""A kill at any step: what was done on disk before it stays, and nothing after it happens."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it."""


@contextmanager
def killed_at(operation: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Raise at the ``operation``-th thing that changes the disk, leaving what was done before; yields what was done."""
    done: list[str] = []
    real_replace, real_unlink, real_fsync = Path.replace, Path.unlink, os.fsync

    def count(name: str) -> None:
        done.append(name)
        if len(done) >= operation:
            raise Killed

    def replace(self: Path, target: Path) -> Path:
        count("replace")
        return real_replace(self, target)

    def unlink(self: Path, missing_ok: bool = False) -> None:
        count("unlink")
        real_unlink(self, missing_ok=missing_ok)

    def fsync(fd: int) -> None:
        count("fsync")
        real_fsync(fd)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        patch.setattr(Path, "unlink", unlink)
        patch.setattr(os, "fsync", fsync)
        yield done

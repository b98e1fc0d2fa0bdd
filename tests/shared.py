"""Where the shared benchmarks are, when they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(
    not (SHARED / "benchmark").is_dir(), reason="the shared benchmarks are not beside this checkout"
)

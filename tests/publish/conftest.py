"""The small edition, published once for all the tests that only look."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdigest.publish import publish
from tests.publish.sample import small

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the published small edition."""
    out = tmp_path_factory.mktemp("published") / "site"
    publish(small(), templates=[TEMPLATES], out=out, cache=None, jobs=1)
    return out

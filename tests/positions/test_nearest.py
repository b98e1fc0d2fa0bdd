"""Values that are looked for in the section of a finding, and where it gives nothing in the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdigest import taxonomy
from govdigest.extract import segment
from govdigest.positions import Reader
from tests.positions.reading import reader_of


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Of the provision ``sale``, whose period is read off the nearest passage."""
    reader_of(tmp_path)
    file = tmp_path / "provisions" / "sale.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("    type: duration\n", "    type: duration\n    where: nearest\n"), encoding="utf-8")
    return Reader(taxonomy.load([tmp_path]))


@pytest.mark.parametrize(
    ("markdown", "period"),
    [
        ("# Sale\n\nWe sell your data. It is for two weeks.\n\n# Other\n\nIt is for nine days.", "two weeks"),
        ("# Sale\n\nWe sell your data.\n\n# Other\n\nIt is for nine days.", "nine days"),
    ],
)
def test_the_section_comes_before_the_document(reader: Reader, markdown: str, period: str) -> None:
    (finding,) = reader.read(segment(markdown, language="en"))
    assert dict(finding.parameters) == {"period": (period,)}

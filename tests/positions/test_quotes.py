"""Quotes are slices of the text, of a size that can be read, with the decisive words inside."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govdigest.extract import segment
from tests.positions.reading import read, reader_of

CLAUSE = "this clause goes on about the weather in the hills, "


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_a_long_sentence_is_cut_at_clause_borders(tmp_path: Path) -> None:
    markdown = f"{CLAUSE * 20}and we sell your data to anyone; {CLAUSE * 20}and so on."
    (finding,) = read(tmp_path, markdown)
    (quote,) = finding.quotes
    assert 5 <= len(words(quote.text)) <= 60
    assert "sell your data" in quote.text
    before, after = markdown[: quote.span.start].rstrip(), markdown[quote.span.end - 1 :]
    assert before[-1] in ",;"
    assert after[0] in ",;" or after.lstrip("s").startswith(" and")


def test_a_sentence_without_borders_is_still_short_enough(tmp_path: Path) -> None:
    markdown = f"{'word ' * 300}sell your data {'word ' * 300}."
    (finding,) = read(tmp_path, markdown)
    assert 5 <= len(words(finding.quotes[0].text)) <= 120


def test_a_short_item_is_shown_with_what_introduces_it(tmp_path: Path) -> None:
    markdown = "What we may do with what you gave us:\n\n- sell your data\n- keep it safe"
    (finding,) = read(tmp_path, markdown)
    assert all(len(words(quote.text)) >= 5 for quote in finding.quotes)
    assert "sell your data" in finding.quotes[0].text


def test_marks_stay_in_quotes_as_they_stand(tmp_path: Path) -> None:
    markdown = "We **sell [your data](https://a.example/b)** to those who pay for it."
    (finding,) = read(tmp_path, markdown)
    assert finding.quotes[0].text == markdown


PIECES = st.sampled_from(
    [
        "We sell your data to anyone. ", "We do not sell your data, ever. ", "# Heading\n\n", "\n\n",
        "- item of a list\n",
        "You may not:\n\n- sell your data\n", "| a | b |\n| --- | --- |\n| sell | your data |\n\n", "**bold** ",
        "’“”—\u00a0",
        "for 30 days ", "(((((", "[x](", "&amp;", "<b>", "ﬁİß ", "a" * 50 + " ", "sell " * 30, "data, " * 30, "1. ",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES, max_size=25))
def test_whatever_is_read_quotes_are_slices(tmp_path: Path, pieces: list[str]) -> None:
    text = segment("".join(pieces), language="en")
    reader = reader_of(tmp_path)
    findings = reader.read(text)
    assert findings == reader.read(text)
    for finding in findings:
        assert 1 <= len(finding.quotes) <= 4
        for quote in finding.quotes:
            assert text.slice(quote.span) == quote.text
            assert 5 <= len(words(quote.text)) <= 120

"""Spans in bulk."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govdigest.changes.spans import Spans
from govdigest.model import Span

SPAN = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(SPAN, max_size=8), SPAN)
def test_it_finds_what_overlaps(spans: list[Span], asked: Span) -> None:
    expected = any(span.start < asked.end and asked.start < span.end for span in spans)
    assert Spans(spans).touch(asked) == expected

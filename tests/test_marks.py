"""Marks: what a reader sees, with and without the places."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from govdigest.marks import plain, project

PIECES = [*"ab1 .*_[]()|-#>!\\&;<~`\n\t+)x:é", "\u00a0", "\x1c", "&amp;", "](u)", "| "]
MARKED = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(st.one_of(MARKED, st.text()))
@example("First line\\\nsecond line")
@example("| a | b |\n| --- | --- |\n| c | d |")
def test_the_quick_way_says_the_same(markdown: str) -> None:
    assert plain(markdown) == project(markdown).text


def test_a_hard_break_is_a_space() -> None:
    assert plain("Attn: Counsel\\\n12 Fenn Street") == "Attn: Counsel 12 Fenn Street"

"""Redlines: what they show is exactly what changed."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from govdigest.changes import compare, redline
from govdigest.changes.normal import fold
from govdigest.changes.redline import segments
from govdigest.marks import plain
from govdigest.model import RedlineBlock, Text
from tests.changes.test_judge import EDITS, edited
from tests.changes.texts import POLICY, read, taxonomy, text

WORDS = st.lists(
    st.sampled_from(["we", "may", "not", "sell", "data", ",", "30", "days", ".", "“data”", "to"]), max_size=14
)


def sides(block: RedlineBlock) -> tuple[str, str]:
    """What a block's segments say was, and is."""
    before = "".join(segment.text for segment in block.segments if segment.op in {"equal", "removed"})
    after = "".join(segment.text for segment in block.segments if segment.op in {"equal", "added"})
    return before, after


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_segments_rebuild_both_sides(one: list[str], other: list[str]) -> None:
    before, after = " ".join(one), " ".join(other)
    block = RedlineBlock("reworded", "", before, after, segments(before, after))
    assert sides(block) == (before, after)
    assert all(segment.text for segment in block.segments)
    ops = [segment.op for segment in block.segments]
    assert all(a != b for a, b in pairwise(ops))


def passages(given_text: Text) -> Counter[str]:
    """The words of a text, counted."""
    return Counter(" ".join(fold([given_text.slice(p.span) for p in given_text.passages])).split())


@settings(max_examples=80, deadline=None)
@given(EDITS)
def test_applied_to_the_earlier_text_it_gives_the_later(edits: list[tuple[str, str]]) -> None:
    before, after = text(POLICY), text(edited(edits))
    blocks = redline(before, after, compare(before, after, read, taxonomy()))
    words = passages(before)
    for block in blocks:
        assert sides(block) == (block.before, block.after)
        words.subtract(" ".join(fold([block.before])).split())
        words.update(" ".join(fold([block.after])).split())
    assert {word: count for word, count in words.items() if count} == dict(passages(after))


@settings(max_examples=40, deadline=None)
@given(EDITS)
def test_anchors_lead_to_the_passages(edits: list[tuple[str, str]]) -> None:
    before, after = text(POLICY), text(edited(edits))
    starts_before = {p.span.start for p in before.passages}
    starts_after = {p.span.start for p in after.passages}
    for block in redline(before, after, compare(before, after, read, taxonomy())):
        assert (block.anchor_before != "") == (block.op != "added")
        assert (block.anchor_after != "") == (block.op != "removed")
        if block.anchor_before:
            assert int(block.anchor_before.removeprefix("p-")) in starts_before
        if block.anchor_after:
            assert int(block.anchor_after.removeprefix("p-")) in starts_after


def test_a_rewording_is_shown_word_by_word_under_its_heading_with_its_neighbour() -> None:
    before, after = text(POLICY), text(POLICY.replace("for 30 days", "for 60 days"))
    (block,) = redline(before, after, compare(before, after, read, taxonomy()))
    assert block.op == "reworded"
    assert block.heading.endswith("Retention")
    assert [(segment.op, segment.text) for segment in block.segments] == [
        ("equal", "We keep deleted content for "),
        ("removed", "30"),
        ("added", "60"),
        ("equal", " days."),
    ]
    assert block.context_after == "After that, we erase it from our systems and from our backups."


def test_blocks_stand_in_the_order_of_the_later_text() -> None:
    later = (
        POLICY.replace("16 years", "18 years")
        .replace("- notes that you write;\n", "")
        .replace("for 30 days", "for 60 days")
    )
    before, after = text(POLICY), text(later)
    blocks = redline(before, after, compare(before, after, read, taxonomy()))
    assert [block.op for block in blocks] == ["reworded", "removed", "reworded"]
    assert "notes" in blocks[1].before


def test_marks_are_not_shown() -> None:
    before = text("We keep **your data** for 30 days, see [the list](https://a.example/x).")
    after = text("We keep **your data** for 60 days, see [the list](https://a.example/x).")
    (block,) = redline(before, after, compare(before, after, read, taxonomy()))
    assert block.after == plain(after.markdown)
    assert "**" not in block.after

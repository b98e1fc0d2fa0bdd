"""Alignment: every passage in one place; equal, moved, reworded, added, removed."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from govdigest.changes.align import Alignment, align, increasing
from govdigest.changes.normal import fold
from tests.changes.texts import POLICY, text

PARAGRAPHS = st.lists(
    st.sampled_from(
        [
            "You may cancel at any time.",
            "We keep data for 30 days. Then we erase it.",
            "We keep data for 60 days. Then we erase it.",
            "- one thing that we list\n- another thing that we list",
            "## A heading",
            "We share data with partners who help us to run the service.",
            "We share some data with partners who help us run the service and its shop.",
            "| Who | Why |\n| --- | --- |\n| Quillon | payments |\n| Larkspur | storage |",
            "Short.",
        ]
    ),
    max_size=9,
)


def joined(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs)


def numbers(alignment: Alignment) -> tuple[Counter[int], Counter[int]]:
    links = [*alignment.equal, *alignment.moved, *alignment.reworded]
    before = Counter([n for link in links for n in link.before] + list(alignment.removed))
    after = Counter([n for link in links for n in link.after] + list(alignment.added))
    return before, after


@settings(max_examples=150, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS)
def test_every_passage_with_words_stands_in_exactly_one_place(one: list[str], other: list[str]) -> None:
    before, after = text(joined(one)), text(joined(other))
    alignment = align(before, after)
    for side, seen in zip((before, after), numbers(alignment), strict=True):
        assert all(count == 1 for count in seen.values())
        keys = fold([side.slice(passage.span) for passage in side.passages])
        assert {n for n, key in enumerate(keys) if key} <= set(seen)


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS)
def test_a_text_equals_itself(paragraphs: list[str]) -> None:
    given_text = text(joined(paragraphs))
    assert not align(given_text, given_text).differs


@settings(max_examples=100, deadline=None)
@given(st.permutations(list(range(12))))
def test_the_longest_increasing_run_increases(order: list[int]) -> None:
    chain = [order[index] for index in increasing(order)]
    assert chain == sorted(chain)


def test_split_and_joined_paragraphs_are_equal() -> None:
    after = POLICY.replace("an account. You are", "an account.\n\nYou are").replace("planner.\n\n", "planner.\n")
    assert not align(text(POLICY), text(after)).differs


def test_renumbered_sections_are_equal() -> None:
    after = POLICY.replace("## 3. ", "## 4. ").replace("## 5. Disputes", "## 6. Disputes")
    assert not align(text(POLICY), text(after)).differs


def test_a_moved_section_is_moved() -> None:
    section = POLICY[POLICY.index("## 3.") : POLICY.index("## 4.")]
    after = POLICY.replace(section, "").replace("## 6. Changes", section + "## 6. Changes")
    alignment = align(text(POLICY), text(after))
    assert alignment.moved
    assert (alignment.added, alignment.removed, alignment.reworded) == ((), (), ())


def test_a_row_is_the_unit_of_a_table() -> None:
    table = "| Who | Why |\n| --- | --- |\n| Quillon | payments |\n| Larkspur | storage of all files |\n"
    after = table.replace("payments", "payments and refunds") + "| Brackish | advertising |\n"
    new = text(after)
    alignment = align(text(table), new)
    assert [new.slice(new.passages[n].span).strip("| ") for n in alignment.added] == ["Brackish | advertising"]
    assert len(alignment.reworded) == 1


def test_a_sentence_cut_in_two_is_one_rewording() -> None:
    before = "We share personal data with partners, and they may use it for research and for statistics of their own."
    after = "We share personal data with partners. They may use it for research and for statistics of their own."
    alignment = align(text(before), text(after))
    assert not alignment.added
    assert not alignment.removed
    assert [len(link.after) for link in alignment.reworded] == [2]


def test_many_equal_lines_stay_cheap_and_in_order() -> None:
    before = joined(["Back to top."] * 3000)
    alignment = align(text(before), text(before + "\n\nA new line at the end of it all."))
    assert len(alignment.added) == 1
    assert not alignment.removed

"""The first quote is what readers see, so it holds the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.positions.reading import read, stated

LIST = (
    "Whoever joins may expect the following of us in each of the years to come: (a) we keep a fine garden with apples "
    "and pears and plums in it; (b) we sell your data to anyone who pays for it; (c) we ring the bell at noon and at "
    "six, and on all feasts and holidays; and (d) we never tire of writing long sentences about it."
)


def quotes(folder: Path, markdown: str) -> list[str]:
    """The quotes of the one finding."""
    (finding,) = read(folder, markdown)
    return [quote.text for quote in finding.quotes]


def test_an_item_of_a_list_in_a_sentence_is_shown_alone_with_what_introduces_it(tmp_path: Path) -> None:
    assert quotes(tmp_path, LIST) == [
        "(b) we sell your data to anyone who pays for it;",
        "Whoever joins may expect the following of us in each of the years to come:",
    ]


def test_a_long_sentence_is_shown_from_its_beginning_where_that_fits(tmp_path: Path) -> None:
    markdown = (
        "The sun shines. When the weather in the hills is fine, or when it is not, we sell your data to anyone"
        + ", and so it goes on" * 20
        + "."
    )
    (quote,) = quotes(tmp_path, markdown)
    assert quote.startswith("When the weather in the hills is fine, or when it is not, we sell your data")


def test_a_few_words_at_the_end_of_a_sentence_are_not_cut_off(tmp_path: Path) -> None:
    markdown = "We sell your data to anyone" + ", and so it goes on" * 10 + ", and we are sorry for it."
    assert quotes(tmp_path, markdown) == [markdown]


@pytest.mark.parametrize(
    ("markdown", "first"),
    [
        ("Sell Your Personal Data To Partners.\n\nNow we sell your data to them.", "Now we sell your data to them."),
        ("- 7. Sell Your Data.\n- Now we sell your data to them.", "Now we sell your data to them."),
        ("SELL YOUR PERSONAL DATA.\n\nNow we sell your data to them.", "Now we sell your data to them."),
        ("WE WILL SELL YOUR DATA TODAY.\n\nNow we sell your data to them.", "WE WILL SELL YOUR DATA TODAY."),
        ("We sell your data thus:\n\n- by post\n\nNow we sell your data to them.", "Now we sell your data to them."),
        ("We sell your data to them.\n\nWe sell your data for two weeks.", "We sell your data for two weeks."),
        ("We sell your data for one day.\n\nWe sell your data for two weeks.", "We sell your data for one day."),
    ],
)
def test_a_full_sentence_with_the_value_comes_first(tmp_path: Path, markdown: str, first: str) -> None:
    assert quotes(tmp_path, markdown)[0] == first


def test_an_entry_of_a_table_of_contents_says_nothing(tmp_path: Path) -> None:
    assert stated(tmp_path, "- 4. [How we sell your data](#sale)\n- [Other](#other)") == []
    assert stated(tmp_path, "- [How we sell your data](https://a.example/privacy#sale)\n- Other") == []
    assert stated(tmp_path, "- [We sell your data](https://a.example/sale) to anyone\n- Other") == ["sells"]

"""A wrong file is named with its line and the reason, everything at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdigest import taxonomy
from govdigest.taxonomy import TaxonomyError

GOOD = """\
---
group: data
order: 10
name: Sale
question: Is it sold?
positions:
  sells:
    name: Sells
    exposure: high
    sentence: "sells it for {period}"
    sentence-without: sells it
    why: It is sold.
    ask: To whom?
parameters:
  period:
    name: Period
    type: duration
find:
  rules:
    - position: sells
      any: ["sell~ … data for <period>"]
  decide:
    order: [sells]
---
Words.
"""


def problems_of(folder: Path, text: str, vocabulary: str = "") -> list[str]:
    """What is said of a folder with one provision."""
    (folder / "provisions").mkdir()
    (folder / "provisions" / "sale.md").write_text(text, encoding="utf-8")
    if vocabulary:
        (folder / "vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
    try:
        taxonomy.load([folder])
    except TaxonomyError as error:
        return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in error.problems]
    return []


def test_a_good_file(tmp_path: Path) -> None:
    assert problems_of(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("group: data", "group: cookery", 2, "unknown group 'cookery'"),
        ("order: 10", "order: first", 3, "order: a whole number"),
        ("name: Sale", "title: Sale", 4, "unknown key 'title'"),
        ("    sentence: \"sells it for {period}\"\n    sentence-without: sells it\n",
         "", 7, "sentence: words are missing"),
        ("for {period}", "for {colour}", 10, "{colour}"),
        ("sentence-without: sells it", "sentence-without: sells {period}", 11, "must do without parameters"),
        ("for {period}", "for {period", 10, "braces"),
        ("exposure: high", "exposure: huge", 9, "exposure is one of low, medium, high"),
        ("    why: It is sold.\n", "", 7, "why: words are missing"),
        ("type: duration", "type: length", 17, "type is one of"),
        ("position: sells", "position: rents", 20, "unknown position 'rents'"),
        ('any: ["sell~ … data for <period>"]', 'any: ["(sell~ … data"]', 21, "a bracket is not closed"),
        ('any: ["sell~ … data for <period>"]', 'any: ["sell~ … {stuff}"]', 21, "the vocabulary has no {stuff}"),
        ('any: ["sell~ … data for <period>"]', 'any: ["sell~ … <colour>"]', 21, "neither a parameter nor a type"),
        ('any: ["sell~ … data for <period>"]', 'any: ["sell~ .* data"]', 21, "no part of the pattern language"),
        ('any: ["sell~ … data for <period>"]', 'any: ["sell~ …400 data"]', 21, "40 is the most"),
        ('any: ["sell~ … data for <period>"]', "any: []", 21, "a pattern is missing"),
        ('      any: ["sell~ … data for <period>"]', "      polarity: perhaps\n      any: [sell]",
         21, "polarity: one of"),
        ("order: [sells]", "order: [rents]", 23, "unknown position 'rents'"),
        ("order: [sells]", "sorted: [sells]", 23, "unknown key 'sorted'"),
        ("name: Sale", "name: Sale\nname: Sale", 5, "'name' stands twice"),
        ("question: Is it sold?", "question: \"a\" b", 5, "not YAML"),
        ("---\ngroup", "group", 1, "no front matter"),
    ],
)  # fmt: skip
def test_a_problem_has_its_line(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    assert old in GOOD
    problems = problems_of(tmp_path, GOOD.replace(old, new, 1))
    assert any(p.startswith(f"provisions/sale.md:{line}: ") and reason in p for p in problems), problems


def test_a_position_that_no_rule_gives(tmp_path: Path) -> None:
    more = "  rents: {name: R, exposure: low, sentence: r, why: r, ask: r}\nparameters:"
    assert any("no rule gives position rents" in p for p in problems_of(tmp_path, GOOD.replace("parameters:", more)))


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("group: data", "group: x").replace("exposure: high", "exposure: x")
    assert len(problems_of(tmp_path, text)) == 2


@pytest.mark.parametrize(
    ("vocabulary", "line", "reason"),
    [
        ('we: ["us"]\nthem: ["{us}"]\n', 2, "no {us}"),
        ('a: ["{b}"]\nb: ["{a}"]\n', 1, "goes in a circle: b → a → b"),
        ('we: ["(us"]\n', 1, "a bracket is not closed"),
        ("we: us\n", 1, "a list of phrases"),
        ('We There: ["us"]\n', 1, "is no name"),
        ('we: ["us"]\nwe: ["us"]\n', 2, "stands twice"),
    ],
)
def test_a_wrong_vocabulary(tmp_path: Path, vocabulary: str, line: int, reason: str) -> None:
    problems = problems_of(tmp_path, GOOD, vocabulary)
    assert any(p.startswith(f"vocabulary.yaml:{line}: ") and reason in p for p in problems), problems


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "provisions").mkdir()
    (tmp_path / "provisions" / "sale.md").write_bytes(GOOD.encode() + b"\n\xff\xfe")
    with pytest.raises(TaxonomyError, match="not UTF-8"):
        taxonomy.load([tmp_path])


def test_a_folder_without_provisions(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match="there is no provision"):
        taxonomy.load([tmp_path])


def test_a_later_folder_replaces_files_and_names(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, name in ((first, "Sale"), (second, "Trade")):
        folder.mkdir()
        assert problems_of(folder, GOOD.replace("name: Sale", f"name: {name}"), 'we: ["us"]\n') == []
    loaded = taxonomy.load([first, second])
    assert [provision.name for provision in loaded.provisions] == ["Trade"]
    assert loaded.hash != taxonomy.load([first]).hash

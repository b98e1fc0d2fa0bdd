"""What holds of a passage: negation, exception, lists, headings, neighbours, scope."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdigest.model import Basis, Scope
from tests.positions.reading import FIND, read, stated


@pytest.mark.parametrize(
    ("markdown", "positions"),
    [
        ("We sell your data to anyone.", ["sells"]),
        ("We do not sell your personal data.", ["keeps"]),
        ("We never, ever sell your data.", ["keeps"]),
        ("Not only do we sell your data, we publish it.", ["sells"]),
        ("We do not care; we sell your data.", ["sells"]),
        ("We don’t sell your data.", ["keeps"]),
        ("We ask you before we sell your data.", ["asks"]),
        ("We like your data.", []),
        ("", []),
        ("We will not:\n\n- publish photographs of you\n- sell your data to anyone", ["keeps"]),
        ("- We sell all that we make.\n  - your data is safe with us", []),
        ("- We sell each of the following.\n  - your data and all else", ["sells"]),
        ("# We sell your data\n\nA heading alone says nothing here.", []),
    ],
)
def test_polarity(tmp_path: Path, markdown: str, positions: list[str]) -> None:
    assert stated(tmp_path, markdown) == positions


def rule(extra: str, position: str = "sells") -> str:
    """A provision whose position ``sells`` needs more than its words."""
    others = "".join(f'  - {{position: {other}, any: ["never met {other}"]}}\n' for other in ("keeps", "asks"))
    return f'rules:\n  - position: {position}\n    any: ["sell~ …6 {{data}}"]\n    {extra}\n{others}'


@pytest.mark.parametrize(
    ("extra", "markdown", "holds"),
    [
        ('not: ["unless"]', "We sell your data to many companies.", True),
        ('not: ["unless"]', "We sell your data to many companies unless you object.", False),
        ('all: [["brokers", "partners"], "today"]', "Today we sell your data to partners.", True),
        ('all: [["brokers", "partners"], "today"]', "Today we sell your data to anyone.", False),
        ('heading: ["money"]', "## Money\n\nWe sell your data to anyone.", True),
        ('heading: ["money"]', "## Love\n\nWe sell your data to anyone.", False),
        ('not-heading: ["money"]', "## Money\n\nWe sell your data to anyone.", False),
        ('before: ["with love"]', "This is done with love. We sell your data to anyone.", True),
        ('before: ["with love"]', "We sell your data to anyone. This is done with love.", False),
        ('after: ["with love"]', "We sell your data to anyone. This is done with love.", True),
        ('near: ["with love"]', "We sell your data to anyone. This is done with love.", True),
        ('near: ["with love"]', "We sell your data to anyone.\n\n# Other\n\nThis is done with love.", False),
        ('section: ["with love"]', "# One\n\nWith love. A b c. D e f. G h i. We sell your data to anyone.", True),
        ('section: ["one"]', "# One\n\nWe sell your data to anyone.", True),
        ('section: ["with love"]', "# One\n\nWe sell your data to anyone.\n\n# Two\n\nWith love.", False),
        ('document: ["with love"]', "# One\n\nWe sell your data to anyone.\n\n# Two\n\nWith love.", True),
        ('not-document: ["with love"]', "# One\n\nWe sell your data to anyone.\n\n# Two\n\nWith love.", False),
        ("kinds: [heading]", "# We sell your data to anyone\n\nOr do we?", True),
        ("kinds: [item]", "We sell your data to anyone.", False),
    ],
)
def test_conditions(tmp_path: Path, extra: str, markdown: str, holds: bool) -> None:
    assert stated(tmp_path, markdown, rule(extra)) == (["sells"] if holds else [])


def test_ignored_passages_and_headings(tmp_path: Path) -> None:
    find = 'ignore: ["for example"]\nignore-headings: ["definitions"]\n' + FIND
    assert stated(tmp_path, "For example, we sell your data to anyone.", find) == []
    assert stated(tmp_path, "# Definitions\n\nWe sell your data to anyone.", find) == []
    assert stated(tmp_path, "# Rules\n\nWe sell your data to anyone.", find) == ["sells"]


def test_an_order_decides_and_the_other_side_is_shown(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, "We do not sell your personal data.\n\nWe sell your data to partners.")
    assert finding.position == "sells"
    assert [quote.text for quote in finding.quotes] == [
        "We sell your data to partners.",
        "We do not sell your personal data.",
    ]


def test_a_region_counts_when_nothing_else_does(tmp_path: Path) -> None:
    regional = "## California residents\n\nWe do not sell your personal data."
    assert stated(tmp_path, regional) == ["keeps"]
    assert stated(tmp_path, "# All\n\nWe sell your data to anyone.\n\n" + regional) == ["sells"]
    assert stated(tmp_path, regional, FIND + "  regional: ignore\n") == []
    asked = FIND.replace("[asks, sells, keeps]", "[keeps, sells, asks]") + "  regional: equal\n"
    assert stated(tmp_path, "# All\n\nWe sell your data to anyone.\n\n" + regional, asked) == ["keeps"]


def test_scopes_are_decided_apart(tmp_path: Path) -> None:
    markdown = "We sell your data to anyone who pays.\n\n## Enterprise customers\n\nWe do not sell your data to anyone."
    findings = read(tmp_path, markdown, FIND + "  by-scope: true\n")
    assert [(f.position, f.scope) for f in findings] == [("sells", Scope.ALL), ("keeps", Scope.BUSINESS)]
    assert stated(tmp_path, markdown) == ["sells"]


def test_combinations_are_inferred(tmp_path: Path) -> None:
    find = """\
    rules:
      - position: sells
        any: ["sell~ …6 {data}"]
      - position: keeps
        any: ["keep~ …6 {data}"]
      - signal: consent
        any: ["your consent"]
    decide:
      combine:
        - {when: [sells, consent], unless: [keeps], give: asks}
      order: [asks, sells, keeps]
    """
    (finding,) = read(tmp_path, "We sell your data to anyone. It rests on your consent given freely.", find)
    assert (finding.position, finding.basis) == ("asks", Basis.INFERRED)
    assert len(finding.quotes) == 2
    assert stated(tmp_path, "We sell your data to anyone. We keep your data. Your consent counts.", find) == ["sells"]


def test_weak_rules_need_company(tmp_path: Path) -> None:
    find = rule("weight: 0.5") + "decide: {least: 1}\n"
    assert stated(tmp_path, "We sell your data to anyone.", find) == []
    assert stated(tmp_path, "We sell your data to anyone. They sell your data too, they say.", find) == ["sells"]


def test_strength_is_the_basis(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, "We sell your data to anyone.", rule("strength: inferred"))
    assert finding.basis is Basis.INFERRED


def test_parameters_once_each_and_lists_in_their_order(tmp_path: Path) -> None:
    markdown = (
        "We sell your data to partners and brokers for thirty (30) days.\n\n"
        "They sell your data for 30 days, or for 2 years."
    )
    (finding,) = read(tmp_path, markdown)
    assert dict(finding.parameters) == {"period": ("thirty (30) days", "2 years"), "buyers": ("brokers", "partners")}


@pytest.mark.parametrize(
    ("markdown", "period", "buyers"),
    [
        ("We sell your data at once.", ("at once",), ()),
        ("We sell your data at once, for two days.", ("two days",), ()),
        ("We sell your data At **Once**.", ("At Once",), ()),
        ("We sell your data for a very short time.", ("for a very short time",), ()),
        ("We sell your data to advertising partners in France.", (), ("advertising partners in France",)),
        ("We sell your data to known brokers. And sell data to trusted partners.", (), ("known brokers", "partners")),
        ("We sell your data to known brokers. We sell your data to brokers.", (), ("known brokers",)),
    ],
)
def test_phrases_are_values_as_written(
    tmp_path: Path, markdown: str, period: tuple[str, ...], buyers: tuple[str, ...]
) -> None:
    (finding,) = read(tmp_path, markdown)
    assert (dict(finding.parameters).get("period", ()), dict(finding.parameters).get("buyers", ())) == (period, buyers)

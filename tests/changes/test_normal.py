"""The normal form: what it folds away, and what it must keep."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from govdigest.changes import normal_form, normal_hash
from govdigest.changes.normal import fold

MARKED = st.text(
    alphabet=st.sampled_from(
        [*"aAbé1 2.,'’*_[]()|-#>!\\&;:<~`+@/\n\t", "\u00a0", "\u200b", "ß", "İ", "①", "ﬁ", "⌘", "©"]
    )
)
PHRASES = st.lists(
    st.sampled_from(
        [
            "last updated", "Effective", "May 5, 2024", "on", "5 days ago", "views", "12", "copyright 2024",
            "opens in a",
            "new tab", "email",
            "protected", "a@b.cd", "https://x.example/en/y?z=1",
            "\n", "\n\n", "- ", "1. ", "(a) ", "**", "il y a 3 jours",
            "Stand:", "3. März 2025", "Ctrl+K", "Section 4.", "the terms", "2.1 ", "Foo", "© 2025",
        ]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(MARKED, PHRASES, st.text()))
@example("email-protected")
@example("last updated\n\nlast updated 2024-01-02 2024-01-02")
def test_it_is_idempotent(markdown: str) -> None:
    form = normal_form(markdown)
    assert normal_form(form) == form
    assert normal_hash(form) == normal_hash(markdown)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(MARKED, PHRASES), max_size=6))
@example(["May 5, 2024", "Effective May 5, 2024 last updated"])
def test_pieces_fold_each_for_itself(pieces: list[str]) -> None:
    folded = fold(pieces)
    assert len(folded) == len(pieces)
    assert folded == [fold([piece])[0] for piece in pieces]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We  keep\u00a0data.", "We keep\ndata."),
        ("“Data” isn’t sold", "\"Data\" isn't sold"),
        ("per\u00adsonal\u200b da\u2060ta", "personal data"),
        ("ﬁle", "file"),
        ("**Bold** and _it_", "Bold and it"),
        ("see [our policy](https://a.example/x?y=1)", "see [our policy](/x#z)"),
        ("- one\n- two", "* one\n* two"),
        ("1. One\n2. Two", "a) One\nb) Two"),
        ("## 4. Rules", "## 5. Rules"),
        ("Help (opens in a new tab)", "Help"),
        ("Updated 5 days ago", "Updated 6 days ago"),
        ("2674 out of 3984 found this helpful", "2693 out of 4010 found this helpful"),
        ("Write to a.b@c.example", "Write to [[email protected]](/cdn-cgi/l/email-protection#aa)"),
        ("Search ⌘K", "Search Ctrl+K"),
        ("Write to [con[email protected]or call", "Write to [[email protected]or call"),
        ("Write to [\\[email protected\\]](/p)l.example).", "Write to pr[\\[email protected\\]](/p))."),
        ("Écrivez-nous [ici (ouvre une nouvelle fenêtre)](/p).", "Écrivez-nous [ici](/q)."),
        ("This policy applies from May 5, 2024.", "This policy applies from 6 June 2025."),
        ("Last updated: May 5, 2024", "Last updated: 6 June 2025"),
        ("Dernière mise à jour : 3 mars 2025", "Dernière mise à jour le 4 avril 2026"),
        ("Stand: 3. März 2025", "Stand: 01.04.2026"),
        ("Última actualización: 3 de marzo de 2025", "Última actualización: 4 de abril de 2026"),
        ("**Effective: January 5, 2025** (previous versions)", "**Effective: 6 March 2026** (previous versions)"),
        ("© Sorrel Ltd, 2025", "© Sorrel Ltd, 2026"),
        ("Read https://a.example/en/terms?x=1", "Read https://a.example/terms"),
        ("LIABILITY IS LIMITED", "Liability is limited"),
        ("first line\nsecond line", "first line second line"),
    ],
)  # fmt: skip
def test_what_carries_no_meaning_is_folded(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We keep it for 30 days", "We keep it for 28 days"),
        ("We do not sell data", "We do sell data"),
        ("users who are 16 and older", "users who are 18 and older"),
        ("These changes will take effect on May 1, 2026", "These changes will take effect on June 1, 2026"),
        ("Effective May 1, 2026, we sell data to others", "Effective June 1, 2026, we sell data to others"),
        ("Accounts that were last used more than 12 months ago are closed without any notice",
         "Accounts that were last used more than 6 months ago are closed without any notice"),
        ("It costs $10", "It costs €10"),
        ("3.5 million users", "4.5 million users"),
        ("30 days after you cancel", "60 days after you cancel"),
        ("See section 4", "See section 5"),
    ],
)  # fmt: skip
def test_what_carries_meaning_is_kept(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def test_it_stays_quick_on_hostile_input() -> None:
    for piece in (
        "[" * 20_000,
        "](" * 20_000,
        "last updated " * 5_000,
        "1.1.1." * 10_000,
        "<a " * 20_000,
        "@" * 50_000,
    ):
        assert isinstance(normal_form(piece), str)

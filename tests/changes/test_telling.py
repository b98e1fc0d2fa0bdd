"""Moves in words: what a headline and a line of a list say, and what they must not say."""

from __future__ import annotations

from typing import Any

import pytest

from govdigest.changes.moves import Moved, value_key
from govdigest.changes.telling import headline_of, reason_of
from govdigest.model import (
    Exposure,
    Finding,
    FindingMove,
    Group,
    Parameter,
    Position,
    Provision,
    Quote,
    Scope,
    Span,
    Taxonomy,
)


def position(slug: str, name: str, exposure: Exposure, sentence: str, without: str = "") -> Position:
    return Position(
        slug, name, exposure, sentence=sentence, sentence_without=without or sentence, why="So.", ask="Why?"
    )


def provision(slug: str, group: str, name: str, positions: tuple[Position, ...], *parameters: Parameter) -> Provision:
    more: Any = {"question": "How?", "body": "", "find": {}, "path": f"{slug}.md"}
    return Provision(slug=slug, group=group, name=name, positions=positions, parameters=parameters, **more)


HOLD = provision(
    "hold",
    "data",
    "Keeping",
    (
        position("stated", "Stated periods", Exposure.LOW, "states how long it is kept: {periods}", "states a period"),
        position("open", "As long as needed", Exposure.MEDIUM, "keeps it as long as needed, and states no period"),
    ),
    Parameter("periods", "Periods", "duration"),
)
USES = provision(
    "uses",
    "data",
    "Uses",
    (
        position("plain", "Service only", Exposure.LOW, "uses data for {uses}", "uses data for the service"),
        position("ads", "Ads too", Exposure.HIGH, "uses data for {uses}", "uses data for ads too"),
    ),
    Parameter("uses", "Uses", "list"),
)
LAW = provision(
    "law",
    "legal",
    "Law and courts",
    (position("stated", "A stated law", Exposure.MEDIUM, "is governed by the law of {law}", "names the law"),),
    Parameter("law", "Law", "jurisdiction"),
    Parameter("courts", "Courts", "place"),
)
DIGGING = provision(
    "digging",
    "account",
    "Digging",
    (
        position("forbidden", "Forbidden", Exposure.LOW, "forbids digging"),
        position("possible", "Possible", Exposure.HIGH, "may fill holes, and names no way to object"),
    ),
)
TAXONOMY = Taxonomy(
    tuple(Group(group, group) for group in ("data", "legal", "account")), (HOLD, USES, LAW, DIGGING), {}, "test"
)


def found(own: Provision, slug: str, scope: Scope = Scope.ALL, **values: tuple[str, ...]) -> Finding:
    return Finding(own.slug, slug, (Quote("So.", Span(0, 3)),), scope=scope, parameters=tuple(values.items()))


def moved(
    own: Provision,
    before: tuple[Finding, ...],
    after: tuple[Finding, ...],
    scope: Scope = Scope.ALL,
    swapped: tuple[tuple[str, str, str], ...] = (),
) -> Moved:
    kinds = {parameter.slug: parameter.type for parameter in own.parameters}

    def keys(findings: tuple[Finding, ...]) -> frozenset[tuple[str, str]]:
        return frozenset(
            (slug, value_key(v, kinds[slug])) for f in findings for slug, each in f.parameters for v in each
        )

    move = FindingMove(own.slug, own.name, scope, before, after, "", "")
    return Moved(move, keys(after) - keys(before), keys(before) - keys(after), swapped)


STATED = found(HOLD, "stated", periods=("thirty (30) days",))
CASES = [
    # a value in another's place
    (HOLD, (STATED,), (found(HOLD, "stated", periods=("60 days",)),),
     "Now states how long it is kept: 60 days (was 30 days)", "Keeping: 30 days, now 60 days"),
    # among others that stay, the sentence would tell the one as if it were all
    (HOLD, (found(HOLD, "stated", periods=("30 days", "2 years")),),
     (found(HOLD, "stated", periods=("60 days", "2 years")),),
     "On keeping, now states 60 days instead of 30 days", "Keeping: 30 days, now 60 days"),
    (HOLD, (found(HOLD, "stated", periods=("30 days", "6 months", "13 months")),), (STATED,),
     "On keeping, no longer states 6 months or 13 months", "Keeping: No longer states 6 months or 13 months"),
    # what is not stated any more may be done all the same
    (HOLD, (STATED,), (), "On keeping, no longer states 30 days",
     "Keeping: ‘Stated periods’ (30 days), no longer stated"),
    (HOLD, (found(HOLD, "open"),), (), "No longer says that it keeps it as long as needed",
     "Keeping: ‘As long as needed’, no longer stated"),
    (USES, (found(USES, "ads", uses=("mail", "ads")),), (found(USES, "ads", uses=("mail",)),),
     "No longer says that it uses data for ads", "Uses: No longer states ads"),
    # positions that moved
    (HOLD, (STATED,), (found(HOLD, "open"),),
     "Now says that it keeps it as long as needed, and states no period (was ‘Stated periods’, 30 days)",
     "Keeping: ‘Stated periods’ (30 days), now ‘As long as needed’"),
    (USES, (), (found(USES, "ads", uses=("mail", "ads and more")),),
     "Now says that it uses data for mail, and ads and more",
     "Uses: Not stated before, now ‘Ads too’ (mail, and ads and more)"),
    (USES, (found(USES, "ads", uses=("mail",)),), (found(USES, "ads", uses=("mail", "ads", "polls")),),
     "Now also says that it uses data for ads and polls", "Uses: Now also ads and polls"),
    # terms do what they say
    (DIGGING, (), (found(DIGGING, "forbidden"),), "Now forbids digging", "Digging: Not stated before, now ‘Forbidden’"),
    (DIGGING, (found(DIGGING, "forbidden"),), (found(DIGGING, "forbidden"), found(DIGGING, "possible")),
     "Now also says that it may fill holes, and names no way to object",
     "Digging: ‘Forbidden’, now ‘Forbidden’ and ‘Possible’"),
    # several parameters, apart by name
    (LAW, (found(LAW, "stated", law=("Utopia",), courts=("Alba, Utopia",)),),
     (found(LAW, "stated", law=("Arcadia",), courts=("Birk, Arcadia", "Elm, Arcadia")),),
     "Is now governed by the law of Arcadia (was Utopia); courts: Alba, Utopia, now Birk, Arcadia; and Elm, Arcadia",
     "Law and courts: Law: Utopia, now Arcadia; courts: Alba, Utopia, now Birk, Arcadia; and Elm, Arcadia"),
]  # fmt: skip


@pytest.mark.parametrize(("own", "before", "after", "headline", "reason"), CASES)
def test_a_move_is_told_as_an_editor_would_write_it(
    own: Provision, before: tuple[Finding, ...], after: tuple[Finding, ...], headline: str, reason: str
) -> None:
    assert headline_of(moved(own, before, after), TAXONOMY, 120) == headline
    assert reason_of(moved(own, before, after), TAXONOMY) == reason


def test_a_headline_says_for_whom() -> None:
    move = moved(DIGGING, (), (found(DIGGING, "forbidden", Scope.BUSINESS),), Scope.BUSINESS)
    assert headline_of(move, TAXONOMY, 120) == "For businesses, now forbids digging"
    assert reason_of(move, TAXONOMY) == "Digging (businesses): Not stated before, now ‘Forbidden’"


def test_a_number_that_no_reader_took_for_a_value_is_told_beside_the_one_it_replaced() -> None:
    move = moved(
        HOLD,
        (found(HOLD, "stated", periods=("five days", "10 business days")),),
        (found(HOLD, "stated", periods=("10 business days",)),),
        swapped=(("periods", "5 days", "5 business days"),),
    )
    assert headline_of(move, TAXONOMY, 120) == "On keeping, now states 5 business days instead of 5 days"
    assert reason_of(move, TAXONOMY) == "Keeping: 5 days, now 5 business days"


def test_a_headline_names_fewer_values_where_there_is_no_room() -> None:
    after = (found(USES, "ads", uses=tuple(f"purpose number {n}" for n in range(9))),)
    assert len(headline_of(moved(USES, (), after), TAXONOMY, 90)) <= 90
    assert headline_of(moved(USES, (), after), TAXONOMY, 60).endswith("purpose number 0 and 8 more")


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("before they take effect", "before it takes effect", "duration"),
        ("prior to the changes becoming effective", "before they take effect", "duration"),
        ("thirty (30) days", "30 days", "duration"),
        ("reasonable advance notice", "reasonable prior notification", "duration"),
        ("the greater of the fees and $100 USD", "the greater of the fees and US$100", "amount"),
        ("the sum that you have authorised", "the sum that you have authorized", "amount"),
    ],
)
def test_values_that_differ_in_grammar_alone_are_the_same(one: str, other: str, kind: str) -> None:
    assert value_key(one, kind) == value_key(other, kind)


@pytest.mark.parametrize(
    ("one", "other"), [("5 days", "5 business days"), ("reasonable notice", "notice"), ("1 month", "1 year")]
)
def test_values_that_say_more_are_others(one: str, other: str) -> None:
    assert value_key(one, "duration") != value_key(other, "duration")

"""Findings that moved, and those that only a reader moved: the same words state the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from govdigest.changes import judge
from govdigest.model import (
    Exposure,
    Finding,
    Group,
    Judgement,
    JudgeSettings,
    Memory,
    Parameter,
    Position,
    Provision,
    Quote,
    Scope,
    Taxonomy,
    Text,
    VerdictKind,
)
from tests.changes.texts import at, text

Reading = Callable[[Text], tuple[Finding, ...]]


def taxonomy() -> Taxonomy:
    """One question with two answers and their values."""
    rest: Any = {"exposure": Exposure.MEDIUM, "why": "It matters.", "ask": "How?"}
    told = "says {values}"
    question = Provision(
        slug="kept",
        group="data",
        name="Kept",
        question="How?",
        positions=(
            Position("stated", "Stated", sentence=told, sentence_without="says so", **rest),
            Position("open", "Open", sentence=told, sentence_without="says so", **rest),
        ),
        parameters=(Parameter("values", "Values", "duration"),),
        body="",
        find={},
        path="kept.md",
    )  # fmt: skip
    return Taxonomy((Group("data", "Data"),), (question,), {}, "test")


def found(given: Text, pattern: str, most: int = 9, scope: Scope = Scope.ALL) -> tuple[Finding, ...]:
    """One finding for all passages that match, with the groups as values, ``most`` of them."""
    quotes, values = [], []
    for passage in given.passages:
        match = re.search(pattern, given.slice(passage.span))
        if match and len(quotes) < most:
            quotes.append(Quote(given.slice(passage.span), passage.span))
            values += [value for value in match.groups() if value]
    parameters = (("values", tuple(values)),) if values else ()
    return (Finding("kept", "stated", tuple(quotes), scope=scope, parameters=parameters),) if quotes else ()


FRAME = "# Sorrel Terms\n\n{}\n\n{}"
REST = "\n\n".join(f"Rule {n} says that the gate to garden {n} is shut when the bell has rung." for n in range(12))


def judged(before: str, after: str, read: Reading) -> Judgement:
    """A judgement of two passages among others that stand in both texts."""
    return judge(
        text(FRAME.format(after, REST)),
        text(FRAME.format(before, REST)),
        Memory(),
        at(1),
        read=read,
        taxonomy=taxonomy(),
        settings=JudgeSettings(),
    )


def test_a_value_that_unchanged_words_state_is_no_news() -> None:
    # the reader names two values at most: when the first goes, one that stood there all the time comes up
    keep = "We keep mail for 20 days.\n\nWe keep notes for 30 days."
    judgement = judged(
        f"We keep logs for 10 days.\n\n{keep}", keep, lambda given: found(given, r"for (\d+ days)", most=2)
    )
    assert judgement.headline == "On kept, no longer states 10 days"


def test_of_two_numbers_in_one_sentence_the_one_that_stays_did_not_come() -> None:
    def choosy(given: Text) -> tuple[Finding, ...]:
        return found(given, r"(18)(?= or older)") or found(given, r"at least (13)")

    judgement = judged(
        "You must be at least 13, or in some countries 18 or older.",
        "You must be at least 13, or in some countries older.",
        choosy,
    )
    assert judgement.change is not None
    assert judgement.change.moves == ()
    assert judgement.headline == (
        "Reworded from “You must be at least 13, or in some countries 18 or older.” "
        "to “You must be at least 13, or in some countries older.”"
    )


def test_what_is_said_in_other_words_is_not_new() -> None:
    judgement = judged(
        "You understand that you will not receive any payment for any of the rights granted here.",
        "You own it.\n\nYou will not receive payment for these rights.",
        lambda given: found(given, r"receive payment for these"),
    )
    assert judgement.change is not None
    assert judgement.change.moves == ()


def test_what_is_new_is_not_taken_for_other_words() -> None:
    judgement = judged(
        "You receive payment for the rights granted here.",
        "You will not receive payment for the rights granted here.",
        lambda given: found(given, r"not receive payment"),
    )
    assert judgement.change is not None
    assert len(judgement.change.moves) == 1


def test_a_finding_that_passes_from_some_users_to_all_is_the_readers_doing() -> None:
    def torn(given: Text) -> tuple[Finding, ...]:
        scope = Scope.CONSUMER if "when you consent" in given.markdown else Scope.ALL
        return found(given, r"biometric", scope=scope)

    judgement = judged(
        "We collect biometric data when you consent to it.",
        "We collect biometric data and gait data if you enrol.",
        torn,
    )
    assert judgement.change is not None
    assert judgement.change.moves == ()
    assert judgement.verdict.kind is VerdictKind.MATERIAL


def test_a_finding_that_reaches_more_users_is_news() -> None:
    def wider(given: Text) -> tuple[Finding, ...]:
        first = found(given, r"of persons", scope=Scope.CONSUMER)
        return (*first, *found(given, r"of companies", scope=Scope.BUSINESS))

    judgement = judged(
        "We train models on files of persons.",
        "We train models on files of persons.\n\nWe train models on files of companies.",
        wider,
    )
    assert judgement.headline == "For businesses, now says so"


def test_a_reader_that_remembers_texts_by_their_words_moves_nothing_else() -> None:
    # as a pull's reader does: what stands in both texts must not be taken for the whole new one
    memory: dict[str, tuple[Finding, ...]] = {}

    def remembering(given: Text) -> tuple[Finding, ...]:
        return memory.setdefault(given.markdown, found(given, r"for (\d+ days)"))

    keep = "We keep notes for 30 days."
    judgement = judged(keep, f"{keep}\n\nWe keep logs for 10 days.", remembering)
    assert judgement.headline == "Now also says 10 days"

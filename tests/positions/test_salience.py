"""Key sentences are those whose answers matter most."""

from __future__ import annotations

from govdigest.extract import segment
from govdigest.model import Exposure, Finding, Position, Provision, Quote, Taxonomy
from govdigest.positions import key_sentences

TEXT = segment(
    "We keep what you write for as long as we like. We sell what you write to anyone who pays for it. "
    "You may write to us at the address below whenever you like.",
    language="en",
)


def provision(slug: str, exposure: Exposure, salience: float = 1.0) -> Provision:
    only = Position("yes", "Yes", exposure, "says so", "says so", "It matters.", "Is it so?")
    return Provision(slug, "data", slug, "Is it so?", (only,), (), "", {}, slug, salience=salience)


def finding(slug: str, *passages: int) -> Finding:
    spans = [TEXT.passages[number].span for number in passages]
    return Finding(slug, "yes", tuple(Quote(TEXT.slice(span), span) for span in spans))


def told(findings: list[Finding], *provisions: Provision, count: int = 1) -> list[int]:
    """The numbers of the passages that are chosen."""
    chosen = key_sentences(TEXT, findings, Taxonomy((), provisions, {}, ""), count)
    return [[passage.span for passage in TEXT.passages].index(quote.span) for quote in chosen]


def test_what_exposes_more_comes_first() -> None:
    low, high = provision("low", Exposure.LOW), provision("high", Exposure.HIGH)
    assert told([finding("low", 0), finding("high", 1)], low, high) == [1]


def test_what_matters_more_comes_first() -> None:
    minor, major = provision("minor", Exposure.HIGH, 0.5), provision("major", Exposure.LOW, 1.5)
    assert told([finding("minor", 0), finding("major", 1)], minor, major) == [1]


def test_a_sentence_that_answers_two_questions_comes_before_one_that_answers_one() -> None:
    asked = [provision(slug, Exposure.MEDIUM) for slug in ("one", "two", "three")]
    assert told([finding("one", 0), finding("two", 1), finding("three", 1)], *asked) == [1]


def test_the_decisive_quote_comes_before_others_and_all_stand_in_document_order() -> None:
    asked = provision("one", Exposure.MEDIUM)
    assert told([finding("one", 2, 0, 1)], asked, count=2) == [0, 2]

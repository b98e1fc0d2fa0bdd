"""Every construct of the pattern language, and every way to get it wrong."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdigest.patterns import Lexicon, PatternError, check, normal_value, parse
from tests.patterns.matching import VOCABULARY, met, values


@pytest.mark.parametrize(
    ("pattern", "passage"),
    [
        ("opt out", "You can opt-out of this."),
        ("sell share", 'We never "sell," "share" it.'),
        ("we keep", "We'll keep it."),
        ("don't sell", "We don’t sell it."),
        ("do not sell", "We don’t sell it."),
        ("don't sell", "We do not sell it."),
        ("will not sell", "We won't sell it."),
        ("can't sell", "We cannot sell it."),
        ("customer's data", "The customer’s data is safe."),
        ("train~", "Used for training."),
        ("sell~", "It was sold last year."),
        ("policy~", "All policies apply."),
        ("arbitrat*", "An arbitrator decides."),
        ("(keep | hold) it", "They hold it."),
        ("(keep (all | any) | hold) it", "They keep any it."),
        ("we may? sell", "We sell."),
        ("we may? sell", "We may sell."),
        ("we … sell", "We do not ever, under any circumstances, sell."),
        ("we ...2 sell", "We do not sell."),
        ("{we} sell", "The Company sell this."),
        ("{data} is", "Us information is here."),
        ("{far} now", "We like your data now."),
        ("^ we sell", "We sell."),
        ("sell $", "This we sell."),
        ("we never sell", "We **never** [sell](https://a.example/x)."),
        ("terms and conditions", "The Terms &amp; and Conditions."),
        ("state of delaware", "The laws of the STATE\nOF DELAWARE apply."),
    ],
)
def test_pattern_meets_passage(pattern: str, passage: str) -> None:
    assert met(pattern, passage)


@pytest.mark.parametrize(
    ("pattern", "passage"),
    [
        ("opt out", "Options for an outlet."),
        ("train", "We like training."),
        ("we …2 sell", "We do not ever sell."),
        ("we may sell", "We sell."),
        ("{we} sell", "They sell."),
        ("^ sell", "We sell."),
        ("we $", "We sell."),
        ("data", "A database of metadata."),
        ("sell we", "We sell."),
        ("link target", "See [this](https://a.example/link-target)."),
    ],
)
def test_pattern_does_not_meet_passage(pattern: str, passage: str) -> None:
    assert not met(pattern, passage)


def test_a_gap_counts_words_at_its_bound() -> None:
    assert met("we …3 sell", "We a b c sell.")
    assert not met("we …3 sell", "We a b c d sell.")


def test_a_gap_takes_the_nearest_word_before_it() -> None:
    assert met("keep …1 data", "We keep and keep and then we keep your data.")


def test_an_item_is_read_after_its_lead_in() -> None:
    passage = "You may not:\n\n- rest\n- scrape the site"
    assert met("you may not … scrape", passage)
    assert met("^ scrape", passage)
    assert not met("^ you", passage)


def test_values_are_read_as_written() -> None:
    found = values("within <window>", "Within **thirty (30) days** you may go.", {"window": "duration"})
    assert found == [(("window", "thirty (30) days"),)]


def test_several_values_of_one_pattern() -> None:
    found = values("<age> … <age>", "Between 13 and 18 years of age.")
    assert found == [(("age", "13"), ("age", "18"))]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("", "an alternative is empty"),
        ("(we | )", "an alternative is empty"),
        ("(we", "a bracket is not closed"),
        ("we)", "never opened"),
        ("we?", "matches nothing at all"),
        ("…", "matches nothing at all"),
        ("we …99 sell", "40 is the most"),
        ("ab*", "letters before"),
        ("we .* sell", "no part of the pattern language"),
        ("{nobody} sell", "has no {nobody}"),
        ("within <window>", "neither a parameter nor a type"),
        ("we $ sell", "something stands after '$'"),
        ("we ^ sell", "something stands before '^'"),
        ("…?", "means nothing"),
        ("(" * 30 + "we" + ")" * 30, "brackets inside one another"),
        ("we " * 2000, "longer than"),
        (" ".join(["(a … b | c … d)"] * 12), "ways through it"),
    ],
)
def test_a_wrong_pattern_says_why(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError, match=r".") as caught:
        check(pattern, Lexicon(VOCABULARY), {})
    assert reason in str(caught.value)


def test_a_vocabulary_that_goes_in_a_circle() -> None:
    lexicon = Lexicon({"a": ["{b} x"], "b": ["{c}"], "c": ["y {a}"]})
    with pytest.raises(PatternError, match="a → b → c → a"):
        check("{a}", lexicon, {})


def test_a_vocabulary_that_grows_beyond_measure() -> None:
    names = {f"n{level}": [f"({{n{level + 1}}} x | {{n{level + 1}}} y)"] for level in range(40)}
    with pytest.raises(PatternError, match="words in one pattern"):
        check("{n0}", Lexicon({**names, "n40": ["z"]}), {})


@pytest.mark.parametrize(
    ("value", "type_name", "normal"),
    [
        ("thirty (30) days", "duration", "30 days"),
        ("one (1) year", "duration", "1 year"),
        ("ninety days", "duration", "90 days"),
        ("twenty-four hours", "duration", "24 hours"),
        ("ten business days", "duration", "10 business days"),
        ("one hundred and eighty days", "duration", "180 days"),
        ("the State of Delaware", "jurisdiction", "Delaware"),
        ("US$ 100.00", "amount", "$100"),
        ("$1,000", "amount", "$1000"),
        ("eighteen", "age", "18"),
        ("16", "age", "16"),
    ],
)
def test_normal_forms(value: str, type_name: str, normal: str) -> None:
    assert normal_value(value, type_name) == normal


@given(st.text(alphabet="we sell(|)…?~*{}<>^$.' ", max_size=60))
def test_any_text_is_a_pattern_or_says_why_not(text: str) -> None:
    with suppress(PatternError):
        assert parse(text) == parse(text)

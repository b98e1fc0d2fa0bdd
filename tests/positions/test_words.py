"""Values as readers see them."""

from __future__ import annotations

from govdigest.positions import shown_value

SHOUTED = "THE TOTAL AMOUNT PAID TO FERNMARK IN THE TWELVE MONTHS BEFORE THE CLAIM, OR US$100"
QUIET = "the total amount paid to fernmark in the twelve months before the claim, or US$100"


def test_an_amount_that_is_shouted_is_told_in_small_letters() -> None:
    assert shown_value(SHOUTED, "amount") == QUIET


def test_a_name_in_it_is_written_as_elsewhere_in_the_text() -> None:
    text = f"FernMark lists the total of the months before. FernMark is help@fernmark.example. {SHOUTED}"
    assert shown_value(SHOUTED, "amount", text) == QUIET.replace("fernmark", "FernMark")


def test_a_word_that_the_text_writes_small_is_no_name() -> None:
    text = "Amount due: the amount on the bill. Claim your refund; a claim takes time. The end. Fernmark, our fernmark."
    assert shown_value(SHOUTED, "amount", text) == QUIET


def test_other_values_stay_as_they_are_written() -> None:
    assert shown_value("service-providers", "list") == "service providers"
    assert shown_value("thirty (30) days", "duration") == "30 days"


def test_a_place_has_its_article_and_its_last_stop() -> None:
    assert shown_value("United States", "jurisdiction") == "the United States"
    assert shown_value("U.S", "jurisdiction") == "the U.S."
    assert shown_value("Washington D.C", "jurisdiction") == "Washington D.C."
    assert shown_value("State of New York", "jurisdiction") == "State of New York"
    assert shown_value("Ireland", "jurisdiction") == "Ireland"

"""Answers as pages show them: each with evidence in sight, said once, and silence only of what was read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from govdigest.edition.nouns import DocumentView
from govdigest.publish import publish
from govdigest.publish.pages.common import FOLD, QuoteView, answers, evidence, reference, view_of
from govdigest.publish.words import capital
from tests.publish.conftest import TEMPLATES
from tests.publish.sample import compose, small


@given(st.lists(st.text("ab cd", min_size=1, max_size=700).map(lambda words: f"x{words.strip()}"), min_size=1))
def test_an_answer_has_evidence_in_sight_and_no_quote_is_lost(words: list[str]) -> None:
    quotes = tuple(QuoteView(one, str(number)) for number, one in enumerate(words))
    told = evidence(quotes)
    assert sorted(told.shown + told.folded, key=lambda one: int(one.url)) == list(quotes)
    assert sum(len(one.words) for one in told.shown) <= FOLD
    assert bool(told.shown) != bool(told.opening)
    if told.opening:
        assert " ".join(told.folded[0].words.split()).startswith(told.opening.removesuffix("…"))


def test_a_position_is_said_once_with_the_parameters_of_each_document() -> None:
    document = next(view for view in small().platforms if view.platform.slug == "tern").documents[0]
    one = view_of(document.statements[0], reference(document))
    other = replace(one, statement=replace(one.statement, values="90 days"))
    (found,) = answers([one, other])
    assert (found.views, found.values, found.differ) == ((one, other), "", True)
    (found,) = answers([other, other])
    assert (found.values, found.differ) == ("90 days", False)


def _unread(view: DocumentView) -> DocumentView:
    return replace(view, current=None, versions=(), statements=(), silences=(), summary=None, status="never-read")


def test_only_documents_that_were_read_are_silent(tmp_path: Path) -> None:
    documents = [
        _unread(view) if view.platform.slug == "rook" else view
        for platform in small().platforms
        for view in platform.documents
    ]
    publish(compose(documents), templates=[TEMPLATES], out=tmp_path, cache=None, jobs=1)

    def page(path: str) -> html.HtmlElement:
        return html.document_fromstring((tmp_path / path / "index.html").read_text())

    matrix = page("sectors/notes").xpath("//div[contains(@class, 'matrix')]//tr")
    heads = [" ".join(cell.text_content().split()) for cell in matrix[0].xpath("./th[position() > 1]")]
    assert heads[0] == "Tern Notes 3 of 4 documents read"
    assert heads[1].endswith("0 of 2 documents read")
    assert {row.xpath("./td")[1].text_content() for row in matrix[1:]} == {"not read"}
    assert "does not say" not in {row.xpath("./td")[0].text_content() for row in matrix[1:]}
    told = page("provisions/sale").xpath("//section[@aria-labelledby='table']/h3")
    assert [one.text_content() for one in told] == [
        "2 platforms whose documents do not say",
        "1 platform whose documents were not read",
    ]
    facts = page("platforms/rook").xpath("//section[@aria-labelledby='facts']")[0]
    assert not facts.xpath(".//dl")
    assert "Not read, so nothing is known on: Training of models" in " ".join(facts.text_content().split())


def test_a_reason_that_begins_with_an_address_keeps_it() -> None:
    assert capital("https://a.example/: not found") == "https://a.example/: not found"
    assert capital("the period changed") == "The period changed"

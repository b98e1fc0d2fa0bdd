"""Whatever a document says, it is read in bounded work: what is counted here is steps, not time."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdigest import taxonomy
from govdigest.extract import segment
from govdigest.model import Finding, Passage, PassageKind, Span, Text
from govdigest.patterns import Expander, Lexicon
from govdigest.positions import Reader
from govdigest.positions.matching import Matcher
from govdigest.positions.page import Page
from govdigest.positions.trying import MOST_HITS, MOST_LOOKS
from govdigest.positions.views import LONGEST_CONTEXT, LONGEST_VIEW, MOST_CONTEXT, views
from tests.positions.reading import FIND, reader_of

CONTENT = Path(__file__).resolve().parents[2] / "content"
SHIPPED = Reader(taxonomy.load([CONTENT]))


def passage(markdown: str, *, context: tuple[Span, ...] = ()) -> Text:
    """A text that is one passage."""
    return Text(markdown, (Passage(Span(0, len(markdown)), PassageKind.ITEM, 0, (), context),), language="en")


def assert_sound(text: Text, findings: tuple[Finding, ...]) -> None:
    """Quotes are slices, and there are no more than there may be."""
    for finding in findings:
        assert 1 <= len(finding.quotes) <= 4
        assert all(text.slice(quote.span) == quote.text for quote in finding.quotes)


@pytest.mark.parametrize(
    "word",
    [
        "sell ",
        "data ",
        "we may sell your data ",
        "not ",
        "a",
        "(",
        "30 days ",
        "United ",
        "$1 or ",
        "sell, ",
        "** ",
        "]( ",
    ],
)
def test_a_sentence_of_a_megabyte(word: str) -> None:
    markdown = (word * (1_000_000 // len(word) + 1))[:1_000_000]
    text = passage(markdown)
    seen = views(text)
    assert all(len(view.tokens) <= LONGEST_VIEW for view in seen)
    assert len(seen) <= 2 * len(markdown) / LONGEST_VIEW + 1
    assert_sound(text, SHIPPED.read(text))


def test_lead_ins_are_read_in_part() -> None:
    lead = "you may not use it for this and that and " * 5_000
    markdown = lead + "sell your data to anyone."
    spans = tuple(Span(0, len(lead)) for _ in range(50))
    own = Passage(Span(len(lead), len(markdown)), PassageKind.ITEM, 0, (), spans)
    (view,) = views(Text(markdown, (own,), language="en"))
    assert len(view.tokens) <= LONGEST_CONTEXT * MOST_CONTEXT


def test_a_run_goes_no_further_than_its_longest_alternative() -> None:
    expander = Expander(Lexicon({}))
    Matcher(expander).patterns(["a? a? a? a? a? a? a? a? b", "(a | a a) (a | a a) (a | a a) c"])
    states, longer = expander.recogniser.scan(["a"] * 2_000 + ["b"])
    assert len(states) + len(longer) <= 9 * 2_001


def test_gaps_inside_gaps_keep_one_way_a_hit() -> None:
    matcher = Matcher(Expander(Lexicon({})))
    patterns = matcher.patterns(["a …40 a …40 a …40 a …40 a …40 a …40 a"])
    page = Page.of(passage("a " * 1_900), matcher)
    assert sum(len(page.matches(patterns, view)) for view in page.views) <= 1_900


def test_a_rule_looks_only_so_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = reader_of(tmp_path, FIND)
    asked = 0
    matches = Page.matches

    def counted(self: Page, *arguments: object) -> object:
        nonlocal asked
        asked += 1
        return matches(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Page, "matches", counted)
    text = segment("We sell your data to anyone who asks for it. " * 6_000, language="en")
    (finding,) = reader.read(text)
    assert finding.position == "sells"
    rules = 3
    assert asked <= rules * (MOST_LOOKS * 3 + MOST_HITS * 2)


def test_five_megabytes_are_read() -> None:
    clauses = (
        "We collect your name and e-mail address to provide the service. ",
        "You agree to indemnify us against all claims.\n\n",
        "## Section\n\n",
        "We keep it for 30 days after you close your account. ",
        "- we do not sell your personal data\n- we share it with partners\n\n",
    )
    markdown = "".join(clauses) * (5_000_000 // len("".join(clauses)))
    text = segment(markdown, language="en")
    findings = SHIPPED.read(text)
    assert {"data-sale", "data-retention", "indemnification"} <= {finding.provision for finding in findings}
    assert_sound(text, findings)

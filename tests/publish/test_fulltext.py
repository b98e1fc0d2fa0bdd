"""Archived texts as HTML: every passage has its anchor, and nothing of the text is lost or executed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from govdigest import marks as markdown_marks
from govdigest.extract import segment
from govdigest.model import RedlineBlock, Segment
from govdigest.publish import fulltext
from govdigest.publish.fulltext import Mark, render, safe_address
from govdigest.publish.pages.redline import fit, stretches, told, views
from govdigest.publish.press import encoded
from govdigest.publish.words import shown
from tests.publish.sample import HOSTILE, PRIVACY

PIECES = st.sampled_from(
    [
        "# Heading\n",
        "### Deep *heading*\n",
        "We keep it. We *may sell* it. ",
        "**We sell. We buy.** ",
        "- one item\n",
        "  - a nested item\n",
        "1. first\n",
        "\n",
        "\n\n",
        "[a link. Two](https://x.example/a?b=1&c=2) ",
        "[bad](javascript:alert(1)) ",
        "![words](https://x.example/i.png) ",
        "<script>alert(1)</script>",
        "&lt;b&gt; &amp; \\* ",
        "| a | b |\n| --- | --- |\n| c. d | **e** |\n",
        "|  | b |\n| --- | --- |\n| c | d |\n",
        "> a quotation. Two\n",
        "```\ncode. more\n```\n",
        "    indented\n",
        "`code` _under_ ",
        "\x01\u0085\ufffe",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_each_passage_has_exactly_one_anchor_and_the_html_is_well_formed(markdown: str) -> None:
    text = segment(markdown)
    marked = {passage.span.start: [Mark("Name", "Says <it>", "../#x", "high")] for passage in text.passages[::2]}
    page = encoded(f"<main>{render(text, marked).html}</main>").decode()
    ids = re.findall(r' id="(p-\d+)"', page)
    assert sorted(ids) == sorted({f"p-{passage.span.start}" for passage in text.passages})
    tree = html.fragment_fromstring(page)
    assert not tree.xpath("//script | //img | //style | //a[starts-with(@href, 'javascript')]")
    assert not tree.xpath("//a//a")


def test_a_passage_links_to_all_of_its_words() -> None:
    text = segment(PRIVACY)
    tree = html.fragment_fromstring(f"<main>{render(text, {}).html}</main>")
    for passage in text.passages:
        (node,) = tree.xpath(f"//*[@id='p-{passage.span.start}']")
        words = shown(text.slice(passage.span)).lstrip("#").split(" · ")[0]
        assert " ".join(node.text_content().split()) in words or words in " ".join(node.text_content().split())


def test_findings_stand_in_the_margin_of_their_passage() -> None:
    text = segment(PRIVACY)
    start = PRIVACY.index("**We keep")
    page = render(text, {start: [Mark("Data retention", "Stated periods", "../../#retention-fixed", "low")]}).html
    tree = html.fragment_fromstring(f"<main>{page}</main>")
    (note,) = tree.xpath("//*[@class='margin']/a[@class='low']")
    assert note.text_content() == "Data retention Stated periods"
    assert note.get("href") == "../../#retention-fixed"
    assert tree.xpath(f"//*[@id='p-{start}'][@class='found']")


def test_headings_begin_at_the_second_level_and_skip_none() -> None:
    rendered = render(segment("### a\n\n# b\n\n#### c\n\n## d\n"), {})
    assert [(heading.words, heading.level) for heading in rendered.headings] == [("a", 2), ("b", 2), ("c", 3), ("d", 3)]


def test_a_header_cell_of_nothing_is_no_header() -> None:
    text = segment("|  | Kept |\n| --- | --- |\n| a | b |\n")
    page = html.fragment_fromstring(f"<main>{render(text, {}).html}</main>")
    assert [cell.text_content() for cell in page.xpath("//th")] == ["Kept"]
    assert len(page.xpath("//thead//td")) == 1


def test_a_text_too_long_to_parse_is_shown_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "LARGEST", 100)
    text = segment(PRIVACY + HOSTILE)
    page = render(text, {}).html
    assert "<script" not in page
    assert page.count('id="p-') > 10


@pytest.mark.parametrize(
    ("given_address", "address"),
    [
        ("https://a.example/b c?d=é#e", "https://a.example/b%20c?d=%C3%A9#e"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT:alert(1)", None),
        ("//a.example/", None),
        ("#section", None),
        ("/privacy", None),
        ("https://user:pass@a.example/", None),
        ("https://[::1/", None),
        ("https://a.example:99999/", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("https://a.example/" + "a" * 3000, None),
    ],
)
def test_addresses_that_a_text_may_link_to(given_address: str, address: str | None) -> None:
    assert safe_address(given_address) == address


@given(st.text(alphabet=st.sampled_from("ab .,\n\t*_-1.)>#|`[]()&;!\\\u00a0"), max_size=40))
def test_quotes_are_shown_as_the_projection_shows_them(markdown: str) -> None:
    assert shown(markdown) == markdown_marks.plain(markdown, inside=True)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.sampled_from(["Plain words: 3 - 4.\n", "We go on\n", "  so", "- \n", "\t", "é\xa0"])))
def test_what_is_parsed_at_once_is_shown_as_commonmark_has_it(pieces: list[str]) -> None:
    plainly = MarkdownIt("commonmark", {"html": False}).enable("table").disable("text_join")
    text = segment("".join(pieces))
    marked = {passage.span.start: [Mark("Name", "Says", "../#x", "high")] for passage in text.passages[1::3]}
    shown_at_once = render(text, marked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fulltext, "parser", lambda: plainly)
        assert render(text, marked) == shown_at_once


def test_a_long_redline_is_folded_by_its_headings() -> None:
    blocks = [
        RedlineBlock(op=op, heading=heading, before="", after="", segments=())
        for heading, op in [
            ("Fees", "added"),
            ("Fees", "removed"),
            ("Fees", "added"),
            ("", "moved"),
            ("Fees", "reworded"),
        ]
    ]
    found = stretches(views(blocks, "", ""))
    assert [(one.heading, one.words, one.blocks[0].number) for one in found] == [
        ("Fees", "2 added, 1 removed", 1),
        ("", "1 moved", 4),
        ("Fees", "1 reworded", 5),
    ]
    assert all(one.open for one in found)
    assert stretches(()) == ()


@given(st.lists(st.tuples(st.sampled_from(["", "Fees", "Data"]), st.integers(0, 6000)), max_size=30))
def test_a_redline_loses_no_passage_when_it_is_folded(passages: list[tuple[str, int]]) -> None:
    blocks = [
        RedlineBlock(op="added", heading=heading, before="", after="x" * size, segments=(Segment("added", "x" * size),))
        for heading, size in passages
    ]
    shown_views = views(blocks, "", "")
    found = stretches(shown_views)
    assert tuple(one for stretch in found for one in stretch.blocks) == shown_views
    assert all(one.block.heading == stretch.heading for stretch in found for one in stretch.blocks)
    # what is in sight is never nothing, and little unless one passage is long
    in_sight = [one for stretch in found if stretch.open for one in stretch.blocks]
    assert bool(in_sight) == bool(blocks)
    assert sum(len(one.block.after) for one in in_sight[1:]) <= 4000


def test_a_page_holds_the_start_of_a_redline_that_is_too_long_for_it() -> None:
    words = "We keep what you give us for as long as we need it. " * 6
    blocks = [RedlineBlock(op="added", heading="Fees", before="", after=words, segments=())] * 2000
    shown_blocks = fit(blocks)
    assert 100 < shown_blocks < 400
    assert told(blocks[shown_blocks:]) == f"{2000 - shown_blocks} added"
    assert fit(blocks[:shown_blocks]) == shown_blocks
    assert fit([RedlineBlock(op="added", heading="", before="", after=words * 1000, segments=())]) == 1
    assert fit([]) == 0

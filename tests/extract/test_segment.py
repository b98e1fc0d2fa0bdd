"""From Markdown to passages: kinds, headings, contexts, offsets."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdigest.extract import segment
from govdigest.marks import plain
from govdigest.model import Passage, PassageKind, Text


def shown(text: Text) -> list[tuple[str, str]]:
    return [(passage.kind.value, text.slice(passage.span)) for passage in text.passages]


def passage(text: Text, start: str) -> Passage:
    return next(one for one in text.passages if text.slice(one.span).startswith(start))


def contexts(text: Text, start: str) -> list[str]:
    return [text.slice(span) for span in passage(text, start).context]


def test_sentences_items_rows_and_what_introduces_them() -> None:
    text = segment(
        "# Terms\n\nWe are Pennyroyal Ltd. You agree to these terms.\n\n"
        "We never use your drafts. We may:\n\n"
        "- share them with hosts;\n- keep them:\n  - for tax, and\n  - for court.\n\n"
        "| Cookie | Lasts |\n| --- | --- |\n| pr_id | one year |\n"
    )
    assert shown(text) == [
        ("heading", "Terms"),
        ("sentence", "We are Pennyroyal Ltd."),
        ("sentence", "You agree to these terms."),
        ("sentence", "We never use your drafts."),
        ("lead-in", "We may:"),
        ("item", "share them with hosts;"),
        ("item", "keep them:"),
        ("item", "for tax, and"),
        ("item", "for court."),
        ("header", "| Cookie | Lasts |"),
        ("row", "| pr_id | one year |"),
    ]
    assert contexts(text, "for court") == ["We may:", "keep them:"]
    assert contexts(text, "| pr_id") == ["| Cookie | Lasts |"]
    assert passage(text, "for tax").headings == ("Terms",)


def test_a_long_item_gives_its_sentences() -> None:
    text = segment("You must not:\n\n1. Copy the Service. This holds for its parts too.\n2. Sell it.\n")
    assert shown(text)[1:] == [
        ("item", "Copy the Service."),
        ("item", "This holds for its parts too."),
        ("item", "Sell it."),
    ]
    assert contexts(text, "This holds") == ["You must not:"]
    blocks = [one.block for one in text.passages]
    assert blocks == [0, 1, 1, 2]


def test_reads_markdown_as_converters_write_it() -> None:
    text = segment(
        "Privacy policy\n==============\n\n1\\. Who we are\n==============\n\n"
        "*   Data we hold\n    ------------\n    \n    We hold your name.  \n    And your mail.\n    \n"
        "*   **Logs**, for a week\n\n**What else?**\n\nNothing.\n"
    )
    assert passage(text, "We hold").headings == ("1. Who we are", "Data we hold")
    assert passage(text, "We hold").kind is PassageKind.SENTENCE
    assert passage(text, "**Logs**").kind is PassageKind.ITEM
    assert passage(text, "Nothing").headings[-1] == "What else?"


def test_points_written_as_paragraphs_are_items() -> None:
    text = segment(
        "We may close an account:\n\n(a) if it is idle; or\n\n(b) if the law demands it.\n\nWe tell you first.\n"
    )
    assert shown(text) == [
        ("lead-in", "We may close an account:"),
        ("item", "(a) if it is idle; or"),
        ("item", "(b) if the law demands it."),
        ("sentence", "We tell you first."),
    ]
    assert contexts(text, "(b)") == ["We may close an account:"]


def test_the_day_of_a_german_date_ends_no_sentence() -> None:
    text = segment("Diese Bedingungen gelten ab dem 9. Februar 2026. Sie ersetzen die vom 3. März 2024.")
    assert [sentence for _, sentence in shown(text)] == [
        "Diese Bedingungen gelten ab dem 9. Februar 2026.",
        "Sie ersetzen die vom 3. März 2024.",
    ]


def test_abbreviations_and_enumerators_end_no_sentence() -> None:
    text = segment(
        "The Cal. Civ. Code § 12.3 applies, e.g. to No. 5 of the annex. See Art. 6 GDPR.\n\n"
        "1\\. Payment. You pay monthly, i.e. twelve times a year.\n\n"
        "**You pay in advance.** We refund nothing.\n\n"
        "Wir löschen Daten gem. Art. 17 DSGVO, z. B. Ihre Adresse. Das dauert ca. 30 Tage.\n"
    )
    assert [words for _, words in shown(text)] == [
        "The Cal. Civ. Code § 12.3 applies, e.g. to No. 5 of the annex.",
        "See Art. 6 GDPR.",
        "1\\. Payment.",
        "You pay monthly, i.e. twelve times a year.",
        "**You pay in advance.**",
        "We refund nothing.",
        "Wir löschen Daten gem. Art. 17 DSGVO, z. B. Ihre Adresse.",
        "Das dauert ca. 30 Tage.",
    ]


def test_a_bold_sentence_is_no_heading() -> None:
    text = segment(
        "**Last updated: 3 May 2025**\n\n**PLEASE READ THESE TERMS WITH CARE.**\n\n**Your choices**\n\nYou choose.\n"
    )
    assert [kind for kind, _ in shown(text)] == ["sentence", "sentence", "heading", "sentence"]


def test_a_row_that_holds_a_section_is_read_by_its_sentences() -> None:
    section = "We keep what you give us. We may close the shop. " * 16
    text = segment(f"| **1. Our shop** {section}| In short: we may close. |\n| --- | --- |\n| {section}| Shorter. |\n")
    kinds = [kind for kind, _ in shown(text)]
    assert kinds[0] == "header"
    assert set(kinds[1:]) == {"sentence"}
    assert len(kinds) > 30
    short = segment("| What | How long |\n| --- | --- |\n| Letters. We keep them. | A year. Then we burn them. |\n")
    assert [kind for kind, _ in shown(short)] == ["header", "row"]


def test_between_whom_a_framework_stands_ends_no_sentence() -> None:
    text = segment("We are certified under the EU-U.S. Data Privacy Framework. You live in the U.S. We know.\n")
    assert [words for _, words in shown(text)] == [
        "We are certified under the EU-U.S. Data Privacy Framework.",
        "You live in the U.S.",
        "We know.",
    ]


def test_points_in_bold_type_head_nothing_but_what_has_a_text_of_its_own_does() -> None:
    points = segment("In short:\n\n* **Your photos stay yours**\n* **We never sell them**\n\nThat is all.\n")
    assert [kind for kind, _ in shown(points)] == ["lead-in", "item", "item", "sentence"]
    sections = segment("* **Your photos**\n\n  They stay yours.\n\n* **Your letters**\n\n  We never read them.\n")
    assert [kind for kind, _ in shown(sections)] == ["heading", "sentence", "heading", "sentence"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "You may end this contract when you like, and we will give you back what is yours for this year."),
        ("fr", "Vous pouvez mettre fin à ce contrat quand vous le voulez et nous vous rendons ce qui est à vous."),
        (
            "de",
            "Sie können den Vertrag jederzeit kündigen, und wir geben Ihnen zurück, was zu Ihnen gehört und nicht uns.",
        ),
        ("es", "Usted puede poner fin a este contrato cuando lo desee y nosotros le devolvemos lo que es de usted."),
        ("ja", "利用者は本規約に同意するものとします。当社は通知します。"),
        ("", "OK then"),
    ],
)
def test_languages(language: str, words: str) -> None:
    assert segment(words).language == language


def test_a_build_imports_no_trafilatura() -> None:
    code = (
        "import sys; from govdigest.extract import examine, join, segment; t = segment('# A\\n\\nYou agree. We do.');"
        "examine(t); join([t, t]); print([m for m in ('trafilatura', 'lxml', 'pypdfium2') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


PIECES = st.sampled_from(
    [
        *(
            "# ",
            "## ",
            "- ",
            "  - ",
            "    ",
            "1. ",
            "> ",
            "===\n",
            "---\n",
            "\n",
            "\n\n",
            "\\\n",
            "\t",
            "\r\n",
            "```\n",
        ),
        *(
            "| a | b |\n| --- | --- |\n",
            "| c | d |\n",
            "We may. ",
            "You agree to this: ",
            "(a) point; ",
            "e.g. ",
            "…",
            "é",
        ),
        *("**bold** ", "[link](https://a.example/x) "),
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_passages_are_ordered_slices_and_the_same_each_time(markdown: str) -> None:
    text = segment(markdown)
    assert segment(markdown) == text
    end = 0
    for one in text.passages:
        assert end <= one.span.start < one.span.end <= len(markdown)
        end = one.span.end
        words = text.slice(one.span)
        assert words == words.strip(" \t\n")
        assert all(context.end <= one.span.start for context in one.context)


@given(st.lists(PIECES, min_size=1, max_size=6).map("".join), st.integers(500, 3000))
@settings(max_examples=40, deadline=None)
def test_no_text_takes_more_than_its_length_deserves(piece: str, times: int) -> None:
    segment(piece * times)


def test_a_heading_keeps_its_number() -> None:
    """For readers too: 'see section 3' must lead somewhere."""
    text = segment("# Terms\n\n## 3. Fees\n\nYou pay.\n\n## 4) 5. Ends\n\nWe part.\n\n1. Notes.")
    assert [one.headings for one in text.passages if one.kind is PassageKind.SENTENCE] == [
        ("Terms", "3. Fees"),
        ("Terms", "4) 5. Ends"),
    ]
    seen = [plain(text.slice(one.span), inside=True) for one in text.passages]
    assert seen == ["Terms", "3. Fees", "You pay.", "4) 5. Ends", "We part.", "Notes."]
    assert plain("3. Fees") == "Fees"


def test_a_long_heading_is_a_paragraph() -> None:
    clause = "We may change this agreement. " + "The orchard tells its members of every change by letter. " * 8
    text = segment(f"Terms\n=====\n\n{clause}\n-----\n\nMore of it.\n")
    kinds = [passage.kind for passage in text.passages]
    assert kinds.count(PassageKind.HEADING) == 1
    assert kinds.count(PassageKind.SENTENCE) == 10


def test_a_sentence_that_announces_bullets_leads_them() -> None:
    text = segment("We share data with those set out below.\n\n• carriers of fruit\n\n• the mill\n\nThat is all.\n")
    kinds = [passage.kind for passage in text.passages]
    assert kinds == [PassageKind.LEAD_IN, PassageKind.ITEM, PassageKind.ITEM, PassageKind.SENTENCE]

"""Documents of which every printed line became a paragraph of its own."""

from __future__ import annotations

from govdigest.extract import segment

_CLAUSES = (
    "The orchard keeps the records of its members for as long as the account of a member is open and for one year after"
    " that. A member may ask the orchard to delete them, and the orchard does so within thirty days of the request."
)


def _printed(text: str, width: int = 40) -> str:
    """One paragraph a line, as converters of PDF write it."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) >= width:
            lines.append(line.strip())
            line = ""
        line += word + " "
    return "\n\n".join([*lines, line.strip()])


def test_sentences_go_on_over_the_lines_of_a_printed_page() -> None:
    markdown = "\n\n".join([_printed(_CLAUSES), "● pears;\n\n● plums."] * 8)
    text = segment(markdown)
    words = [" ".join(markdown[p.span.start : p.span.end].split()) for p in text.passages]
    assert words.count(_CLAUSES.split(". ")[0] + ".") == 8
    assert words.count("● pears;") == 8
    assert words.count("● plums.") == 8


def test_paragraphs_of_other_documents_stay_apart() -> None:
    markdown = "\n\n".join(["What we keep for each of the members of the orchard", "the records of the harvest"] * 30)
    long = markdown + "\n\n" + " ".join([_CLAUSES] * 2)
    text = segment(long)
    assert any(long[p.span.start : p.span.end] == "the records of the harvest" for p in text.passages)


def test_a_short_document_is_left_as_it_is() -> None:
    markdown = _printed(_CLAUSES.replace(". A", "; and a"))
    assert len(segment(markdown).passages) == len(markdown.split("\n\n"))

"""PDFs: reading order, furniture, hyphens, headings, and the failures."""

from __future__ import annotations

import pytest

from govdigest.extract import Encrypted, ImageOnly, SelectorError, UnreadableBytes, extract
from govdigest.model import FailureClass, Source
from tests.extract.pdfs import Line, paragraph, pdf


def furnished(number: int, lines: list[Line]) -> list[Line]:
    """A page with a running header and a page number."""
    return [
        Line(60, 815, "Brindlewick Ltd. | Terms of Service", 8),
        *lines,
        Line(280, 25, f"Page {number} of 4", 8),
    ]


def test_reads_paragraphs_headings_and_lists() -> None:
    body = pdf(
        [
            furnished(
                1,
                [
                    Line(60, 770, "Terms of Service", 22),
                    Line(60, 730, "1. Your account", 15),
                    *paragraph(
                        60,
                        705,
                        [
                            "You keep your account safe and you tell us without delay when some-",
                            "one else has used it. We may ask third-",
                            "party checks of your identity, and we explain each third-party check.",
                        ],
                    ),
                    Line(60, 650, "We collect:"),
                    Line(75, 635, "• your name, and the address"),
                    Line(85, 622, "that you gave us;"),
                    Line(75, 609, "• your payments."),
                ],
            ),
            furnished(
                2, [Line(60, 730, "2. Ending", 15), *paragraph(60, 705, ["You may end these terms whenever you"])]
            ),
            furnished(
                3,
                paragraph(
                    60,
                    770,
                    [
                        "like, with thirty days of notice to us, which you may give by letter.",
                        "We may do so too, for good cause only.",
                    ],
                ),
            ),
            furnished(4, paragraph(60, 770, ["The law of Eastmarch governs these terms."])),
        ],
        title="Brindlewick terms",
    )
    text = extract(body, "application/pdf")
    assert text.markdown == (
        "# Terms of Service\n\n"
        "## 1. Your account\n\n"
        "You keep your account safe and you tell us without delay when someone else has used it. We may ask "
        "third-party checks of your identity, and we explain each third-party check.\n\n"
        "We collect:\n\n"
        "- your name, and the address that you gave us;\n- your payments.\n\n"
        "## 2. Ending\n\n"
        "You may end these terms whenever you like, with thirty days of notice to us, which you may give by letter. "
        "We may do so too, for good cause only.\n\n"
        "The law of Eastmarch governs these terms."
    )
    assert text.title == "Brindlewick terms"
    assert text.language == "en"


def test_reads_columns_one_after_the_other() -> None:
    left = [f"The left column says in its line {number} that" for number in range(9)]
    right = [f"and the right column adds in line {number} so" for number in range(9)]
    lines: list[Line] = []
    for one, two in zip(paragraph(50, 700, left), paragraph(310, 693.5, right), strict=True):
        lines += [one, two]  # drawn line by line, across both columns
    text = extract(pdf([[Line(50, 760, "A long title that spans both of the columns", 18), *lines]]), "application/pdf")
    words = text.markdown
    assert words.index("left column says in its line 8") < words.index("right column adds in line 0")


def test_takes_heading_levels_from_the_outline() -> None:
    lines = [
        Line(60, 770, "Privacy", 12),
        *paragraph(60, 740, ["We keep what you write for as long as you want us to keep it."], 12),
    ]
    text = extract(pdf([lines], outline=[("Privacy", 0)]), "application/octet-stream")
    assert text.markdown.startswith("# Privacy\n\nWe keep")


def test_an_encrypted_pdf_is_its_own_failure() -> None:
    with pytest.raises(Encrypted) as caught:
        extract(pdf([[Line(60, 700, "secret")]], encrypted=True), "application/pdf")
    assert caught.value.reason is FailureClass.ENCRYPTED


def test_a_pdf_of_pictures_is_its_own_failure() -> None:
    with pytest.raises(ImageOnly) as caught:
        extract(pdf([[], []]), "application/pdf")
    assert caught.value.reason is FailureClass.IMAGE_ONLY


@pytest.mark.parametrize("body", [b"%PDF-1.7 and then nothing", b"<html>no PDF</html>"])
def test_what_only_claims_to_be_a_pdf_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableBytes):
        extract(body, "application/pdf")


def test_headings_bound_a_pdf_and_elements_cannot() -> None:
    body = pdf(
        [
            [
                Line(60, 770, "Cookies", 18),
                *paragraph(60, 740, ["We set one cookie, and it remembers your language."]),
                Line(60, 700, "Contact", 18),
                *paragraph(60, 670, ["Write to the office in Eastmarch."]),
            ]
        ]
    )
    bounded = extract(body, "application/pdf", Source("https://brindlewick.example/c.pdf", end="Contact"))
    assert bounded.markdown == "# Cookies\n\nWe set one cookie, and it remembers your language."
    with pytest.raises(SelectorError):
        extract(body, "application/pdf", Source("https://brindlewick.example/c.pdf", select=("main",)))

# ruff: noqa: E501 (markup reads better unbroken)
"""What page builders and help centres put around a document, and what they put a document into: of our own making."""

from __future__ import annotations

import pytest

from govdigest.extract import extract

PROSE = (
    "<p>Pennyroyal Notes stores what you write so that you can read it on each of your devices, and no one else does.</p>"
    "<h2>Retention</h2>"
    "<p>If you close your account we delete all of this within thirty days, and our backups follow sixty days later.</p>"
)
TEXT = (
    "Pennyroyal Notes stores what you write so that you can read it on each of your devices, and no one else does.\n\n"
    "## Retention\n\n"
    "If you close your account we delete all of this within thirty days, and our backups follow sixty days later."
)


def read(body: str) -> str:
    page = f"<!doctype html><html><head><title>Privacy | Pennyroyal</title></head><body>{body}</body></html>"
    return extract(page.encode(), "text/html").markdown


@pytest.mark.parametrize(
    "body",
    [
        # a help centre: author, age, votes, related articles, comments
        ("<main><article><header><h1>Privacy</h1><div class='article-author'><div class='article-meta'><a href='/u'>Mara Voss</a>"
        "<ul class='meta-group'><li>3 months ago</li><li>Updated</li></ul></div></div><button>Follow</button></header>"
        f"<section><div>{PROSE}</div></section><footer><div><span>Was this article helpful?</span><button>Yes</button><button>No</button>"
        "<span>3 out of 17 found this helpful</span></div><div>Have more questions? <a href='/new'>Submit a request</a></div></footer>"
        "<section><h3>Related articles</h3><ul><li><a href='/y'>How to bring your notes along</a></li></ul></section></article></main>"),
        # documentation: edits, age, thumbs
        ("<main><article><header><h1>Privacy</h1><a href='/e'>Suggest Edits</a></header>"
        f"<div>{PROSE}</div><p> Updated about 1 year ago</p><hr><div>Did this page help you?</div><div>👍</div><div>👎</div></article></main>"),
        # a site builder: anchors at the ends, a switch of languages and of themes, an arrow to the top
        ("<div><div role='region'><span>top of page</span></div><main><div class='lang-select'>English ▾</div><h1>Privacy</h1>"
        "<ul class='action-items'><li><span>Light</span></li></ul>"
        f"{PROSE}<p><a href='#top'>↑ Back to top</a></p></main><div role='region'><span>bottom of page</span></div></div>"),
        # a blog: sharing and liking
        (f"<main><article><h1>Privacy</h1><div>{PROSE}<div><h3>Share this:</h3><ul><li><a href='/t'>Click to share</a></li></ul></div>"
        "<div><h3>Like this:</h3><div>Like Loading...</div></div></div></article></main>"),
        # sections that open and shut, all at once and one by one
        ("<main><div><span>Expand All</span> <span>Collapse All</span></div><h1>Privacy</h1>"
        f"{PROSE}<div><a role='button' tabindex='0'>View Summary</a> <a role='button' tabindex='0'>Learn more</a></div></main>"),
        # labels above the title, a title that a framework left in the body, a table of contents that is gone
        ("<main><title>Privacy · Pennyroyal</title><div>Legal</div><h2>Terms &amp; Privacy</h2><h1>Privacy</h1><button>Versions</button>"
        f"{PROSE}<p>Opens in a new tab</p><p>(opens a footnote)</p></main>"),
        "<main><h1>Privacy</h1><details><summary>See details</summary><nav><a href='#a'>Retention</a></nav></details>" + PROSE + "</main>",
    ],
)  # fmt: skip
def test_furniture_is_no_text(body: str) -> None:
    assert read(body) == f"# Privacy\n\n{TEXT}"


def test_a_line_above_the_title_stays_where_it_says_something() -> None:
    """Dates and versions do; so does a name where no heading is known to be the title."""
    assert read(f"<main><p>Updated 3 May 2024</p><p>Version 4.1</p><h1>Privacy</h1>{PROSE}</main>").startswith(
        "Updated 3 May 2024\n\nVersion 4.1\n\n# Privacy"
    )
    sections = f"<main><div>Our terms</div><h1>Fees</h1>{PROSE}<h1>Refunds</h1>{PROSE}</main>"
    assert read(sections).startswith("Our terms\n\n# Fees")


def test_an_answer_of_one_word_is_text() -> None:
    text = read(
        f"<main><h1>Questions</h1>{PROSE}<h2>Do you sell data?</h2><p>No.</p><h2>May I leave?</h2><p>Yes</p></main>"
    )
    assert text.endswith("## Do you sell data?\n\nNo.\n\n## May I leave?\n\nYes")
    bold = f"<main><h1>Features</h1>{PROSE}<p><b>Search</b></p><p>We keep what you search for a week.</p></main>"
    assert "**Search**\n\nWe keep" in read(bold)


def test_a_clause_in_an_alert_box_is_text() -> None:
    text = read(
        "<main><h1>Terms</h1><p>You may use the service only as these terms allow, and you must not resell it to others.</p>"
        "<div class='banner' role='alert'>These terms hold a clause on arbitration, and with it you waive class actions.</div>"
        "<p>We may end your account when you break them, after a warning that we send to your address.</p></main>"
        "<div role='alert'><p>Your session is about to end, so save what you wrote before it is lost.</p></div>"
    )
    assert "a clause on arbitration" in text
    assert "Your session" not in text


def test_short_answers_behind_their_questions_are_text_though_hidden() -> None:
    text = read(
        f"<main><h1>Fees</h1>{PROSE}<h3>How are fees paid?</h3><div style='display:none'>Once a month.</div>"
        "<div><button>Are they given back?</button></div><div hidden><p>They are not.</p></div>"
        "<h3>Copy</h3><div style='display:none'>Copied!</div><p>Last.</p><div style='display:none'>Draft of May.</div></main>"
    )
    assert "### How are fees paid?\n\nOnce a month." in text
    assert "They are not." in text
    assert "Copied" not in text
    assert "Draft" not in text


def test_a_contract_to_click_through_is_no_consent_banner() -> None:
    section = "<section><p>By clicking you consent to be bound by these terms for as long as you use the service.</p><button>I accept</button></section>"
    assert "By clicking you consent" in read(f"<main><h1>Terms</h1>{PROSE}{section}</main>")
    banner = "<div><p>We and our partners ask for your consent to measure what you do on this site.</p><button>Reject</button><button>Accept</button></div>"
    assert "our partners" not in read(f"<main><h1>Terms</h1>{PROSE}</main>{banner}")


def test_a_contract_in_a_text_area_is_text() -> None:
    text = read(
        "<main><h1>Terms</h1><textarea readonly>1. You may use the service only as these terms allow, and you must not resell it to others.\n\n"
        "2. We may end your account when you break them.</textarea><textarea>Write to us</textarea><button>Send</button></main>"
    )
    assert text == (
        "# Terms\n\n1\\. You may use the service only as these terms allow, and you must not resell it to others.\n\n"
        "2\\. We may end your account when you break them."
    )


def test_a_declared_shadow_tree_is_text_and_a_template_is_not() -> None:
    text = read(
        f"<x-page><template shadowrootmode='open'><main><h1>Privacy</h1>{PROSE}</main></template></x-page><template>{PROSE * 3}</template>"
    )
    assert text == f"# Privacy\n\n{TEXT}"


def test_the_head_and_the_last_section_of_a_document_stand_outside_its_main_part() -> None:
    main = (
        PROSE
        + "<ul><li>what you write, on each of your devices, until you take it away;</li></ul>"
        + PROSE.replace("Retention", "1. More") * 2
    )
    text = read(
        "<header class='hero'><p>This notice says what we do with what you write, why we do so, and whom you may ask about any of it.</p>"
        f"<p>It holds for all who use the service, be they guests or members.</p></header><div>{main}</div>"
        "<div><h2>2. Contact</h2><p>Ask <a href='mailto:p@pennyroyal.example'>Pennyroyal</a>.</p></div>"
    )
    assert text.startswith("This notice says")
    assert text.endswith("## 2. Contact\n\nAsk [Pennyroyal](mailto:p@pennyroyal.example).")


def test_short_blocks_beside_one_long_paragraph_are_text() -> None:
    text = read(
        "<main><h1>Terms</h1><p>You may use the service only as these terms allow, and you must not resell it to others.</p>"
        "<h2>Fees</h2><p>None.</p><ul><li>Tax</li></ul><ul><li><a href='/a'>Home</a></li><li><a href='/b'>About</a></li></ul></main>"
    )
    assert text.endswith("## Fees\n\nNone.\n\n- Tax")


def test_a_list_in_pieces_counts_on() -> None:
    text = read(
        f"<main><h1>Terms</h1>{PROSE}<ol><li>one</li></ol><ol start='2'><li>two<ul><li>a</li></ul></li></ol>"
        "<ol start='3'><li>three</li></ol><ol><li>one again</li></ol><ol start='2'><li>two again</li></ol></main>"
    )
    assert text.endswith("1. one\n\n2. two\n   - a\n\n3. three\n\n1) one again\n\n2) two again")


@pytest.mark.parametrize(
    "part",
    [
        "<div role='alert'>You agree to all that these terms say of the use of it.</div>",
        "<button>Accept</button><button>Reject</button>",
        "<header><h1>T</h1><p>a</p></header>",
        "<h3>Fees</h3><div hidden>None.</div>",
        "<ol start='7'><li>x</li></ol>",
        "<textarea>" + "word and word " * 10 + "</textarea>",
    ],
)
def test_time_grows_with_the_page_and_not_with_its_square(part: str) -> None:
    """No assertion on time: a page of thousands of parts would not end if it did."""
    assert read(f"<div><h1>Terms</h1>{PROSE}{part * 5_000}</div>").startswith("# ")


def test_summaries_footnotes_and_titles_beside_the_text_are_text() -> None:
    rows = "".join(
        f"<div class='row'><div class='col'><h2>{number}. Part</h2>{PROSE}</div>"
        "<div class='col sidebar'><p>In short: it ends when you say so.</p></div></div>"
        for number in (1, 2)
    )
    text = read(
        f"<div>{rows}</div><div class='sidebar newsletter'><p>Hear from us once a month.</p><form><button>Go</button></form></div>"
    )
    assert text.count("In short: it ends when you say so.") == 2
    assert "Hear from us" not in text
    noted = f"<main><article><h1>Terms</h1>{PROSE}<p>We answer soon.<sup><a href='#f1'>1</a></sup></p><footer><ol><li id='f1'>Within a month.</li></ol></footer></article></main>"
    assert read(noted).endswith("1. Within a month.")
    boxed = f"<div><a href='/'>Home</a></div><div><button>×</button><h2>Our terms</h2><p>Read them.</p><div>{PROSE * 3}</div></div>"
    assert read(boxed).startswith("## Our terms\n\nRead them.\n\nPennyroyal")


def test_the_trail_to_a_page_is_no_text() -> None:
    trail = "<div><a href='/'>Accueil</a> &gt; <a href='/l'>Mentions</a> › Confidentialité</div>"
    assert read(f"<div>{trail}<h1>Confidentialité</h1>{PROSE}</div>").startswith("# Confidentialité")


def test_a_date_of_a_month_beside_the_text_is_text() -> None:
    field = "<div><div>Stand</div><div>Mai 2023</div></div>"
    text = read(f"<main><article><h1>Datenschutz</h1><div>{PROSE}</div>{field}</article></main>")
    assert text.endswith("Stand\n\nMai 2023")

# ruff: noqa: E501 (markup reads better unbroken)
"""Pages of our own making, each with a difficulty that real ones have."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from govdigest.extract import (
    ExtractError,
    SelectorError,
    UnreadableBytes,
    extract,
    inline,
    join,
    segment,
    settings_hash,
)
from govdigest.extract.tree import parse, strip_unseen
from govdigest.marks import plain
from govdigest.model import DateKind, FailureClass, PassageKind, Source

PROSE = (
    "<p>Pennyroyal Notes stores what you write so that you can read it on each of your devices, and no one else does.</p>"
    "<p>We ask you for your name and for an address at which we can reach you when something goes wrong with it.</p>"
    "<p>If you close your account we delete all of this within thirty days, and our backups follow sixty days later.</p>"
)
NAVIGATION = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Product", "Pricing", "Careers", "Log in"))


def page(main: str, around: str = "{}", title: str = "Privacy | Pennyroyal", head: str = "") -> bytes:
    """A page whose document is ``main``."""
    body = around.format(main)
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def markdown(body: bytes, media_type: str = "text/html", source: Source | None = None) -> str:
    return extract(body, media_type, source).markdown


def words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text).lower())


def test_chrome_is_no_text() -> None:
    around = (
        f'<header><nav><ul>{NAVIGATION}</ul></nav></header><div class="breadcrumb"><a href="/">Home</a> <a href="/l">Legal</a></div>'
        "<main>{}</main>"
        '<aside class="related"><h2>Related articles</h2><ul><li><a href="/a">How to export notes</a></li></ul></aside>'
        '<div id="cookie-banner" role="dialog"><p>We use cookies to make this site work for you and our partners.</p>'
        "<button>Accept all</button><button>Reject all</button></div>"
        f"<footer><ul>{NAVIGATION}</ul><p>© Pennyroyal Ltd.</p></footer>"
    )
    text = extract(page(f"<h1>Privacy</h1>{PROSE}", around), "text/html; charset=utf-8")
    assert text.markdown.startswith("# Privacy\n\nPennyroyal Notes stores")
    assert text.markdown.endswith("sixty days later.")
    assert text.coverage > 0.95
    assert text.title == "Privacy | Pennyroyal"
    assert text.page is not None
    assert text.page.words > len(words(text.markdown))


def test_a_box_that_announces_another_document_is_no_text() -> None:
    """Such a box stands on all policies of a site; on the page that it speaks of, it is that document's own."""
    box = "<div><p><a href='/legal/privacy'><b>We recently updated our Privacy Notice.</b></a></p>"
    box += "<p>We clarified that we do not sell your personal data to anyone at all.</p></div>"
    prose = "<p>You may use the service only as these terms allow, and you must not resell it to others.</p>" * 4
    page = f"<body><main><article><div>{box}<h1>Terms</h1></div><div>{prose}</div></article></main></body>".encode()

    def read(url: str) -> str:
        return extract(page, "text/html", Source(url)).markdown

    assert "do not sell" not in read("https://acme.example/legal/terms")
    assert read("https://acme.example/legal/terms").startswith("# Terms")
    assert "do not sell" in read("https://acme.example/legal/privacy")


def test_a_consent_banner_without_a_name_is_no_text() -> None:
    around = (
        "<div><div>{}</div><div class='x1'><div><p>We use cookies to improve what we do and to measure it. You choose.</p>"
        "<div><button>Reject all</button><button>Accept all</button></div></div></div></div>"
    )
    assert "cookies" not in markdown(page(f"<h1>Privacy</h1>{PROSE}", around))


def test_text_in_buttons_asides_and_bare_divs_is_kept() -> None:
    main = (
        "<h1>Privacy</h1><div>We never sell what you write, and we do not rent it out to anyone who asks for it.</div>"
        f"{PROSE}"
        "<div><button aria-expanded='false' aria-controls='a1'>How long do you keep logs?</button>"
        "<div id='a1' style='display:none'>For a week.</div></div>"
        "<aside><p>Our office in Eastmarch answers each request about your data within a month.</p></aside>"
        "<div role='button'><span>You own what you write, and you may take it with you whenever you like to.</span></div>"
    )
    text = markdown(page(main, "<main>{}</main>"))
    for wanted in (
        "We never sell",
        "How long do you keep logs?",
        "For a week.",
        "Our office in Eastmarch",
        "You own what",
    ):
        assert wanted in text


def test_collapsed_sections_are_text() -> None:
    main = (
        f"<h1>Terms</h1>{PROSE}<details><summary>Refunds</summary><p>We refund the days that you did not use.</p></details>"
        "<div role='tablist'><button role='tab'>Europe</button></div>"
        "<div role='tabpanel' hidden><p>In Europe you may withdraw within fourteen days.</p></div>"
    )
    text = extract(page(main), "text/html")
    assert "We refund the days" in text.markdown
    assert "In Europe you may withdraw" in text.markdown
    refund = next(one for one in text.passages if text.slice(one.span).startswith("We refund"))
    assert refund.headings == ("Terms", "Refunds")


def test_lists_keep_their_numbers_nesting_and_lead_ins() -> None:
    main = (
        f"<h1>Terms</h1>{PROSE}<p>You must not:</p><ol start='3'><li>copy the Service:<ol type='a'><li>in part, or</li>"
        "<li>as a whole;</li></ol></li><li>sell it. That holds for your team too.</li></ol>"
    )
    text = extract(page(main), "text/html")
    assert text.markdown.endswith(
        "You must not:\n\n3. copy the Service:\n   - a. in part, or\n   - b. as a whole;\n4. sell it. That holds for your team too."
    )
    whole = next(one for one in text.passages if "as a whole" in text.slice(one.span))
    assert [text.slice(span) for span in whole.context] == ["You must not:", "copy the Service:"]


def test_tables_stay_tables_and_layout_does_not() -> None:
    main = (
        f"<h1>Cookies</h1>{PROSE}<table><thead><tr><th>Name</th><th>Why</th></tr></thead><tbody>"
        "<tr><td>pr_id</td><td>to know you again | one year</td></tr>"
        "<tr><td rowspan='2'>pr_ab</td><td><ul><li>tests</li><li>counts</li></ul></td></tr><tr><td>sums</td></tr></tbody></table>"
        "<table role='presentation'><tr><td><h2>Contact</h2><p>Write to us in Eastmarch.</p></td></tr></table>"
    )
    text = extract(page(main), "text/html")
    assert (
        "| Name | Why |\n| --- | --- |\n| pr_id | to know you again \\| one year |\n| pr_ab | tests; counts |\n|  | sums |"
        in text.markdown
    )
    assert text.markdown.endswith("## Contact\n\nWrite to us in Eastmarch.")
    row = next(one for one in text.passages if one.kind is PassageKind.ROW)
    assert [text.slice(span) for span in row.context] == ["| Name | Why |"]


def test_definitions_addresses_and_what_cannot_be_seen() -> None:
    key = 0x2A
    hidden = bytes([key, *(byte ^ key for byte in b"dpo@pennyroyal.example")]).hex()
    main = (
        f"<h1>Privacy</h1>{PROSE}<dl><dt>Notes</dt><dd>What you write.</dd></dl>"
        f"<p>Mail <a class='__cf_email__' href='/cdn-cgi/l/email-protection' data-cfemail='{hidden}'>[email&nbsp;protected]</a>"
        " or see our\u200b Tru\u00adst page<span class='sr-only'>(opens in a new window)</span>.</p>"
        "<div style='position:absolute;left:-9999px'>mmMwWLliI0O</div><p>word word word word word word word word word</p>"
        "<svg><text>icon</text></svg><noscript>Please enable JavaScript</noscript>"
    )
    text = markdown(page(main))
    assert "**Notes**\n\nWhat you write." in text
    assert text.endswith("Mail [dpo@pennyroyal.example](mailto:dpo@pennyroyal.example) or see our Trust page.")


def test_nothing_of_the_page_becomes_markdown() -> None:
    main = (
        f"<h1># Terms *of* use</h1>{PROSE}<p>1. a &lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1)) *b* _c_ `d` &amp;amp; \\</p>"
        "<p># no heading</p><p>- no item<br>+ nor this<br>---</p><p>| a | b |<br>|---|---|</p>"
        "<p><a href='javascript:alert(1)'>run</a> <a href='data:text/html,x'>data</a> <a href='https://a.example/(b) c'>go</a>"
        " <a href='#here'>here</a>![]</p>"
    )
    text = markdown(page(main))
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert "<script" not in html
    assert "javascript:" not in html.replace("[x](javascript:alert(1))", "")
    assert "<em>" not in html
    assert html.count("<h1>") == 1
    assert "<li>" not in html
    assert "<table>" not in html
    assert (
        '<a href="https://a.example/%28b%29%20c">go</a>' in html
        or '<a href="https://a.example/%28b%29c">go</a>' in html
    )
    assert "1. a &lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1)) *b* _c_ `d` &amp;amp; \\" in html


def test_relative_links_are_made_whole_where_the_page_is_known() -> None:
    body = page(f'<h1>Privacy</h1>{PROSE}<p>See <a href="../cookies?x=1">our cookies</a>.</p>')
    source = Source("https://pennyroyal.example/legal/privacy")
    assert "[our cookies](https://pennyroyal.example/cookies?x=1)" in markdown(body, source=source)
    assert "[our cookies](../cookies?x=1)" in markdown(body)


@pytest.mark.parametrize(
    ("head", "encoding", "media_type"),
    [
        ("", "utf-8", "text/html"),
        ("", "utf-16", "text/html"),
        ("", "windows-1252", "text/html; charset=ISO-8859-1"),
        ('<meta charset="windows-1252">', "windows-1252", "text/html"),
        ('<meta charset="iso-8859-1">', "utf-8", "text/html; charset=utf-8"),
        ("", "windows-1252", "text/html"),
    ],
)
def test_charsets(head: str, encoding: str, media_type: str) -> None:
    body = page(f"<h1>Données</h1>{PROSE}<p>L’été – à vous.</p>", head=head).decode().encode(encoding)
    assert markdown(body, media_type).endswith("L’été – à vous.")


def test_dates_stated_and_of_the_metadata() -> None:
    body = page(
        f"<h1>Privacy</h1><p>Last updated <b>March 3, 2026</b>. Effective: 1 April 2026 (previous version: effective 2 May 2020)</p>{PROSE}",
        head='<meta property="article:published_time" content="2019-05-06T10:00:00Z">',
    )
    text = extract(body, "text/html")
    stated = [(one.kind, one.day, one.span is not None) for one in text.dates]
    assert stated == [
        (DateKind.UPDATED, date(2026, 3, 3), True),
        (DateKind.EFFECTIVE, date(2026, 4, 1), True),
        (DateKind.PUBLISHED, date(2019, 5, 6), False),
    ]


@pytest.mark.parametrize(
    ("line", "kind", "day"),
    [
        ("Dernière mise à jour : 12 mars 2024", DateKind.UPDATED, date(2024, 3, 12)),
        ("Entrée en vigueur le 1er août 2025", DateKind.EFFECTIVE, date(2025, 8, 1)),
        ("Zuletzt aktualisiert am 5. Januar 2026", DateKind.UPDATED, date(2026, 1, 5)),
        ("Gültig ab 01.02.2026", DateKind.EFFECTIVE, date(2026, 2, 1)),
        ("Stand: 3. Mai 2025", DateKind.UPDATED, date(2025, 5, 3)),
        ("Última actualización: 4 de junio de 2025", DateKind.UPDATED, date(2025, 6, 4)),
        ("Fecha de entrada en vigor: 10/07/2025", DateKind.EFFECTIVE, date(2025, 7, 10)),
        ("Last updated: 10/07/2025", DateKind.UPDATED, date(2025, 10, 7)),
        ("Published on 2024-02-29", DateKind.PUBLISHED, date(2024, 2, 29)),
        ("UpdatedNovember 14, 2023", DateKind.UPDATED, date(2023, 11, 14)),
        ("**Effective Date:** June 1st, 2024", DateKind.EFFECTIVE, date(2024, 6, 1)),
    ],
)
def test_dates_in_four_languages(line: str, kind: DateKind, day: date) -> None:
    text = segment(line)
    assert [(one.kind, one.day) for one in text.dates] == [(kind, day)]
    span = text.dates[0].span
    assert span is not None
    assert text.slice(span) in line


def test_selectors() -> None:
    body = page(
        f"<h1>Legal</h1><section id='terms'><h2>Terms</h2>{PROSE}<div class='ad'>Buy now</div></section>"
        "<section id='more'><h2>Annex</h2><p>Only here.</p></section><nav class='x'><p>Kept when it is asked for.</p></nav>"
    )
    url = "https://pennyroyal.example/legal"
    chosen = markdown(body, source=Source(url, select=("#more", "nav.x")))
    assert chosen == "## Annex\n\nOnly here.\n\nKept when it is asked for."
    assert "Buy now" not in markdown(body, source=Source(url, remove=(".ad",)))
    assert markdown(body, source=Source(url, start="annex")) == "## Annex\n\nOnly here."
    assert markdown(body, source=Source(url, start="Terms", end="Annex")).startswith("## Terms\n\nPennyroyal Notes")
    assert "Only here" not in markdown(body, source=Source(url, end="Annex"))


@pytest.mark.parametrize(
    "source",
    [
        Source("https://pennyroyal.example/", select=("#gone",)),
        Source("https://pennyroyal.example/", remove=(".gone",)),
        Source("https://pennyroyal.example/", start="Gone"),
        Source("https://pennyroyal.example/", end="Gone"),
        Source("https://pennyroyal.example/", select=("p[",)),
    ],
)
def test_a_selector_that_matches_nothing_is_a_failure(source: Source) -> None:
    with pytest.raises(SelectorError) as caught:
        extract(page(f"<h1>Legal</h1>{PROSE}"), "text/html", source)
    assert caught.value.reason is FailureClass.SELECTOR


def test_markdown_is_canonical_as_given() -> None:
    given_text = "Privacy\n=======\n\n*   We keep logs.\n"
    assert markdown(given_text.encode(), "text/markdown") == given_text
    assert (
        markdown(given_text.encode(), "text/markdown", Source("https://p.example/", start="privacy"))
        == given_text.strip()
    )


def test_plain_text_is_text() -> None:
    text = markdown(
        b"Terms of *use*\r\n\r\n# 1. You\r\nmay not copy <b>this</b> at any time, in whole or in part,\r\nor sell.\r\n",
        "text/plain",
    )
    assert text.startswith("Terms of \\*use\\*\n\n\\# 1. You\\\nmay not copy \\<b>this")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\x01\x02\x03" * 500,
        bytes(range(1, 32)) * 64,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x07" * 400,
    ],
)
def test_bytes_that_are_no_text(body: bytes) -> None:
    with pytest.raises(UnreadableBytes) as caught:
        extract(body, "text/html")
    assert caught.value.reason is FailureClass.UNREADABLE_BYTES


def test_deep_nesting_is_read_and_the_deepest_refused() -> None:
    deep = "<div>" * 900 + "<p>Deep below, you agree to all of this.</p>" + "</div>" * 900
    assert "Deep below, you agree" in markdown(page(f"<h1>Terms</h1>{PROSE}{deep}"))
    lists = "<ul><li>point" * 200 + "</li></ul>" * 200
    assert markdown(page(f"<h1>Terms</h1>{PROSE}{lists}")).count("point") == 200
    with pytest.raises(UnreadableBytes):
        extract(page("<div>" * 30_000 + "hello" + "</div>" * 30_000), "text/html")


def test_sources_join_to_one_document() -> None:
    first, second = segment("# Terms\n\nYou agree."), segment("# Annex\n\nYou pay.")
    joined, spans = join([first, second])
    assert [joined.slice(span) for span in spans] == [first.markdown, second.markdown]
    assert [joined.slice(one.span) for one in joined.passages] == ["Terms", "You agree.", "Annex", "You pay."]
    assert join([first]) == (first, (spans[0],))


def test_settings_hash_follows_what_matters() -> None:
    source = Source("https://p.example/terms")
    assert settings_hash([source]) == settings_hash([Source("https://p.example/terms")])
    assert settings_hash([source]) != settings_hash([Source("https://p.example/terms", select=("main",))])


FRAGMENTS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<ul>",
            "<li>",
            "</li>",
            "</ul>",
            "<ol>",
            "</ol>",
            "<h2>",
            "</h2>",
            "<br>",
            "<br><br>",
        ),
        *(
            "<b>",
            "</b>",
            "<em>",
            "</em>",
            "<a href='https://a.example/'>",
            "</a>",
            "<table>",
            "<tr>",
            "<td>",
            "<th>",
            "</td>",
            "</tr>",
        ),
        *(
            "</table>",
            "<button>",
            "</button>",
            "<blockquote>",
            "</blockquote>",
            "<pre>",
            "</pre>",
            "<dl><dt>",
            "<dd>",
            "<hr>",
            "<span>",
        ),
        *(
            "We may share your data. ",
            "You agree: ",
            "1. ",
            "# ",
            "* ",
            "- ",
            "\n",
            "&lt;b&gt;",
            "&nbsp;",
            "|",
            "`",
            "[x](y)",
            "!",
            "_a_",
            "\\",
        ),
    ]
)
PAGES = st.lists(st.one_of(FRAGMENTS, st.text(max_size=6)), max_size=50).map("".join)


@given(PAGES)
@settings(max_examples=250, deadline=None)
def test_rendered_and_extracted_again_the_words_are_the_same(inner: str) -> None:
    source = Source("https://p.example/", select=("#d",))
    first = extract(page(f"<div id='d'>start {inner}"), "text/html", source)
    assert extract(page(f"<div id='d'>start {inner}"), "text/html", source) == first
    rendered = MarkdownIt("commonmark").enable("table").render(first.markdown)
    again = extract(page(f"<div id='d'>{rendered}</div>"), "text/html", source)
    assert words(again.markdown) == words(first.markdown)
    for one in first.passages:
        assert first.slice(one.span).strip()


@given(PAGES)
@settings(max_examples=250, deadline=None)
def test_what_is_selected_loses_no_letter(inner: str) -> None:
    assume(sum(not char.isprintable() for char in inner) < 12)  # more of them, and the page is no text
    body = page(f"<div id='d'>start {inner}")
    text = extract(body, "text/html", Source("https://p.example/", select=("#d",)))
    root = parse(body, "text/html")
    strip_unseen(root)
    seen = "".join(root.get_element_by_id("d").itertext())
    shown = plain(text.markdown)

    def letters(of: str) -> list[str]:
        return [char for char in inline.clean(of) if char.isalpha()]

    assert letters(shown) == letters(seen)


@given(
    st.one_of(
        st.binary(max_size=400), PAGES.map(str.encode), st.binary(max_size=200).map(lambda some: b"%PDF-1.4\n" + some)
    )
)
@settings(max_examples=250, deadline=None)
def test_any_bytes_give_a_text_or_a_declared_error(body: bytes) -> None:
    for media_type in ("text/html", "application/pdf", "text/markdown", ""):
        try:
            text = extract(body, media_type)
        except ExtractError:
            continue
        assert all(text.slice(one.span) for one in text.passages)

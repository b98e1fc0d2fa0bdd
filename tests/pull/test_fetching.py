"""What a fetch brings when a site behaves, and how we behave to it."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import zlib
from dataclasses import replace

import pytest

from govdigest.model import Capture, NotModified, Site, Source, Validators
from govdigest.pull import agent_name
from tests.pull.fetching import AT, QUICK, capture, failure, fetch, fetcher
from tests.pull.server import Request, answer, in_turn, raw, redirect, world

ACME = "acme.example/terms"
TERMS = "https://acme.example/terms"
PAGE = "<!doctype html><title>Terms</title><p>" + "You keep what you write. " * 200


def test_a_capture_is_what_was_sent() -> None:
    fetched, _ = fetch({ACME: answer(PAGE, kind='text/html; Charset="ISO-8859-1"', ETag='"v1"', Last_Modified="then")})
    got = capture(fetched)
    assert got.body == PAGE.encode()
    assert got.sha256 == hashlib.sha256(PAGE.encode()).hexdigest()
    assert (got.url, got.final_url, got.status, got.instant) == (TERMS, TERMS, 200, AT)
    assert got.media_type == "text/html; charset=iso-8859-1"
    assert got.validators == Validators('"v1"', "then")
    assert not got.moved
    assert not got.rendered


RAW_DEFLATE = zlib.compressobj(wbits=-15)
PACKED = {
    "gzip": gzip.compress(PAGE.encode()),
    "x-gzip": gzip.compress(PAGE.encode()[:99]) + gzip.compress(PAGE.encode()[99:]),
    "deflate": zlib.compress(PAGE.encode()),
    "Deflate": RAW_DEFLATE.compress(PAGE.encode()) + RAW_DEFLATE.flush(),
    "identity": PAGE.encode(),
}


@pytest.mark.parametrize("coding", PACKED)
def test_compressed_pages_are_unpacked(coding: str) -> None:
    fetched, served = fetch({ACME: answer(PACKED[coding], Content_Encoding=coding)})
    assert capture(fetched).body == PAGE.encode()
    assert served.log[-1].headers["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("application/pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("application/octet-stream", b"%PDF-1.7 ...", "application/pdf"),
        ("text/html", b"%PDF-1.7 ...", "application/pdf"),
        ("", b"<!DOCTYPE html><p>x", "text/html"),
        ("text/markdown; charset=utf-8", b"# Terms", "text/markdown; charset=utf-8"),
        ("text/plain", b"Terms", "text/plain"),
        ("application/xhtml+xml", b"<html/>", "application/xhtml+xml"),
        ("text/html; charset=<script>", b"<p>x", "text/html"),
    ],
)
def test_the_media_type_is_what_header_and_bytes_say(kind: str, body: bytes, expected: str) -> None:
    fetched, _ = fetch({ACME: answer(body, kind=kind)})
    assert capture(fetched).media_type == expected


def test_a_site_may_say_that_nothing_changed() -> None:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        same = request.headers.get("if-none-match") == '"v1"'
        await (answer("", 304, ETag='"v1"') if same else answer(PAGE, ETag='"v1"'))(request, writer)

    first, _ = fetch({ACME: behave})
    again, served = fetch({ACME: behave}, validators=capture(first).validators)
    assert again == NotModified(TERMS, AT)
    assert "if-modified-since" not in served.log[-1].headers
    dated, served = fetch({ACME: behave}, validators=Validators(None, "Mon, 05 Jan 2026 06:00:00 GMT"))
    assert isinstance(dated, Capture)
    assert served.log[-1].headers["if-modified-since"] == "Mon, 05 Jan 2026 06:00:00 GMT"


def test_oversized_validators_are_not_kept() -> None:
    fetched, _ = fetch({ACME: answer(PAGE, ETag='"' + "x" * 5000 + '"')})
    assert capture(fetched).validators == Validators()


def test_we_say_who_we_are_and_what_we_want() -> None:
    source = Source(TERMS, language="de", region="AT")
    _, served = fetch({ACME: answer(PAGE)}, source=source)
    headers = served.log[-1].headers
    assert headers["accept-language"] == "de-AT, de;q=0.9, *;q=0.1"
    assert headers["user-agent"].startswith("govdigest/test (+https://example.org")
    assert "text/html" in headers["accept"]
    assert "cookie" not in headers


def test_the_agent_names_the_contact() -> None:
    site = Site("T", "https://example.org/d", "example.org,2026", "ops(1)@exämple.org\r\nX: y", "https://example.org/f")
    name = agent_name(site)
    assert name.startswith("govdigest/")
    assert "+https://example.org/d; ops_1_@ex_mple.org__X: y" in name
    assert name.isascii()
    assert name.isprintable()


@pytest.mark.parametrize(
    ("location", "status", "moved"),
    [
        ("/new", 301, True),
        ("new", 302, False),
        ("https://acme.example/new", 308, True),
        ("//acme.example/new", 307, False),
        ("http://acme.example/new#part", 303, False),
        ("/acme.example/new", 301, True),
        ("{gateway}/acme.example/new", 301, True),
        ("/www.acme.example/sister", 302, False),
    ],
)
def test_redirects_are_followed_within_the_site(location: str, status: int, moved: bool) -> None:
    async def run() -> None:
        pages = {"acme.example/new": answer(PAGE), "www.acme.example/sister": redirect("https://acme.example/new")}
        async with world(pages) as served:
            served.pages[ACME] = redirect(location.format(gateway=served.gateway), status)
            async with fetcher(replace(QUICK, gateway=served.gateway)) as one:
                got = capture(await one.fetch(Source(TERMS)))
            assert got.url == TERMS
            assert got.final_url in {"https://acme.example/new", "http://acme.example/new"}
            assert got.moved is moved

    asyncio.run(run())


def test_redirects_lead_to_sister_hosts_and_configured_hosts_alone() -> None:
    pages = {
        ACME: redirect("https://www.acme.example/terms"),
        "www.acme.example/terms": redirect("https://legal.elsewhere.example/acme"),
        "legal.elsewhere.example/acme": answer(PAGE),
    }
    fetched, _ = fetch(pages, hosts=frozenset({"legal.elsewhere.example"}))
    assert capture(fetched).final_url == "https://legal.elsewhere.example/acme"
    refused, served = fetch(pages)
    assert "https://legal.elsewhere.example/acme" in failure(refused).detail
    assert served.asked("legal.elsewhere.example") == []


def test_companies_under_one_national_suffix_are_strangers() -> None:
    pages = {"acme.co.uk/terms": redirect("https://other.co.uk/terms"), "other.co.uk/terms": answer(PAGE)}
    fetched, _ = fetch(pages, "https://acme.co.uk/terms")
    assert failure(fetched).reason == "moved"


def test_a_redirect_back_with_a_cookie_is_no_circle() -> None:
    async def behave(request: Request, writer: asyncio.StreamWriter) -> None:
        known = "seen=1" in request.headers.get("cookie", "")
        await (answer(PAGE) if known else redirect("/terms", Set_Cookie="seen=1; Path=/"))(request, writer)

    async def run() -> None:
        async with world({ACME: behave}) as served:
            async with fetcher(replace(QUICK, gateway=served.gateway)) as one:
                for _ in range(2):
                    assert capture(await one.fetch(Source(TERMS))).body == PAGE.encode()
            # the cookie died with the fetch that it was set in
            assert ["cookie" in request.headers for request in served.log[1:]] == [False, True, False, True]

    asyncio.run(run())


@pytest.mark.parametrize(
    "first",
    [
        answer("", 503),
        answer("", 429, Retry_After="0"),
        answer("", 503, Retry_After="Mon, 05 Jan 2026 06:00:00 GMT", Date="Mon, 05 Jan 2026 06:00:00 GMT"),
        answer("", 500, Retry_After="Mon, 05 Jan 2026 06:00:00 GMT"),
        answer("", 502, Retry_After="soon"),
        raw(b""),
    ],
)
def test_a_passing_failure_is_tried_again(first: object) -> None:
    fetched, served = fetch({ACME: in_turn(first, answer(PAGE))})  # type: ignore[arg-type]
    assert capture(fetched).body == PAGE.encode()
    assert len(served.asked("acme.example")) == 2


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_clear_answer_is_not_asked_for_twice(status: int) -> None:
    _, served = fetch({ACME: answer("", status)}, retries=5)
    assert len(served.asked("acme.example")) == 1


def test_a_host_that_wants_to_be_left_alone_is_left_alone() -> None:
    pages = {ACME: answer("", 429, Retry_After="3600"), "acme.example/privacy": answer(PAGE)}

    async def run() -> None:
        async with world(pages) as served, fetcher(replace(QUICK, gateway=served.gateway)) as one:
            first = await one.fetch(Source(TERMS))
            second = await one.fetch(Source("https://acme.example/privacy"))
            assert [failure(first).reason, failure(second).reason] == ["rate-limited", "rate-limited"]
            assert served.asked("acme.example") == ["/terms"]

    asyncio.run(run())


def test_one_request_at_a_time_to_a_host_and_many_hosts_at_once() -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        await answer(PAGE)(request, writer)

    hosts = [f"site{number}.example" for number in range(4)]
    pages = {f"{host}/{page}": slow for host in hosts for page in "abc"}

    async def run() -> None:
        async with world(pages) as served, fetcher(replace(QUICK, gateway=served.gateway)) as one:
            urls = [f"https://{host}/{page}" for host in hosts for page in "abc"]
            for fetched in await asyncio.gather(*(one.fetch(Source(url)) for url in urls)):
                capture(fetched)
            assert {served.most[host] for host in hosts} == {1}
            # each robots.txt once
            assert len(served.log) == len(urls) + len(hosts)

    asyncio.run(run())


@pytest.mark.parametrize(
    "robots",
    [
        answer("", 404),
        answer("", 403),
        answer("User-agent: *\nDisallow: /admin\n", kind="text/plain"),
        answer("User-agent: govdigest\nAllow: /\n\nUser-agent: *\nDisallow: /\n", kind="text/plain"),
        answer("<html>a page of the shop", 200),
        answer("User-agent: *\nDisallow: /x\n" + "# padding\n" * 90_000, kind="text/plain"),
        redirect("/robots.txt"),
        redirect("https://elsewhere.example/robots.txt"),
        answer(b"\xff\xfe\x00User-agent"),
        answer("User-agent: *\nCrawl-delay: 0.01\nRequest-rate: 1/0\n"),
        answer("User-agent: gov\nUser-agent: digest # govdigest\nDisallow: /\n"),
        answer("User-agent: *\nAllow: /terms$\nDisallow: /\n"),
        # as many rules as fit, for as many crawlers as fit
        answer("".join(f"User-agent: {n}\n" for n in range(12_000)) + "".join(f"Allow: /{n}\n" for n in range(20_000))),
        answer("User-agent: *\nDisallow: /" + "*a" * 100_000 + "\n"),
    ],
)
def test_robots_files_that_let_us_in(robots: object) -> None:
    fetched, _ = fetch({"acme.example/robots.txt": robots, ACME: answer(PAGE)})  # type: ignore[dict-item]
    capture(fetched)


def test_the_robots_of_a_redirects_host_are_asked_too() -> None:
    pages = {
        ACME: redirect("https://www.acme.example/terms"),
        "www.acme.example/robots.txt": answer("User-agent: *\nDisallow: /\n"),
        "www.acme.example/terms": answer(PAGE),
    }
    fetched, served = fetch(pages)
    assert failure(fetched).reason == "robots"
    assert served.asked("www.acme.example") == []


def test_queries_and_odd_characters_travel() -> None:
    fetched, served = fetch(
        {"acme.example/a%20b/%C3%A9@x?q=1&r=a%2Fb": answer(PAGE)}, "https://acme.example/a b/é@x?q=1&r=a%2Fb"
    )
    assert capture(fetched).final_url == "https://acme.example/a%20b/%C3%A9@x?q=1&r=a%2Fb"
    assert served.asked("acme.example") == ["/a%20b/%C3%A9@x?q=1&r=a%2Fb"]

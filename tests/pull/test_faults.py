"""The table of faults: each way in which a site can misbehave, and the class that it is told by."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import ssl
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from govdigest.model import FailureClass, Source
from tests.pull.fetching import QUICK, failure, fetch, fetcher
from tests.pull.server import Behaviour, answer, endless, head, raw, redirect, world

ACME = "acme.example/terms"
TERMS = "https://acme.example/terms"
CHUNKED = head(200, {"Content-Type": "text/html", "Transfer-Encoding": "chunked"})
BOMB = gzip.compress(b"0" * 50_000_000, 9)
TRUNCATED = gzip.compress(b"terms " * 5_000)[:-20]

BEHAVIOURS: dict[str, tuple[FailureClass, Behaviour]] = {
    # refusals are shown as such, and never worked around
    "401": (FailureClass.BLOCKED, answer("who are you", 401)),
    "403": (FailureClass.BLOCKED, answer("no", 403)),
    "451": (FailureClass.BLOCKED, answer("the law says no", 451)),
    "999": (FailureClass.BLOCKED, answer("request denied", 999)),
    "a bot check with status 403": (FailureClass.BLOCKED, answer("wait", 403, cf_mitigated="challenge")),
    "a bot check with status 200": (FailureClass.BLOCKED, answer("wait", 200, cf_mitigated="challenge")),
    "a bot check with status 503": (FailureClass.BLOCKED, answer("wait", 503, cf_mitigated="challenge")),
    "a bot check with status 202": (FailureClass.BLOCKED, answer("", 202, x_amzn_waf_action="challenge")),
    # it is not there
    "404": (FailureClass.NOT_FOUND, answer("?", 404)),
    "410": (FailureClass.GONE, answer("gone", 410)),
    # it is not well
    "408": (FailureClass.TIMEOUT, answer("slow", 408)),
    "418": (FailureClass.CLIENT_ERROR, answer("teapot", 418)),
    "429": (FailureClass.RATE_LIMITED, answer("slow down", 429)),
    "429 until tomorrow": (FailureClass.RATE_LIMITED, answer("slow down", 429, Retry_After="86400")),
    "429 until a date": (
        FailureClass.RATE_LIMITED,
        answer("", 429, Retry_After="Tue, 06 Jan 2026 06:00:00 GMT", Date="Mon, 05 Jan 2026 06:00:00 GMT"),
    ),
    "500": (FailureClass.SERVER_ERROR, answer("oops", 500)),
    "503": (FailureClass.SERVER_ERROR, answer("oops", 503)),
    "503 until tomorrow": (FailureClass.RATE_LIMITED, answer("oops", 503, Retry_After="86400")),
    # the connection
    "hangs up at once": (FailureClass.CONNECTION, raw(b"")),
    "speaks no HTTP": (FailureClass.CONNECTION, raw(b"220 mail.acme.example ESMTP\r\n")),
    "ends before its length": (FailureClass.CONNECTION, answer("terms", Content_Length="5000")),
    "ends in a chunk": (FailureClass.CONNECTION, raw(CHUNKED + b"ff\r\nterms")),
    "ends in the gzip stream": (FailureClass.CONNECTION, answer(TRUNCATED, Content_Encoding="gzip")),
    # time
    "never answers": (FailureClass.TIMEOUT, endless(b"", b"", 0.02)),
    "a header that drips": (FailureClass.TIMEOUT, endless(b"HTTP/1.1 200 OK\r\n", b"X-Drip: 1\r\n", 0.02)),
    "a body that drips": (FailureClass.TIMEOUT, endless(CHUNKED, b"1\r\nx\r\n", 0.02)),
    # size
    "a length beyond the limit": (FailureClass.TOO_LARGE, raw(head(200, {"Content-Length": "9" * 15}) + b"x")),
    "a body without end": (FailureClass.TOO_LARGE, endless(CHUNKED, b"1000\r\n" + b"x" * 4096 + b"\r\n")),
    "a decompression bomb": (FailureClass.TOO_LARGE, answer(BOMB, Content_Encoding="gzip")),
    "a deflate bomb": (FailureClass.TOO_LARGE, answer(zlib.compress(b"0" * 50_000_000), Content_Encoding="deflate")),
    "a header of 10 MB": (FailureClass.TOO_LARGE, raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 10_000_000)),
    "headers without end": (FailureClass.TOO_LARGE, endless(b"HTTP/1.1 200 OK\r\n", b"X-More: more\r\n" * 500)),
    # redirects
    "a circle": (FailureClass.REDIRECT_LOOP, redirect("/terms")),
    "back to itself under another case": (FailureClass.REDIRECT_LOOP, redirect("HTTPS://ACME.example:443/terms#now")),
    "a redirect without target": (FailureClass.MOVED, answer("", 302)),
    "a redirect to a stranger": (FailureClass.MOVED, redirect("https://elsewhere.example/terms")),
    "moved for good to a stranger": (FailureClass.MOVED, redirect("//elsewhere.example/", 301)),
    "a redirect to a name beside ours": (FailureClass.MOVED, redirect("https://notacme.example/")),
    "to loopback": (FailureClass.UNSAFE_ADDRESS, redirect("http://127.0.0.1/admin")),
    "to loopback by name": (FailureClass.UNSAFE_ADDRESS, redirect("http://localhost/admin")),
    "to loopback in one number": (FailureClass.UNSAFE_ADDRESS, redirect("http://2130706433/")),
    "to loopback in hexadecimal": (FailureClass.UNSAFE_ADDRESS, redirect("http://0x7f.1/")),
    "to loopback in IPv6": (FailureClass.UNSAFE_ADDRESS, redirect("http://[::1]/")),
    "to loopback mapped into IPv6": (FailureClass.UNSAFE_ADDRESS, redirect("http://[::ffff:127.0.0.1]/")),
    "to a private network": (FailureClass.UNSAFE_ADDRESS, redirect("http://10.0.0.1/", 301)),
    "to the shared address space": (FailureClass.UNSAFE_ADDRESS, redirect("http://100.64.0.1/")),
    "to a cloud's metadata": (FailureClass.UNSAFE_ADDRESS, redirect("http://169.254.169.254/latest/meta-data/")),
    "to multicast": (FailureClass.UNSAFE_ADDRESS, redirect("http://224.0.0.1/")),
    "to a unique local address": (FailureClass.UNSAFE_ADDRESS, redirect("http://[fd00::1]/")),
    "to a file": (FailureClass.UNSAFE_ADDRESS, redirect("file:///etc/passwd")),
    "to a script": (FailureClass.UNSAFE_ADDRESS, redirect("javascript:alert(1)")),
    "to a user name": (FailureClass.UNSAFE_ADDRESS, redirect("https://acme.example:secret@acme.example/")),
    "to no URL": (FailureClass.UNSAFE_ADDRESS, redirect("https://[oops/")),
    "to a URL of 60 KB": (FailureClass.UNSAFE_ADDRESS, redirect("/" + "x" * 60_000)),
    # it is something else
    "an image": (FailureClass.NOT_A_DOCUMENT, answer(b"\x89PNG\r\n\x1a\n", kind="image/png")),
    "an archive": (FailureClass.NOT_A_DOCUMENT, answer(b"PK\x03\x04", kind="application/octet-stream")),
    "JSON": (FailureClass.NOT_A_DOCUMENT, answer("{}", kind="application/json")),
    "a PDF that is none": (FailureClass.NOT_A_DOCUMENT, answer("<p>Please log in", kind="application/pdf")),
    "bytes without a type": (FailureClass.NOT_A_DOCUMENT, answer(b"\x00\x01", kind="")),
    "an empty page": (FailureClass.NOT_A_DOCUMENT, answer(" \n ")),
    "204": (FailureClass.NOT_A_DOCUMENT, raw(head(204))),
    "206": (FailureClass.NOT_A_DOCUMENT, answer("half", 206)),
    "304 to no question": (FailureClass.NOT_A_DOCUMENT, raw(head(304))),
    "a coding that nobody asked for": (FailureClass.UNREADABLE_BYTES, answer(b"\x0b\x02\x80", Content_Encoding="br")),
    "a coding within a coding": (FailureClass.UNREADABLE_BYTES, answer(b"x", Content_Encoding="gzip, gzip")),
    "gzip that is none": (FailureClass.UNREADABLE_BYTES, answer("plain text", Content_Encoding="gzip")),
}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_each_fault_has_its_class(name: str) -> None:
    expected, behaviour = BEHAVIOURS[name]
    # only what must time out is given little time, so that a slow machine fails nothing else
    timeout = 0.2 if name in {"never answers", "a header that drips", "a body that drips"} else 20.0
    fetched, _ = fetch({ACME: behaviour}, timeout=timeout)
    assert failure(fetched).reason == expected, failure(fetched).detail


ROBOTS: dict[str, tuple[FailureClass, Behaviour]] = {
    "forbids us": (FailureClass.ROBOTS, answer("User-agent: govdigest\nDisallow: /terms\n", kind="text/plain")),
    "forbids everyone": (FailureClass.ROBOTS, answer("User-agent: *\nDisallow: /\n", kind="text/plain")),
    "forbids us among others": (
        FailureClass.ROBOTS,
        answer("User-Agent: a\nUSER-AGENT: GovDigest # us\nDisallow: /t*s\n"),
    ),
    "forbids us in its own spelling": (FailureClass.ROBOTS, answer("user agent govdigest\ndisalow /terms\n")),
    "is out of order": (FailureClass.ROBOTS, answer("", 500)),
    "asks for an hour between requests": (FailureClass.ROBOTS, answer("User-agent: *\nCrawl-delay: 3600")),
    "asks for fewer requests": (FailureClass.RATE_LIMITED, answer("", 429)),
    "hangs up": (FailureClass.CONNECTION, raw(b"")),
    "leads to a private address": (FailureClass.UNSAFE_ADDRESS, redirect("http://10.0.0.1/robots.txt")),
}


@pytest.mark.parametrize("name", ROBOTS)
def test_a_robots_file_that_stops_us(name: str) -> None:
    expected, behaviour = ROBOTS[name]
    fetched, served = fetch({"acme.example/robots.txt": behaviour, ACME: answer("terms")})
    assert failure(fetched).reason == expected, failure(fetched).detail
    assert served.asked("acme.example") == []


def test_every_redirect_is_a_new_place() -> None:
    pages = {f"acme.example/{number}": redirect(f"/{number + 1}") for number in range(30)}
    fetched, served = fetch(pages, "https://acme.example/0")
    assert failure(fetched).reason == FailureClass.REDIRECT_LOOP
    assert len(served.asked("acme.example")) == 11


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:{port}/x", FailureClass.UNSAFE_ADDRESS),
        ("http://localhost:{port}/x", FailureClass.UNSAFE_ADDRESS),
        ("http://[::ffff:127.0.0.1]:{port}/x", FailureClass.UNSAFE_ADDRESS),
        ("http://inward.example:{port}/x", FailureClass.UNSAFE_ADDRESS),
        ("http://mapped.example:{port}/x", FailureClass.UNSAFE_ADDRESS),
        ("http://metadata.example/x", FailureClass.UNSAFE_ADDRESS),
        ("http://nowhere.example/x", FailureClass.DNS),
        ("http://empty.example/x", FailureClass.DNS),
        ("ftp://acme.example/x", FailureClass.UNSAFE_ADDRESS),
        ("https:///x", FailureClass.UNSAFE_ADDRESS),
    ],
)
def test_without_a_gateway_only_public_addresses_are_connected_to(url: str, expected: FailureClass) -> None:
    names = {
        "inward.example": ["127.0.0.1"],
        "mapped.example": ["::ffff:127.0.0.1", "64:ff9b::7f00:1"],
        "metadata.example": ["169.254.169.254"],
        "empty.example": [],
    }

    async def resolve(host: str, port: int) -> list[str]:
        if host not in names:
            raise OSError("Name or service not known")
        return names[host]

    async def run() -> None:
        async with world({}) as served:
            port = served.gateway.rpartition(":")[2]
            async with fetcher(QUICK, resolve=resolve) as one:
                fetched = await one.fetch(Source(url.format(port=port)))
            assert failure(fetched).reason == expected, fetched
            assert served.log == []

    asyncio.run(run())


def test_a_name_that_changes_its_address_gains_nothing() -> None:
    """DNS rebinding: the address that is vetted is the one that is connected to, each time anew."""
    answers = [["10.0.0.1"], ["127.0.0.1"]]
    asked = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    async def run() -> None:
        async with world({}) as served:
            port = served.gateway.rpartition(":")[2]
            async with fetcher(QUICK, resolve=resolve) as one:
                for _ in range(2):
                    fetched = await one.fetch(Source(f"http://rebinding.example:{port}/x"))
                    assert failure(fetched).reason == FailureClass.UNSAFE_ADDRESS
            assert served.log == []

    asyncio.run(run())


def test_a_gateway_that_is_not_there() -> None:
    async def run() -> None:
        async with world({}) as served:
            gone = served.gateway
        async with fetcher(replace(QUICK, gateway=gone)) as one:
            fetched = await one.fetch(Source(TERMS))
        assert failure(fetched).reason == FailureClass.CONNECTION

    asyncio.run(run())


async def _unsure(gateway: str) -> None:
    async with fetcher(replace(QUICK, gateway=gateway)) as one:
        fetched = await one.fetch(Source(TERMS))
    assert failure(fetched).reason == FailureClass.TLS, fetched


def test_a_server_that_speaks_no_tls() -> None:
    async def run() -> None:
        async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(head(400))
            await reader.read(1)
            writer.close()

        server = await asyncio.start_server(plain, "127.0.0.1", 0)
        async with server:
            await _unsure(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")

    asyncio.run(run())


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl, which makes the certificate, is not installed")
def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async def run() -> None:
        async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.close()

        server = await asyncio.start_server(hang_up, "127.0.0.1", 0, ssl=context)
        async with server:
            await _unsure(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")

    asyncio.run(run())


def test_a_gateway_opens_loopback_for_itself_alone() -> None:
    async def run() -> None:
        async with world({}) as served, world({}) as other:
            there = other.gateway.replace("127.0.0.1", "127.0.0.1.")
            served.pages[ACME] = redirect(there + "/acme.example/terms")
            async with fetcher(replace(QUICK, gateway=served.gateway), hosts=frozenset({"127.0.0.1"})) as one:
                fetched = await one.fetch(Source(TERMS))
            assert failure(fetched).reason == FailureClass.UNSAFE_ADDRESS
            assert other.log == []

    asyncio.run(run())


def test_details_are_one_bounded_line() -> None:
    evil = "https://elsewhere.example/\u202e\x1b[31m" + "%0a" * 300
    fetched, _ = fetch({ACME: raw(head(302, {"Location": evil.encode().decode("latin-1")}))})
    failure(fetched)  # looks at the detail
    fetched, _ = fetch({ACME: answer("x", kind="text/\x7f" + "evil " * 5000)})
    assert failure(fetched).reason == FailureClass.NOT_A_DOCUMENT

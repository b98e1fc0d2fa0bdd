"""What holds for any URL, header or body that the world may send."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdigest.pull.addresses import is_public, literal
from govdigest.pull.answers import Answer, media_type, retry_after, validators_of
from govdigest.pull.bodies import read_body
from govdigest.pull.errors import PullError, one_line
from govdigest.pull.urls import Route, same_site, vetted

AT = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
PAGE = b"You keep what you write. " * 400


async def _chunks(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def body(data: bytes, encoding: str, limit: int, size: int = 7, *, cut: bool = False) -> bytes:
    """``data`` read in pieces of ``size``."""
    return asyncio.run(read_body(_chunks(data, size), encoding, limit, cut=cut))


@given(size=st.integers(1, 4000), coding=st.sampled_from(["gzip", "deflate", ""]))
def test_a_body_is_the_same_however_it_comes_in_pieces(size: int, coding: str) -> None:
    packed = {"gzip": gzip.compress(PAGE), "deflate": zlib.compress(PAGE), "": PAGE}[coding]
    assert body(packed, coding, len(PAGE), size) == PAGE
    with pytest.raises(PullError, match="more than"):
        body(packed, coding, len(PAGE) - 1, size)
    assert body(packed, coding, 100, size, cut=True) == PAGE[:100]


def test_a_bomb_is_stopped_before_it_is_unpacked() -> None:
    bomb = gzip.compress(bytes(100_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(PullError, match="more than 50,000 bytes"):
            body(bomb, "gzip", 50_000, 65_536)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


@given(data=st.binary(max_size=300), coding=st.sampled_from(["gzip", "deflate", "", "br", "a, b"]))
def test_any_bytes_are_a_body_or_a_failure(data: bytes, coding: str) -> None:
    try:
        read = body(data, coding, 1000)
    except PullError:
        return
    assert len(read) <= 1000


@given(st.one_of(st.text(max_size=200), st.from_regex(r"https?://[^\s]{0,60}", fullmatch=True)))
def test_any_text_is_a_url_to_request_or_a_failure(text: str) -> None:
    try:
        url = vetted(text)
    except PullError:
        return
    assert url.isascii()
    assert url.isprintable()
    assert urlsplit(url).scheme in {"http", "https"}
    assert "@" not in urlsplit(url).netloc
    assert vetted(url) == url


@given(
    location=st.text(max_size=120),
    gateway=st.sampled_from([None, "http://127.0.0.1:8931", "https://mirror.example/g/"]),
)
def test_any_location_leads_to_a_url_or_a_failure(location: str, gateway: str | None) -> None:
    route = Route(gateway)
    try:
        there = vetted(route.target(location, "https://acme.example/terms?a=1"))
    except PullError:
        return
    asked = route.request_url(there)
    if gateway:
        assert asked.startswith(gateway.rstrip("/") + "/" + urlsplit(there).netloc)
        assert route.target(asked, there).partition(":")[2] == there.partition(":")[2]
    else:
        assert asked == there


@given(st.ip_addresses(v=4))
def test_an_address_is_as_public_in_any_dress(address: ipaddress.IPv4Address) -> None:
    dressed = [
        f"::ffff:{address}",
        f"64:ff9b::{address}",
        str(ipaddress.IPv6Address((0x2002 << 112) | int(address) << 80)),
    ]
    for text in [str(int(address)), hex(int(address)), *dressed]:
        found = literal(text)
        assert found is not None
        assert is_public(found) == is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "224.0.0.251",
        ),
        *("240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1"),
        *("::127.0.0.1", "2001:db8::1", "2001:0:7f00:1::80ff:fffe", "100::1"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    found = literal(address)
    assert found is not None
    assert not is_public(found)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_addresses_that_are(address: str) -> None:
    found = literal(address)
    assert found is not None
    assert is_public(found)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("acme.example", "www.acme.example", True),
        ("legal.acme.example", "www.acme.example", True),
        ("acme.example", "notacme.example", False),
        ("acme.co.uk", "other.co.uk", False),
        ("www.acme.co.uk", "acme.co.uk", True),
        ("x.ai", "y.ai", False),
        ("93.184.216.34", "8.8.216.34", False),
        ("acme.example.", "ACME.example", True),
    ],
)
def test_what_one_site_is(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


@pytest.mark.parametrize(
    ("value", "date", "seconds"),
    [
        ("120", "", 120.0),
        ("Mon, 05 Jan 2026 06:01:00 GMT", "", 60.0),
        # a clock that is an hour wrong does no harm
        ("Mon, 05 Jan 2026 07:01:00 GMT", "Mon, 05 Jan 2026 07:00:00 GMT", 60.0),
        ("Mon, 05 Jan 2026 05:00:00 GMT", "", 0.0),
        ("Mon, 05 Jan 2026 06:01:00", "", 60.0),
        ("", "", None),
        ("-5", "", None),
        ("1.5", "", None),
        ("soon", "", None),
        ("٣", "", None),
        ("Mon, 99 Jan 99999 06:01:00 GMT", "", None),
    ],
)
def test_how_long_a_site_asks_us_to_wait(value: str, date: str, seconds: float | None) -> None:
    headers = {"retry-after": value, **({"date": date} if date else {})}
    assert retry_after(Answer(503, headers), AT) == seconds


@given(st.text(max_size=150), st.text(max_size=150))
def test_any_header_is_read_without_harm(value: str, date: str) -> None:
    answer = Answer(200, {"retry-after": value, "date": date, "etag": value, "last-modified": value})
    wait = retry_after(answer, AT)
    assert wait is None or wait >= 0
    etag = validators_of(answer).etag
    assert etag is None or (etag.isascii() and etag.isprintable())
    try:
        kind = media_type(value, b"some text")
    except PullError:
        return
    assert kind.isprintable()
    assert len(kind) < 100


@given(st.text(max_size=5000))
def test_a_line_is_a_line(text: str) -> None:
    line = one_line(text)
    assert len(line) <= 300
    assert line.isprintable()
